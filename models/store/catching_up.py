"""Catching up: what changed of the patients since they were read, as the audit trail tells."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.account import Account
from models.history import History
from models.letterhead import Letterhead
from models.population import SavedPopulation
from models.progress import Progress, unseen
from models.safekeeping import Safekeeping
from models.store import reading
from models.store.audit import Action, goes_on_from
from models.store.entries import AS_WRITTEN, values_of
from models.store.settings import AUDIT_END, setting
from models.store.tables import AUDIT_ENTRY
from models.store.trail_end import End

MANY = 2000
"""With more entries since then everybody is read: that is quicker than looking at each."""

OF_RECORDS = frozenset(
    {Action.CREATED, Action.CORRECTED, Action.REMOVED, Action.RESTORED, Action.MOVED}
)
FOR_EVERYBODY = frozenset({Action.IMPORTED, Action.BACKUP_RESTORED, Action.CLINIC_CREATED})
ABOUT_NOBODY = frozenset(
    kind.table_name() for kind in (Account, Letterhead, SavedPopulation, Safekeeping)
)


@dataclass(frozen=True)
class CaughtUp:
    """`mark`: up to where the audit trail was followed; `order`: everybody on file, by name;
    `histories`: of those who changed, or, where `whole`, of everybody.
    """

    mark: End | None
    whole: bool
    order: list[uuid.UUID]
    histories: list[History]


def catch_up(session: Session, since: End | None, progress: Progress = unseen) -> CaughtUp:
    """`since`: the mark of the last time; None: nobody was read yet."""
    changed = changed_since(session, since) if since else None
    everybody, whole = reading.patients(session), changed is None
    people = [each for each in everybody if changed is None or each.id in changed]
    found = reading.histories(session, people, progress, few=not whole)
    order = [each.id for each in everybody]
    return CaughtUp(setting(session, AUDIT_END), whole, order, found)


def changed_since(session: Session, since: End) -> frozenset[uuid.UUID] | None:
    """Whose records are no longer as they were; None where everybody is to be read again."""
    if not goes_on_from(session, since):
        return None
    later = select(*AS_WRITTEN).where(AUDIT_ENTRY.c.sequence > since["sequence"])
    rows = session.execute(later.limit(MANY + 1)).mappings().all()
    if len(rows) > MANY:
        return None
    changed: set[uuid.UUID] = set()
    for row in rows:
        values = values_of(row)
        if values is None or _concerns_everybody(values):
            return None
        changed.update(_concerned(values))
    return frozenset(changed)


def _concerns_everybody(entry: Mapping[str, Any]) -> bool:
    """Settings, rules and vocabularies are the clinic's own, and tell of all its patients."""
    if entry["action"] in OF_RECORDS:
        return entry["patient"] is None and entry["kind"] not in ABOUT_NOBODY
    return entry["action"] in FOR_EVERYBODY


def _concerned(entry: Mapping[str, Any]) -> Iterator[uuid.UUID]:
    """Whose record it is, and of one that moved whose it was."""
    if entry["action"] not in OF_RECORDS or entry["patient"] is None:
        return
    yield entry["patient"]
    if entry["action"] == Action.MOVED:
        yield uuid.UUID(entry["old"]["patient"])
