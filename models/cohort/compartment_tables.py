"""The tables of compartments: how many responded of those in whom one was involved."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from models.cohort.compartment_facts import CompartmentFacts
from models.cohort.figure_table import Figure, FigureTable, Row, who
from models.cohort.rates import rate
from models.cohort.response_facts import ResponseFacts
from models.cohort.response_rules import counts, rated
from models.cohort.selection import Unit
from models.response import RESPONDING, Response
from models.words import N_, _

Group = tuple[str, Sequence[Unit]]

COMPARTMENTS = {
    "skin": N_("Skin"),
    "blood": N_("Blood"),
    "nodes": N_("Nodes"),
    "viscera": N_("Viscera"),
}
"""In the order of the papers."""
TITLES = {
    Response.CR: N_("Complete response"),
    Response.VGPR: N_("Very good partial response"),
    Response.PR: N_("Partial response"),
    Response.SD: N_("Stable disease"),
    Response.PD: N_("Progressive disease"),
    Response.NOT_ASSESSED: N_("Not assessed"),
}


def facts_of(unit: Unit) -> ResponseFacts:
    """Of the line that is counted."""
    return unit.line.response if unit.line else ResponseFacts(None, None)


def used(responses: Iterable[Response]) -> list[Response]:
    """Those to tell of; VGPR, a finer word for PR, only where it is among these."""
    found = set(responses)
    return [each for each in TITLES if each is not Response.VGPR or each in found]


@dataclass
class _Counted:
    """The units of a group by whether a compartment was involved."""

    involved: list[Unit] = field(default_factory=list)
    best: list[Response] = field(default_factory=list)
    confirmed_best: list[Response | None] = field(default_factory=list)
    free: list[Unit] = field(default_factory=list)
    unknown: list[Unit] = field(default_factory=list)

    def add(self, unit: Unit, facts: CompartmentFacts) -> None:
        if counts(facts):
            self.involved.append(unit)
            self.best.append(rated(facts.best))
            self.confirmed_best.append(facts.confirmed)
        else:
            (self.unknown if facts.involved is None else self.free).append(unit)

    @property
    def responded(self) -> Figure:
        return rate(self.of(self.best, RESPONDING), self.involved)

    @property
    def confirmed(self) -> Figure:
        return rate(self.of(self.confirmed_best, RESPONDING), self.involved)

    def of(self, responses: Sequence[Response | None], counted: Collection[Response]) -> list[Unit]:
        """Those involved whose response is one of these."""
        pairs = zip(self.involved, responses, strict=True)
        return [unit for unit, response in pairs if response in counted]


def _counted(units: Sequence[Unit]) -> dict[str, _Counted]:
    """By compartment."""
    made = {name: _Counted() for name in COMPARTMENTS}
    for unit in units:
        for facts in facts_of(unit).compartments:
            made[facts.name].add(unit, facts)
    return made


def compartment_tables(groups: Sequence[Group]) -> Iterator[FigureTable]:
    """The rates of each group, and what was found in all of them, who are the first group."""
    told = [_counted(units) for _name, units in groups]
    counted = {name: [group[name] for group in told] for name in COMPARTMENTS}
    title = _("Response by compartment, of those involved at baseline")
    columns = ("", *(name for name, _units in groups))
    yield FigureTable("response-by-compartment", title, columns, tuple(_rates(counted)))
    responses = used(response for found in told[0].values() for response in found.best)
    title = _("Compartments, all lines")
    columns = ("", _("Involved"), _("Not involved"), _("Not known"), *map(_letters, responses))
    rows = tuple(_row(_(COMPARTMENTS[name]), each[0], responses) for name, each in counted.items())
    note = _("CR to not assessed: the best response of those involved at baseline.")
    yield FigureTable("compartments", title, columns, rows, note)


def _rates(counted: dict[str, list[_Counted]]) -> Iterator[Row]:
    for name, groups in counted.items():
        title = _(COMPARTMENTS[name])
        confirmed = _("{compartment}, confirmed").format(compartment=title)
        yield Figure(title), *(group.responded for group in groups)
        yield Figure(confirmed), *(group.confirmed for group in groups)


def _letters(response: Response) -> str:
    return _(TITLES[response]) if response is Response.NOT_ASSESSED else response.value


def _row(title: str, counted: _Counted, responses: Sequence[Response]) -> Row:
    parts = [counted.involved, counted.free, counted.unknown]
    parts += [counted.of(counted.best, {each}) for each in responses]
    return Figure(title), *(Figure(str(len(some)), who(some)) for some in parts)
