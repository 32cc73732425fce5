"""What the store refuses: a taken MRN, dates before birth, references that lead astray."""

import uuid
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from models.base import InvalidRecord, PatientRecord, Record
from models.patient import Patient
from models.records import BY_NAME, PATIENT_RECORDS
from models.words import _, day_words

Known = dict[uuid.UUID, Record | None]


@cache
def references(kind: type[Record]) -> dict[str, type[Record]]:
    """Which fields of a kind point to which other kind, the patient among them."""
    table = SQLModel.metadata.tables[kind.table_name()]
    return {key.parent.name: BY_NAME[key.column.table.name] for key in table.foreign_keys}


def refuse_what_contradicts(session: Session, record: Record, known: Known) -> None:
    """Raise `InvalidRecord` where the record does not fit what is on file."""
    problems: dict[str, str] = {}
    if isinstance(record, Patient):
        problems |= _taken_mrn(session, record) | _born_after_a_record(session, record)
    if isinstance(record, PatientRecord):
        problems |= _astray(session, record, known) or _before_birth(session, record, known)
    if problems:
        raise InvalidRecord(_(record.singular), problems)


def find_known(session: Session, kind: type[Record], key: uuid.UUID, known: Known) -> Record | None:
    if key not in known:
        known[key] = session.get(kind, key)
    return known[key]


def _taken_mrn(session: Session, patient: Patient) -> dict[str, str]:
    session.flush()
    same = select(Patient).where(col(Patient.mrn) == patient.mrn, col(Patient.id) != patient.id)
    other = session.scalar(same)
    if other is None:
        return {}
    if other.removed_at is None:
        return {"mrn": _("This MRN already belongs to another patient.")}
    return {"mrn": _("This MRN already belongs to a patient who was removed.")}


def _born_after_a_record(session: Session, patient: Patient) -> dict[str, str]:
    dated = [
        (record.when, record)
        for kind in PATIENT_RECORDS
        for record in session.scalars(
            select(kind).where(col(kind.patient) == patient.id, col(kind.removed_at).is_(None))
        )
        if record.when is not None and record.when.last < patient.birth_date
    ]
    if not dated:
        return {}
    when, first = min(dated, key=lambda pair: pair[0])
    sentence = _("The birth date lies after the {kind}, {date}.")
    return {"birth_date": sentence.format(kind=_(first.singular), date=when.words)}


def _before_birth(session: Session, record: PatientRecord, known: Known) -> dict[str, str]:
    patient = find_known(session, Patient, record.patient, known)
    when = record.when
    if not isinstance(patient, Patient) or when is None or when.last >= patient.birth_date:
        return {}
    sentence = _("This lies before the patient's birth date, {date}.")
    return {record.dated_by: sentence.format(date=day_words(patient.birth_date))}


def _astray(session: Session, record: PatientRecord, known: Known) -> dict[str, str]:
    problems = {}
    for name, kind in references(type(record)).items():
        key = getattr(record, name)
        sentence = _led_astray(session, record, kind, key, known) if key else ""
        if sentence:
            problems[name] = sentence
    return problems


def _led_astray(
    session: Session, record: PatientRecord, kind: type[Record], key: uuid.UUID, known: Known
) -> str:
    target = find_known(session, kind, key, known)
    if not isinstance(target, kind):
        return _("There is no such {kind} on file.").format(kind=_(kind.singular))
    if target.removed_at is not None:
        return _("This {kind} was removed.").format(kind=_(kind.singular))
    if isinstance(target, PatientRecord) and target.patient != record.patient:
        return _("This {kind} belongs to another patient.").format(kind=_(kind.singular))
    return ""
