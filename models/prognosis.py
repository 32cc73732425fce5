"""Prognostic indices at diagnosis; a factor that is not known gives a range, never a zero.

Survival of the groups is the papers', not this clinic's.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from models.diagnosis import Diagnosis
from models.history import History
from models.laboratory import LabResult
from models.patient import Sex
from models.staging import STAGES, Occasion, Staging, stage_of
from models.values import age_on
from models.words import N_, _

LDH_WITHIN_DAYS = 90
STAGED_WITHIN_DAYS = 183
GROUPS = (N_("low"), N_("intermediate"), N_("high"))
EARLY = ("IA", "IB", "IIA")


@dataclass(frozen=True, slots=True)
class Factor:
    """One point of an index: present, absent, or None where it is not known."""

    name: str
    present: bool | None


@dataclass(frozen=True, slots=True)
class Prognosis:
    """One index: least and most points that its factors allow, and the groups these reach."""

    index: str
    source: str
    factors: tuple[Factor, ...]
    possible_groups: tuple[str, ...]

    @property
    def least(self) -> int:
        return sum(factor.present is True for factor in self.factors)

    @property
    def most(self) -> int:
        return sum(factor.present is not False for factor in self.factors)

    @property
    def score(self) -> int | None:
        """None where a factor is not known."""
        return self.least if self.least == self.most else None

    @property
    def group(self) -> str | None:
        """None where the factors that are known leave more than one group."""
        return self.possible_groups[0] if len(self.possible_groups) == 1 else None


Facts = Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class Index:
    """A published index: its factors by name, and the least points of the two higher groups."""

    name: str
    source: str
    early: bool
    factors: tuple[str, ...]
    intermediate_from: int
    high_from: int

    def of(self, facts: Facts) -> Prognosis:
        factors = tuple(Factor(name, facts[name]) for name in self.factors)
        least = sum(factor.present is True for factor in factors)
        most = sum(factor.present is not False for factor in factors)
        reached = dict.fromkeys(self._group(points) for points in range(least, most + 1))
        return Prognosis(self.name, self.source, factors, tuple(reached))

    def _group(self, points: int) -> str:
        return GROUPS[(points >= self.intermediate_from) + (points >= self.high_from)]


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

INDICES = (
    Index("CLIC 2015", "Scarisbrick, J Clin Oncol 2015", False, (STAGE_IV, AGE, LCT, LDH), 2, 3),
    Index(
        "CLIPi 2013 early",
        "Benton, Eur J Cancer 2013",
        True,
        (MALE, AGE, PLAQUES, FOLLICULAR, N1_OR_X),
        2,
        3,
    ),
    Index(
        "CLIPi 2013 late",
        "Benton, Eur J Cancer 2013",
        False,
        (MALE, AGE, B1_OR_2, N2_OR_3, VISCERA),
        2,
        3,
    ),
    Index("CLIPI 2025", "Scarisbrick, Blood 2025", False, (N3, AGE, LDH, LCT), 2, 3),
)


def indices(history: History) -> list[Prognosis]:
    """The indices for the patient's stage at diagnosis; none without a diagnosis and a staging.

    CLIC (Scarisbrick, J Clin Oncol 2015), CLIPi (Benton, Eur J Cancer 2013), CLIPI (Scarisbrick,
    Blood 2025). Age over 60 is strictly greater. Early indices are for IA to IIA, the others for
    IIB and above.
    """
    diagnosis = next(iter(history.of(Diagnosis)), None)
    staging = _at_diagnosis(history, diagnosis) if diagnosis else None
    if diagnosis is None or staging is None:
        return []
    working = stage_of(staging).working
    if working not in STAGES:
        return []
    facts = _facts(history, diagnosis, staging)
    return [index.of(facts) for index in INDICES if index.early is (working in EARLY)]


def _at_diagnosis(history: History, diagnosis: Diagnosis) -> Staging | None:
    """The staging made at diagnosis, or within half a year of it; never a later one."""
    near = dt.timedelta(days=STAGED_WITHIN_DAYS)
    return next(
        (
            staging
            for staging in history.of(Staging)
            if staging.occasion is Occasion.DIAGNOSIS
            or (
                staging.date.first <= diagnosis.date.last + near
                and staging.date.last >= diagnosis.date.first - near
            )
        ),
        None,
    )


def _facts(history: History, diagnosis: Diagnosis, staging: Staging) -> Facts:
    t, n, m, b = (value[:2] for value in (staging.t, staging.n, staging.m, staging.b))
    stages = {stage.startswith("IV") for stage in stage_of(staging).possible}
    return {
        AGE: _age_over_60(history, diagnosis),
        LDH: _ldh_raised(history, diagnosis),
        LCT: diagnosis.large_cell_transformation,
        STAGE_IV: stages.pop() if len(stages) == 1 else None,
        N3: _among(n, {"N3"}, {"NX"}),
        MALE: {Sex.MALE: True, Sex.FEMALE: False}.get(history.patient.sex),
        PLAQUES: _plaques(staging.t, t),
        FOLLICULAR: diagnosis.folliculotropism,
        N1_OR_X: n in {"N1", "NX"},
        B1_OR_2: _among(b, {"B1", "B2"}, {"BX"}),
        N2_OR_3: _among(n, {"N2", "N3"}, {"NX"}),
        VISCERA: _among(m, {"M1"}, {"MX"}),
    }


def _among(value: str, present: set[str], unknown: set[str]) -> bool | None:
    return None if value in unknown else value in present


def _plaques(t: str, main: str) -> bool | None:
    if main not in {"T1", "T2"}:
        return False
    return {"a": False, "b": True}.get(t[2:])


def _age_over_60(history: History, diagnosis: Diagnosis) -> bool | None:
    birth = history.patient.birth_date
    answers = {age_on(birth, day) > 60 for day in (diagnosis.date.first, diagnosis.date.last)}
    return answers.pop() if len(answers) == 1 else None


def _ldh_raised(history: History, diagnosis: Diagnosis) -> bool | None:
    """The LDH nearest to the diagnosis, within 90 days of it."""

    def distance(result: LabResult) -> dt.timedelta:
        return max(
            diagnosis.date.first - result.date, result.date - diagnosis.date.last, dt.timedelta()
        )

    near = [
        result
        for result in history.of(LabResult)
        if result.analyte.casefold() == "ldh" and distance(result).days <= LDH_WITHIN_DAYS
    ]
    return min(near, key=distance).high if near else None


def group_words(prognosis: Prognosis) -> str:
    return _(" or ").join(_(group) for group in prognosis.possible_groups)
