"""How treatment went in practice: doses, reasons for stopping, and how complete the records are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.cohort.figure_table import Bounds, Figure, FigureTable, Measured, Row, in_months, who
from models.cohort.figure_words import months_interval_words
from models.cohort.lasted import Lasted
from models.cohort.practice_doses import (
    Given,
    amounts_table,
    behind,
    doses_table,
    events_table,
    reasons_table,
)
from models.cohort.practice_records import completeness_table, dates_table
from models.cohort.rates import share
from models.cohort.selection import Selection
from models.cohort.spread import spread
from models.rules import Standing, rule
from models.treatment import WINDOW_DAYS, StopReason
from models.values import DAYS_PER_MONTH
from models.words import N_, _, capitalised, ngettext


@dataclass(frozen=True)
class PracticeFigures:
    tables: tuple[FigureTable, ...] = ()
    methods: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def practice(selection: Selection) -> PracticeFigures:
    """Of the lines that count; from the diagnosis of every line of the patients."""
    units = selection.units
    if not units:
        return PracticeFigures()
    lines = [Given(unit, line) for unit in units for line in unit.lines]
    tables = (
        *(_of_lines(lines) if lines else ()),
        completeness_table(units),
        dates_table(units, lines),
    )
    return PracticeFigures(tables, tuple(_methods(selection, lines)), tuple(_warnings(lines)))


def _of_lines(lines: Sequence[Given]) -> Iterator[FigureTable]:
    optional = reasons_table(lines), events_table(lines)
    yield from (doses_table(lines), amounts_table(lines))
    yield from (table for table in optional if table)
    yield _stopping(lines)


def _stopping(lines: Sequence[Given]) -> FigureTable:
    groups: list[tuple[str, list[Given]]] = [
        (capitalised(_(reason.value)), [e for e in lines if e.line.stop_reason is reason])
        for reason in StopReason
    ]
    untold = [each for each in lines if each.line.stop_reason is None]
    groups.sort(key=lambda group: -len(group[1]))
    groups += [
        (_("Stopped, no reason told"), [each for each in untold if _has_ended(each) is True]),
        (_("Goes on"), [each for each in untold if _has_ended(each) is False]),
        (_("Not known whether it goes on"), [e for e in untold if _has_ended(e) is None]),
    ]
    return FigureTable(
        "practice-stopping",
        _("Reasons for stopping"),
        ("", _("Lines"), _("Months on treatment")),
        (_all(lines), *(_group(title, some, lines) for title, some in groups if some)),
        _(
            "All lines: Kaplan–Meier median of the time on treatment. Each reason: median (range)"
            " of those stopped for it; of those that go on, the time so far."
        ),
    )


def _has_ended(given: Given) -> bool | None:
    lasted = given.line.on_treatment
    return lasted.event if lasted else None


def _group(title: str, some: Sequence[Given], every: Sequence[Given]) -> Row:
    told = [each for each in some if each.line.on_treatment]
    months = [each.days / DAYS_PER_MONTH for each in _lasted(told)]
    return (
        Figure(title),
        share(len(some), len(every), who(behind(some))),
        spread(months, who(behind(told)), Measured.MONTHS),
    )


def _lasted(lines: Iterable[Given]) -> list[Lasted]:
    return [lasted for each in lines if (lasted := each.line.on_treatment)]


def _all(lines: Sequence[Given]) -> Row:
    count = Figure(str(len(lines)), who(behind(lines)))
    return Figure(_("All lines")), count, time_on_treatment(lines)


@rule(N_("Time on treatment"), "Kaplan and Meier, J Am Stat Assoc 1958", Standing.UNVERIFIED)
def time_on_treatment(lines: Sequence[Given]) -> Figure:
    """From the first dose of a line to the last one, or to its end where none is recorded, whatever
    ended it, death included. While the line goes on it is censored at the last contact. The median
    is that of Kaplan and Meier.
    """
    from models.survival.kaplan_meier import kaplan_meier  # noqa: PLC0415 - it loads numpy
    from models.survival.times import Times  # noqa: PLC0415

    told = [each for each in lines if each.line.on_treatment]
    if not told:
        return Figure(_("not known"))
    lasted = _lasted(told)
    times = Times.of([each.days for each in lasted], [each.event for each in lasted])
    median = kaplan_meier(times).median
    days = (median.value, median.low, median.high)
    numbers = in_months(*days, Bounds.CONFIDENCE)
    return Figure(months_interval_words(*days), who(behind(told)), numbers)


def _methods(selection: Selection, lines: Sequence[Given]) -> Iterator[str]:
    if not selection.population.by_line:
        yield _("Doses and reasons for stopping: every line against the disease of these patients.")
    yield _(
        "Relative dose intensity is the mg per week delivered, divided by the mg per week of the"
        " protocol, from the first entered dose to the day on which the one after the last would"
        " be due. A dose is late where it was given more than {n} days after its planned day, or at"
        " all after it where the doses of the protocol lie less than a week apart."
    ).format(n=WINDOW_DAYS)
    unknown = sum(each.doses.intensity is None for each in lines)
    if unknown:
        yield ngettext(
            "The dose intensity of {n} of {all} lines cannot be worked out.",
            "The dose intensity of {n} of {all} lines cannot be worked out.",
            unknown,
        ).format(n=unknown, all=len(lines))


def _warnings(lines: Sequence[Given]) -> Iterator[str]:
    missing = sum(each.doses.unrecorded for each in lines)
    if missing:
        yield ngettext(
            "{n} planned dose has no entry: whether it was given is not known.",
            "{n} planned doses have no entry: whether they were given is not known.",
            missing,
        ).format(n=missing)
