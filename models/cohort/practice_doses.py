"""Doses as given against doses as planned, and why they were not."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.adverse_event import Action
from models.cohort.dose_facts import Departure, DoseFacts
from models.cohort.figure_table import Figure, FigureTable, Measured, Row, who
from models.cohort.member import Treated
from models.cohort.rates import share
from models.cohort.selection import Unit
from models.cohort.spread import quartiles, span
from models.treatment import InfusionStatus
from models.values import DAYS_PER_MONTH
from models.words import N_, _, ngettext

OF_SEVERAL = 2
"""A reason in somebody's own words is quoted where so many patients have it."""
ACTIONS = (Action.DELAYED, Action.REDUCED, Action.INTERRUPTED, Action.STOPPED)


@dataclass(frozen=True, slots=True)
class Given:
    """A line that was given, and to whom."""

    unit: Unit
    line: Treated

    @property
    def doses(self) -> DoseFacts:
        return self.line.doses


def behind(lines: Sequence[Given]) -> tuple[Unit, ...]:
    return tuple(each.unit for each in lines)


def doses_table(lines: Sequence[Given]) -> FigureTable:
    """Of the lines with a protocol and with doses on file."""
    planned = [each for each in lines if each.doses.planned]
    without = len(lines) - len(planned)
    note = ngettext(
        "{n} line has no protocol or no dose on file and does not count here.",
        "{n} lines have no protocol or no dose on file and do not count here.",
        without,
    ).format(n=without)
    return FigureTable(
        "practice-doses",
        _("Doses given against doses planned"),
        ("", _("Doses"), _("Lines")),
        tuple(_doses(planned)),
        note if without else "",
    )


def _doses(lines: Sequence[Given]) -> Iterator[Row]:
    planned = sum(each.doses.planned or 0 for each in lines)
    entered = sum(each.doses.entered for each in lines)
    yield Figure(_("Planned by the protocol")), Figure(str(planned)), _count(lines)
    yield _kind(_("Planned, without an entry"), lines, planned, lambda doses: doses.unrecorded)
    yield Figure(_("Entered")), Figure(str(entered)), _count(lines)
    for title, count in _KINDS:
        yield _kind(_(title), lines, entered, count)


def _kind(title: str, lines: Sequence[Given], every: int, count: Callable[[DoseFacts], int]) -> Row:
    some = [each for each in lines if count(each.doses)]
    units = who(behind(some))
    doses = share(sum(count(each.doses) for each in some), every, units)
    return Figure(title), doses, share(len(some), len(lines), units)


def _departed(status: InfusionStatus) -> Callable[[DoseFacts], int]:
    return lambda doses: sum(each.status is status for each in doses.departures)


_KINDS: tuple[tuple[str, Callable[[DoseFacts], int]], ...] = (
    (N_("Given in full"), lambda doses: doses.counts.given if doses.counts else 0),
    (N_("Reduced"), _departed(InfusionStatus.REDUCED)),
    (N_("Interrupted"), _departed(InfusionStatus.INTERRUPTED)),
    (N_("Omitted"), _departed(InfusionStatus.OMITTED)),
    (N_("Late"), lambda doses: sum(each.late > 0 for each in doses.departures)),
)


def _count(lines: Sequence[Given]) -> Figure:
    return Figure(str(len(lines)), who(behind(lines)))


def amounts_table(lines: Sequence[Given]) -> FigureTable:
    ranged = sum(_is_ranged(each.doses) for each in lines)
    return FigureTable(
        "practice-amounts",
        _("How much, for how long"),
        ("", _("Lines"), _("Median (IQR)"), _("Range")),
        tuple(_amount(_(title), lines, unit, of) for title, unit, of in _AMOUNTS),
        _amounts_note(ranged),
    )


def _amounts_note(ranged: int) -> str:
    words = _("Delays are told of lines with a late dose.")
    if not ranged:
        return words
    not_counted = ngettext(
        "The dose intensity of {n} line is known as a range only and does not count.",
        "The dose intensity of {n} lines is known as a range only and does not count.",
        ranged,
    ).format(n=ranged)
    return f"{words} {not_counted}"


