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
from models.values import earliest


@dataclass(frozen=True, slots=True)
class State:
    """What was told of the disease on a day since the start."""

    day: int
    response: Response


@dataclass(frozen=True, slots=True)
class SkinChange:
    """The lowest mSWAT under the line against the last one before it: `change` in per cent.

    `day`: of the lowest, since the start; `response`: of the skin on that day.
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
    """`start`: the day from which days count."""
    seen, following = found.seen, next_line(history, found.line)
    known = seen.statuses if seen else ()
    baseline, skin = _skin(history, found, start)
    return ResponseFacts(
        best=found.best_response,
        confirmed=found.best_confirmed,
        stated=not known and found.best_response is not None,
        compartments=compartment_facts(history, found.line),
        states=tuple(
            State((each.date - start).days, each.response) for each in known if each.date >= start
        ),
        skin_baseline=baseline,
        skin=skin,
        following=max((following.start.middle - start).days, 0) if following else None,
        confirmed_after=history.practice.confirmed_after_days,
        criteria=history.practice.criteria,
    )


def _skin(
    history: History, found: LineEndpoints, start: dt.date
) -> tuple[float | None, SkinChange | None]:
    """The score at baseline, and the lowest one under the line."""
    line, scores = found.line, skin_scores(history)
    since, while_under = began(history, line), days_under(history, line)
    baseline, _now = compared(scores, since, start)
    if baseline is None:
        return None, None
    first = earliest(baseline.date)
    later = [
        (earliest(each.date), each.what)
        for each in scores
        if while_under(earliest(each.date)) and earliest(each.date) > first
    ]
    lowest = min(later, key=lambda pair: pair[1], default=None)
    change = mswat_change(baseline.what, baseline.what, lowest[1]).from_baseline if lowest else None
    if lowest is None or change is None:
        return baseline.what, None
    day, score = lowest
    response = skin_compartment(Span(history, since, day)).response
    return baseline.what, SkinChange(baseline.what, score, change, (day - start).days, response)
