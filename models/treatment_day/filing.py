"""The records that a treatment day puts on file, and what it has to say before it can."""

import datetime as dt
from typing import Any

from models.base import InvalidRecord, PatientRecord, build, revised
from models.history import History
from models.treatment import Cycle, InfusionStatus
from models.treatment_day.day import (
    Slot,
    TreatmentDay,
    Values,
    cycle_of,
    day_1_of,
    infusion_of,
    slot_of,
)
from models.treatment_day.proposing import (
    is_off,
    known_height,
    known_weight,
    needless,
    proposed_next,
)
from models.values import PartialDate
from models.visit import Visit, VisitKind, VisitStatus
from models.words import _, day_words

FIELDS = {
    "given_on": "date",
    "day_1": "date",
    "next_visit": "next_on",
    "symptoms": "reaction",
}


def records_of(day: TreatmentDay, history: History) -> list[PatientRecord]:
    """A cycle where one begins, the infusion, and the visit.

    A cycle on file keeps its weight, that of its day 1; the visit has that of the day. Raises
    `InvalidRecord` with a sentence for each wrong field.
    """
    day = revised(day, **dict.fromkeys(needless(day.model_dump(), history)))
    slot = slot_of(day.model_dump(), history)
    problems = _problems(day, slot, history)
    if slot is None or problems:
        raise InvalidRecord(_(day.singular), problems)
    begins = [] if slot.begun else [_new_cycle(day, slot, history)]
    infusion = infusion_of(day, slot, slot.begun or begins[0])
    return [*begins, infusion, *_visits(day, history)]


def of_the_day(error: InvalidRecord) -> InvalidRecord:
    """What is wrong with one of the records, by the fields of the day."""
    problems = {FIELDS.get(name, name): text for name, text in error.problems.items()}
    return InvalidRecord(_(TreatmentDay.singular), problems)


def event_of(day: TreatmentDay) -> dict[str, Any]:
    """What the form of an adverse event begins with after a reaction; nothing without one."""
    if not day.reaction:
        return {}
    onset = PartialDate.of(day.date)
    return {"verbatim": day.reaction, "onset": onset, "treatment_line": day.treatment_line}


def _problems(day: TreatmentDay, slot: Slot | None, history: History) -> dict[str, str]:
    if slot is None:
        return {"treatment_line": _("This line has ended, or it follows no protocol.")}
    given = day.status is InfusionStatus.GIVEN
    problems = _not_measured(day, slot, history)
    if not day.reason and not given:
        problems["reason"] = _("Say why it was not given as planned.")
    elif not day.reason and is_off(day.model_dump(), history):
        problems["reason"] = _("More than 10 % off the dose worked out: say why.")
    by_calendar = proposed_next(day.model_dump(), history)  # of a day left out long ago: not ahead
    if day.next_on and day.next_on <= day.date and day.next_on != by_calendar:
        problems["next_on"] = _("The next date lies after this one.")
    return problems


def _not_measured(day: TreatmentDay, slot: Slot, history: History) -> dict[str, str]:
    """A cycle begins with a weight; a dose in full follows from one, or is entered itself."""
    if slot.begun is None and _weight_of_cycle(day, history) is None:
        words = _("Cycle {number} begins: enter the weight.")
        return {"weight_kg": words.format(number=slot.planned.cycle)}
    if day.dose_mg is None and day.status is InfusionStatus.REDUCED:
        return {"dose_mg": _("Enter the dose that was given.")}
    if day.status is not InfusionStatus.GIVEN or day.dose_mg is not None:
        return {}
    if day.weight_kg and slot.by_surface:
        return {"height_cm": _("A dose in mg/m² needs the height.")}
    return {"weight_kg": _("Enter the weight of the day, or the dose that was given.")}


def _weight_of_cycle(day: TreatmentDay, history: History) -> float | None:
    """An omitted day may lack a weight: then the last one is carried on."""
    if day.weight_kg or day.status is not InfusionStatus.OMITTED:
        return day.weight_kg
    last = known_weight(history, day.date)
    return last[1] if last else None


def _new_cycle(day: TreatmentDay, slot: Slot, history: History) -> Cycle:
    """Where the weight is carried on, its notes say so."""
    omitted = day.status is InfusionStatus.OMITTED
    height = known_height(day.model_dump(), history) if omitted else day.height_cm
    measured: dict[str, Any] = {"weight_kg": _weight_of_cycle(day, history), "height_cm": height}
    last = known_weight(history, day.date)
    if day.weight_kg is None and last:
        words = _("Omitted without a weight: the weight is that of {date}.")
        measured["notes"] = words.format(date=day_words(last[0]))
    return cycle_of(slot, day_1_of(day, slot), measured)


def _visits(day: TreatmentDay, history: History) -> list[Visit]:
    """The visit of the day, planned before or not. Where the dose was omitted, without a weight or
    a reaction, nobody need have come: only a next date that the calendar does not have is kept.
    """
    if day.status is not InfusionStatus.OMITTED or day.weight_kg or day.reaction:
        on_file = _treatment_visit(history, day.date)
        return [_seen(on_file, day) if on_file else _visit(history, day.date, _said(day))]
    arranged = day.next_on
    if arranged is None or arranged == proposed_next(day.model_dump(), history):
        return []
    planned = {"status": VisitStatus.PLANNED}
    return [] if _treatment_visit(history, arranged) else [_visit(history, arranged, planned)]


def _treatment_visit(history: History, date: dt.date) -> Visit | None:
    """On file for that day, and neither missed nor cancelled."""
    still = {VisitStatus.PLANNED, VisitStatus.DONE}
    visits = [visit for visit in history.of(Visit) if visit.date == date and visit.status in still]
    return next((visit for visit in visits if visit.kind is VisitKind.TREATMENT), None)


def _visit(history: History, date: dt.date, values: Values) -> Visit:
    named = {"patient": history.patient.id, "date": date, "kind": VisitKind.TREATMENT}
    return build(Visit, {**named, **values})


def _said(day: TreatmentDay) -> dict[str, Any]:
    """The words of a reaction are kept whatever becomes of the form of the event."""
    ahead = day.next_on if day.next_on and day.next_on > day.date else None
    said = {"weight_kg": day.weight_kg, "next_visit": ahead, "symptoms": day.reaction}
    known = {name: value for name, value in said.items() if value is not None}
    return {"status": VisitStatus.DONE, **known}


def _seen(visit: Visit, day: TreatmentDay) -> Visit:
    """The visit on file, with what this day adds; of two next dates the earlier one."""
    said = _said(day)
    if visit.next_visit and "next_visit" in said:
        said["next_visit"] = min(visit.next_visit, said["next_visit"])
    if visit.symptoms and day.reaction:
        said["symptoms"] = f"{visit.symptoms}\n{day.reaction}"
    return revised(visit, **said)