def _amount(
    title: str,
    lines: Sequence[Given],
    unit: Measured | None,
    of: Callable[[DoseFacts], float | None],
) -> Row:
    found = [of(each.doses) for each in lines]
    told = [each for each, value in zip(lines, found, strict=True) if value is not None]
    values = [value for value in found if value is not None]
    units = who(behind(told))
    return (
        Figure(title),
        _count(told),
        quartiles(values, units, unit),
        span(values, units, unit),
    )


def _is_ranged(doses: DoseFacts) -> bool:
    found = doses.intensity
    return found is not None and found.given_mg_least != found.given_mg_most


def _intensity(doses: DoseFacts) -> float | None:
    if doses.intensity is None or _is_ranged(doses):
        return None
    return 100 * doses.intensity.least


def _mg(doses: DoseFacts) -> float | None:
    if doses.intensity is None or _is_ranged(doses):
        return None
    return round(doses.intensity.given_mg_least)


def _longest_delay(doses: DoseFacts) -> int | None:
    return max((each.late for each in doses.departures if each.late), default=None)


_AMOUNTS: tuple[tuple[str, Measured | None, Callable[[DoseFacts], float | None]], ...] = (
    (N_("Relative dose intensity in %"), Measured.PERCENT, _intensity),
    (N_("Dose given in mg"), Measured.MG, _mg),
    (N_("Cycles given"), None, lambda doses: doses.cycles),
    (
        N_("Exposure in months"),
        Measured.MONTHS,
        lambda doses: doses.exposure.days / DAYS_PER_MONTH if doses.exposure else None,
    ),
    (N_("Longest delay in days"), Measured.DAYS, _longest_delay),
)


def reasons_table(lines: Sequence[Given]) -> FigureTable | None:
    """None where every dose was given as planned."""
    found = [(each, departure) for each in lines for departure in each.doses.departures]
    if not found:
        return None
    by_reason: dict[str, list[Given]] = defaultdict(list)
    for each, departure in found:
        by_reason[_reason(departure)].append(each)
    untold, alone = by_reason.pop("", []), []
    for reason in [*by_reason]:
        if len(who(behind(by_reason[reason]))) < OF_SEVERAL:
            alone += by_reason.pop(reason)
    told = sorted(by_reason.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    rows = [*told, (_("Reasons of one patient each"), alone), (_("No reason told"), untold)]
    return FigureTable(
        "practice-reasons",
        _("Why doses were late, reduced, interrupted or omitted"),
        ("", _("Doses"), _("Patients")),
        tuple(_reasoned(title, doses, len(found)) for title, doses in rows if doses),
        _("In the words of the records; those of a single patient are not quoted."),
    )


def _reason(departure: Departure) -> str:
    return " ".join(departure.reason.split()).rstrip(".").casefold()


def _reasoned(title: str, doses: Sequence[Given], n: int) -> Row:
    patients = who(behind(doses))
    return Figure(title), share(len(doses), n, patients), Figure(str(len(patients)), patients)


def events_table(lines: Sequence[Given]) -> FigureTable | None:
    """The events for which treatment was not given as planned; None without any."""
    found: dict[str, dict[Action, list[Unit]]] = defaultdict(lambda: defaultdict(list))
    for each in lines:
        acted = {(e.term, done) for e in each.line.events if (done := e.action)}
        for term, action in acted:
            found[term][action].append(each.unit)
    if not found:
        return None
    ordered = sorted(found, key=lambda term: (-sum(map(len, found[term].values())), term))
    return FigureTable(
        "practice-events",
        _("Adverse events for which treatment was not given as planned"),
        ("", *(action.label for action in ACTIONS)),
        tuple(
            (Figure(term), *(_lines(found[term][action]) for action in ACTIONS)) for term in ordered
        ),
        _("Treatment-emergent events of the line; how many lines."),
    )


def _lines(units: Sequence[Unit]) -> Figure:
    return Figure(str(len(units)), who(units))
