"""A history for a study: de-identified, with its dates shifted, so that every format can write it.

What may leave is declared field by field in `LEAVES`; whatever is not named there stays. All dates
of a patient are shifted by one secret number of days, so that times between days stay as they were.
A date known by its month or year is placed on a secret day of it, the same in every export, and
told as the month or year in which that day lies once shifted: its true middle, told beside days,
would give the shift away. What is lost by it: such a date may be up to a month or a year off, so
that what is counted from it may change; weekdays and seasons; the birth of whoever may pass the age
of 89: born so late as to be 90 on the last day that the export can tell. Of that day, as of all
else, only what is told and the day of the export decide, and never the true calendar.

Ids are made of a record's own by a secret of the clinic: the same in every export, and no way back.
"""

import datetime as dt
import hmac
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from models.adverse_event import AdverseEvent, GradeEpisode
from models.at_diagnosis import staged_diagnosis
from models.base import InvalidRecord, PatientRecord, Record, build
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
MOST_SHIFT = dt.timedelta(days=365)
_FIRST, _LAST = dt.date(EARLIEST_YEAR, 1, 1), dt.date(LATEST_YEAR, 12, 31)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class StudyNumber:
    """What a patient is called in studies, by how many days her dates are shifted there, and the
    clinic's secret, of which ids and days are made that nobody else can make.
    """

    number: int
    shift_days: int
    secret: bytes = field(repr=False)

    @property
    def words(self) -> str:
        return study_words(self.number)

    def id_of(self, known: uuid.UUID) -> uuid.UUID:
        """By which a record is known in studies, the same in every export."""
        return uuid.UUID(bytes=self._made_of(known.hex)[:16], version=4)

    def day_of(self, date: PartialDate) -> dt.date:
        """One of the days that it may mean, the same for the same date."""
        days = (date.last - date.first).days + 1
        return date.first + dt.timedelta(days=int.from_bytes(self._made_of(date.iso)) % days)

    def _made_of(self, text: str) -> bytes:
        return hmac.digest(self.secret, f"{self.words} {text}".encode(), "sha256")


def study_words(number: int) -> str:
    return f"S-{number:04d}"


Numbers = Mapping[uuid.UUID, StudyNumber]


def all_studied(histories: Sequence[History], numbers: Numbers, today: dt.date) -> list[History]:
    """By study number: an order by name would tell of names."""
    found = sorted(histories, key=lambda each: numbers[each.patient.id].number)
    return [studied(each, numbers[each.patient.id], today) for each in found]


def studied(history: History, number: StudyNumber, today: dt.date) -> History:
    """The history of a study number: only what `LEAVES` names, in shifted dates.

    `today`: the day of the export, to which a patient who is alive has grown older.
    """
    known = deidentified(history, number.id_of)
    leaving = _Leaving(number, known)
    patient = leaving.record(known.patient)
    records = [
        leaving.record(record)
        for kind, found in known.records.items()
        if kind in LEAVES
        for record in found
    ]
    told = History.of_records(patient, records, history.practice, history.confirmed)
    born = _born(history, told, today)
    until = history.known_until
    return replace(
        told,
        patient=build(Patient, {**_values(patient), "birth_date": born}),
        known_until=until if until == dt.date.max else leaving.day(until),
    )


def is_grouped(told: History, today: dt.date) -> bool:
    """Whether who is told of may pass the age of 89, so that ages told of her are least ages."""
    return age_on(told.patient.birth_date, _last_day(told, today)) > OLDEST_TOLD


def last_shifted(today: dt.date) -> dt.date:
    """The last day that today may be in shifted dates, by whatever shift."""
    return today + MOST_SHIFT


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
    return PartialDate(last.year - OLDEST_TOLD - 1, last.month).first


def _last_day(told: History, today: dt.date) -> dt.date:
    """The last one on which the age can be told: that of the death, of whatever is on file, or the
    last day that today may be. Were it today as shifted, the birth told would tell of the shift.
    """
    died = told.patient.death_date
    dates = (day for found in told.records.values() for each in found for day in _dates(each))
    return max((died.last if died else last_shifted(today), *dates))


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

    def __init__(self, number: StudyNumber, known: History) -> None:
        self.number = number
        self.shift = dt.timedelta(days=number.shift_days)
        whens = (each.when for found in known.records.values() for each in found)
        self.first = min((when.first for when in whens if when and when.exact), default=_LAST)
        self.last = known.last_contact or _FIRST
        self.diagnosed = {each.date for each in known.of(Diagnosis)}

    def record(self, record: R) -> R:
        """With partial dates on a day of their time; where that would end something before it
        began, what begins as early and what ends as late as it may.
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
        if isinstance(record, PatientRecord):
            values["patient"] = record.patient
        else:
            values["mrn"] = self.number.words
        return build(kind, {**values, "id": record.id})

    def _told(self, model: BaseModel, *, widest: bool) -> dict[str, Any]:
        names = LEAVES[type(model)]
        return {name: self._value(name, getattr(model, name), widest=widest) for name in names}

    def _value(self, name: str, value: Any, *, widest: bool) -> Any:
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
        day = self._placed(name, date)
        if widest:
            day = date.last if name in _ENDS else date.first
        moved = self.day(day)
        return PartialDate(
            moved.year, date.month and moved.month, moved.day if date.exact else None
        )

    def _placed(self, name: str, date: PartialDate) -> dt.date:
        """On a secret day of it: a death not before the last contact, and a diagnosis not after
        the first day on file.
        """
        day = self.number.day_of(date)
        if name == "death_date" and self.last <= date.last:
            return max(day, self.last)
        if date in self.diagnosed and self.first >= date.first:
            return min(day, self.first)
        return day


def _required(kind: type[Record]) -> list[str]:
    about = kind.model_fields.items()
    return [name for name, each in about if each.is_required() and name != "patient"]


def _values(model: BaseModel) -> dict[str, Any]:
    return {name: getattr(model, name) for name in type(model).model_fields}
