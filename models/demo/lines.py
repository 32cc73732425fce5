"""Treatment lines of a made-up patient: earlier ones, the main one, and the one after it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from models.demo.draft import Draft, known_to
from models.demo.fate import Level
from models.demo.stages import Tnmb
from models.protocol import BY_LABEL
from models.response import Response
from models.therapies import CATALOGUE, MOGAMULIZUMAB, Category
from models.treatment import StopReason, TreatmentLine
from models.words import N_, _

Regimen = tuple[str, ...]

SKIN: tuple[Regimen, ...] = (
    ("topical corticosteroid",),
    ("NB-UVB",),
    ("topical corticosteroid", "NB-UVB"),
    ("chlormethine gel",),
    ("PUVA",),
    ("carmustine topical",),
    ("local radiotherapy",),
)
MILD: tuple[Regimen, ...] = (
    ("interferon alfa",),
    ("PUVA", "interferon alfa"),
    ("bexarotene",),
    ("PUVA", "bexarotene"),
    ("methotrexate",),
    ("acitretin",),
    ("total skin electron beam therapy",),
)
STRONG: tuple[Regimen, ...] = (
    ("gemcitabine",),
    ("pegylated liposomal doxorubicin",),
    ("total skin electron beam therapy",),
    ("brentuximab vedotin",),
    ("vorinostat",),
    ("romidepsin",),
    ("CHOP",),
    ("pralatrexate",),
)
ERYTHRODERMIC: tuple[Regimen, ...] = (
    ("prednisone",),
    ("PUVA",),
    ("extracorporeal photopheresis",),
    ("extracorporeal photopheresis", "interferon alfa"),
    ("extracorporeal photopheresis", "bexarotene"),
    ("methotrexate",),
    ("chlorambucil", "prednisone"),
    ("total skin electron beam therapy",),
    ("alemtuzumab",),
    ("gemcitabine",),
    ("gemcitabine", "oxaliplatin"),
    ("romidepsin",),
    ("CHOP",),
)
IN_CYCLES = {
    "CHOP": 6,
    "gemcitabine": 8,
    "pegylated liposomal doxorubicin": 8,
    "brentuximab vedotin": 16,
    "romidepsin": 10,
    "pralatrexate": 6,
}
FROM_YEAR = {"brentuximab vedotin": 2013, "chlormethine gel": 2014}
STOPPED_EARLIER = {
    StopReason.PROGRESSION: 45,
    StopReason.NO_RESPONSE: 15,
    StopReason.COMPLETED: 20,
    StopReason.TOXICITY: 7,
    StopReason.INTOLERANCE: 8,
    StopReason.PATIENTS_CHOICE: 5,
}
BEST_BY_REASON = {
    StopReason.PROGRESSION: {Response.PD: 4, Response.SD: 3, Response.PR: 3},
    StopReason.NO_RESPONSE: {Response.SD: 1},
    StopReason.COMPLETED: {Response.PR: 6, Response.CR: 3, Response.SD: 1},
}
IN_MORE_WORDS = {
    StopReason.TRANSPLANT: N_("allogeneic stem cell transplant in remission"),
    StopReason.OTHER: N_("a long stay abroad"),
}


def category_of(regimen: Regimen) -> Category:
    """The most far-reaching category among its drugs."""
    return next(
        category for category, names in CATALOGUE.items() if any(drug in names for drug in regimen)
    )


def regimens_for(tnmb: Tnmb) -> tuple[Regimen, ...]:
    """What is usual at a stage, the gentler first."""
    if tnmb.t == "T4":
        return ERYTHRODERMIC
    return (*SKIN, *MILD) if tnmb.early else (*SKIN[:2], *MILD, *STRONG)


def _regimens_now(tnmb: Tnmb) -> tuple[Regimen, ...]:
    """Without the two gentlest where the disease is advanced."""
    return regimens_for(tnmb)[0 if tnmb.early else 2 :]


def earlier_lines(draft: Draft) -> Iterator[TreatmentLine]:
    """Up to five lines between diagnosis and the main line, the gentler first."""
    chance, origin = draft.chance, draft.fate.origin
    days = (origin.start - origin.diagnosis).days - 14
    count = min(days // 60, chance.pick({0: 1, 1: 3, 2: 4, 3: 3, 4: 2, 5: 2}))
    edges = sorted(chance.sample(range(days), 2 * count))
    known = chance.pick({1: 2, 2: 4, 3: 3})
    here = chance.happens(0.3)
    regimens = chance.some(regimens_for(origin.at_diagnosis), count, count)
    for regimen, begin, end in zip(regimens, edges[::2], edges[1::2], strict=True):
        began = origin.diagnosis + dt.timedelta(days=begin)
        if began.year < FROM_YEAR.get(regimen[0], 0):
            continue
        reason = chance.pick(STOPPED_EARLIER)
        yield draft.make(
            TreatmentLine,
            regimen=list(regimen),
            category=category_of(regimen),
            start=known_to(began, known),
            end=known_to(origin.diagnosis + dt.timedelta(days=end), known),
            given_here=here,
            stop_reason=reason,
            **_stated(draft, regimen, reason),
        )


def _stated(draft: Draft, regimen: Regimen, reason: StopReason) -> dict[str, Any]:
    """What a letter tells of a line that was given before."""
    chance = draft.chance
    stated: dict[str, Any] = {}
    if regimen[0] in IN_CYCLES and chance.happens(0.8):
        stated["cycles_stated"] = chance.randint(2, IN_CYCLES[regimen[0]])
    if reason in BEST_BY_REASON and chance.happens(0.6):
        stated["best_response_stated"] = chance.pick(BEST_BY_REASON[reason])
    return stated


def main_line(draft: Draft) -> TreatmentLine:
    origin, course, end = draft.fate.origin, draft.fate.course, draft.fate.end
    regimen: Regimen = (MOGAMULIZUMAB,)
    if not origin.mogamulizumab:
        regimen = draft.chance.choice(_regimens_now(origin.at_start))
    stopped: dict[str, Any] = {}
    if course.stop:
        detail = _(IN_MORE_WORDS.get(course.reason, "")) if course.reason else None
        stopped = {"end": course.stop, "stop_reason": course.reason, "stop_detail": detail}
    elif end.death:
        stopped = {"end": end.death, "stop_reason": StopReason.DEATH}
    return draft.make(
        TreatmentLine,
        regimen=list(regimen),
        category=category_of(regimen),
        start=origin.start,
        protocol=BY_LABEL if origin.mogamulizumab else None,
        given_here=True,
        **stopped,
    )


def following_line(draft: Draft, main: TreatmentLine) -> TreatmentLine | None:
    chance, course, end = draft.chance, draft.fate.course, draft.fate.end
    if course.next_start is None:
        return None
    regimen: Regimen = ("allogeneic stem cell transplant",)
    if course.reason is not StopReason.TRANSPLANT:
        usual = _regimens_now(course.at_failure)
        regimen = chance.choice([one for one in usual if list(one) != main.regimen])
    stop = course.next_start + chance.days(110, 320)
    stopped: dict[str, Any] = {}
    if stop < end.last and (end.lost or chance.happens(0.6)):
        stopped = {"end": stop, "stop_reason": _reason_after(course.level, course.next_start)}
    elif end.death or end.lost:
        why = StopReason.DEATH if end.death else StopReason.PATIENTS_CHOICE
        stopped = {"end": end.last, "stop_reason": why}
    if regimen[0] == "allogeneic stem cell transplant":
        stopped = {"end": course.next_start, "stop_reason": StopReason.COMPLETED}
    return draft.make(
        TreatmentLine,
        regimen=list(regimen),
        category=category_of(regimen),
        start=course.next_start,
        given_here=True,
        **stopped,
    )


def _reason_after(level: Level, start: dt.date) -> StopReason:
    answered = level.turns[-1][1] < 0.5 * level.at(start)
    return StopReason.COMPLETED if answered else StopReason.NO_RESPONSE
