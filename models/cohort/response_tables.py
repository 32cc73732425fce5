"""The tables of response: rates, compartments and times, a column for each group."""

from collections.abc import Callable, Collection, Iterator, Sequence
from statistics import median, quantiles

from models.cohort.compartment_tables import (
    TITLES,
    Group,
    Row,
    compartment_tables,
    facts_of,
    used,
)
from models.cohort.figure_table import Figure, FigureTable, who
from models.cohort.figure_words import NOT_REACHED, months_words
from models.cohort.rates import rate
from models.cohort.response_rules import rated
from models.cohort.selection import Unit
from models.population import Population, Which
from models.response import RESPONDING, Response
from models.words import _, ngettext

Told = list[tuple[Unit, Response]]

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
    for each in used(response for _unit, response in told[0]):
        yield _row(_(TITLES[each]), told, {each})
    yield _row(_("Disease control"), told, CONTROLLED)


def _confirmed(groups: Sequence[Group]) -> Iterator[Row]:
    told = _told(groups, _best_confirmed)
    yield _row(_("Overall response"), told, RESPONDING)
    for each in used(response for _unit, response in told[0]):
        if each in RESPONDING:
            yield _row(_(TITLES[each]), told, {each})


def _told(groups: Sequence[Group], of: Callable[[Unit], Response]) -> list[Told]:
    return [[(unit, of(unit)) for unit in units] for _name, units in groups]


def _row(title: str, told: Sequence[Told], counted: Collection[Response]) -> Row:
    cells = (
        rate([unit for unit, response in group if response in counted], group) for group in told
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


Timed = tuple[Unit, int]


def _times(groups: Sequence[Group]) -> Iterator[Row]:
    for title, of in (
        (_("To the first response"), _to_response),
        (_("To the best response"), _to_best),
    ):
        for place, (name, units) in enumerate(groups):
            words = title if place == 0 else _("{title}: {group}").format(title=title, group=name)
            yield _time_row(
                words, [(unit, days) for unit in units if (days := of(unit)) is not None]
            )


def _time_row(title: str, timed: Sequence[Timed]) -> Row:
    behind = who(unit for unit, _days in timed)
    days = [each for _unit, each in timed]
    words = [str(len(days)), *(_spread(days) if days else [NOT_REACHED] * 3)]
    return Figure(title), *(Figure(each, behind) for each in words)


def _spread(days: Sequence[int]) -> list[str]:
    """Median, quartiles and range; of one responder there are no quartiles."""
    words = _("{least} to {most}")
    quartiles = quantiles(days, n=4, method="inclusive") if len(days) > 1 else None
    ranges = [(quartiles[0], quartiles[2]) if quartiles else None, (min(days), max(days))]
    told = (
        words.format(least=months_words(pair[0]), most=months_words(pair[1]))
        if pair
        else NOT_REACHED
        for pair in ranges
    )
    return [months_words(median(days)), *told]


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
