"""Reading: patients and their histories, detached and complete."""

import uuid
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base import ClinicError, PatientRecord
from models.history import History
from models.patient import Patient
from models.records import PATIENT_RECORDS
from models.store import search
from models.store.folding import folded
from models.words import _


def patients(session: Session) -> list[Patient]:
    found = session.scalars(select(Patient).where(col(Patient.removed_at).is_(None)))
    return sorted(found, key=_by_name)


def patient_by_mrn(session: Session, mrn: str) -> Patient:
    asked = (col(Patient.mrn) == mrn.strip(), col(Patient.removed_at).is_(None))
    found = session.scalar(select(Patient).where(*asked))
    if found is None:
        raise _unknown(_("There is no patient with the MRN {mrn}.").format(mrn=mrn.strip()))
    return found


def history(session: Session, patient_id: uuid.UUID) -> History:
    patient = session.get(Patient, patient_id)
    if patient is None or patient.removed_at is not None:
        raise _unknown(_("This patient is not on file."))
    records: list[PatientRecord] = []
    for kind in PATIENT_RECORDS:
        own = (col(kind.patient) == patient_id, col(kind.removed_at).is_(None))
        records += session.scalars(select(kind).where(*own))
    return History.of_records(patient, records)


def histories(session: Session) -> list[History]:
    """Every patient's history, by name, with one query for each kind of record."""
    records: defaultdict[uuid.UUID, list[PatientRecord]] = defaultdict(list)
    for kind in PATIENT_RECORDS:
        for record in session.scalars(select(kind).where(col(kind.removed_at).is_(None))):
            records[record.patient].append(record)
    return [History.of_records(patient, records[patient.id]) for patient in patients(session)]


def find(session: Session, typed: str) -> list[Patient]:
    """Patients who match, best first; all by name where nothing was typed."""
    ids = search.matching(session, typed)
    if ids is None:
        return [] if typed.strip() else patients(session)
    found = session.scalars(
        select(Patient).where(col(Patient.id).in_(ids), col(Patient.removed_at).is_(None))
    )
    return sorted(found, key=lambda patient: (search.place(patient, typed), patient.mrn))


def _by_name(patient: Patient) -> tuple[str, str, str]:
    return folded(patient.family_name), folded(patient.given_name), patient.mrn


def _unknown(happened: str) -> ClinicError:
    return ClinicError(
        happened,
        _("Nothing was changed."),
        _("Check the number, or look the patient up in the list of patients."),
    )
