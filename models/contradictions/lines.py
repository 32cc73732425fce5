"""What contradicts a treatment line and what was given under it."""

from collections.abc import Iterator
from itertools import combinations

from models.adverse_event import Action, AdverseEvent
from models.contradictions.finding import Check, Contradiction, among, before, line_named
from models.course import under
from models.diagnosis import Diagnosis
from models.history import History
from models.measured_near import NEAR_DAYS
from models.response import RESPONDING
from models.rules import Standing, rule
from models.therapies import Category
from models.treatment import StopReason
from models.words import N_, _

CORTICOSTEROIDS = frozenset({"prednisone", "systemic corticosteroid"})
AGAINST_THE_DISEASE = frozenset({Category.SYSTEMIC, Category.RADIATION, Category.TRANSPLANT})


@rule(N_("Against the treatment line"), "EU SmPC 2018; meaning of the entries", Standing.DERIVED)
def against_the_line(history: History) -> Iterator[Contradiction]:
    """A systemic treatment, radiation or transplant begins no earlier than the diagnosis, and no
    line ends by a letter before it began. Mogamulizumab does not run on the same day as another
    systemic line (EU SmPC), but for a corticosteroid.

    A line stopped for toxicity that has cycles or adverse events has one for which treatment was
    stopped; and where such an event is resolved, its line has an end, unless the patient died. A
    line ended by death has a date of death. A line is not stopped for progression when the last
    state of the disease, told within the 14 days before its end, is a complete or partial response.
    """
    for check in CHECKS:
        yield from check(history)


def _stated_end_before_start(history: History) -> Iterator[Contradiction]:
    for line in history.lines:
        if line.end_stated and before(line.end_stated, line.start):
            wrong = _("stated to have ended {stated}, but it began {start}")
            yield among(wrong.format(stated=line.end_stated.words, start=line.start.words), line)


def _before_the_diagnosis(history: History) -> Iterator[Contradiction]:
    first = min(history.of(Diagnosis), key=lambda found: (found.date, found.id), default=None)
    for line in history.lines:
        if first and line.category in AGAINST_THE_DISEASE and before(line.start, first.date):
            yield among(_("treated before the diagnosis"), line, first)


def _at_once(history: History) -> Iterator[Contradiction]:
    """Mogamulizumab and another systemic line; a corticosteroid may run beside it."""
    systemic = [
        line
        for line in history.lines
        if line.category is Category.SYSTEMIC and not set(line.regimen) <= CORTICOSTEROIDS
    ]
    for pair in combinations(systemic, 2):
        if not any(line.has_mogamulizumab for line in pair):
            continue
        one, other = sorted(pair, key=lambda line: (line.start, line.regimen))
        ends = [line.end.first for line in pair if line.end]
        last_start = max(one.start.last, other.start.last)
        if all(last_start < end for end in ends):
            wrong = _("both run at once; mogamulizumab is not combined with another line")
            yield among(wrong, one, other)


def _toxicity_without_event(history: History) -> Iterator[Contradiction]:
    """Only where the line is recorded in detail: of others a letter may tell no more."""
    for line in history.lines:
        events = [e for e in history.of(AdverseEvent) if e.treatment_line in {line.id, None}]
        detailed = history.cycles_of(line) or any(e.treatment_line for e in events)
        stopped = any(event.action is Action.STOPPED for event in events)
        if line.stop_reason is StopReason.TOXICITY and detailed and not stopped:
            yield among(_("stopped for toxicity, but no adverse event stopped it"), line)


def _stopped_but_running(history: History) -> Iterator[Contradiction]:
    for event in history.of(AdverseEvent):
        line = line_named(event, history)
        over = event.resolved and event.action is Action.STOPPED
        if line and over and line.end is None and not history.patient.death_date:
            yield among(_("the event stopped the treatment, which has no end"), event, line)


def _ended_by_death_alive(history: History) -> Iterator[Contradiction]:
    for line in history.lines:
        if line.stop_reason is StopReason.DEATH and not history.patient.death_date:
            yield among(_("ended by death, but no date of death"), line, history.patient)


def _progression_in_response(history: History) -> Iterator[Contradiction]:
    for line in history.lines:
        if line.end is None or line.stop_reason is not StopReason.PROGRESSION:
            continue
        told = [s for s in under(history, line).statuses if s.date <= line.end.last]
        last = told[-1] if told else None
        recent = last and (line.end.last - last.date).days <= NEAR_DAYS
        if last and recent and last.response in RESPONDING:
            wrong = _("stopped for progression, but {response}")
            yield among(wrong.format(response=last.response.words), line, last.record)


CHECKS: tuple[Check, ...] = (
    _stated_end_before_start,
    _before_the_diagnosis,
    _at_once,
    _toxicity_without_event,
    _stopped_but_running,
    _ended_by_death_alive,
    _progression_in_response,
)
