"""Each compartment: its response when it was last assessed, and its measure now and before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models.blood import BloodCount
from models.comparing import Compared, Compartment, Span
from models.compartments import compartments
from models.course import Assessed, assess, began, line_on
from models.history import History
from models.imaging import Imaging, sum_of_products
from models.response import Assessment
from models.words import N_, _, day_words, number_words

Measures = Sequence[tuple[dt.date, float]]


@dataclass(frozen=True, slots=True)
class CompartmentRow:
    """One compartment in words; a text is empty where nothing is known.

    `why_not`: what is missing for a response; `measured`: the latest value against baseline and
    nadir, each with its day.
    """

    name: str
    response: str
    why_not: str
    measured: str


@dataclass(frozen=True, slots=True)
class ResponseTable:
    """`assessed`: the day of the last assessment, on which the responses were told."""

    assessed: dt.date | None
    rows: tuple[CompartmentRow, ...]


def response_table(history: History) -> ResponseTable:
    """Skin, nodes, blood and viscera; each measure is the latest one, whenever it was made."""
    last = next(reversed(history.of(Assessment)), None)
    found = assess(history, last) if last else None
    rows = (
        _row(history, place, measure, seen, found)
        for place, (measure, seen) in enumerate(_measured(history))
    )
    return ResponseTable(last.date if last else None, tuple(rows))


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
    history: History, place: int, measure: str, seen: Measures, found: Assessed | None
) -> CompartmentRow:
    now = seen[-1] if seen else None
    compartment = _compartment(history, place, now[0] if now else dt.date.min)
    assessed = found.compartments[place] if found else None
    measured = [_on(_(measure), number_words(now[1]), now[0])] if now else []
    if compartment.compared:
        measured.append(_before(compartment.compared))
    return CompartmentRow(
        name=_(compartment.name),
        response=_response(assessed),
        why_not=assessed.how if assessed and assessed.response is None else "",
        measured="; ".join(measured),
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


def _before(found: Compared) -> str:
    """`baseline 92 on 20 Jul 2015, lowest before 0 on 25 Apr 2016`."""
    words = _("baseline {baseline}").format(baseline=found.baseline.words)
    if found.nadir.record is found.baseline.record:
        return words
    return words + ", " + _("lowest before {nadir}").format(nadir=found.nadir.words)


def _on(measure: str, figure: str, day: dt.date) -> str:
    words = _("{measure} on {date}")
    return words.format(measure=measure.format(figure=figure), date=day_words(day))
