"""Rows as records that no session keeps track of: nobody changes those of a history."""

import uuid
from collections.abc import Collection
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, literal_column, select
from sqlalchemy.orm import Session, class_mapper
from sqlmodel import col

from models.base import PatientRecord, Record

R = TypeVar("R", bound=Record)
P = TypeVar("P", bound=PatientRecord)

IN_ORDER_OF_ENTRY: ColumnElement[int] = literal_column("rowid")  # which no clock can disturb


def of_people(session: Session, kind: type[P], people: Collection[uuid.UUID]) -> list[P]:
    """Their records of one kind that stand, in the order of entry."""
    return untracked(session, kind, _of_people(kind), people=people)


def of_all(session: Session, kind: type[P]) -> list[P]:
    """Everybody's."""
    stand = select(kind).where(col(kind.removed_at).is_(None))
    return untracked(session, kind, stand.order_by(IN_ORDER_OF_ENTRY))


@cache
def _of_people(kind: type[P]) -> Select[P]:
    """Made once: that takes longer than reading the records of one patient."""
    return select(kind).where(*theirs(kind)).order_by(IN_ORDER_OF_ENTRY)


def theirs(kind: type[PatientRecord]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Of the `people` who are given when the question is asked."""
    people: BindParameter[uuid.UUID] = bindparam("people", expanding=True)
    return col(kind.patient).in_(people), col(kind.removed_at).is_(None)


def untracked(session: Session, kind: type[R], wanted: Select[R], **values: Any) -> list[R]:
    """All that is wanted of one kind; what was checked when it was saved is not checked again."""
    rows = session.connection().execute(wanted, values)
    fields, manager = [*rows.keys()], class_mapper(kind).class_manager
    found = []
    for row in rows:
        record = kind.__new__(kind)
        vars(record).update(zip(fields, row, strict=True))
        manager.setup_instance(record)
        found.append(record)
    return found
