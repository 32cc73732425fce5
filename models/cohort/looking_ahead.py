"""By which day a patient was one of those chosen, where she was chosen by what came later."""

from collections.abc import Callable, Iterator

from models.cohort.member import Treated
from models.cohort.selection import Unit, of_treatment
from models.ctcae import canonical
from models.population import Population
from models.response import RESPONDING
from models.values import Grade


def chosen_by(population: Population, unit: Unit) -> int | None:
    """The day after the origin by which all had come that the population asks for; 0 where nothing
    later is asked for, None where that day is not on file.
    """
    days = [day for each in _CRITERIA for day in each(population, unit)]
    if any(day is None for day in days):
        return None
    return max((day for day in days if day is not None), default=0)


Days = Iterator[int | None]


def _treatments(asked: Population, unit: Unit) -> Days:
    if asked.by_line or unit.start is None:
        return
    tests = [fits for fits, _why in of_treatment(asked)]
    if tests:
        met = [line.start for line in unit.lines if all(fits(line) for fits in tests)]
        yield max((min(met) - unit.start).days, 0) if met else None


def _responses(asked: Population, unit: Unit) -> Days:
    """Only a response is there from a day on; that there was none is known in the end alone."""
    if not asked.responses:
        return
    kinds = RESPONDING.intersection(asked.responses)
    found = [
        _since(unit, line) + state.day
        for line in unit.lines
        if line.response.best in kinds
        for state in line.response.states
        if state.response in kinds
    ]
    yield max(min(found), 0) if found else None


def _events(asked: Population, unit: Unit) -> Days:
    if not (asked.events or asked.grade_from):
        return
    least, terms = asked.grade_from or Grade.MILD, [*map(canonical, asked.events)]
    found = [
        each.onset
        for each in unit.events
        if each.onset >= 0 and each.worst >= least and (not terms or each.term in terms)
    ]
    yield min(found, default=None)


def _biopsies(asked: Population, unit: Unit) -> Days:
    if not asked.conclusions or unit.start is None:
        return
    found = [
        (on - unit.start).days
        for what, on in unit.member.conclusions
        if what in asked.conclusions and on >= unit.start
    ]
    yield min(found, default=None)


def _since(unit: Unit, line: Treated) -> int:
    """From the origin to the start of a line."""
    return (line.start - unit.start).days if unit.start else 0


_CRITERIA: tuple[Callable[[Population, Unit], Days], ...] = (
    _treatments,
    _responses,
    _events,
    _biopsies,
)
