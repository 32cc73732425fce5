"""The course of disease: each assessment worked out, and response over time and by line."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.base import PatientRecord
from models.blood import BloodCount
from models.history import History
from models.response import (
    RANK,
    RESPONDING,
    Assessment,
    Response,
    blood_response,
    global_if_certain,
    skin_response,
)
from models.skin import SkinScore
from models.therapies import Category
from models.treatment import TreatmentLine
from models.values import AnyDate, earliest, latest
from models.visit import Visit, VisitStatus
from models.words import _

NEAR_DAYS = 14

Measurements = Sequence[tuple[dt.date, float]]
Rule = Callable[[float, float, float, bool], Response]


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assessment: its four compartments and the global response, with how it was reached."""

    skin: Response | None
    nodes: Response | None
    blood: Response | None
    viscera: Response | None
    worked_out: Response | None
    response: Response | None
    how: str


def skin_scores(history: History) -> list[tuple[dt.date, float]]:
    return [(score.date, score.mswat) for score in history.of(SkinScore)]


def blood_counts(history: History) -> list[tuple[dt.date, float]]:
    return [
        (count.date, count.neoplastic)
        for count in history.of(BloodCount)
        if count.neoplastic is not None
    ]


def assess(history: History, assessment: Assessment) -> Assessed:
    """The assessment's compartments, each as stated or worked out, and the global response.

    Skin and blood are worked out from the score and count within 14 days of the assessment, against
    the last one before the first dose. The global response (Olsen, J Clin Oncol 2011) is left open
    where a compartment that is not known could change it. A clinician's judgement stands above it.
    """
    line = line_of(history, assessment)
    began = (first_dose(history, line) or line.start) if line else None
    on = assessment.date
    skin = assessment.skin or compartment(skin_scores(history), began, on, skin_response)
    if not assessment.skin and has_new_tumour(history, began, on):
        skin = Response.PD
    blood = assessment.blood or compartment(blood_counts(history), began, on, blood_response)
    compartments = (skin, assessment.nodes, blood, assessment.viscera)
    worked_out = global_if_certain(compartments)
    how = _("the clinician's judgement") if assessment.judgement else _("worked out")
    return Assessed(*compartments, worked_out, assessment.judgement or worked_out, how)


def compartment(
    measured: Measurements, began: AnyDate | None, on: dt.date, rule: Rule
) -> Response | None:
    """The response on a day from measurements; None without a baseline or a value near that day."""
    compared = _compared([day for day, _value in measured], began, on)
    if compared is None:
        return None
    first, now = compared
    baseline, value = measured[first][1], measured[now][1]
    nadir = min(past for _day, past in measured[first:now])
    had_response = rule(baseline, baseline, nadir, False) in RESPONDING
    return rule(baseline, nadir, value, had_response)


def has_new_tumour(history: History, began: AnyDate | None, on: dt.date) -> bool:
    """A tumour now and none at baseline is progression (Olsen, J Clin Oncol 2011).

    Told only from scores by region; a total alone does not say.
    """
    scores = [score for score in history.of(SkinScore) if score.regions]
    compared = _compared([score.date for score in scores], began, on)
    return (
        compared is not None and not scores[compared[0]].tumour and scores[compared[1]].tumour > 0
    )


def _compared(
    days: Sequence[dt.date], began: AnyDate | None, on: dt.date
) -> tuple[int, int] | None:
    """The places of the baseline and of the value nearest to a day, among days in order.

    The baseline is the last one up to the start; where the start is partial and nothing lies before
    it, the first one within it; without a line the first of all.
    """
    near = [place for place, day in enumerate(days) if abs((day - on).days) <= NEAR_DAYS]
    if not near or not days:
        return None
    before = [place for place, day in enumerate(days) if began and day <= earliest(began)]
    within = [place for place, day in enumerate(days) if began is None or day <= latest(began)]
    baseline = before[-1] if before else within[0] if within else None
    now = min(near, key=lambda place: abs((days[place] - on).days))
    return None if baseline is None or days[baseline] >= days[now] else (baseline, now)


