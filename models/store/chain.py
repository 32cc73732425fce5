"""The chain of the audit trail: which entries were edited, removed, moved or cut off."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.progress import Progress, unseen
from models.store.audit import BEGINNING, hash_of
from models.store.entries import AS_WRITTEN, values_of
from models.store.settings import AUDIT_END, setting
from models.store.tables import AUDIT_ENTRY
from models.store.trail_end import End
from models.words import _

AT_ONCE = 1000


def faults(session: Session, key: bytes, progress: Progress = unseen) -> Iterator[str]:
    """A sentence about each entry, by its number, that is not as it was written."""
    whole = session.scalar(select(func.count()).select_from(AUDIT_ENTRY)) or 0
    rows = session.execute(
        select(*AS_WRITTEN).order_by(AUDIT_ENTRY.c.sequence).execution_options(yield_per=AT_ONCE)
    )
    former: End = {"sequence": 0, "hash": BEGINNING}
    for done, row in enumerate(rows.mappings()):
        if done % AT_ONCE == 0:
            progress(done, whole)
        yield from _missing(former["sequence"] + 1, row["sequence"] - 1)
        yield from _entry_faults(row, former, key)
        former = {"sequence": row["sequence"], "hash": row["hash"]}
    yield from _end_faults(former, setting(session, AUDIT_END))


def _entry_faults(row: Mapping[Any, Any], former: End, key: bytes) -> Iterator[str]:
    n, values = row["sequence"], values_of(row)
    if values is None or hash_of(key, values) != row["hash"]:
        yield _("Entry {n} of the audit log was edited, or stands where another stood.").format(n=n)
    elif n == former["sequence"] + 1 and row["previous"] != former["hash"]:
        words = _("Entry {n} of the audit log does not go on from the one before it.")
        yield words.format(n=n)


def _end_faults(last: End, kept: Any) -> Iterator[str]:
    if kept == last:
        return
    end = kept.get("sequence") if isinstance(kept, dict) else None
    if isinstance(end, int) and end > last["sequence"]:
        yield from _missing(last["sequence"] + 1, end)
    else:
        words = _("The end of the audit log, after entry {n}, is not as it was written.")
        yield words.format(n=last["sequence"])


def _missing(first: int, last: int) -> Iterator[str]:
    if first == last:
        yield _("Entry {n} of the audit log is missing.").format(n=first)
    elif first < last:
        words = _("Entries {first} to {last} of the audit log are missing.")
        yield words.format(first=first, last=last)
