"""The adverse events under one treatment line, or of a whole course."""

import datetime as dt
from dataclasses import dataclass

from models.adverse_event import AdverseEvent
from models.history import History
from models.values import Grade


@dataclass(frozen=True, slots=True)
class EventFacts:
    """`onset`: the middle of what is known of it, in days since the origin; below 0 before it."""

    term: str
    worst: Grade
    onset: int


def event_facts(history: History, origin: dt.date) -> tuple[EventFacts, ...]:
    return tuple(_facts(event, origin) for event in history.of(AdverseEvent))


def _facts(event: AdverseEvent, origin: dt.date) -> EventFacts:
    return EventFacts(event.term, event.worst_grade, (event.onset.middle - origin).days)
