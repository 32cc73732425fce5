"""How one treatment line worked."""

import datetime as dt
from dataclasses import dataclass

from models.cohort.compartment_facts import CompartmentFacts, compartment_facts
from models.comparing import Span, compared
from models.compartments import skin_compartment, skin_scores
from models.course import began, days_under, next_line
from models.endpoints import LineEndpoints
from models.history import History
from models.practice import Criteria
from models.response import Response
from models.skin import mswat_change
from models.treatment import TreatmentLine
from models.values import AnyDate, Days, earliest


@dataclass(frozen=True, slots=True)
class State:
    """What was told of the disease on a day since the start."""

    day: int
    response: Response


@dataclass(frozen=True, slots=True)
class SkinChange:
    """The best change of the mSWAT, as a waterfall shows it: the lowest one under the line, up to
    the first PD or relapse and to the next line, against the last one before it.

    `change`: in per cent; `day`: of the lowest, since the start; `response`: of the skin on it.
    """

    baseline: float
    lowest: float
    change: float
    day: int
    response: Response | None


@dataclass(frozen=True, slots=True)
class ResponseFacts:
    """`best`: the best seen or, where none was seen, stated; `confirmed`: the best that held for
    `confirmed_after` days; `stated`: whether nothing but a letter tells of it; `skin_baseline`: the
    mSWAT before the start, `skin`: None without a later one or without disease before; `following`:
    the day on which the next systemic, radiation or transplant line began.
    """

    best: Response | None
    confirmed: Response | None
    stated: bool = False
    compartments: tuple[CompartmentFacts, ...] = ()
    states: tuple[State, ...] = ()
    skin_baseline: float | None = None
    skin: SkinChange | None = None
    following: int | None = None
    confirmed_after: int = 28
    criteria: Criteria = Criteria.OLSEN_2011


def response_facts(history: History, found: LineEndpoints, start: dt.date) -> ResponseFacts:
    """`start`: the middle of what is known of it."""
    since, seen, following = began(history, found.line), found.seen, next_line(history, found.line)
    known, failed = (seen.statuses, seen.failed) if seen else ((), None)
    baseline, skin = _skin(history, found.line, start, failed)
    return ResponseFacts(
        best=found.best_response,
        confirmed=found.best_confirmed,
        stated=not known and found.best_response is not None,
        compartments=compartment_facts(history, found.line, failed),
        states=tuple(State(_days(since, each.date), each.response) for each in known),
        skin_baseline=baseline,
        skin=skin,
        following=_days(since, following.start) if following else None,
        confirmed_after=history.practice.confirmed_after_days,
        criteria=history.practice.criteria,
    )


def _days(start: AnyDate, day: AnyDate) -> int:
    """Half-way between what a start known by its month or year leaves open, as for endpoints."""
    return max(Days.between(start, day).about, 0)


def _skin(
    history: History, line: TreatmentLine, start: dt.date, failed: dt.date | None
) -> tuple[float | None, SkinChange | None]:
    """The score at baseline, and the lowest one under the line until it failed."""
    scores, since = skin_scores(history), began(history, line)
    while_under, last = days_under(history, line), failed or dt.date.max
    baseline, _now = compared(scores, since, start)
    if baseline is None:
        return None, None
    first = earliest(baseline.date)
    later = [
        (earliest(each.date), each.what)
        for each in scores
        if while_under(earliest(each.date)) and first < earliest(each.date) <= last
    ]
    lowest = min(later, key=lambda pair: pair[1], default=None)
    change = mswat_change(baseline.what, baseline.what, lowest[1]).from_baseline if lowest else None
    if lowest is None or change is None:
        return baseline.what, None
    day, score = lowest
    response = skin_compartment(Span(history, since, day)).response
    return baseline.what, SkinChange(baseline.what, score, change, _days(since, day), response)
