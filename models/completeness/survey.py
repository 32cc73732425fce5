"""How complete the data of a registry are in a whole clinic."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from models.completeness.at_the_start import at_the_start
from models.completeness.items import Completeness, Filled
from models.completeness.since_then import since_then
from models.history import History
from models.patient import Patient


@dataclass(frozen=True, slots=True)
class Tally:
    """Of how many patients something is on file, and of how many it is asked."""

    title: str
    present: int
    asked: int


@dataclass(frozen=True, slots=True)
class Survey:
    """`tallies`: in the order of the items; `patients`: those with the most gaps first."""

    tallies: tuple[Tally, ...]
    patients: tuple[tuple[Patient, Completeness], ...]


def completeness(history: History, today: dt.date) -> Completeness:
    """Which of the data of a registry are on file."""
    return Completeness((*at_the_start(history), *since_then(history, today)))


def survey(histories: Iterable[History], today: dt.date) -> Survey:
    found = [(each.patient, completeness(each, today)) for each in histories]
    titles = dict.fromkeys(item.title for _patient, of_one in found for item in of_one.items)
    by_gaps = sorted(found, key=lambda each: len(each[1].gaps), reverse=True)
    return Survey(tuple(_tally(title, found) for title in titles), tuple(by_gaps))


def _tally(title: str, found: list[tuple[Patient, Completeness]]) -> Tally:
    """Without a diagnosis nothing that is asked about it can be on file."""
    states = [_state(title, of_one) for _patient, of_one in found]
    present = states.count(Filled.PRESENT)
    return Tally(title, present, present + states.count(Filled.MISSING))


def _state(title: str, of_one: Completeness) -> Filled:
    return next((each.filled for each in of_one.items if each.title == title), Filled.MISSING)
