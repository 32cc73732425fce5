"""Others' administrations of mogamulizumab as cycles and infusions, where that is sound."""

import datetime as dt
from dataclasses import dataclass

from models.exchange.fhir.entries import Entry
from models.exchange.fhir.foreign.elements import exact, inner, measured, text, when
from models.exchange.fhir.foreign.measured import Vitals
from models.exchange.fhir.foreign.taking import Taking
from models.protocol import BY_LABEL
from models.therapies import MOGAMULIZUMAB
from models.treatment import (
    WINDOW_DAYS,
    Cycle,
    Infusion,
    InfusionStatus,
    TreatmentLine,
    planned_on,
)
from models.words import _

WEIGHT_HOLDS_DAYS = 28
_USED = frozenset(
    {
        *("medicationCodeableConcept", "medicationReference", "medication", "effectiveDateTime"),
        *("effectivePeriod", "occurenceDateTime", "occurencePeriod", "dosage", "reasonReference"),
        *("reasonCode", "reason"),
    }
)


@dataclass(frozen=True)
class _Dose:
    entry: Entry
    on: dt.date
    mg: float


def take_infusions(taking: Taking, given: list[Entry], mrn: str, line: str, vitals: Vitals) -> bool:
    """In cycles as the label has them, without a gap, each with a weight of that time; otherwise
    none, and the line tells all that is sure.
    """
    doses = [_dose(entry) for entry in given]
    known = sorted(filter(None, doses), key=lambda dose: dose.on)
    cycles = _cycles(known) if len(known) == len(doses) else []
    weights = [_weight(vitals, mrn, cycle[0][1].on) for cycle in cycles]
    began = exact(taking.values_of(TreatmentLine, mrn, line).get("start"))
    if not line or not cycles or None in weights or began != known[0].on:
        return False
    for number, (cycle, weight) in enumerate(zip(cycles, weights, strict=True), start=1):
        key = f"cycle {number} of {line}"
        values = {"number": number, "day_1": cycle[0][1].on, "weight_kg": weight}
        taking.take(
            Cycle, cycle[0][1].entry, mrn, values, _USED, key=key, to={"treatment_line": line}
        )
        for day, dose in cycle:
            values = {
                "day": day,
                "status": InfusionStatus.GIVEN,
                "given_on": dose.on,
                "dose_mg": dose.mg,
            }
            taking.take(Infusion, dose.entry, mrn, values, _USED, to={"cycle": key})
    why = _("Its cycles were numbered from the first dose in the file.")
    taking.outside.add(known[0].entry, why, MOGAMULIZUMAB)
    return True


def _dose(entry: Entry) -> _Dose | None:
    resource = entry.resource
    on = exact(when(resource, "effective", "occurence"))
    amount = measured(inner(resource, "dosage", "dose"))
    if on is None or amount is None or amount[1].casefold() != "mg":
        return None
    return _Dose(entry, on, amount[0]) if text(resource.get("status")) == "completed" else None


def _cycles(doses: list[_Dose]) -> list[list[tuple[int, _Dose]]]:
    """Each cycle's doses with their planned days; none where one dose lies elsewhere."""
    cycles: list[list[tuple[int, _Dose]]] = []
    left = list(doses)
    while left:
        number = len(cycles) + 1
        of_cycle = [*zip(BY_LABEL.days_of(number), left, strict=False)]
        left = left[len(of_cycle) :]
        if not _is_kept(cycles, of_cycle):
            return []
        cycles.append(of_cycle)
    return cycles


def _is_kept(before: list[list[tuple[int, _Dose]]], cycle: list[tuple[int, _Dose]]) -> bool:
    day_1 = cycle[0][1].on
    late = [abs((dose.on - planned_on(day_1, day)).days) for day, dose in cycle]
    if before:
        late.append(abs((day_1 - before[-1][0][1].on).days - BY_LABEL.cycle_days))
    return max(late) <= WINDOW_DAYS


def _weight(vitals: Vitals, mrn: str, on: dt.date) -> float | None:
    """The last one until that day that still holds."""
    known = {
        day: kg
        for day, kg in vitals.weights[mrn].items()
        if 0 <= (on - day).days <= WEIGHT_HOLDS_DAYS
    }
    return known[max(known)] if known else None
