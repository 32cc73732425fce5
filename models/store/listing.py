"""Everybody on file as rows of a list: who it is and how care stands, read without a history."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import String, or_, select, type_coerce
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base import PatientRecord
from models.folding import folded
from models.history import History
from models.patient import Patient
from models.store import active, reading
from models.summary import CareStatus, as_of
from models.treatment import TreatmentLine
from models.values import age_on

Ids = Set[uuid.UUID]
WHO = select(
    *(col(Patient.id), col(Patient.family_name), col(Patient.given_name), col(Patient.mrn)),
    *(col(Patient.birth_date), col(Patient.death_date), col(Patient.lost_to_follow_up)),
).where(col(Patient.removed_at).is_(None))


@dataclass(frozen=True, slots=True)
class Listed:
    """One patient, on a day; `by_name`: where the name stands among others."""

    id: uuid.UUID
    name: str
    by_name: str
    mrn: str
    birth_date: dt.date
    age: int
    status: CareStatus


Person = Patient | Listed
"""Whoever has an id, a name and a number."""


def listed(session: Session, today: dt.date) -> list[Listed]:
    """Everybody, by name."""
    treated = _on_treatment(session, today)
    rows = session.execute(WHO).all()
    lost = {row.id for row in rows if row.lost_to_follow_up}
    lost = {
        history.patient.id
        for history in (active.histories(session, today, lost) if lost else ())
        if as_of(history, today).status is CareStatus.LOST
    }
    found = [_row(row, today, _status(row, today, lost, treated)) for row in rows]
    return sorted(found, key=attrgetter("by_name", "mrn"))


def _status(row: Any, today: dt.date, lost: Ids, treated: Ids) -> CareStatus:
    """In the order of `Summary.status`."""
    if row.death_date and row.death_date.first <= today:
        return CareStatus.DECEASED
    if row.id in lost:
        return CareStatus.LOST
    return CareStatus.ON_TREATMENT if row.id in treated else CareStatus.FOLLOW_UP


def _on_treatment(session: Session, today: dt.date) -> Ids:
    """Whose treatment lines tell that one is running; none that ended in a former year can."""
    ended = col(TreatmentLine.end)
    this_year = type_coerce(ended, String) >= f"{today.year:04d}"
    asked = (col(TreatmentLine.removed_at).is_(None), or_(ended.is_(None), this_year))
    lines: defaultdict[uuid.UUID, list[PatientRecord]] = defaultdict(list)
    for line in session.scalars(select(TreatmentLine).where(*asked)):
        lines[line.patient].append(line)
    whose = select(TreatmentLine.patient).where(*asked)  # type: ignore[call-overload]
    people = session.scalars(select(Patient).where(col(Patient.id).in_(whose)))
    histories = (History.of_records(each, lines[each.id]) for each in people)
    return {each.patient.id for each in histories if as_of(each, today).running}


def histories_of(session: Session, patients: Sequence[uuid.UUID]) -> list[History]:
    """Of a few, in no order; who is not on file any more is left out."""
    asked = (col(Patient.id).in_(patients), col(Patient.removed_at).is_(None))
    return reading.histories(
        session, session.scalars(select(Patient).where(*asked)).all(), few=True
    )


def _row(row: Any, today: dt.date, status: CareStatus) -> Listed:
    name = f"{row.family_name}, {row.given_name}"
    return Listed(
        id=row.id,
        name=name,
        by_name=folded(name),
        mrn=row.mrn,
        birth_date=row.birth_date,
        age=age_on(row.birth_date, min(today, row.death_date.last) if row.death_date else today),
        status=status,
    )
