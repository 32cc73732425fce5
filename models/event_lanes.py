"""Of a timeline what went wrong, and what was cut out to explain it: adverse events, biopsies."""

import datetime as dt
import uuid

from models.adverse_event import AdverseEvent
from models.biopsy import Biopsy, Conclusion
from models.history import History
from models.lanes import Bar, Mark, Point, Track
from models.values import PartialDate
from models.words import _


def event_tracks(history: History, horizon: dt.date) -> tuple[Track, ...]:
    """A track for each event: a bar for each grade that it had."""
    return tuple(_event(event, history, horizon) for event in history.of(AdverseEvent))


def _event(event: AdverseEvent, history: History, horizon: dt.date) -> Track:
    course, death = event.course, history.patient.death_date
    going_on = event.is_open(horizon)
    until = (death or PartialDate.of(horizon)) if going_on else course[-1].date
    over = event.resolved or until
    ends = [*(episode.date for episode in course[1:]), max(over, course[-1].date)]
    bars = tuple(
        Bar(
            start=episode.date,
            end=end,
            fill=episode.grade,
            open_end=going_on and episode is course[-1] and death is None,
            serious=bool(event.serious),
            ended_by_death=going_on and episode is course[-1] and death is not None,
        )
        for episode, end in zip(course, ends, strict=True)
    )
    points = tuple(
        Point(episode.date, Mark.GRADE, event.id, str(int(episode.grade))) for episode in course
    )
    return Track(bars, points, event.label, event.id)


_MARKS = {
    None: Mark.AWAITED,
    Conclusion.ACTIVE_DISEASE: Mark.ACTIVE_DISEASE,
    Conclusion.DRUG_RELATED: Mark.DRUG_RELATED,
}


def biopsy_tracks(history: History, since: dt.date | None = None) -> tuple[Track, ...]:
    """One track for the biopsies that explain one event, with their common conclusion."""
    groups: dict[uuid.UUID, list[Biopsy]] = {}
    for biopsy in history.of(Biopsy):
        if since is None or biopsy.date.last >= since:
            groups.setdefault(biopsy.adverse_event or biopsy.id, []).append(biopsy)
    return tuple(map(_biopsies, groups.values()))


def _biopsies(group: list[Biopsy]) -> Track:
    points = tuple(
        Point(biopsy.date, _MARKS.get(biopsy.conclusion, Mark.OTHER_RESULT), biopsy.id)
        for biopsy in group
    )
    return Track((), points, _conclusions(group), group[0].id, group[0].adverse_event)


def _conclusions(group: list[Biopsy]) -> str:
    """`drug-related`, `drug-related, both`, `drug-related, active disease`."""
    found = dict.fromkeys(
        _(biopsy.conclusion.value) if biopsy.conclusion else _("awaited") for biopsy in group
    )
    words = ", ".join(found)
    if len(group) == 1 or len(found) > 1:
        return words
    several = _("{conclusion}, both") if len(group) == 2 else _("{conclusion}, all {n}")
    return several.format(conclusion=words, n=len(group))
