"""Merging: all records of a patient who was entered twice come to the one who is kept."""

import uuid
from collections.abc import Sequence
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base import ClinicError, PatientRecord
from models.patient import Patient
from models.records import OF_A_PATIENT
from models.store import search
from models.store.audit import Action
from models.store.drafts import users_typing
from models.store.removal import mark_removed
from models.store.rules import refuse_what_contradicts
from models.store.saving import changed_meanwhile, mark_changed, refuse_removed, save_all
from models.store.step import Step
from models.words import _, listing


def merge(step: Step, kept: Patient, duplicate: Patient) -> Patient:
    """Save `kept` as it is to stand, move the records of `duplicate`, and remove that one."""
    if kept.id == duplicate.id:
        raise _the_same()
    row = step.session.get(Patient, duplicate.id)
    if row is None or row.version != duplicate.version:
        raise changed_meanwhile(duplicate)
    refuse_removed(row)
    typing = users_typing(step.session, row.id)
    if typing:
        raise _being_typed(typing)
    (saved,) = save_all(step, [kept])
    move_all(step, _records_of(step.session, duplicate.id), kept.id)
    mark_merged(step, row, cast(Patient, saved))
    return cast(Patient, saved)


def mark_merged(step: Step, duplicate: Patient, kept: Patient) -> None:
    """Remove the duplicate, by whose number and name the other is found from now on."""
    duplicate.merged_into = kept.id
    mark_removed(step, duplicate)
    step.session.flush()
    search.index_anew(step.session, kept)


def move_all(step: Step, records: Sequence[PatientRecord], to: uuid.UUID) -> None:
    for record in records:
        move(step, record, to)
    step.session.flush()
    for record in records:
        if record.removed_at is None:
            refuse_what_contradicts(step.session, record, step.known, step.clock.today())


def move(step: Step, record: PatientRecord, to: uuid.UUID) -> None:
    """Whose record it was stays in the audit trail."""
    former, record.patient = record.patient, to
    at = mark_changed(step, record)
    step.note(Action.MOVED, record, at, old={"patient": former.hex})


def _records_of(session: Session, patient: uuid.UUID) -> list[PatientRecord]:
    return [
        record
        for kind in OF_A_PATIENT
        for record in session.scalars(select(kind).where(col(kind.patient) == patient))
    ]


def _the_same() -> ClinicError:
    return ClinicError(
        _("A patient cannot be merged with itself."),
        _("Nothing was changed."),
        _("Choose the other entry of the same person."),
    )


def _being_typed(users: list[str]) -> ClinicError:
    return ClinicError(
        _("Something typed for the entry that is to go is not saved yet (by {users}).").format(
            users=listing(users)
        ),
        _("Nothing was changed."),
        _("Save or discard it first, then merge."),
    )
