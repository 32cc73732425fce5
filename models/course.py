"""The course of disease: each assessment worked out, and response over time and by line."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from models.base import PatientRecord
from models.comparing import Compartment, Span
from models.compartments import compartments
from models.history import History, once, once_in_all
from models.response import (
    FAILING,
    RANK,
    Assessment,
    Held,
    Response,
    best_confirmed,
    best_response,
    global_if_certain,
    global_response,
    is_confirmed,
)
from models.rules import Rule, Standing, rule, rule_of
from models.therapies import Category
from models.treatment import Infusion, TreatmentLine
from models.values import AnyDate, earliest, latest
from models.visit import Visit, VisitStatus
from models.words import N_, _

PASSING = frozenset({Category.SUPPORTIVE, Category.SKIN_DIRECTED})


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assessment: its four compartments and the global response, with how it was reached.

    `worked_out` and the clinician's `judgement` stand side by side; `response` is the one that
    counts: the judgement where there is one.
    """

    compartments: tuple[Compartment, ...]
    worked_out: Response | None
    judgement: Response | None
    judgement_reason: str | None

    @property
    def response(self) -> Response | None:
        return self.judgement or self.worked_out

    @property
    def how(self) -> str:
        return _("the clinician's judgement") if self.judgement else _("worked out")

    @property
    def skin(self) -> Response | None:
        return self.compartments[0].response

    @property
    def nodes(self) -> Response | None:
        return self.compartments[1].response

    @property
    def blood(self) -> Response | None:
        return self.compartments[2].response

    @property
    def viscera(self) -> Response | None:
        return self.compartments[3].response

    @property
    def lost(self) -> bool:
        """Whether a response was lost in any compartment."""
        return any(compartment.lost for compartment in self.compartments)

    @property
    def rules(self) -> list[Rule]:
        """Those used for the compartments that were worked out, and for the global response."""
        used = [compartment.rule for compartment in self.compartments if compartment.rule]
        return [*used, *self.global_rules]

    @property
    def global_rules(self) -> list[Rule]:
        """Those by which the compartments make the global response."""
        relapsed = any(each.response is Response.RELAPSE for each in self.compartments)
        by = [rule_of(global_response)]
        return [*by, rule_of(counted_globally)] if relapsed else by


@once
def assess(history: History, assessment: Assessment) -> Assessed:
    """The assessment's compartments, each as stated or worked out, and the global response.

    What is worked out is compared with the last value before the first dose. The global response is
    left open where a compartment that is not known could change it.
    """
    found = _found(history, assessment)
    relapsed = any(each.response is Response.RELAPSE for each in found)
    was_complete = relapsed and _was_complete(history, assessment)
    counted = [counted_globally(each.response, each.alone, was_complete) for each in found]
    return Assessed(
        tuple(_with_what_counts(each, counts) for each, counts in zip(found, counted, strict=True)),
        global_if_certain(counted),
        assessment.judgement,
        assessment.judgement_reason,
    )


def _found(history: History, assessment: Assessment) -> list[Compartment]:
    line = line_of(history, assessment)
    span = Span(history, began(history, line) if line else None, assessment.date)
    stated = (assessment.skin, assessment.nodes, assessment.blood, assessment.viscera)
    return [_as_stated(*pair) for pair in zip(compartments(span), stated, strict=True)]


def _as_stated(compartment: Compartment, stated: Response | None) -> Compartment:
    """What is stated stands; the figures that were compared stay beside it."""
    if stated is None:
        return compartment
    return replace(compartment, response=stated, how=_("stated"), alone=stated, rule=None)


@rule(N_("Relapse needs a global CR"), "Olsen, J Clin Oncol 2011", Standing.DERIVED)
def counted_globally(
    response: Response | None, alone: Response | None, was_complete: bool
) -> Response | None:
    """A relapse of one compartment is a relapse of the patient only after a global CR, told on an
    earlier day since the first dose of the line, or since its start where its first cycle is not
    recorded: by an assessment, unless it names another line, or by a visit. Without one, the
    compartment is still said to have relapsed, but it counts in the global response as what the
    baseline and the value now alone make of it. A relapse that was stated always counts.
    """
    return alone if response is Response.RELAPSE and not was_complete else response


def _was_complete(history: History, assessment: Assessment) -> bool:
    """Whether a global CR was told before, under the same line."""
    line = line_of(history, assessment)
    since = earliest(began(history, line)) if line else dt.date.min
    told: tuple[Visit | Assessment, ...] = (*history.of(Visit), *history.of(Assessment))
    return any(
        since < each.date < assessment.date and _tells_of_cr(history, each, line) for each in told
    )


def _tells_of_cr(history: History, record: Visit | Assessment, line: TreatmentLine | None) -> bool:
    """A relapse in a compartment leaves no CR, whether it counts as relapse or not."""
    if isinstance(record, Visit):
        return record.status is VisitStatus.DONE and record.disease_status is Response.CR
    if line and record.treatment_line not in {None, line.id}:
        return False
    found = [each.response for each in _found(history, record)]
    return (record.judgement or global_if_certain(found)) is Response.CR


def _with_what_counts(compartment: Compartment, counts: Response | None) -> Compartment:
    if counts is None or counts is compartment.response:
        return compartment
    words = _("{how}; the global response was never complete: for it this counts as {response}")
    return replace(compartment, how=words.format(how=compartment.how, response=counts.words))


