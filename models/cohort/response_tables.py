"""The tables of response: rates, compartments and times, a column for each group."""

from collections.abc import Callable, Collection, Iterator, Sequence
from statistics import median, quantiles

from models.cohort.compartment_tables import (
    TITLES,
    Group,
    compartment_tables,
    facts_of,
    used,
)
from models.cohort.figure_table import (
    Bounds,
    Figure,
    FigureTable,
    Measured,
    Numbers,
    Row,
    Who,
    in_months,
    who,
)
from models.cohort.figure_words import NOT_REACHED, months_words
from models.cohort.rates import rate
from models.cohort.response_rules import rated
from models.cohort.selection import Unit
from models.population import Population, Which
from models.response import RESPONDING, Response
from models.values import DAYS_PER_MONTH
from models.words import _, ngettext

Told = tuple[Sequence[Unit], Sequence[Response]]
"""Units, and the response of each: two lists, as 100,000 pairs would keep the memory busy."""
CONTROLLED = RESPONDING | {Response.SD}


def label_of(unit: Unit, population: Population) -> str:
    """The MRN; where several lines of a patient count, with the line's number."""
    if unit.line is None or population.which is not Which.EVERY:
        return unit.member.mrn
    return _("{mrn} · line {n}").format(mrn=unit.member.mrn, n=unit.line.number)


def response_tables(groups: Sequence[Group]) -> Iterator[FigureTable]:
    """The first group is all of them."""
    everybody = groups[0][1]
    columns = ("", *(name for name, _units in groups))
    title, rows = _("Best response"), tuple(_rates(groups))
    yield FigureTable("response-rates", title, columns, rows, _stated_words(everybody))
    title, rows = _("Confirmed response"), tuple(_confirmed(groups))
    note = _("What a letter or a single visit tells is not confirmed.")
    yield FigureTable("response-confirmed", title, columns, rows, note)
    yield from compartment_tables(groups)
    title = _("Time to response in months")
    columns = ("", _("Responders"), _("Median"), _("Interquartile range"), _("Range"))
    rows = tuple(_times(groups))
    yield FigureTable("time-to-response", title, columns, rows, _timeless_words(everybody))


def _best(unit: Unit) -> Response:
    return rated(facts_of(unit).best)


def _best_confirmed(unit: Unit) -> Response:
    return rated(facts_of(unit).confirmed)


def _rates(groups: Sequence[Group]) -> Iterator[Row]:
    told = _told(groups, _best)
    yield _row(_("Overall response"), told, RESPONDING)
    for each in used(told[0][1]):
        yield _row(_(TITLES[each]), told, {each})
    yield _row(_("Disease control"), told, CONTROLLED)


def _confirmed(groups: Sequence[Group]) -> Iterator[Row]:
    told = _told(groups, _best_confirmed)
    yield _row(_("Overall response"), told, RESPONDING)
    for each in used(told[0][1]):
        if each in RESPONDING:
            yield _row(_(TITLES[each]), told, {each})


def _told(groups: Sequence[Group], of: Callable[[Unit], Response]) -> list[Told]:
    return [(units, [of(unit) for unit in units]) for _name, units in groups]


def _row(title: str, told: Sequence[Told], counted: Collection[Response]) -> Row:
    cells = (
        rate([unit for unit, each in zip(units, best, strict=True) if each in counted], units)
        for units, best in told
    )
    return Figure(title), *cells


def _stated_words(units: Sequence[Unit]) -> str:
    """How much of it is hearsay."""
    control = _("Disease control: a response, or stable disease.")
    n = sum(facts_of(unit).stated and _best(unit) is not Response.NOT_ASSESSED for unit in units)
    stated = ngettext(
        "Of {n} line the best response is what a letter stated; no assessment is on file.",
        "Of {n} lines the best response is what a letter stated; no assessment is on file.",
        n,
    )
    return f"{control} {stated.format(n=n)}" if n else control


def _times(groups: Sequence[Group]) -> Iterator[Row]:
    for title, of in (
        (_("To the first response"), _to_response),
        (_("To the best response"), _to_best),
    ):
        for place, (name, units) in enumerate(groups):
            words = title if place == 0 else _("{title}: {group}").format(title=title, group=name)
            yield _time_row(words, units, [of(unit) for unit in units])


def _time_row(title: str, units: Sequence[Unit], times: Sequence[int | None]) -> Row:
    behind = who(unit for unit, time in zip(units, times, strict=True) if time is not None)
    days = [each for each in times if each is not None]
    count = Figure(str(len(days)), behind)
    if not days:
        return Figure(title), count, *[Figure(NOT_REACHED)] * 3
    middle = median(days)
    low, _middle, high = quantiles(days, n=4, method="inclusive") if len(days) > 1 else (None,) * 3
    return (
        Figure(title),
        count,
        Figure(
            months_words(middle),
            behind,
            Numbers(middle / DAYS_PER_MONTH, n=len(days), unit=Measured.MONTHS),
        ),
        _between(low, high, Bounds.QUARTILES, behind),
        _between(min(days), max(days), Bounds.RANGE, behind),
    )


def _between(low: float | None, high: float | None, kind: Bounds, behind: Who) -> Figure:
    """`1.2 to 8.4` months; of one responder there are no quartiles."""
    if low is None or high is None:
        return Figure(NOT_REACHED)
    words = _("{least} to {most}").format(least=months_words(low), most=months_words(high))
    return Figure(words, behind, in_months(None, low, high, kind))


def _to_response(unit: Unit) -> int | None:
    reached = unit.line.time_to_response if unit.line else None
    return reached.days if reached else None


def _to_best(unit: Unit) -> int | None:
    """Of those with a time to response: on which day the best one was first seen."""
    facts = facts_of(unit)
    if _to_response(unit) is None:
        return None
    return next((state.day for state in facts.states if state.response is facts.best), None)


def _timeless_words(units: Sequence[Unit]) -> str:
    """Responders whose time to response is not known."""
    responders = [unit for unit in units if _best(unit) in RESPONDING]
    n = sum(_to_response(unit) is None for unit in responders)
    words = ngettext(
        "Left out: {n} responder without a day of the response, or who had progressed before.",
        "Left out: {n} responders without a day of the response, or who had progressed before.",
        n,
    )
    return words.format(n=n) if n else ""
