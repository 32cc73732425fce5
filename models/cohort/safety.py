"""The adverse events of treatment lines: how many patients had them, how bad, how soon."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.adverse_event import Action, Emergent
from models.cohort.event_facts import EventFacts
from models.cohort.figure_table import Figure, FigureTable, Measured, Numbers, Row, who
from models.cohort.figure_words import count_words
from models.cohort.incidence import (
    Counts,
    Event,
    Had,
    Incidence,
    Order,
    days_at_risk,
    incidence,
    rate_of_time,
    years_at_risk,
)
from models.cohort.rash import rash_tables, rash_warnings
from models.cohort.rates import rate, several_lines, share
from models.cohort.selection import Selection, Unit
from models.cohort.spread import spread
from models.values import Grade
from models.words import N_, _, listing, ngettext

INDENT = "\u2003"
BANDS: tuple[tuple[Grade, ...], ...] = (
    (Grade.MILD, Grade.MODERATE),
    (Grade.SEVERE,),
    (Grade.LIFE_THREATENING,),
    (Grade.DEATH,),
)


@dataclass(frozen=True)
class Safety:
    """`incidence`: what the chart shows; `by_line`: whether there is anything to tell, for safety
    belongs to a treatment line.
    """

    tables: tuple[FigureTable, ...] = ()
    methods: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    incidence: Incidence | None = None
    by_line: bool = True


def safety(
    selection: Selection, attributed_only: bool = False, order: Order = Order.FREQUENT
) -> Safety:
    """Of all that is treatment-emergent, or only of what was attributed to the line."""
    if not selection.population.by_line:
        return Safety(warnings=(origin_needed(),), by_line=False)
    units = selection.units
    if not units:
        return Safety()
    counts = _is_attributed if attributed_only else _any
    found = incidence(units, counts, order)
    return Safety(
        tables=(_overview(found), _by_grade(found), _rates(found), *rash_tables(units)),
        methods=tuple(_methods(units, attributed_only)),
        warnings=(
            *several_lines(selection),
            *_warnings(units, counts),
            *rash_warnings(units),
        ),
        incidence=found,
    )


def origin_needed() -> str:
    return _(
        "Adverse events belong to a treatment line: choose the start of a treatment line as the"
        " origin, and say which lines count."
    )


def _any(event: EventFacts) -> bool:
    return True


def _is_attributed(event: EventFacts) -> bool:
    return event.attributed


def _overview(found: Incidence) -> FigureTable:
    rows = [(title, [each.unit for each in found.any.had if fits(each)]) for title, fits in _ROWS]
    return FigureTable(
        "safety-overview",
        _("Adverse events"),
        ("", _("Exposed lines")),
        tuple((Figure(_(title)), rate(units, found.units)) for title, units in rows),
    )


def _by_grade(found: Incidence) -> FigureTable:
    rows = [_graded(found.any, "", found.units)]
    for each in found.classes:
        rows.append(_graded(each, "", found.units))
        rows += [_graded(term, INDENT, found.units) for term in each.terms]
    note = _("By the worst grade; n (%) of {n} lines. Each counts once in a row.")
    return FigureTable(
        "safety-by-grade",
        _("Adverse events by term and worst grade"),
        ("", _("Any grade"), _("Grade 1–2"), _("Grade 3"), _("Grade 4"), _("Grade 5")),
        tuple(rows),
        note.format(n=len(found.units)),
    )


def _graded(event: Event, indent: str, units: Sequence[Unit]) -> Row:
    cells = [event.units, *(event.of(band) for band in BANDS)]
    return Figure(indent + event.name), *(_part(some, len(units)) for some in cells)


def _part(some: Sequence[Unit], n: int) -> Figure:
    """`12 (26 %)`; `0` of nobody."""
    words = count_words(len(some), n)
    return replace(share(len(some), n, who(some)), words=words if some else "0")


def _rates(found: Incidence) -> FigureTable:
    return FigureTable(
        "safety-rates",
        _("Rates per time at risk, and time to onset"),
        ("", _("With it"), _("Patient-years"), _("Per 100 (95 % CI)"), _("Days to onset")),
        tuple(_rate(event, found.days) for event in (found.any, *found.terms)),
        _(
            "Rates per 100 patient-years at risk. Onset: median (range) of the days from the first"
            " dose to the first onset, of those who had it."
        ),
    )


def _rate(event: Event, days: int) -> Row:
    years, behind = years_at_risk(event, days), who(event.units)
    return (
        Figure(event.name),
        Figure(str(len(event.had)), behind),
        Figure(f"{years:.1f}", (), Numbers(years, unit=Measured.YEARS)),
        rate_of_time(event, years),
        spread([each.onset for each in event.had], behind, Measured.DAYS),
    )


_ROWS: tuple[tuple[str, Callable[[Had], bool]], ...] = (
    (N_("Any event"), lambda each: True),
    (N_("Grade 3 or more"), lambda each: each.worst >= Grade.SEVERE),
    (N_("Serious"), lambda each: each.serious),
    (N_("Led to delay"), lambda each: Action.DELAYED in each.actions),
    (N_("Led to reduction"), lambda each: Action.REDUCED in each.actions),
    (N_("Led to interruption"), lambda each: Action.INTERRUPTED in each.actions),
    (N_("Led to stop"), lambda each: Action.STOPPED in each.actions),
    (N_("Led to death"), lambda each: each.worst is Grade.DEATH),
)


def _methods(units: Sequence[Unit], attributed_only: bool) -> Iterator[str]:
    versions = {each.version.value for unit in units for each in unit.events if each.version}
    yield _(
        "Adverse events are graded by {ctcae} and treatment-emergent: begun or worsened from the"
        " first dose on, up to so many days after the last one as the clinic has set."
    ).format(ctcae=" ".join(filter(None, (_("CTCAE"), listing(sorted(versions))))))
    if attributed_only:
        yield _(
            "Only events attributed to the line count: possible, probable or definite, or linked to"
            " it without a word on attribution."
        )
    else:
        yield _("Events count whatever they were attributed to.")
    yield _(
        "Everybody counts once for each term, with the worst grade. Rates are the number of those"
        " with the event per 100 patient-years at risk, up to the first onset or the end of the"
        " time at risk, with exact Poisson intervals."
    )
    unseen = [unit for unit in units if days_at_risk(unit) is None]
    if unseen:
        words = ngettext(
            "{n} line without a contact on file adds no time at risk.",
            "{n} lines without a contact on file add no time at risk.",
            len(unseen),
        )
        yield words.format(n=len(unseen))


def _warnings(units: Sequence[Unit], counts: Counts) -> Iterator[str]:
    elsewhere = sum(unit.line is not None and not unit.line.given_here for unit in units)
    if elsewhere:
        yield ngettext(
            "{n} of {all} lines was given elsewhere: its events may not be on file.",
            "{n} of {all} lines were given elsewhere: their events may not be on file.",
            elsewhere,
        ).format(n=elsewhere, all=len(units))
    events = [event for unit in units for event in unit.events if counts(event)]
    possible = sum(event.emergent is Emergent.POSSIBLE for event in events)
    if possible:
        yield ngettext(
            "{n} of {all} events may have come before the first dose or too long after the last, as"
            " a date is vague: it counts.",
            "{n} of {all} events may have come before the first dose or too long after the last, as"
            " a date is vague: they count.",
            possible,
        ).format(n=possible, all=len(events))
    vague = sum(event.vague for event in events)
    if vague:
        yield ngettext(
            "{n} of {all} onsets is known by month or year only: its middle counts.",
            "{n} of {all} onsets are known by month or year only: their middle counts.",
            vague,
        ).format(n=vague, all=len(events))
