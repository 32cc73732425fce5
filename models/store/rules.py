"""What the store refuses: a taken MRN, dates before birth or ahead, references that lead astray."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from sqlalchemy import JSON, Select, bindparam, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key
from sqlmodel import SQLModel, col

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import InvalidRecord, PatientRecord, Record
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.diagnosis import Diagnosis
from models.drug import Drug
from models.imaging import Imaging
from models.laboratory import LabResult, MolecularResult
from models.patient import Patient
from models.population import SavedPopulation, can_be_read
from models.practice import RuleConfirmation
from models.records import BY_NAME, PATIENT_RECORDS
from models.response import Assessment
from models.skin import SkinScore
from models.staging import Staging
from models.therapies import is_listed
from models.treatment import Infusion
from models.values import earliest
from models.visit import Visit, VisitStatus
from models.words import _, day_words

Key = tuple[type[Record], uuid.UUID]


@dataclass
class Known:
    """What was looked up for many records at once, and need not be again for each.

    `rows`: records on file, None where there is none; `coming`: what is about to be saved in their
    place; `numbers`: whose MRNs are, None where they are nobody's; `standing`: what is on file of
    these patients and was not removed; `unneeded`: to which nothing on file points.
    """

    rows: dict[Key, Record | None] = field(default_factory=dict)
    coming: dict[Key, Record] = field(default_factory=dict)
    numbers: dict[str, uuid.UUID | None] = field(default_factory=dict)
    standing: dict[uuid.UUID, list[PatientRecord]] = field(default_factory=dict)
    unneeded: set[Key] = field(default_factory=set)


HAPPENED: dict[type[Record], tuple[str, ...]] = {
    Patient: ("birth_date", "death_date"),
    RuleConfirmation: ("confirmed_on",),
    Attachment: ("date",),
    Diagnosis: ("date",),
    Staging: ("date",),
    Infusion: ("given_on",),
    SkinScore: ("date",),
    BloodCount: ("date",),
    LabResult: ("date",),
    MolecularResult: ("date",),
    Imaging: ("date",),
    Assessment: ("date",),
    AdverseEvent: ("onset", "grades", "resolved"),
    Biopsy: ("date", "result_on"),
    Visit: ("date",),
}
ACROSS_TIME_ZONES = dt.timedelta(days=1)


@cache
def references(kind: type[Record]) -> dict[str, type[Record]]:
    """Which fields of a kind point to which other kind, the patient among them."""
    table = SQLModel.metadata.tables[kind.table_name()]
    return {key.parent.name: BY_NAME[key.column.table.name] for key in table.foreign_keys}


def refuse_what_contradicts(session: Session, record: Record, known: Known, today: dt.date) -> None:
    """Raise `InvalidRecord` where the record does not fit what is on file, or has yet to happen."""
    problems = _in_the_future(record, today)
    if isinstance(record, Patient):
        problems |= _taken_mrn(session, record, known)
        problems |= _born_after_a_record(session, record, known)
    if isinstance(record, Drug):
        problems |= _taken_drug(session, record)
    if isinstance(record, SavedPopulation):
        problems |= _taken_name(session, record)
    if isinstance(record, PatientRecord):
        targets = _targets(session, record, known)
        problems |= _astray(record, targets) or _before_birth(record, targets["patient"])
    if problems:
        raise InvalidRecord(_(record.singular), problems)


def find_row(session: Session, kind: type[Record], key: uuid.UUID, known: Known) -> Record | None:
    """As it is on file."""
    if (kind, key) not in known.rows:
        known.rows[kind, key] = session.get(kind, key)
    return known.rows[kind, key]


def _taken_mrn(session: Session, patient: Patient, known: Known) -> dict[str, str]:
    owner = _owner(session, patient.mrn, known)
    if owner is None or owner == patient.id:
        return {}
    other = find_row(session, Patient, owner, known)
    if other is None or other.removed_at is None:
        return {"mrn": _("This MRN already belongs to another patient.")}
    sentence = _(
        "This MRN already belongs to a patient who was removed. Redo (Ctrl+Shift+Z) brings back"
        " one who was just undone; otherwise give another number."
    )
    return {"mrn": sentence}


def _owner(session: Session, mrn: str, known: Known) -> uuid.UUID | None:
    if mrn in known.numbers:
        return known.numbers[mrn]
    session.flush()
    return session.scalar(select(col(Patient.id)).where(col(Patient.mrn) == mrn))


def _taken_drug(session: Session, drug: Drug) -> dict[str, str]:
    if is_listed(drug.name):
        return {"name": _("The program's own catalogue has this one.")}
    if set(drug.name) & set(";+"):
        return {"name": _("A name has no semicolon and no plus sign: they stand between drugs.")}
    session.flush()
    others = session.scalars(select(Drug).where(col(Drug.id) != drug.id))
    same = [each for each in others if each.name.casefold() == drug.name.casefold()]
    if not same:
        return {}
    if same[0].removed_at is None:
        return {"name": _("The clinic's own drugs have this one already.")}
    return {"name": _("A drug that was removed has this name: add it again to bring it back.")}


def _taken_name(session: Session, population: SavedPopulation) -> dict[str, str]:
    session.flush()
    own, key = population.name.casefold(), SavedPopulation.id
    written = type_coerce(col(SavedPopulation.criteria), JSON)
    names = select(col(SavedPopulation.name), col(SavedPopulation.removed_at), written)
    others = session.execute(names.where(col(key) != population.id))
    same = [rest for name, *rest in others if name.casefold() == own]
    if not same:
        return {}
    ((removed_at, criteria),) = same
    if removed_at is None:
        return {"name": _("Another saved population has this name.")}
    if not can_be_read(criteria):
        sentence = _("A later version of the program saved one by this name, which was removed.")
        return {"name": sentence}
    return {"name": _("One that was removed has this name: save it anew to bring it back.")}


def _in_the_future(record: Record, today: dt.date) -> dict[str, str]:
    """Dates of what is told to have happened; what is planned may lie ahead."""
    if isinstance(record, Visit) and record.status is not VisitStatus.DONE:
        return {}
    latest = today + ACROSS_TIME_ZONES
    return {
        name: _("This lies in the future; today is {today} by this computer's clock.").format(
            today=day_words(today)
        )
        for name in HAPPENED.get(type(record), ())
        if any(day > latest for day in _begun(getattr(record, name)))
    }


def _begun(value: Any) -> list[dt.date]:
    """The first days of a date, or of grades with theirs."""
    if isinstance(value, list):
        return [episode.date.first for episode in value]
    return [] if value is None else [earliest(value)]


def _born_after_a_record(session: Session, patient: Patient, known: Known) -> dict[str, str]:
    """What is about to be corrected with the birth date counts as it will be."""
    on_file = find_row(session, Patient, patient.id, known) if patient.version else None
    if not isinstance(on_file, Patient):
        return {}
    if on_file is not patient and on_file.birth_date == patient.birth_date:
        return {}
    own = known.standing.get(patient.id)
    if own is None:
        own = standing(session, [patient.id])[patient.id]
    dated = [
        (record.when, record)
        for row in own
        for record in [cast(PatientRecord, known.coming.get((type(row), row.id))) or row]
        if record.when is not None and record.when.last < patient.birth_date
    ]
    if not dated:
        return {}
    when, first = min(dated, key=lambda pair: pair[0])
    sentence = _("The birth date lies after the {kind}, {date}.")
    return {"birth_date": sentence.format(kind=_(first.singular), date=when.words)}


def standing(
    session: Session, patients: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[PatientRecord]]:
    """What is on file of each of these and was not removed: one query for each kind."""
    found: dict[uuid.UUID, list[PatientRecord]] = {each: [] for each in patients}
    for kind in PATIENT_RECORDS:
        own = (col(kind.patient).in_(patients), col(kind.removed_at).is_(None))
        for row in session.scalars(select(kind).where(*own)):
            found[row.patient].append(row)
    return found


def _targets(session: Session, record: PatientRecord, known: Known) -> dict[str, Any]:
    """What its fields point to; None where nothing on file is pointed to."""
    pointing = references(type(record)).items()
    keys = {name: (kind, getattr(record, name)) for name, kind in pointing}
    return {name: _target(session, *key, known) for name, key in keys.items() if key[1]}


def _target(session: Session, kind: type[Record], key: uuid.UUID, known: Known) -> Any:
    """As it is about to be: what this session holds may have changed, any other as a mere row."""
    held = known.coming.get((kind, key)) or known.rows.get((kind, key))
    held = held or session.identity_map.get(identity_key(kind, key))
    return held or session.execute(_values(kind), {"key": key}).first()


@cache
def _values(kind: type[Record]) -> Select[Any]:
    table = SQLModel.metadata.tables[kind.table_name()]
    return select(table).where(table.c.id == bindparam("key"))


def _before_birth(record: PatientRecord, patient: Any) -> dict[str, str]:
    when = record.when
    if when is None or when.last >= patient.birth_date:
        return {}
    sentence = _("This lies before the patient's birth date, {date}.")
    return {record.dated_by: sentence.format(date=day_words(patient.birth_date))}


def _astray(record: PatientRecord, targets: Mapping[str, Any]) -> dict[str, str]:
    kinds = references(type(record))
    told = {name: _led_astray(record, kinds[name], each) for name, each in targets.items()}
    return {name: sentence for name, sentence in told.items() if sentence}


def _led_astray(record: PatientRecord, kind: type[Record], target: Any) -> str:
    if target is None:
        return _("There is no such {kind} on file.").format(kind=_(kind.singular))
    if target.removed_at is not None:
        return _("This {kind} was removed.").format(kind=_(kind.singular))
    if issubclass(kind, PatientRecord) and target.patient != record.patient:
        return _("This {kind} belongs to another patient.").format(kind=_(kind.singular))
    return ""
