"""Drafts: what was typed and not yet saved, kept in the store through a crash and a power cut."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from models.store.tables import DRAFT

NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True)
class Draft:
    """What stands in one form of one patient; `typed`: by field, as JSON, however unreadable.

    `patient`: `NOBODY` for a form that belongs to no patient yet. `record`: the one that is being
    corrected, in this `version`, or the one that is to be made, in version 0.
    """

    form: str
    patient: uuid.UUID
    record: uuid.UUID | None
    version: int
    typed: dict[str, Any]
    at: dt.datetime


def keep(session: Session, user: str, draft: Draft) -> None:
    """One for each form, user and patient: the latest."""
    drop(session, user, draft.form, draft.patient)
    session.execute(insert(DRAFT).values(user=user, **vars(draft)))


def drop(session: Session, user: str, form: str, patient: uuid.UUID) -> None:
    columns = DRAFT.c
    own = (columns.user == user, columns.form == form, columns.patient == patient)
    session.execute(delete(DRAFT).where(*own))


def users_typing(session: Session, patient: uuid.UUID) -> list[str]:
    """Who has typed something about this patient that is not saved."""
    columns = DRAFT.c
    found = select(columns.user).where(columns.patient == patient).distinct()
    return sorted(session.scalars(found))


def kept(session: Session, user: str) -> list[Draft]:
    """The user's drafts, the latest first."""
    columns = DRAFT.c
    own = select(DRAFT).where(columns.user == user).order_by(text("rowid DESC"))
    return [
        Draft(row.form, row.patient, row.record, row.version, row.typed, row.at)
        for row in session.execute(own)
    ]