@rule(N_("Which line an assessment is about"), "Olsen, J Clin Oncol 2011", Standing.DERIVED)
def line_of(history: History, assessment: Assessment) -> TreatmentLine | None:
    """The line that the assessment names, or else the last one against the disease that had begun
    by that day. A skin-directed line begun while another one was going on does not take its place.
    """
    if assessment.treatment_line:
        named = history.by_id.get(assessment.treatment_line)
        return named if isinstance(named, TreatmentLine) else None
    return line_on(history, assessment.date)


def line_on(history: History, day: dt.date) -> TreatmentLine | None:
    """The last line against the disease begun by that day, but for one that runs beside another."""
    begun = [line for line in active_lines(history) if line.start.first <= day]
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


@rule(N_("State of the disease on a day"), "Olsen, J Clin Oncol 2011", Standing.DERIVED)
@once_in_all
def statuses(history: History) -> tuple[Status, ...]:
    """Assessments with a response and visits at which the state of the disease was told, one a day,
    in time. An assessment counts before a visit of the same day, and in an assessment the
    clinician's judgement counts before what is worked out.
    """
    found: dict[dt.date, Status] = {}
    for visit in history.of(Visit):
        if visit.status is VisitStatus.DONE and visit.disease_status in RANK:
            found[visit.date] = Status(visit.date, Response(visit.disease_status), visit)
    for assessment in history.of(Assessment):
        response = assess(history, assessment).response
        if response in RANK:
            found[assessment.date] = Status(assessment.date, Response(response), assessment)
    return tuple(sorted(found.values(), key=lambda status: status.date))


@rule(N_("Current response"), "Olsen, J Clin Oncol 2011", Standing.DERIVED)
def current_response(history: History) -> tuple[Response, dt.date] | None:
    """The latest state of the disease, and the first day of the unbroken run of assessments and
    visits that tell the same one.
    """
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


@once
def next_line(history: History, line: TreatmentLine) -> TreatmentLine | None:
    """The next systemic, radiation or transplant line; one begun on the same day is beside it."""
    since = earliest(began(history, line))
    places = [other.id for other in history.lines]
    later = history.lines[places.index(line.id) + 1 :]
    return next(
        (other for other in later if other.category not in PASSING and latest(other.start) > since),
        None,
    )


@dataclass(frozen=True, slots=True)
class Under:
    """The states of the disease under a line, in time, and the responses among them."""

    line: TreatmentLine
    statuses: tuple[Status, ...]
    confirmed_after: int

    @property
    def best(self) -> Response | None:
        """The best state seen; where none is known, what a letter stated."""
        return best_response(self._from(0)) or self.line.best_response_stated

    @property
    def failed(self) -> dt.date | None:
        """The first day on which PD or relapse was told."""
        return next((each.date for each in self.statuses if each.response in FAILING), None)

    @property
    def until_failed(self) -> list[Status]:
        """Those up to and including the first PD or relapse."""
        last = self.failed or dt.date.max
        return [each for each in self.statuses if each.date <= last]

    @property
    def best_confirmed(self) -> Response | None:
        return best_confirmed(self._from(0), self.confirmed_after)

    def confirmed(self, status: Status) -> bool | None:
        """Whether one of its responses was confirmed; False is not yet, None is no response."""
        return is_confirmed(self._from(self.statuses.index(status)), self.confirmed_after)

    def _from(self, place: int) -> Held:
        return [(status.date, status.response) for status in self.statuses[place:]]


def under(history: History, line: TreatmentLine, known: Sequence[Status] | None = None) -> Under:
    """The states of the disease after a line's first dose, up to the first day of the next line.

    `known`: the states that count, where not all do.
    """
    while_under = days_under(history, line)
    found = tuple(
        status
        for status in (statuses(history) if known is None else known)
        if while_under(status.date) and status.may_be_under(line)
    )
    return Under(line, found, history.practice.confirmed_after_days)


def days_under(history: History, line: TreatmentLine) -> Callable[[dt.date], bool]:
    """Whether a day lies after a line's first dose, or after its start where its first cycle is not
    recorded, and not after the first day of the next line.
    """
    since, following = earliest(began(history, line)), next_line(history, line)
    last = following.start.first if following else dt.date.max
    return lambda day: since < day <= last


def cycles_given(history: History, line: TreatmentLine) -> int | None:
    """Cycles recorded; where none is, what a letter stated."""
    return len(history.cycles_of(line)) or line.cycles_stated


def infusions_given(history: History, line: TreatmentLine) -> int | None:
    """Infusions administered, reduced ones included; None where none was recorded."""
    infusions = history.infusions_of(line)
    return sum(infusion.administered for infusion in infusions) if infusions else None


def last_dose(history: History, line: TreatmentLine) -> dt.date | None:
    return max((day for day, _infusion in doses_given(history, line)), default=None)


def began(history: History, line: TreatmentLine) -> AnyDate:
    """The first dose, or the start of the line where the first cycle is not recorded."""
    return first_dose(history, line) or line.start


@once
def first_dose(history: History, line: TreatmentLine) -> dt.date | None:
    """None where no dose is recorded, or none of the first cycle: then the line's start counts."""
    doses = doses_given(history, line)
    cycles = (history.cycle_of(infusion) for _day, infusion in doses)
    if not any(cycle and cycle.number == 1 for cycle in cycles):
        return None
    return min(day for day, _infusion in doses)


@once
def doses_given(history: History, line: TreatmentLine) -> tuple[tuple[dt.date, Infusion], ...]:
    """The line's infusions with the days on which they were given."""
    return tuple(
        (infusion.given_on, infusion)
        for infusion in history.infusions_of(line)
        if infusion.given_on
    )
