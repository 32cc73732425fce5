"""Everybody on file as rows of a list: who it is and how care stands, read without a history."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from typing import Any

from sqlalchemy import String, or_, select, type_coerce
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base import PatientRecord
from models.history import History
from models.patient import Patient
from models.progress import Progress, unseen
from models.store import active, reading
from models.store.roll import Listed, Roll
from models.store.rows import untracked
from models.summary import CareStatus, as_of, care_status
from models.treatment import TreatmentLine
from models.values import age_on
from models.worklist import Whose

Ids = Set[uuid.UUID]
READ_AT_ONCE = 1000
WHO = select(
    *(col(Patient.id), col(Patient.family_name), col(Patient.given_name), col(Patient.mrn)),
    *(col(Patient.birth_date), col(Patient.death_date), col(Patient.lost_to_follow_up)),
).where(active.ON_FILE)


Person = Patient | Listed | Whose
"""Whoever has an id, a name, a number and a day of birth."""


def listed(session: Session, today: dt.date, progress: Progress = unseen) -> Roll:
    """Everybody, by name; `progress`: of those on treatment, of those lost, and of all."""
    treated, lost = _on_treatment(session, today, progress), _lost(session, today, progress)
    people = _people(session, progress)
    return Roll(_told(each, today, _status(each, today, lost, treated)) for each in people)


def _people(session: Session, progress: Progress) -> Iterator[Any]:
    whole = active.on_file(session)
    found = session.execute(WHO, execution_options={"yield_per": READ_AT_ONCE})
    for number, some in enumerate(found.partitions()):
        progress(number * READ_AT_ONCE, whole)
        yield from some


def _told(
    row: Any, today: dt.date, status: CareStatus
) -> tuple[uuid.UUID, str, str, dt.date, int, CareStatus]:
    name = f"{row.family_name}, {row.given_name}"
    day = min(today, row.death_date.last) if row.death_date else today
    return row.id, name, row.mrn, row.birth_date, age_on(row.birth_date, day), status


def _status(row: Any, today: dt.date, lost: Ids, treated: Ids) -> CareStatus:
    died = row.death_date is not None and row.death_date.first <= today
    return care_status(died=died, lost=row.id in lost, treated=row.id in treated)


def _lost(session: Session, today: dt.date, progress: Progress) -> Ids:
    noted = (col(Patient.lost_to_follow_up).is_(True), active.ON_FILE)
    asked = session.scalars(select(col(Patient.id)).where(*noted)).all()
    found = active.histories(session, today, asked, progress)
    return {each.patient.id for each in found if as_of(each, today).status is CareStatus.LOST}


def _on_treatment(session: Session, today: dt.date, progress: Progress) -> Ids:
    """Whose treatment lines tell that one is running; none that ended in a former year can."""
    ended = col(TreatmentLine.end)
    this_year = type_coerce(ended, String) >= f"{today.year:04d}"
    asked = (col(TreatmentLine.removed_at).is_(None), or_(ended.is_(None), this_year))
    whose = session.scalars(select(col(TreatmentLine.patient)).where(*asked).distinct()).all()
    running: set[uuid.UUID] = set()
    for start in range(0, len(whose), active.AT_ONCE):
        progress(start, len(whose))
        some = whose[start : start + active.AT_ONCE]
        lines: defaultdict[uuid.UUID, list[PatientRecord]] = defaultdict(list)
        own = col(TreatmentLine.patient).in_(some)
        for line in untracked(session, TreatmentLine, select(TreatmentLine).where(own, *asked)):
            lines[line.patient].append(line)
        people = untracked(session, Patient, select(Patient).where(col(Patient.id).in_(some)))
        histories = (History.of_records(each, lines[each.id]) for each in people)
        running |= {each.patient.id for each in histories if as_of(each, today).running}
    return running


def histories_of(session: Session, patients: Sequence[uuid.UUID]) -> list[History]:
    """Of a few, in no order; who is not on file any more is left out."""
    found: list[History] = []
    for start in range(0, len(patients), active.AT_ONCE):
        some = patients[start : start + active.AT_ONCE]
        asked = (col(Patient.id).in_(some), active.ON_FILE)
        people = untracked(session, Patient, select(Patient).where(*asked))
        found += reading.histories(session, people, few=True)
    return found
