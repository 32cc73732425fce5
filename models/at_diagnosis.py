"""How things stood at diagnosis: the factors of the indices, each with what says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from models.base import PatientRecord, Record
from models.biopsy import Biopsy, BiopsyKind, Pattern
from models.diagnosis import STAGED_BY_TNMB, Diagnosis, Disease
from models.history import History
from models.laboratory import LabResult
from models.patient import Patient, Sex
from models.rules import Standing, rule
from models.staging import (
    STAGES,
    Classes,
    Occasion,
    Staging,
    completions,
    not_known,
    organs,
    stage_group,
)
from models.values import AnyDate, PartialDate, age_on, ages_words, earliest, latest
from models.words import N_, _, counted_from, day_words, number_words

LDH_WITHIN_DAYS = 90
STAGED_WITHIN_DAYS = 183
BIOPSY_WITHIN_DAYS = 183
SKIN_BIOPSIES = (BiopsyKind.PUNCH, BiopsyKind.SHAVE, BiopsyKind.EXCISION)

AGE = N_("age over 60")
LDH = N_("LDH raised")
LCT = N_("large-cell transformation")
STAGE_IV = N_("stage IV")
N3 = N_("N3")
MALE = N_("male")
PLAQUES = N_("plaques")
FOLLICULAR = N_("folliculotropism")
N1_OR_X = N_("N1 or NX")
B1_OR_2 = N_("B1 or B2")
N2_OR_3 = N_("N2 or N3")
VISCERA = N_("visceral involvement")


@dataclass(frozen=True, slots=True)
class Factor:
    """One point of an index: present, absent, or None where it is not known.

    `value` says in words what was found and when, or why it is not known; `record` is what says so.
    """

    name: str
    present: bool | None
    value: str
    record: Record | None = None


Facts = Mapping[str, Factor]


@dataclass(frozen=True, slots=True)
class AtDiagnosis:
    """The records that say how things stood at diagnosis."""

    patient: Patient
    diagnosis: Diagnosis
    staging: Staging
    ldh: Sequence[LabResult]
    biopsies: Sequence[Biopsy]

    @property
    def classes(self) -> list[Classes]:
        """Every TNMB that the staging may stand for."""
        return completions(self.staging.t, self.staging.n, self.staging.m, self.staging.b)


@rule(
    N_("What counts as at diagnosis"),
    "Scarisbrick, J Clin Oncol 2015; Benton, Eur J Cancer 2013",
    Standing.UNVERIFIED,
)
def at_diagnosis(history: History) -> AtDiagnosis | None:
    """The indices are worked out for the time of the first diagnosis of a disease that is staged by
    TNMB, and not again later. The staging is the nearest one within 183 days that was made at
    diagnosis or, where there is none, at referral or baseline. The LDH is the nearest within 90
    days. Biopsies of the skin within 183 days may tell of large-cell transformation and
    folliculotropism. The periods are this program's own choice. Without a diagnosis and a staging
    there is no index.
    """
    diagnosis = staged_diagnosis(history)
    staging = _staging(history, diagnosis.date) if diagnosis else None
    if diagnosis is None or staging is None:
        return None
    results = [each for each in history.of(LabResult) if each.analyte.casefold() == "ldh"]
    return AtDiagnosis(
        history.patient,
        diagnosis,
        staging,
        _nearest(within(results, diagnosis.date, LDH_WITHIN_DAYS), diagnosis.date),
        skin_biopsies(history, diagnosis.date),
    )


def staged_diagnosis(history: History) -> Diagnosis | None:
    """The first diagnosis of a disease that is staged by TNMB, or else the first of all."""
    found = history.of(Diagnosis)
    staged = [each for each in found if each.disease in STAGED_BY_TNMB]
    return next(iter(staged or found), None)


def skin_biopsies(history: History, diagnosed: PartialDate) -> list[Biopsy]:
    """Those near the diagnosis."""
    skin = [each for each in history.of(Biopsy) if each.kind in SKIN_BIOPSIES]
    return within(skin, diagnosed, BIOPSY_WITHIN_DAYS)


def _staging(history: History, diagnosed: PartialDate) -> Staging | None:
    near = within(history.of(Staging), diagnosed, STAGED_WITHIN_DAYS)
    then = [each for each in near if each.occasion is Occasion.DIAGNOSIS]
    before = [each for each in near if each.occasion in {Occasion.REFERRAL, Occasion.BASELINE}]
    return next(iter(_nearest(then or before, diagnosed)), None)


P = TypeVar("P", bound=PatientRecord)


def within(records: Iterable[P], diagnosed: PartialDate, days: int) -> list[P]:
    """Those that may lie so many days from a date."""
    return [record for record in records if _days_apart(record, diagnosed) <= days]


def _nearest(records: Sequence[P], diagnosed: PartialDate) -> list[P]:
    """The record nearest to a date; several where they are equally near."""
    least = min((_days_apart(record, diagnosed) for record in records), default=0)
    return [record for record in records if _days_apart(record, diagnosed) == least]


def _days_apart(record: PatientRecord, diagnosed: PartialDate) -> int:
    """At least so many; 0 where partial dates may be the same day."""
    when = record.when or diagnosed
    return max((when.first - diagnosed.last).days, (diagnosed.first - when.last).days, 0)


def facts(found: AtDiagnosis, classes: Sequence[Classes]) -> Facts:
    """Every factor by name; `classes`: what the TNMB may be in the stages of an index."""
    diagnosis, staging, biopsies = found.diagnosis, found.staging, found.biopsies
    n, m, b = ({each[place] for each in classes} for place in (1, 2, 3))
    factors = (
        _age(found.patient, diagnosis),
        _male(found.patient),
        _ldh(found.ldh),
        transformed(diagnosis, biopsies),
        follicular(diagnosis, biopsies),
        _plaques(staging),
        _stage_iv(staging, classes),
        _of_class(N3, staging, staging.n, n, {"N3"}),
        _of_class(N1_OR_X, staging, staging.n, {staging.n[:2]}, {"N1", "NX"}),
        _of_class(N2_OR_3, staging, staging.n, n, {"N2", "N3"}),
        _of_class(B1_OR_2, staging, staging.b, b, {"B1", "B2"}),
        _of_class(VISCERA, staging, staging.m, m, {"M1"}),
    )
    return {factor.name: factor for factor in factors}


def transformed(diagnosis: Diagnosis, biopsies: Sequence[Biopsy]) -> Factor:
    """Large-cell transformation."""
    read = [(each, each.large_cell_transformation) for each in biopsies]
    return _in_skin(LCT, diagnosis, diagnosis.large_cell_transformation, read)


def follicular(diagnosis: Diagnosis, biopsies: Sequence[Biopsy]) -> Factor:
    """Folliculotropism."""
    read = [(each, _follicular(each)) for each in biopsies]
    return _in_skin(FOLLICULAR, diagnosis, _stated_follicular(diagnosis), read)


def _agreed(answers: Iterable[bool | None]) -> bool | None:
    """The answer that all give; None where they differ."""
    given = set(answers)
    return given.pop() if len(given) == 1 else None


@rule(N_("Age over 60"), "Scarisbrick, J Clin Oncol 2015; Benton, Eur J Cancer 2013")
def is_over_60(birth: AnyDate, diagnosed: AnyDate) -> bool | None:
    """More than 60 completed years of life at diagnosis: at 60 it does not count. Not known where a
    partial date leaves both possible.
    """
    return _agreed(age > 60 for age in _ages(birth, diagnosed))


def _ages(birth: AnyDate, diagnosed: AnyDate) -> tuple[int, int]:
    """The youngest and the oldest that the dates allow."""
    return age_on(latest(birth), earliest(diagnosed)), age_on(earliest(birth), latest(diagnosed))


def _age(patient: Patient, diagnosis: Diagnosis) -> Factor:
    value = _said(_("diagnosis"), diagnosis.date)
    if counted_from() is None:
        age = ages_words(patient.birth_date, diagnosis.date)
        value = _("{age} at diagnosis, {date}").format(age=age, date=diagnosis.date.words)
    return Factor(AGE, is_over_60(patient.birth_date, diagnosis.date), value, diagnosis)


def _male(patient: Patient) -> Factor:
    present = {Sex.MALE: True, Sex.FEMALE: False}.get(patient.sex)
    return Factor(MALE, present, _(patient.sex.value), patient)


def _ldh(results: Sequence[LabResult]) -> Factor:
    if not results:
        none = _("none within {days} days of the diagnosis").format(days=LDH_WITHIN_DAYS)
        return Factor(LDH, None, none)
    value = "; ".join(_ldh_words(result) for result in results)
    return Factor(LDH, _agreed(result.high for result in results), value, results[0])


def _ldh_words(result: LabResult) -> str:
    """`LDH 310 U/L, upper limit 225, 12 Jan 2011`."""
    high = result.reference_high
    limit = _("upper limit not recorded") if high is None else _("upper limit {limit}")
    return "LDH {value} {unit}, {limit}, {date}".format(
        value=number_words(result.value),
        unit=result.unit,
        limit=limit.format(limit="" if high is None else number_words(high)),
        date=day_words(result.date),
    )


@rule(
    N_("A finding in the skin at diagnosis"),
    "Scarisbrick, J Clin Oncol 2015; Benton, Eur J Cancer 2013",
    Standing.DERIVED,
)
def shown_in_skin(stated: bool | None, biopsies: Sequence[bool | None]) -> bool | None:
    """Large-cell transformation and folliculotropism are present or absent as the diagnosis states.
    Where it states nothing they are present if any biopsy shows them, and absent only if a biopsy
    was recorded to be without them; otherwise they are not known.
    """
    if stated is not None:
        return stated
    if True in biopsies:
        return True
    return False if False in biopsies else None


def _in_skin(
    name: str,
    diagnosis: Diagnosis,
    stated: bool | None,
    read: Sequence[tuple[Biopsy, bool | None]],
) -> Factor:
    present = shown_in_skin(stated, [answer for _biopsy, answer in read])
    if present is None:
        return Factor(name, None, _("neither the diagnosis nor a biopsy near it says"))
    if stated is not None:
        return Factor(name, present, _said(_("diagnosis"), diagnosis.date), diagnosis)
    biopsy = next(biopsy for biopsy, answer in read if answer is present)
    site = _("biopsy, {site}").format(site=biopsy.body_site)
    return Factor(name, present, _said(site, biopsy.date), biopsy)


def _said(what: str, date: PartialDate) -> str:
    return _("{what}, {date}").format(what=what, date=date.words)


def _stated_follicular(diagnosis: Diagnosis) -> bool | None:
    """The name of the disease tells as well."""
    named = True if diagnosis.disease is Disease.FOLLICULOTROPIC_MF else None
    return named if diagnosis.folliculotropism is None else diagnosis.folliculotropism


def _follicular(biopsy: Biopsy) -> bool | None:
    return True if Pattern.FOLLICULOTROPIC in biopsy.patterns else biopsy.folliculotropism


def _plaques(staging: Staging) -> Factor:
    """Told by the suffix of T1 and T2; the early index asks for no other T."""
    suffix = staging.t[2:]
    words = staging.t if suffix else _("{t} without a suffix").format(t=staging.t)
    return Factor(PLAQUES, {"a": False, "b": True}.get(suffix), _staged(words, staging), staging)


def _stage_iv(staging: Staging, classes: Sequence[Classes]) -> Factor:
    found = {stage_group(*each).working for each in classes}
    stages = [stage for stage in STAGES if stage in found]
    present = _agreed(stage.startswith("IV") for stage in stages)
    return Factor(STAGE_IV, present, _staged(_(" or ").join(stages), staging), staging)


def _of_class(
    name: str, staging: Staging, recorded: str, may_be: set[str], counting: set[str]
) -> Factor:
    present = _agreed(value in counting for value in may_be)
    why = not_known(recorded) or organs(recorded)
    words = f"{recorded} ({why})" if why else recorded
    if recorded.endswith("X") and len(may_be) == 1 and recorded not in may_be:
        words = _("{value}, here {only}").format(value=words, only=min(may_be))
    return Factor(name, present, _staged(words, staging), staging)


def _staged(words: str, staging: Staging) -> str:
    """`N3, staging 12 Jan 2011`."""
    return _("{value}, staging {date}").format(value=words, date=staging.date.words)
