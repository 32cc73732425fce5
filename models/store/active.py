"""The active patients: of whom something may be due, and of their records what tells it."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base import PatientRecord
from models.follow_up import ONLY_THE_LAST
from models.history import History
from models.patient import Patient
from models.progress import Progress, unseen
from models.records import OF_A_PATIENT
from models.store import reading
from models.store.rows import IN_ORDER_OF_ENTRY, P, of_people, theirs, untracked

AT_ONCE = 100
"""So few histories stand in memory at a time."""

ON_FILE = col(Patient.removed_at).is_(None)


def on_file(session: Session) -> int:
    """How many patients, active or not."""
    return session.scalar(select(func.count()).select_from(Patient).where(ON_FILE)) or 0


def alive(session: Session, today: dt.date) -> Sequence[uuid.UUID]:
    return session.scalars(select(col(Patient.id)).where(*_alive(today))).all()


def _alive(today: dt.date) -> tuple[ColumnElement[bool], ...]:
    """Who had not died by this day: a partial date sorts by its first day, which counts."""
    died = col(Patient.death_date)
    return ON_FILE, or_(died.is_(None), died > today)


def histories(
    session: Session,
    today: dt.date,
    among: Collection[uuid.UUID] | None = None,
    progress: Progress = unseen,
) -> Iterator[History]:
    """Of everybody who had not died by this day, in no order: what `next_due` asks of them.

    `among`: only of these; `progress`: of the patients.
    """
    asked = alive(session, today) if among is None else [*among]
    ways, names = reading.practice(session), reading.confirmed(session)
    for done in range(0, len(asked), AT_ONCE):
        progress(done, len(asked))
        some = asked[done : done + AT_ONCE]
        wanted = select(Patient).where(col(Patient.id).in_(some), *_alive(today))
        records = _records_of(some, session, today)
        for patient in untracked(session, Patient, wanted):
            yield History.of_records(patient, records[patient.id], ways, names)


def _records_of(
    people: Collection[uuid.UUID], session: Session, today: dt.date
) -> defaultdict[uuid.UUID, list[PatientRecord]]:
    found: defaultdict[uuid.UUID, list[PatientRecord]] = defaultdict(list)
    for kind in OF_A_PATIENT:
        if kind in ONLY_THE_LAST:
            records = untracked(session, kind, _last(kind), people=people, today=today)
        else:
            records = of_people(session, kind, people)
        for record in records:
            found[record.patient].append(record)
    return found


@cache
def _last(kind: type[P]) -> Select[P]:
    """Of each patient the last one up to this day, and the last one after it.

    Of several of one day it is the one that was entered first, which a history has before them.
    """
    when: Any = getattr(kind, kind.dated_by)
    place = func.row_number().over(
        partition_by=(col(kind.patient), when > bindparam("today")),
        order_by=(when.desc(), IN_ORDER_OF_ENTRY),
    )
    placed = select(col(kind.id), place.label("place")).where(*theirs(kind)).subquery()
    return select(kind).where(col(kind.id).in_(select(placed.c.id).where(placed.c.place == 1)))
