"""Rash under mogamulizumab: how often, how soon, what its biopsies said, what became of it."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from models.adverse_event import Action
from models.biopsy import Conclusion
from models.cohort.event_facts import EventFacts
from models.cohort.figure_table import Figure, FigureTable, Measured, Row, who
from models.cohort.rates import rate
from models.cohort.selection import Unit
from models.cohort.spread import quartiles, spread
from models.response import RESPONDING, Response
from models.therapies import MOGAMULIZUMAB
from models.values import Grade
from models.words import _

WEEK = 7


@dataclass(frozen=True, slots=True)
class _Rash:
    """A line of mogamulizumab with a rash, or with several."""

    unit: Unit
    rashes: tuple[EventFacts, ...]

    @property
    def first(self) -> EventFacts:
        return min(self.rashes, key=lambda each: each.onset)

    @property
    def worst(self) -> Grade:
        return max(each.worst for each in self.rashes)

    @property
    def conclusions(self) -> set[Conclusion | None]:
        """None for a result that is awaited."""
        return {found for each in self.rashes for found in each.conclusions}

    @property
    def actions(self) -> set[Action | None]:
        return {each.action for each in self.rashes}

    @property
    def is_over(self) -> bool:
        return all(each.resolved and each.resolved.event for each in self.rashes)

    @property
    def goes_on(self) -> bool:
        return any(each.resolved and not each.resolved.event for each in self.rashes)


def rash_tables(units: Sequence[Unit]) -> tuple[FigureTable, ...]:
    """None where no line was one of mogamulizumab."""
    exposed = [unit for unit in units if _is_exposed(unit)]
    if not exposed:
        return ()
    rashes = _rashes(exposed)
    return _rash(exposed, rashes), *((_responses(exposed, rashes),) if rashes else ())


def rash_warnings(units: Sequence[Unit]) -> Iterator[str]:
    if any(_is_exposed(unit) and any(e.is_rash for e in unit.events) for unit in units):
        yield _(
            "Response with and without a rash: longer treatment gives more time for both, so that"
            " rash looks better than it is. Compare survival from a landmark on."
        )


def _is_exposed(unit: Unit) -> bool:
    return any(MOGAMULIZUMAB in line.drugs for line in unit.lines)


def _rashes(exposed: Sequence[Unit]) -> list[_Rash]:
    found = ((unit, tuple(e for e in unit.events if e.is_rash)) for unit in exposed)
    return [_Rash(unit, rashes) for unit, rashes in found if rashes]


def _rash(exposed: Sequence[Unit], rashes: Sequence[_Rash]) -> FigureTable:
    own = [each.unit for each in rashes]
    rows: list[Row] = [(Figure(_("With a rash")), rate(own, exposed))]
    if rashes:
        rows += _course(rashes)
        rows += [(Figure(title), rate(some, own)) for title, some in _of_those(rashes)]
    return FigureTable(
        "mogamulizumab-rash",
        _("Rash under mogamulizumab"),
        ("", _("Lines of mogamulizumab")),
        tuple(rows),
        _(
            "Candidates for a mogamulizumab-associated rash, whatever their biopsies said."
            " In MAVORIC the median onset was after 15 weeks, and a quarter came after 31."
        ),
    )


def _course(rashes: Sequence[_Rash]) -> Iterator[Row]:
    behind = who(each.unit for each in rashes)
    weeks = [each.first.onset / WEEK for each in rashes]
    yield Figure(_("Weeks to onset, median (range)")), spread(weeks, behind, Measured.WEEKS)
    quarters = quartiles(weeks, behind, Measured.WEEKS)
    yield Figure(_("Weeks to onset, median (quartiles)")), quarters
    lasted = [
        (each.unit, rash.resolved.days / WEEK)
        for each in rashes
        for rash in each.rashes
        if rash.resolved and rash.resolved.event
    ]
    yield (
        Figure(_("Weeks until resolved, median (range)")),
        spread(
            [weeks for _unit, weeks in lasted],
            who(unit for unit, _weeks in lasted),
            Measured.WEEKS,
        ),
    )


def _of_those(rashes: Sequence[_Rash]) -> Iterator[tuple[str, list[Unit]]]:
    """How bad it was, what its biopsies said, and what came of it."""
    kinds = [
        *(
            (_("Worst grade {n}").format(n=int(grade)), _is_worst(grade))
            for grade in Grade
            if any(each.worst is grade for each in rashes)
        ),
        (_("Biopsied"), lambda each: bool(each.conclusions)),
        *((_("Biopsy: {what}").format(what=_(each.value)), _says(each)) for each in Conclusion),
        (_("Biopsy: result awaited"), _says(None)),
        (_("Resolved"), lambda each: each.is_over),
        (_("Goes on"), lambda each: each.goes_on),
        (_("Led to delay"), _led_to(Action.DELAYED)),
        (_("Led to reduction"), _led_to(Action.REDUCED)),
        (_("Led to interruption"), _led_to(Action.INTERRUPTED)),
        (_("Led to stop"), _led_to(Action.STOPPED)),
    ]
    for title, fits in kinds:
        yield title, [each.unit for each in rashes if fits(each)]


Fits = Callable[[_Rash], bool]


def _is_worst(grade: Grade) -> Fits:
    return lambda each: each.worst is grade


def _says(conclusion: Conclusion | None) -> Fits:
    return lambda each: conclusion in each.conclusions


def _led_to(action: Action) -> Fits:
    return lambda each: action in each.actions


def _responses(exposed: Sequence[Unit], rashes: Sequence[_Rash]) -> FigureTable:
    having = {id(each.unit) for each in rashes}
    groups = (
        [unit for unit in exposed if id(unit) in having],
        [unit for unit in exposed if id(unit) not in having],
    )
    found = {_best(unit) for unit in exposed}
    rows = [_responded(_("Responded: CR, VGPR or PR"), groups, RESPONDING)]
    rows += [
        _responded(_("Best response {words}").format(words=each.words), groups, {each})
        for each in Response
        if each in found
    ]
    if None in found:
        rows.append(_responded(_("No response on file"), groups, {None}))
    return FigureTable(
        "mogamulizumab-rash-response",
        _("Response with and without a rash under mogamulizumab"),
        ("", _("With a rash"), _("Without")),
        tuple(rows),
    )


def _best(unit: Unit) -> Response | None:
    return unit.line.response.best if unit.line else None


def _responded(
    title: str, groups: Sequence[Sequence[Unit]], counted: Collection[Response | None]
) -> Row:
    cells = (rate([unit for unit in units if _best(unit) in counted], units) for units in groups)
    return Figure(title), *cells