def line_of(history: History, assessment: Assessment) -> TreatmentLine | None:
    """The line an assessment names, or else the last one begun by that day.

    A skin-directed line begun while another one was running does not take its place.
    """
    if assessment.treatment_line:
        named = history.by_id.get(assessment.treatment_line)
        return named if isinstance(named, TreatmentLine) else None
    begun = [line for line in active_lines(history) if line.start.first <= assessment.date]
    leading = [line for line in begun if not _beside_another(line, begun)]
    return leading[-1] if leading else None


def _beside_another(line: TreatmentLine, lines: Sequence[TreatmentLine]) -> bool:
    return line.category is Category.SKIN_DIRECTED and any(
        other.category is not Category.SKIN_DIRECTED
        and other.start <= line.start
        and (other.end is None or other.end.last >= line.start.first)
        for other in lines
    )


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the disease on a day, and the record that says so."""

    date: dt.date
    response: Response
    record: PatientRecord

    def may_be_under(self, line: TreatmentLine) -> bool:
        """Not where an assessment names another line."""
        named = self.record.treatment_line if isinstance(self.record, Assessment) else None
        return named is None or named == line.id


def statuses(history: History) -> list[Status]:
    """Assessments and visits that tell the state of the disease, one a day, in time.

    An assessment counts before a visit of the same day.
    """
    found: dict[dt.date, Status] = {}
    for visit in history.of(Visit):
        if visit.status is VisitStatus.DONE and visit.disease_status in RANK:
            found[visit.date] = Status(visit.date, Response(visit.disease_status), visit)
    for assessment in history.of(Assessment):
        response = assess(history, assessment).response
        if response in RANK:
            found[assessment.date] = Status(assessment.date, Response(response), assessment)
    return sorted(found.values(), key=lambda status: status.date)


def current_response(history: History) -> tuple[Response, dt.date] | None:
    """The latest state of the disease and the day since which it has held without a break."""
    known = statuses(history)
    if not known:
        return None
    since = known[-1]
    for status in reversed(known):
        if status.response is not since.response:
            break
        since = status
    return since.response, since.date


def active_lines(history: History) -> list[TreatmentLine]:
    """Lines against the disease: all but supportive ones."""
    return [line for line in history.lines if line.category is not Category.SUPPORTIVE]


def next_line(history: History, line: TreatmentLine) -> TreatmentLine | None:
    """The next systemic, radiation or transplant line."""
    later = history.lines[history.lines.index(line) + 1 :]
    passing = {Category.SUPPORTIVE, Category.SKIN_DIRECTED}
    return next((other for other in later if other.category not in passing), None)


def statuses_under(history: History, line: TreatmentLine) -> list[Status]:
    """The states of the disease after a line's start, up to the first day of the next line."""
    following = next_line(history, line)
    return [
        status
        for status in statuses(history)
        if status.date > line.start.first
        and status.may_be_under(line)
        and (following is None or status.date <= following.start.first)
    ]


def best_response(history: History, line: TreatmentLine) -> Response | None:
    """The best state under a line; where none is known, what a letter stated."""
    known = [status.response for status in statuses_under(history, line)]
    return min(known, key=RANK.__getitem__, default=line.best_response_stated)


def cycles_given(history: History, line: TreatmentLine) -> int | None:
    """Cycles recorded; where none is, what a letter stated."""
    return len(history.cycles_of(line)) or line.cycles_stated


def infusions_given(history: History, line: TreatmentLine) -> int | None:
    """Infusions administered, reduced ones included; None where none was recorded."""
    infusions = history.infusions_of(line)
    return sum(infusion.administered for infusion in infusions) if infusions else None


def last_dose(history: History, line: TreatmentLine) -> dt.date | None:
    return max(
        (infusion.given_on for infusion in history.infusions_of(line) if infusion.given_on),
        default=None,
    )


def first_dose(history: History, line: TreatmentLine) -> dt.date | None:
    return min(
        (infusion.given_on for infusion in history.infusions_of(line) if infusion.given_on),
        default=None,
    )
