"""Looking something up in the audit trail: what is asked for, and the entries that are found."""

import datetime as dt
import json
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, func, select, type_coerce
from sqlalchemy.orm import Session

from models.folding import folded
from models.progress import Progress
from models.store import reading
from models.store.audit import Action
from models.store.tables import AUDIT_ENTRY
from models.store.trail_rows import Row, patients_named, rows_of

PAGE, AT_ONCE = 200, 1000
ENTRY = AUDIT_ENTRY.c
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Asked:
    """What is looked for; what is left empty does not matter.

    `since`, `until`: days of where this computer stands, both included; `patient`: also whoever was
    merged into her; `kinds`: names of tables; `text`: each word of it, and each phrase in double
    quotes, stands in the old or new values, in the reason, or in the patient's name or MRN.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    user: str = ""
    patient: uuid.UUID | None = None
    record: uuid.UUID | None = None
    actions: frozenset[Action] = frozenset()
    kinds: frozenset[str] = frozenset()
    text: str = ""

    @property
    def said(self) -> dict[str, str]:
        """What of it is put on record, besides the patient."""
        parts = {
            "since": self.since,
            "until": self.until,
            "by": self.user,
            "record": self.record,
            "did": ", ".join(sorted(self.actions)),
            "of": ", ".join(sorted(self.kinds)),
            "with": self.text.strip(),
        }
        return {name: str(part) for name, part in parts.items() if part}


@dataclass(frozen=True)
class Page:
    """Entries, the newest first; `found`: how many there are in all, told with the first page."""

    rows: Sequence[Row]
    found: int | None


def page(session: Session, asked: Asked, before: int | None, progress: Progress) -> Page:
    """The newest entries that are found, or those before this one."""
    wanted = _conditions(session, asked)
    further = [*wanted, ENTRY.sequence < before] if before else wanted
    if asked.text.strip():
        found = list(_with_text(session, asked.text, further, progress, PAGE if before else None))
        sequences, number = found[:PAGE], len(found)
    else:
        newest = select(ENTRY.sequence).where(*further).order_by(ENTRY.sequence.desc())
        sequences = list(session.scalars(newest.limit(PAGE)))
        number = 0 if before else _count(session, wanted)
    return Page(rows_of(session, sequences), None if before else number)


def sequences_of(session: Session, asked: Asked, progress: Progress) -> list[int]:
    """All that are found, the oldest first."""
    wanted = _conditions(session, asked)
    if asked.text.strip():
        return list(_with_text(session, asked.text, wanted, progress))[::-1]
    return list(session.scalars(select(ENTRY.sequence).where(*wanted).order_by(ENTRY.sequence)))


def _conditions(session: Session, asked: Asked) -> list[ColumnElement[bool]]:
    found = []
    if asked.since:
        found.append(ENTRY.at >= _midnight(asked.since))
    if asked.until:
        found.append(ENTRY.at < _midnight(asked.until + dt.timedelta(days=1)))
    if asked.user:
        found.append(ENTRY.user == asked.user)
    if asked.patient:
        merged = reading.merged_into(session, asked.patient)
        found.append(ENTRY.patient.in_([asked.patient, *merged]))
    if asked.record:
        found.append(ENTRY.record == asked.record)
    if asked.actions:
        found.append(ENTRY.action.in_(sorted(asked.actions)))
    if asked.kinds:
        found.append(ENTRY.kind.in_(sorted(asked.kinds)))
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min).astimezone()


def _count(session: Session, wanted: Sequence[ColumnElement[bool]]) -> int:
    """Of all, what the last is numbered: none is left out as long as nobody tampered with them."""
    number = func.count() if wanted else func.max(ENTRY.sequence)
    return session.scalar(select(number).select_from(AUDIT_ENTRY).where(*wanted)) or 0


def _with_text(
    session: Session,
    text: str,
    wanted: Sequence[ColumnElement[bool]],
    progress: Progress,
    most: int | None = None,
) -> Iterator[int]:
    """The newest first; the values are searched as they were written, names of fields included."""
    words, phrases = _sought(text)
    whole, left = _count(session, wanted), most
    named = patients_named(session).items()
    whose = {each.hex: folded(" ".join(name_and_mrn)) for each, name_and_mrn in named}
    as_written = [type_coerce(each, String) for each in (ENTRY.patient, ENTRY.old, ENTRY.new)]
    read = select(ENTRY.sequence, *as_written, ENTRY.reason).where(*wanted)
    read = read.order_by(ENTRY.sequence.desc()).execution_options(yield_per=AT_ONCE)
    for done, (sequence, patient, old, new, reason) in enumerate(session.execute(read)):
        if done % AT_ONCE == 0:
            progress(done, whole)
        said = f"{whose.get(patient, '')} {_folded(old)} {_folded(new)} {folded(reason or '')}"
        if all(word in said for word in words) and all(map(_spaced(said).__contains__, phrases)):
            yield sequence
            left = left - 1 if left is not None else None
            if left == 0:
                return


def _sought(text: str) -> tuple[list[str], list[str]]:
    """The words, and the phrases in double quotes, each between spaces."""
    *pairs, rest = folded(text).split('"')
    phrases = [_spaced(phrase) for phrase in pairs[1::2] if WORD.search(phrase)]
    return [*" ".join(pairs[::2]).split(), *rest.split()], phrases


def _spaced(said: str) -> str:
    """Words with one space about each, whatever signs stand between them."""
    return f" {' '.join(WORD.findall(said))} "


def _folded(written: str) -> str:
    """JSON as it is searched; only where it has signs of its own must it be read first."""
    if "\\" in written:
        try:
            written = json.dumps(json.loads(written), ensure_ascii=False)
        except (ValueError, RecursionError):
            return written.casefold()
    return written.lower() if written.isascii() else folded(written)
