"""How skin, nodes, blood and viscera answered to one treatment line."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.blood import B1_FROM
from models.comparing import Kind, Span, compared
from models.compartments import kinds
from models.course import Assessed, assess, began, days_under
from models.history import History
from models.response import RANK, Assessment, Response, best_confirmed, best_response
from models.rules import Standing, rule
from models.treatment import TreatmentLine
from models.values import latest
from models.words import N_

TOLD_INVOLVED = frozenset({Response.CR, Response.VGPR, Response.PR, Response.SD, Response.RELAPSE})
LEAST = {"blood": float(B1_FROM)}
"""From which figure on a compartment is involved; the others are above 0."""


@dataclass(frozen=True, slots=True)
class CompartmentFacts:
    """`involved`: at baseline, None where it is not known; `best`: up to the first PD or relapse of
    the whole disease, None where not assessed; `confirmed`: likewise.
    """

    name: str
    involved: bool | None
    best: Response | None = None
    confirmed: Response | None = None


def compartment_facts(
    history: History, line: TreatmentLine, failed: dt.date | None
) -> tuple[CompartmentFacts, ...]:
    """Skin, nodes, blood and viscera, in that order; `failed`: the day of the first PD or relapse
    of the whole disease under the line.
    """
    start = began(history, line)
    span = Span(history, start, latest(start))
    found = [(each.date, assess(history, each)) for each in _assessments(history, line)]
    after, last = history.practice.confirmed_after_days, failed or dt.date.max
    facts = []
    for place, kind in enumerate(kinds(span)):
        told = _told(found, place)
        held = [(day, response) for day, response in told if response in RANK and day <= last]
        facts.append(
            CompartmentFacts(
                name=kind.name,
                involved=involved_at_baseline(kind, span, [response for _day, response in told]),
                best=best_response(held),
                confirmed=best_confirmed(held, after),
            )
        )
    return tuple(facts)


def _assessments(history: History, line: TreatmentLine) -> list[Assessment]:
    while_under = days_under(history, line)
    return [
        each
        for each in history.of(Assessment)
        if while_under(each.date) and each.treatment_line in {None, line.id}
    ]


def _told(found: Sequence[tuple[dt.date, Assessed]], place: int) -> list[tuple[dt.date, Response]]:
    responses = [(day, each.compartments[place].response) for day, each in found]
    return [(day, response) for day, response in responses if response]


@rule(N_("Involved at baseline"), "MAVORIC 2018", Standing.UNVERIFIED)
def involved_at_baseline(kind: Kind[Any], span: Span, told: Sequence[Response]) -> bool | None:
    """A compartment is involved at baseline where the last measurement up to the start of the line
    shows disease: an mSWAT above 0, 250 neoplastic cells/µL or more, an abnormal node, a mass.
    Where nothing was measured the last staging by then tells: T0, N0, M0 and B0 are not involved;
    MX and BX tell nothing; every other class is involved, NX included. Where neither tells, the
    assessments under the line do: not involved, or CR, VGPR, PR, SD or relapse of a disease that
    was there. Otherwise it is not known, and the patient does not count for that compartment.
    """
    baseline, _now = compared(kind.seen, span.began, span.on)
    if baseline:
        figure = kind.figure(baseline.what)
        return figure >= LEAST[kind.name] if kind.name in LEAST else figure > 0
    for staging in span.stagings_before[-1:]:
        classes = {"skin": staging.t, "nodes": staging.n, "blood": staging.b}
        staged = classes.get(kind.name, staging.m)
        if staged not in {"MX", "BX"}:
            return staged[1] != "0"
    if Response.NOT_INVOLVED in told:
        return False
    return True if TOLD_INVOLVED.intersection(told) else None
