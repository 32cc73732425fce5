"""Each patient's time under a question: when she came, when she left, and whether by the event."""

from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple

from models.cohort.counting import is_past, was_at_risk
from models.cohort.factors import place
from models.cohort.lasted import Lasted
from models.cohort.looking_ahead import Day, chosen_by
from models.cohort.member import Treated
from models.cohort.question import Outcome, Question
from models.cohort.selection import Selection, Unit
from models.words import _


class Subject(NamedTuple):
    """Days since time zero: the start, the response, or the landmark.

    `group_since`: the day from which on the group is known, None where it is not on file; `late`:
    the day on which the patient was first seen, whether that counts or not.
    """

    unit: Unit
    group: str
    entry: int
    exit: int
    event: bool
    vague: bool
    group_since: int | None
    late: int


class Dropped(NamedTuple):
    """A unit of the population that this figure does not count."""

    unit: Unit
    why: str


def subjects(selection: Selection, question: Question) -> tuple[list[Subject], list[Dropped]]:
    """Those who count, and the others with the reason."""
    counted: list[Subject] = []
    dropped: list[Dropped] = []
    ahead = selection.population.looks_ahead and question.landmark_days is not None
    chosen = chosen_by(selection.population)
    for unit in selection.units:
        found = _subject(unit, question)
        if not isinstance(found, str) and ahead:
            found = _chosen_in_time(found, chosen, question)
        if isinstance(found, str):
            dropped.append(Dropped(unit, found))
        else:
            counted.append(found)
    return counted, dropped


def _subject(unit: Unit, question: Question) -> Subject | str:
    """Or why there is none."""
    told = _lasted(unit, question.endpoint)
    if told is None:
        return _why_none(unit, question.endpoint)
    landmark, shift = question.landmark_days or 0, _shift(unit, question.endpoint)
    if question.landmark_days is not None and not is_past(landmark, told.days):
        return _("event by the landmark") if told.event else _("not followed up to the landmark")
    late = max(unit.seen_from - shift - landmark, 0)
    entry = late if question.delayed_entry else 0
    left = told.days - landmark
    if not was_at_risk(entry, left):
        return _("not seen after the entry")
    by = None if question.landmark_days is None else shift + landmark
    placed = place(question.factor, unit, by)
    if not placed.group:
        return _("{factor} not known").format(factor=_(question.factor.value))
    since = None if placed.since is None else placed.since - shift - landmark
    vague = told.vague or unit.vague
    return Subject(unit, placed.group, entry, left, told.event, vague, since, late)


def _chosen_in_time(subject: Subject, chosen: Day, question: Question) -> Subject | str:
    day = chosen(subject.unit)
    if day is None:
        return _("not known when that came by which it was chosen")
    by = _shift(subject.unit, question.endpoint) + (question.landmark_days or 0)
    return subject if day <= by else _("chosen by what came after the landmark")


def _lasted(unit: Unit, endpoint: Outcome) -> Lasted | None:
    if unit.line is None:
        return unit.member.overall_survival if endpoint is Outcome.OS else None
    return _OF_LINE[endpoint](unit.line)


_OF_LINE: dict[Outcome, Callable[[Treated], Lasted | None]] = {
    Outcome.OS: attrgetter("overall_survival"),
    Outcome.PFS: attrgetter("progression_free"),
    Outcome.DOR: attrgetter("duration_of_response"),
    Outcome.TTNT: attrgetter("time_to_next_treatment"),
}


def _shift(unit: Unit, endpoint: Outcome) -> int:
    """From the start to time zero: a duration of response counts from the response on."""
    if endpoint is not Outcome.DOR or unit.line is None or unit.line.time_to_response is None:
        return 0
    return unit.line.time_to_response.days


def _why_none(unit: Unit, endpoint: Outcome) -> str:
    line = unit.line
    if endpoint is Outcome.DOR and line and line.time_to_response is None:
        return _("no response")
    if unit.member.deceased and _lasted(unit, Outcome.OS) is None:
        return _("death before the start")
    if endpoint is Outcome.PFS:
        return _("disease not assessed after the start")
    if endpoint is Outcome.DOR:
        return _("disease not assessed after the response")
    return _("nothing known after the start")
