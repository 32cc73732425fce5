"""Prognostic indices at diagnosis; a factor that is not known gives a range, never a zero.

Survival is that of the published groups, never this patient's.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from models.at_diagnosis import (
    AGE,
    B1_OR_2,
    FOLLICULAR,
    LCT,
    LDH,
    MALE,
    N1_OR_X,
    N2_OR_3,
    N3,
    PLAQUES,
    STAGE_IV,
    VISCERA,
    AtDiagnosis,
    Factor,
    Facts,
    at_diagnosis,
    facts,
)
from models.diagnosis import STAGED_BY_TNMB
from models.history import History
from models.rules import Rule, Standing, rule, rule_of
from models.staging import STAGES, is_advanced, stage_group, stage_of
from models.values import Choice
from models.words import N_, _, number_words


class Risk(Choice):
    LOW = N_("low")
    INTERMEDIATE = N_("intermediate")
    HIGH = N_("high")


@dataclass(frozen=True, slots=True)
class Survival:
    """Published overall survival in %, from the worst to the best of the groups that count."""

    years: int
    least: float
    most: float
    rule: Rule

    @property
    def words(self) -> str:
        """`published: 5-year overall survival 63.3 %`."""
        percent = number_words(self.most)
        if self.least != self.most:
            percent = _("{least} to {most}").format(least=number_words(self.least), most=percent)
        return _("published: {years}-year overall survival {percent} %").format(
            years=self.years, percent=percent
        )


@dataclass(frozen=True, slots=True)
class Prognosis:
    """One index: least and most points that its factors allow, and the groups these reach.

    `rule` is the index as published; `only_if` says in which stage it holds where the stage is
    provisional, and is empty where it holds.
    """

    rule: Rule
    factors: tuple[Factor, ...]
    possible_groups: tuple[str, ...]
    survival: Survival
    only_if: str = ""

    @property
    def index(self) -> str:
        return self.rule.title

    @property
    def source(self) -> str:
        return self.rule.source

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


Index = Callable[[Facts], Prognosis]
Survivals = Callable[[Sequence[str]], Survival]


@rule(N_("CLIC 2015"), "Scarisbrick, J Clin Oncol 2015")
def clic(known: Facts) -> Prognosis:
    """For stage IIB to IVB at diagnosis, one point each: stage IV; age over 60; large-cell
    transformation in the skin; LDH above the laboratory's upper limit. 0 or 1 low risk, 2
    intermediate, 3 or 4 high.
    """
    return _index(clic, known, (STAGE_IV, AGE, LCT, LDH), clic_survival)


@rule(N_("CLIPi 2013 early"), "Benton, Eur J Cancer 2013", Standing.IN_PART)
def clipi_early(known: Facts) -> Prognosis:
    """For stage IA to IIA at diagnosis, one point each: male; age over 60; plaques (T1b or T2b);
    folliculotropism; N1 or NX. 0 or 1 low risk, 2 intermediate, 3 to 5 high.
    """
    return _index(clipi_early, known, (MALE, AGE, PLAQUES, FOLLICULAR, N1_OR_X), early_survival)


@rule(N_("CLIPi 2013 late"), "Benton, Eur J Cancer 2013", Standing.IN_PART)
def clipi_late(known: Facts) -> Prognosis:
    """For stage IIB to IVB at diagnosis, one point each: male; age over 60; B1 or B2; N2 or N3;
    visceral involvement (M1). 0 or 1 low risk, 2 intermediate, 3 to 5 high.
    """
    return _index(clipi_late, known, (MALE, AGE, B1_OR_2, N2_OR_3, VISCERA), late_survival)


@rule(N_("CLIPI 2025"), "Scarisbrick, Blood 2025")
def clipi_2025(known: Facts) -> Prognosis:
    """For stage IIB to IVB at diagnosis, one point each: N3; age over 60; LDH above the
    laboratory's upper limit; large-cell transformation in the skin. 0 or 1 low risk, 2
    intermediate, 3 or 4 high. Another index than the CLIPi of 2013.
    """
    return _index(clipi_2025, known, (N3, AGE, LDH, LCT), clipi_2025_survival)


EARLY_INDICES = (clipi_early,)
ADVANCED_INDICES = (clic, clipi_late, clipi_2025)


def _index(about: Index, known: Facts, names: Sequence[str], survival: Survivals) -> Prognosis:
    factors = tuple(known[name] for name in names)
    groups = possible_groups([factor.present for factor in factors])
    return Prognosis(rule_of(about), factors, groups, survival(groups))


@rule(
    N_("Groups where a factor is not known"),
    "Scarisbrick, J Clin Oncol 2015; Benton, Eur J Cancer 2013",
    Standing.DERIVED,
)
def possible_groups(present: Sequence[bool | None]) -> tuple[Risk, ...]:
    """A factor that is not known may be present or absent, and is never counted as absent. Every
    group is possible that a score from the fewest to the most points reaches: 0 or 1 low risk, 2
    intermediate, 3 or more high.
    """
    least = sum(answer is True for answer in present)
    most = sum(answer is not False for answer in present)
    reached = (min(max(score - 1, 0), 2) for score in range(least, most + 1))
    return tuple(dict.fromkeys(tuple(Risk)[place] for place in reached))


@rule(N_("CLIC 2015: survival"), "Scarisbrick, J Clin Oncol 2015", Standing.UNVERIFIED)
def clic_survival(groups: Sequence[str]) -> Survival:
    """Overall survival 5 years after the diagnosis: low risk 68 %, intermediate 44 %, high 28 %."""
    return _survival(clic_survival, 5, _by_risk(68, 44, 28), groups)


@rule(N_("CLIPi 2013 early: survival"), "Benton, Eur J Cancer 2013", Standing.UNVERIFIED)
def early_survival(groups: Sequence[str]) -> Survival:
    """Overall survival 10 years after the diagnosis: low risk 90.3 %, intermediate 76.2 %, high
    48.9 %.
    """
    return _survival(early_survival, 10, _by_risk(90.3, 76.2, 48.9), groups)


@rule(N_("CLIPi 2013 late: survival"), "Benton, Eur J Cancer 2013", Standing.UNVERIFIED)
def late_survival(groups: Sequence[str]) -> Survival:
    """Overall survival 10 years after the diagnosis: low risk 53.2 %, intermediate 19.8 %, high
    15 %.
    """
    return _survival(late_survival, 10, _by_risk(53.2, 19.8, 15), groups)


@rule(N_("CLIPI 2025: survival"), "Scarisbrick, Blood 2025")
def clipi_2025_survival(groups: Sequence[str]) -> Survival:
    """Overall survival 5 years after the diagnosis: low risk 63.3 %, intermediate 44.7 %, high
    18.3 %.
    """
    return _survival(clipi_2025_survival, 5, _by_risk(63.3, 44.7, 18.3), groups)


@rule(N_("Survival by stage"), "PROCLIPI: Scarisbrick, Blood 2025")
def survival_by_stage(stages: Sequence[str]) -> Survival:
    """Overall survival 5 years after the diagnosis: stage IIB 50 %, IIIA 64.8 %, IIIB 43.9 %, IVA1
    50.8 %, IVA2 25.9 %, IVB 36.9 %; a range where several stages are possible.

    Raises `ValueError` naming the choices for another stage.
    """
    return _survival(survival_by_stage, 5, PROCLIPI, stages)


PROCLIPI = {"IIB": 50, "IIIA": 64.8, "IIIB": 43.9, "IVA1": 50.8, "IVA2": 25.9, "IVB": 36.9}


def _by_risk(low: float, intermediate: float, high: float) -> dict[str, float]:
    return {Risk.LOW: low, Risk.INTERMEDIATE: intermediate, Risk.HIGH: high}


def _survival(
    about: Survivals, years: int, published: Mapping[str, float], groups: Sequence[str]
) -> Survival:
    for group in groups:
        if group not in published:
            raise ValueError(
                _("{value} is none of {choices}.").format(value=group, choices=", ".join(published))
            )
    percent = [published[group] for group in groups]
    return Survival(years, min(percent), max(percent), rule_of(about))


@rule(
    N_("Which indices hold"),
    "Scarisbrick, J Clin Oncol 2015 and Blood 2025; Benton, Eur J Cancer 2013",
    Standing.DERIVED,
)
def indices(history: History) -> list[Prognosis]:
    """For mycosis fungoides, its variants and Sézary syndrome: the CLIPi 2013 early for stage IA to
    IIA; CLIC 2015, the CLIPi 2013 late and the CLIPI 2025 for stage IIB and above. Where unknown
    classes (NX, MX, BX) allow both, the indices of both are given, each for the stages in which it
    holds and with what the unknown classes are in these. None without a diagnosis and a stage.
    """
    found = _diagnosed(history)
    kinds = ((False, EARLY_INDICES), (True, ADVANCED_INDICES))
    return [
        prognosis
        for advanced, holding in kinds
        for prognosis in (_of_kind(found, advanced, holding) if found else ())
    ]


def _diagnosed(history: History) -> AtDiagnosis | None:
    found = at_diagnosis(history)
    return found if found and found.diagnosis.disease in STAGED_BY_TNMB else None


def _of_kind(found: AtDiagnosis, advanced: bool, holding: Sequence[Index]) -> Iterator[Prognosis]:
    """The indices for early or for advanced stages, where the stage may be such a one."""
    stage_by_classes = {classes: stage_group(*classes).working for classes in found.classes}
    fitting = {
        classes: stage
        for classes, stage in stage_by_classes.items()
        if stage and is_advanced(stage) is advanced
    }
    if not fitting:
        return
    only_if = ""
    if len(fitting) < len(stage_by_classes):
        stages = [stage for stage in STAGES if stage in fitting.values()]
        only_if = _("only if the stage is {stages}").format(stages=_(" or ").join(stages))
    known = facts(found, list(fitting))
    for index in holding:
        yield replace(index(known), only_if=only_if)


def stage_survival(history: History) -> Survival | None:
    """Published survival by the stage at diagnosis; None where that may be an early one or none."""
    found = _diagnosed(history)
    stage = stage_of(found.staging) if found else None
    if stage is None or stage.working is None or not PROCLIPI.keys() >= set(stage.possible):
        return None
    return survival_by_stage(stage.possible)


def group_words(prognosis: Prognosis) -> str:
    return _(" or ").join(_(group) for group in prognosis.possible_groups)
