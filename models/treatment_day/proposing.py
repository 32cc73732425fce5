"""What a treatment day begins with, what follows while it is typed, and what does not count."""

import datetime as dt
from typing import Any

from models.base import InvalidRecord, build
from models.history import History
from models.protocol import Unit
from models.treatment import (
    DOSE_TOLERANCE,
    Cycle,
    Infusion,
    InfusionStatus,
    PlannedDose,
    TreatmentLine,
    planned_dose,
)
from models.treatment_day.day import (
    OF_A_DOSE,
    REPEATED,
    TreatmentDay,
    Values,
    cycle_of,
    day_1_of,
    infusion_of,
    slot_of,
)
from models.visit import Visit


def proposed(history: History, line: TreatmentLine, today: dt.date) -> dict[str, Any]:
    """Given today, as planned. The weight is left to be measured, unless it was today, for a visit
    or for another line.
    """
    values = {"treatment_line": line.id, "date": today, "status": InfusionStatus.GIVEN}
    weights = [each.weight_kg for each in history.of(Visit) if each.date == today]
    if not any(infusion.given_on == today for infusion in history.infusions_of(line)):
        values["weight_kg"] = next((weight for weight in weights if weight), None)
    return values


def known_height(values: Values, history: History) -> float | None:
    """The height entered last in the line's cycles, where the dose goes by the body surface."""
    slot = slot_of(values, history)
    if slot is None or not slot.by_surface:
        return None
    heights = [cycle.height_cm for cycle in history.cycles_of(slot.line) if cycle.height_cm]
    return heights[-1] if heights else None


def known_weight(history: History, day: dt.date) -> tuple[dt.date, float] | None:
    """The last weight up to a day, and when it was measured: that of a visit, or else that of a
    cycle, on the day of its first infusion. Where that was omitted, it may be one carried on.
    """
    known = [(visit.date, visit.weight_kg) for visit in history.of(Visit) if visit.weight_kg]
    by_day = sorted(history.of(Infusion), key=lambda infusion: infusion.day, reverse=True)
    first = {infusion.cycle: infusion.given_on for infusion in by_day}
    for cycle in history.of(Cycle):
        on = first.get(cycle.id)
        known += [(on, cycle.weight_kg)] if on else []
    return max((each for each in known if each[0] <= day), key=lambda each: each[0], default=None)


def worked_out_dose(values: Values, history: History) -> PlannedDose | None:
    """By the line's protocol and the weight of the day; None while that is not known."""
    slot = slot_of(values, history)
    if slot is None:
        return None
    any_weight = 1 if slot.protocol.unit is Unit.MG else None
    measured = {
        "weight_kg": values.get("weight_kg") or any_weight,
        "height_cm": values.get("height_cm"),
    }
    try:
        return planned_dose(slot.line, cycle_of(slot, slot.planned.on, measured))
    except InvalidRecord:
        return None


def proposed_dose(values: Values, history: History) -> float | None:
    """The dose of an infusion as planned; how much of any other was given has to be said."""
    if values.get("status") is not InfusionStatus.GIVEN:
        return None
    planned = worked_out_dose(values, history)
    return planned.mg if planned else None


def off_by(values: Values, history: History) -> float:
    """By which part the dose entered lies above, or below zero below, the one worked out."""
    planned, given = worked_out_dose(values, history), values.get("dose_mg")
    return (given - planned.mg) / planned.mg if planned and given is not None else 0


def is_off(values: Values, history: History) -> bool:
    return abs(off_by(values, history)) > DOSE_TOLERANCE


def needless(values: Values, history: History) -> frozenset[str]:
    """The fields that make no sense beside what stands in the others, and do not count."""
    status, slot = values.get("status"), slot_of(values, history)
    if status is InfusionStatus.OMITTED:
        return OF_A_DOSE
    as_planned = status in {InfusionStatus.GIVEN, None} and not is_off(values, history)
    reason = {"reason"} if as_planned else set()
    height = set() if slot and slot.by_surface else {"height_cm"}
    return frozenset(reason | height)


def as_last_time(values: Values, history: History) -> tuple[dt.date, dict[str, Any]] | None:
    """What repeats from the line's last infusion given, and its day; None where nothing does."""
    slot, omitted = slot_of(values, history), values.get("status") is InfusionStatus.OMITTED
    infusions = history.infusions_of(slot.line) if slot and not omitted else []
    given = [(infusion.given_on, infusion) for infusion in infusions if infusion.given_on]
    if not given:
        return None
    day, last = max(given, key=lambda pair: pair[0])
    repeated = {name: getattr(last, name) for name in REPEATED}
    known = {name: value for name, value in repeated.items() if value is not None}
    return (day, known) if known else None


def entered(values: Values, history: History) -> tuple[History, Infusion] | None:
    """The history with this day in it, as far as the day is known yet; None where it cannot be."""
    slot, date = slot_of(values, history), values.get("date")
    if slot is None or date is None:
        return None
    try:
        day = _as_far_as_known(values)
        weight = day.weight_kg or _weight_at_hand(history, date)
        cycle = slot.begun or cycle_of(slot, day_1_of(day, slot), {"weight_kg": weight})
        infusion = infusion_of(day, slot, cycle)
    except InvalidRecord:
        return None
    known = {record.id: record for found in history.records.values() for record in found}
    after = {**known, cycle.id: cycle, infusion.id: infusion}.values()
    return (
        History.of_records(history.patient, after, history.practice, history.confirmed),
        infusion,
    )


def proposed_next(values: Values, history: History) -> dt.date | None:
    """The day of the calendar that comes after this one, as this one moves it."""
    after, slot = entered(values, history), slot_of(values, history)
    following = after[0].next_infusion(slot.line) if after and slot else None
    return following.on if following else None


def _as_far_as_known(values: Values) -> TreatmentDay:
    """A reason and a status may yet come."""
    known = {name: values.get(name) for name in ("treatment_line", "date", "weight_kg", "dose_mg")}
    status = values.get("status") or InfusionStatus.GIVEN
    return build(TreatmentDay, {**known, "status": status, "reason": "-"})


def _weight_at_hand(history: History, day: dt.date) -> float:
    """For what does not depend on it."""
    last = known_weight(history, day)
    return last[1] if last else 1
