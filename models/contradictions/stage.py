"""What contradicts the diagnosis and the stage."""

from collections.abc import Iterator
from itertools import combinations

from models.blood import BloodCount
from models.contradictions.finding import (
    Check,
    Contradiction,
    among,
    cells_in_words,
    not_of_the_clone,
)
from models.diagnosis import MYCOSIS_FUNGOIDES, Diagnosis, Disease
from models.history import History
from models.measured_near import measured_near
from models.rules import Standing, rule
from models.skin import SkinScore
from models.staging import Occasion, Staging, stage_of
from models.words import N_, _, number_words

SURFACE_TOLERANCE = 2
T1_BELOW = 10
LEAST_SURFACE = {"T2": 10, "T4": 80}
CLASSED_ANEW = frozenset({Occasion.DIAGNOSIS, Occasion.REFERRAL, Occasion.BASELINE})
MAY_GO_WITH_ANOTHER = frozenset(
    {Disease.LYMPHOMATOID_PAPULOSIS, Disease.ANAPLASTIC_LARGE_CELL, Disease.OTHER}
)


@rule(
    N_("Against diagnosis and stage"),
    "Olsen, Blood 2007; Scarisbrick, Eur J Cancer 2018; tolerances of this program",
    Standing.DERIVED,
)
def against_the_stage(history: History) -> Iterator[Contradiction]:
    """Two diagnoses of one day exclude each other, except within mycosis fungoides and its
    variants, and except with lymphomatoid papulosis, anaplastic large cell lymphoma or another one.
    Sézary syndrome staged at diagnosis has T4, and neither B0 nor B1. A stated stage is one that
    TNMB allows.

    A staging of a known day is compared with the nearest skin score and blood count within 14 days,
    where no treatment began or was given in between. Against T0: any lesion. Against T1 and T2: a
    tumour. Against T1a and T2a: a plaque. Against T1: 12 % of the body or more. Against B0: 1000
    neoplastic cells/µL or more, unless there is no clone or another one.

    At diagnosis, referral and baseline also less than the class asks for: against T1b and T2b no
    plaque, against T3 no tumour, against T2 less than 8 % of the body, against T4 less than 78 %,
    against B2 less than 250 cells/µL. Later on a class may be kept. A difference of one B class is
    none, nor is one where the count makes the class of the staging by the criteria of 2007. A
    staging for which a clinician gave a reason is not compared.
    """
    for check in CHECKS:
        yield from check(history)


def _exclude_each_other(history: History) -> Iterator[Contradiction]:
    for pair in combinations(history.of(Diagnosis), 2):
        one, other = sorted(pair, key=lambda diagnosis: diagnosis.disease)
        diseases = {one.disease, other.disease}
        go_together = (
            len(diseases) == 1 or diseases <= MYCOSIS_FUNGOIDES or diseases & MAY_GO_WITH_ANOTHER
        )
        if one.date == other.date and one.date.exact and not go_together:
            yield among(_("the one disease excludes the other"), one, other)


def _sezary_without_its_classes(history: History) -> Iterator[Contradiction]:
    sezary = [found for found in history.of(Diagnosis) if found.disease is Disease.SEZARY_SYNDROME]
    for diagnosis in sezary:
        for staging in history.of(Staging):
            lacking = staging.t != "T4" or staging.b[:2] in {"B0", "B1"}
            at_diagnosis = staging.occasion is Occasion.DIAGNOSIS
            if lacking and at_diagnosis and staging.date == diagnosis.date:
                wrong = _("Sézary syndrome is T4 with B2, not {tnmb}").format(tnmb=staging.tnmb)
                yield among(wrong, diagnosis, staging)


def _stage_disagrees(history: History) -> Iterator[Contradiction]:
    for staging in history.of(Staging):
        worked_out = stage_of(staging)
        if worked_out.agrees_with(staging.stage_stated) is False:
            wrong = _("stated as {stated}, but {tnmb} makes {stage}").format(
                stated=staging.stage_stated,
                tnmb=staging.tnmb,
                stage=worked_out.working or _("no stage"),
            )
            yield among(wrong, staging)


def against_measurements(history: History) -> Iterator[Contradiction]:
    """The stagings, each first among its records, whose T or B is not as measured."""
    yield from _t_differs(history)
    yield from _b_differs(history)


def _differs_without_a_reason(history: History) -> Iterator[Contradiction]:
    explained = {staging.id for staging in history.of(Staging) if staging.judgement_reason}
    for found in against_measurements(history):
        if found.records[0].id not in explained:
            yield found


def _t_differs(history: History) -> Iterator[Contradiction]:
    for staging in history.of(Staging):
        score = measured_near(history, staging.date, SkinScore)
        scored = next(_against_t(staging, score), None) if score else None
        if score and scored:
            yield among(_("{t}, but {scored}").format(t=staging.t, scored=scored), staging, score)


def _against_t(staging: Staging, score: SkinScore) -> Iterator[str]:
    yield from _more_than(staging.t, score)
    if staging.occasion in CLASSED_ANEW:
        yield from _less_than(staging.t, score)


def _more_than(t: str, score: SkinScore) -> Iterator[str]:
    """What was scored beyond a T class; the regions say more than a total."""
    surface = score.body_surface or 0
    if t == "T0" and score.mswat > 0:
        yield f"mSWAT {number_words(score.mswat)}"
    if t[:2] in {"T1", "T2"} and score.tumour:
        yield _("a tumour was scored")
    if t.endswith("a") and _has_plaque(score):
        yield _("a plaque was scored")
    if t.startswith("T1") and surface >= T1_BELOW + SURFACE_TOLERANCE:
        yield _surface_words(surface)


def _less_than(t: str, score: SkinScore) -> Iterator[str]:
    """What a T class needs and the regions lack."""
    if score.body_surface is None:
        return
    if t == "T3" and not score.tumour:
        yield _("no tumour was scored")
    if t.endswith("b") and not _has_plaque(score):
        yield _("no plaque was scored")
    if score.body_surface < LEAST_SURFACE.get(t[:2], 0) - SURFACE_TOLERANCE:
        yield _surface_words(score.body_surface)


def _has_plaque(score: SkinScore) -> bool:
    return any(lesions.plaque for lesions in score.regions.values())


def _surface_words(percent: float) -> str:
    return _("{percent} % of the body was scored").format(percent=number_words(percent))


def _b_differs(history: History) -> Iterator[Contradiction]:
    for staging in history.of(Staging):
        count = measured_near(history, staging.date, BloodCount)
        if count and _against_b(staging, count):
            wrong = _("{b}, but {cells}").format(b=staging.b, cells=cells_in_words(count))
            yield among(wrong, staging, count)


def _against_b(staging: Staging, count: BloodCount) -> bool:
    b = staging.b[:2]
    if count.possible_b_2007 == (b,):
        return False
    if (b, count.b) == ("B0", "B2"):
        return not not_of_the_clone(count)
    return (b, count.b) == ("B2", "B0") and staging.occasion in CLASSED_ANEW


CHECKS: tuple[Check, ...] = (
    _exclude_each_other,
    _sezary_without_its_classes,
    _stage_disagrees,
    _differs_without_a_reason,
)
