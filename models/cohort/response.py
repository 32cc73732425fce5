"""How many responded, how deeply, where and how soon."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.cohort.compartment_tables import Group, facts_of
from models.cohort.factors import (
    MOST_GROUPS,
    OF_LATER,
    SHOWN_OF_MORE,
    Factor,
    group_names,
    place,
)
from models.cohort.figure_table import FigureTable
from models.cohort.rates import several_lines
from models.cohort.response_rules import involved_words
from models.cohort.response_tables import response_tables
from models.cohort.selection import Selection, Unit
from models.cohort.waterfall import Waterfall, waterfall
from models.words import _, capitalised, ngettext

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
    return [(capitalised(name), found) for name, found in named_groups(units, by)]


def named_groups(units: Sequence[Unit], by: Factor) -> list[Group]:
    """The same with names as within a sentence. Groups that are known only some time after the
    start are as known in the end, whatever the landmark, and say so.
    """
    groups: list[Group] = [(_("all"), units)]
    if by in {Factor.NONE, *NO_GROUPS}:
        return groups
    members: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        members[place(by, unit).group].append(unit)
    unknown = members.pop("", [])
    shown = set(members)
    if len(members) > MOST_GROUPS:
        shown = set(sorted(members, key=lambda name: -len(members[name]))[:SHOWN_OF_MORE])
    for name in group_names(by, shown):
        words = _("{group} at any time").format(group=name) if by in OF_LATER else name
        groups.append((words, members[name]))
    others = [unit for name, found in members.items() if name not in shown for unit in found]
    rest = [(_("other groups"), others), (_("not known"), unknown)]
    return [*groups, *((name, found) for name, found in rest if found)]


def _methods(selection: Selection) -> Iterator[str]:
    facts = [facts_of(unit) for unit in selection.units]
    criteria = sorted({each.criteria.label for each in facts})
    yield _(
        "Responses by the criteria of {criteria}, in skin, nodes, blood and viscera and globally; a"
        " clinician's judgement counts before what is worked out. The best response, of each"
        " compartment too, is the best state after the start of the line, up to and including the"
        " first progression or relapse and up to the start of the next systemic, radiation or"
        " transplant line; a relapse counts as progressive disease. The waterfall shows the lowest"
        " mSWAT of the same time against the last one before the start."
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
    if by in OF_LATER - NO_GROUPS and any(place(by, unit).since != 0 for unit in selection.units):
        yield _(
            "The groups are told apart by what came after the start of the line: who belongs to one"
            " had to live and be treated for long enough to do so."
        )
    yield from several_lines(selection)
    if early := sum(_too_early(unit) for unit in selection.units):
        yield ngettext(
            "{n} responder has too short a follow-up for a confirmation yet.",
            "{n} responders have too short a follow-up for a confirmation yet.",
            early,
        ).format(n=early)


def _too_early(unit: Unit) -> bool:
    """Whether a responder was not seen for long enough since the response to confirm it."""
    facts, line = facts_of(unit), unit.line
    if facts.confirmed or facts.following is not None or line is None:
        return False
    reached, lived = line.time_to_response, line.overall_survival
    last = lived.days if lived else 0
    return reached is not None and last - reached.days < facts.confirmed_after
