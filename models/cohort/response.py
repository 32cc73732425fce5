"""How many responded, how deeply, where and how soon."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.cohort.compartment_tables import Group, facts_of
from models.cohort.factors import MOST_GROUPS, SHOWN_OF_MORE, Factor, group_names, place
from models.cohort.figure_table import FigureTable
from models.cohort.response_rules import involved_words
from models.cohort.response_tables import response_tables
from models.cohort.selection import Selection, Unit
from models.cohort.waterfall import Waterfall, waterfall
from models.response import RESPONDING
from models.words import _, ngettext

NO_GROUPS = frozenset({Factor.RESPONSE, Factor.MOGAMULIZUMAB})
"""A rate of response by response tells nothing; the other one is for whole courses."""


@dataclass(frozen=True)
class ResponseFigures:
    """`waterfall`: the best change of the skin score, line by line; `by_line`: whether there is
    anything to tell, for a response belongs to a treatment line.
    """

    tables: tuple[FigureTable, ...] = ()
    methods: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    waterfall: Waterfall | None = None
    by_line: bool = True


def response(selection: Selection, by: Factor = Factor.NONE) -> ResponseFigures:
    """The rates of all, and of each group where a factor divides them sensibly."""
    by = Factor.NONE if by in NO_GROUPS else by
    if not selection.population.by_line:
        return ResponseFigures(warnings=(origin_needed(),), by_line=False)
    if not selection.units:
        return ResponseFigures()
    return ResponseFigures(
        tables=tuple(response_tables(response_groups(selection.units, by))),
        methods=tuple(_methods(selection)),
        warnings=tuple(_warnings(selection, by)),
        waterfall=waterfall(selection),
    )


def origin_needed() -> str:
    return _(
        "A response belongs to a treatment line. Choose the start of a treatment line as the"
        " origin, and which lines count."
    )


def response_groups(units: Sequence[Unit], by: Factor) -> list[Group]:
    """All of them first; of very many groups the largest, and the others together."""
    groups: list[Group] = [(_("All"), units)]
    if by is Factor.NONE:
        return groups
    members: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        members[place(by, unit).group].append(unit)
    unknown = members.pop("", [])
    shown = set(members)
    if len(members) > MOST_GROUPS:
        shown = set(sorted(members, key=lambda name: -len(members[name]))[:SHOWN_OF_MORE])
    for name in group_names(by, shown):
        groups.append((_capital(name), members[name]))
    others = [unit for name, found in members.items() if name not in shown for unit in found]
    rest = [(_("Other groups"), others), (_("Not known"), unknown)]
    return [*groups, *((name, found) for name, found in rest if found)]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _methods(selection: Selection) -> Iterator[str]:
    facts = [facts_of(unit) for unit in selection.units]
    criteria = sorted({each.criteria.label for each in facts})
    yield _(
        "Responses by the criteria of {criteria}, in skin, nodes, blood and viscera and globally; a"
        " clinician's judgement counts before what is worked out. The best response is the best"
        " state of the disease after the start of the line, up to the start of the next systemic,"
        " radiation or transplant line; a relapse counts as progressive disease."
    ).format(criteria=_(" and ").join(criteria))
    days = sorted({each.confirmed_after for each in facts})
    yield _(
        "Confirmed: seen again {days} days later or more, without progression in between."
    ).format(days=_(" or ").join(map(str, days)))
    yield _(
        "Overall response: CR, VGPR or PR. All lines of the population are the denominator,"
        " assessed or not. Intervals of 95 % by Clopper and Pearson."
    )
    yield involved_words()
    yield _(
        "Time to response: from the first dose to the first CR, VGPR or PR, of those who responded"
        " before any progression; time to the best response likewise."
    )


def _warnings(selection: Selection, by: Factor) -> Iterator[str]:
    if selection.population.responses:
        yield _(
            "These lines were chosen by their best response: rates of response tell nothing here."
        )
    elif selection.population.looks_ahead:
        yield _(
            "These lines were chosen by what came after their start: whoever responded may have had"
            " more time for it."
        )
    if any(place(by, unit).since != 0 for unit in selection.units):
        yield _(
            "The groups are told apart by what came after the start of the line: who belongs to one"
            " had to live and be treated for long enough to do so."
        )
    if len(selection.units) > selection.patients:
        yield _(
            "Several lines of one patient count as if they were of several patients: the intervals"
            " are too narrow."
        )
    if early := sum(_too_early(unit) for unit in selection.units):
        yield ngettext(
            "{n} responder has too short a follow-up for a confirmation yet.",
            "{n} responders have too short a follow-up for a confirmation yet.",
            early,
        ).format(n=early)


def _too_early(unit: Unit) -> bool:
    """Whether a responder was not seen for long enough since the response to confirm it."""
    facts, line = facts_of(unit), unit.line
    if facts.confirmed or line is None:
        return False
    last = line.overall_survival.days if line.overall_survival else 0
    days = [state.day for state in facts.states if state.response in RESPONDING]
    return bool(days) and last - days[0] < facts.confirmed_after and facts.following is None
