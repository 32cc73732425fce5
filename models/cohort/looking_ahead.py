"""By which day a patient was one of those chosen, where she was chosen by what came later."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from models.cohort.member import Treated
from models.cohort.selection import Unit, of_later, of_treatment
from models.population import Population
from models.response import RESPONDING, Response

Day = Callable[[Unit], int | None]


def chosen_by(population: Population) -> Day:
    """Of a unit the day after the origin by which all had come that the population asks for; 0
    where nothing later is asked for, None where that day is not on file.
    """
    return partial(_last, [day for each in _CRITERIA for day in each(population)])


def _last(criteria: Sequence[Day], unit: Unit) -> int | None:
    days = [day(unit) for day in criteria]
    known = [day for day in days if day is not None]
    return max(known, default=0) if known == days else None


def _treatments(asked: Population) -> Iterator[Day]:
    tests = [fits for fits, _why in of_treatment(asked)]
    if tests and not asked.by_line:
        yield partial(_treated, tests)


def _treated(tests: Sequence[Callable[[Treated], bool]], unit: Unit) -> int | None:
    met = [_since(unit, line) for line in unit.lines if all(fits(line) for fits in tests)]
    return max(min(met), 0) if met else None


def _responses(asked: Population) -> Iterator[Day]:
    """Only a response is there from a day on; that there was none is known in the end alone."""
    if asked.responses:
        yield partial(_responded, RESPONDING.intersection(asked.responses))


def _responded(kinds: Collection[Response], unit: Unit) -> int | None:
    found = [
        _since(unit, line) + state.day
        for line in unit.lines
        if line.response.best in kinds
        for state in line.response.states
        if state.response in kinds
    ]
    return max(min(found), 0) if found else None


def _later(asked: Population) -> Iterator[Day]:
    for days, _why in of_later(asked):
        yield partial(_first, days)


def _first(days: Callable[[Unit], list[int]], unit: Unit) -> int | None:
    return min(days(unit), default=None)


def _since(unit: Unit, line: Treated) -> int:
    """From the origin to the start of a line."""
    return (line.start - unit.start).days if unit.start else 0


_CRITERIA: tuple[Callable[[Population], Iterator[Day]], ...] = (_treatments, _responses, _later)
