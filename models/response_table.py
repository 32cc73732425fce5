"""Each compartment when it was last assessed: its response and its measure, and what came since."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models.blood import BloodCount
from models.comparing import Compared, Compartment, Span
from models.compartments import compartments
from models.course import assess, began, line_on, statuses
from models.history import History
from models.imaging import Imaging, sum_of_products
from models.response import Assessment
from models.values import AnyDate, date_words, latest
from models.words import N_, _, day_words, number_words

Measures = Sequence[tuple[dt.date, float]]


@dataclass(frozen=True, slots=True)
class CompartmentRow:
    """One compartment in words; a text is empty where nothing is known.

    `why_not`: what is missing for a response; `measured`: the value that the response was told by,
    against baseline and nadir, each with its day; `since`: one that was measured later.
    """

    name: str
    response: str
    why_not: str
    measured: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class ResponseTable:
    """`assessed`: the day of the last assessment, on which the responses were told; `since`: the
    state of the disease told last at a later visit, `complete response, visit of 27 Apr 2020`.
    """

    assessed: dt.date | None
    rows: tuple[CompartmentRow, ...]
    since: str = ""


def response_table(history: History) -> ResponseTable:
    """Skin, nodes, blood and viscera of one and the same assessment, each with what was measured
    later; without an assessment each with its latest measure.
    """
    last = next(reversed(history.of(Assessment)), None)
    rows = (
        _row(history, place, measure, seen, last)
        for place, (measure, seen) in enumerate(_measured(history))
    )
    return ResponseTable(last.date if last else None, tuple(rows), _since(history, last))


def _since(history: History, last: Assessment | None) -> str:
    """Empty where nothing was told after the last assessment."""
    told = statuses(history)[-1:]
    words = _("{response}, {record} of {date}")
    return "".join(
        words.format(
            response=each.response.words, record=_(each.record.singular), date=day_words(each.date)
        )
        for each in told
        if last is None or each.date > last.date
    )


def _measured(history: History) -> list[tuple[str, Measures]]:
    imaging = history.of(Imaging)
    return [
        (N_("mSWAT {figure}"), [(score.date, mswat) for score, mswat in history.mswats]),
        (
            N_("sum of products {figure} mm²"),
            [(each.date, sum_of_products(each.nodes)) for each in imaging if each.nodes],
        ),
        (
            N_("{figure} neoplastic cells/µL"),
            [
                (each.date, each.neoplastic)
                for each in history.of(BloodCount)
                if each.neoplastic is not None
            ],
        ),
        (
            N_("sum of products {figure} mm²"),
            [
                (each.date, sum(mass.product for mass in each.masses))
                for each in imaging
                if each.masses is not None
            ],
        ),
    ]


def _row(
    history: History, place: int, measure: str, seen: Measures, last: Assessment | None
) -> CompartmentRow:
    assessed = assess(history, last).compartments[place] if last else None
    until = last.date if last else dt.date.max
    by_then = [each for each in seen if each[0] <= until]
    told = assessed or _compartment(history, place, by_then[-1][0] if by_then else dt.date.min)
    measured = "".join(_on(measure, *each) for each in by_then[-1:])
    if told.compared:
        until = max(until, latest(told.compared.now.date))
        measured = _compared(measure, told.compared)
    later = [each for each in seen if each[0] > until]
    return CompartmentRow(
        name=_(told.name),
        response=_response(assessed),
        why_not=assessed.how if assessed and assessed.response is None else "",
        measured=measured,
        since="".join(_on(measure, *each) for each in later[-1:]),
    )


def _compartment(history: History, place: int, on: dt.date) -> Compartment:
    line = line_on(history, on)
    return compartments(Span(history, began(history, line) if line else None, on))[place]


def _response(assessed: Compartment | None) -> str:
    """`complete response, stated`; of what was worked out the figures stand beside it."""
    if assessed is None or assessed.response is None:
        return ""
    words = assessed.response.words
    if assessed.lost:
        return _("{response}, a response was lost").format(response=words)
    return words if assessed.rule else f"{words}, {assessed.how}"


def _compared(measure: str, found: Compared) -> str:
    """`mSWAT 0 on 23 Oct 2017; baseline 92 on 20 Jul 2015, lowest before 0 on 25 Apr 2016`."""
    now = found.now
    told = now.words if now.value is None else _on(measure, now.date, now.value)
    before = _("baseline {baseline}").format(baseline=found.baseline.words)
    if found.nadir.record is not found.baseline.record:
        before += ", " + _("lowest before {nadir}").format(nadir=found.nadir.words)
    return f"{told}; {before}"


def _on(measure: str, day: AnyDate, value: float) -> str:
    words = _("{measure} on {date}")
    figure = _(measure).format(figure=number_words(value))
    return words.format(measure=figure, date=date_words(day))
