"""A history for a study: de-identified, with its dates shifted, so that every format can write it.

What may leave is declared field by field in `LEAVES`; whatever is not named there stays. All dates
of a patient are shifted by one secret number of days, so that times between days stay as they were.
What is lost by it: a date known by its month or year becomes the month or year in which the middle
of its shifted time lies, up to half a month or half a year off, so that what is counted from such
dates may change; weekdays and seasons; the day of birth of whoever passes the age of 89: born so
late as to be 90 on the last day, and younger by as much before. Ids are new with every export.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from models.adverse_event import AdverseEvent, GradeEpisode
from models.at_diagnosis import staged_diagnosis
from models.base import InvalidRecord, Record, build
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.deidentified import LEFT_OUT, deidentified
from models.diagnosis import Diagnosis
from models.history import History
from models.imaging import Imaging, Node
from models.laboratory import LabResult, MolecularResult
from models.patient import Consent, Patient
from models.response import Assessment
from models.skin import Lesions, SkinScore
from models.staging import Staging
from models.treatment import Cycle, Infusion, TreatmentLine
from models.values import EARLIEST_YEAR, LATEST_YEAR, OLDEST_TOLD, PartialDate, age_on
from models.visit import Visit
from models.words import _

LEAVES: dict[type[BaseModel], tuple[str, ...]] = {
    Patient: ("mrn", "birth_date", "sex", "death_date", "cause_of_death", "lost_to_follow_up"),
    Consent: ("purpose", "given", "withdrawn"),
    Diagnosis: (
        *("date", "disease", "folliculotropism", "large_cell_transformation"),
        *("tcr_clone", "cd30_percent"),
    ),
    Staging: ("date", "occasion", "t", "n", "m", "b", "stage_stated"),
    TreatmentLine: (
        *("regimen", "category", "start", "end", "protocol", "given_here", "stop_reason"),
        *("cycles_stated", "best_response_stated", "end_stated"),
    ),
    Cycle: ("treatment_line", "number", "day_1", "weight_kg", "height_cm"),
    Infusion: ("cycle", "day", "status", "given_on", "dose_mg", "minutes"),
    SkinScore: ("date", "regions", "total_stated"),
    BloodCount: (
        *("date", "wbc", "lymphocytes", "cd4_cd26_negative", "cd4_cd7_negative"),
        *("cd4_cd8_ratio", "clone", "sezary_percent"),
    ),
    LabResult: ("date", "analyte", "value", "unit", "reference_low", "reference_high"),
    MolecularResult: ("date", "specimen", "test"),
    Imaging: ("date", "modality", "nodes", "masses"),
    Assessment: ("date", "treatment_line", "skin", "nodes", "blood", "viscera", "judgement"),
    AdverseEvent: (
        *("verbatim", "term", "onset", "grades", "body_site", "ctcae_version", "resolved"),
        *("outcome", "serious", "seriousness", "attribution", "treatment_line", "action"),
    ),
    Biopsy: (
        *("date", "kind", "body_site", "side", "indication", "adverse_event", "conclusion"),
        *("result_on", "patterns", "cd4_cd8_epidermis", "cd7", "cd26", "cd30_percent"),
        *("ki67_percent", "large_cell_transformation", "folliculotropism", "clone"),
    ),
    Visit: (
        *("date", "kind", "status", "ecog", "weight_kg", "itch", "skindex29"),
        *("disease_status", "next_visit"),
    ),
    GradeEpisode: ("date", "grade"),
    Node: ("site", "long_mm", "short_mm"),
    Lesions: ("patch", "plaque", "tumour"),
}
"""The fields that may leave. Texts among them leave as far as a vocabulary knows them: `verbatim`
as the term of CTCAE, `tcr_clone` as that there is one; the MRN is the study number.
"""
_ENDS = frozenset({"end", "end_stated", "resolved", "death_date"})
_IDS = uuid.UUID("0f5e2a51-8f0c-5d3a-9a44-3f3c1f9a2c60")
_FIRST, _LAST = dt.date(EARLIEST_YEAR, 1, 1), dt.date(LATEST_YEAR, 12, 31)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class StudyNumber:
    """What a patient is called in studies, and by how many days her dates are shifted there."""

    number: int
    shift_days: int

    @property
    def words(self) -> str:
        return f"S-{self.number:04d}"

    @property
    def unshifted(self) -> "StudyNumber":
        """For tables that tell no date, but days since the diagnosis."""
        return replace(self, shift_days=0)


Numbers = Mapping[uuid.UUID, StudyNumber]


def all_studied(histories: Sequence[History], numbers: Numbers, today: dt.date) -> list[History]:
    """By study number: an order by name would tell of names."""
    found = sorted(histories, key=lambda each: numbers[each.patient.id].number)
    return [studied(each, numbers[each.patient.id], today) for each in found]


def studied(history: History, number: StudyNumber, today: dt.date) -> History:
    """The history of a study number: only what `LEAVES` names, in shifted dates.

    `today`: as old a patient who is alive has grown.
    """
    known = deidentified(history)
    leaving = _Leaving(number, known.patient.id)
    patient = leaving.record(known.patient)
    records = [
        leaving.record(record)
        for kind, found in known.records.items()
        if kind in LEAVES
        for record in found
    ]
    told = History.of_records(patient, records, history.practice, history.confirmed)
    born = _born(history, told, leaving.day(today))
    until = history.known_until
    return replace(
        told,
        patient=build(Patient, {**_values(patient), "birth_date": born}),
        known_until=until if until == dt.date.max else leaving.day(until),
    )


def is_grouped(history: History, today: dt.date) -> bool:
    """Whether the patient passes the age of 89, so that ages told of her are least ages."""
    return age_on(history.patient.birth_date, _last_day(history, today)) > OLDEST_TOLD


def _born(history: History, told: History, today: dt.date) -> dt.date:
    """Shifted, so that the age at diagnosis stays; nobody grows older than 90."""
    birth, last = told.patient.birth_date, _last_day(told, today)
    before, after = staged_diagnosis(history), staged_diagnosis(told)
    if before and after and before.date.exact:
        age = age_on(history.patient.birth_date, before.date.first)
        near = (birth + dt.timedelta(days=by) for by in (0, 1, -1))
        birth = next((each for each in near if age_on(each, after.date.first) == age), birth)
    if age_on(birth, last) <= OLDEST_TOLD:
        return birth
    return max(birth, PartialDate(last.year - OLDEST_TOLD - 1, last.month).first)


def _last_day(history: History, today: dt.date) -> dt.date:
    """The last one on which the age can be told: that of the death, or of whatever is on file."""
    died = history.patient.death_date
    dates = (day for found in history.records.values() for each in found for day in _dates(each))
    return max((died.last if died else today, *dates))


def _dates(value: Any) -> Iterator[dt.date]:
    if isinstance(value, PartialDate):
        yield value.last
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        yield value
    elif isinstance(value, BaseModel):
        for part in _values(value).values():
            yield from _dates(part)
    elif isinstance(value, list):
        for part in value:
            yield from _dates(part)


class _Leaving:
    """Takes of the records of one patient what leaves."""

    def __init__(self, number: StudyNumber, patient: uuid.UUID) -> None:
        self.number, self.patient = number, patient
        self.shift = dt.timedelta(days=number.shift_days)

    def record(self, record: R) -> R:
        """With partial dates in the middle of their time; where that would end something before
        it began, what begins as early and what ends as late as it may.
        """
        try:
            return self._built(record, widest=False)
        except InvalidRecord:
            return self._built(record, widest=True)

    def _built(self, record: R, *, widest: bool) -> R:
        kind = type(record)
        values = self._told(record, widest=widest)
        for name in {*kind.needed_with(values), *_required(kind)} - values.keys():
            values[name] = _(LEFT_OUT)
        if isinstance(record, Patient):
            values["mrn"] = self.number.words
        else:
            values["patient"] = self._id(self.patient)
        return build(kind, {**values, "id": self._id(record.id)})

    def _told(self, model: BaseModel, *, widest: bool) -> dict[str, Any]:
        names = LEAVES[type(model)]
        return {name: self._value(name, getattr(model, name), widest=widest) for name in names}

    def _value(self, name: str, value: Any, *, widest: bool) -> Any:
        if isinstance(value, uuid.UUID):
            return self._id(value)
        if isinstance(value, PartialDate):
            return self._partial(name, value, widest=widest)
        if isinstance(value, dt.date):
            return self.day(value)
        if isinstance(value, BaseModel):
            return type(value).model_validate(self._told(value, widest=widest))
        if isinstance(value, list):
            return [self._value(name, part, widest=widest) for part in value]
        if isinstance(value, dict):
            return {key: self._value(name, part, widest=widest) for key, part in value.items()}
        return value

    def day(self, day: dt.date) -> dt.date:
        """Shifted, within the years that a record may have."""
        return min(max(day + self.shift, _FIRST), _LAST)

    def _partial(self, name: str, date: PartialDate, *, widest: bool) -> PartialDate:
        day = date.middle
        if widest:
            day = date.last if name in _ENDS else date.first
        moved = self.day(day)
        return PartialDate(
            moved.year, date.month and moved.month, moved.day if date.exact else None
        )

    def _id(self, known: uuid.UUID) -> uuid.UUID:
        """A patient's is the same in every export; a record's stands for its place in this one."""
        about = "patient" if known == self.patient else known.hex
        return uuid.uuid5(_IDS, f"{self.number.words} {about}")


def _required(kind: type[Record]) -> list[str]:
    about = kind.model_fields.items()
    return [name for name, each in about if each.is_required() and name != "patient"]


def _values(model: BaseModel) -> dict[str, Any]:
    return {name: getattr(model, name) for name in type(model).model_fields}
