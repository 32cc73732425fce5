"""What a new record probably says, from the records before it: shown in the form, to be checked."""

import datetime as dt
from typing import Any

from models.base import PatientRecord
from models.course import active_lines
from models.history import History
from models.response import Assessment
from models.treatment import Cycle, Infusion, InfusionStatus, TreatmentLine, dose, next_infusion


def proposal(kind: type[PatientRecord], history: History, today: dt.date) -> dict[str, Any]:
    """Values to begin a new record with; nothing that only an observation can give."""
    line = _running(history)
    if line is None:
        return {}
    if kind is Cycle:
        return _cycle(history, line)
    if kind is Infusion:
        return _infusion(history, line, today)
    return {"treatment_line": line.id} if kind is Assessment else {}


def _running(history: History) -> TreatmentLine | None:
    """The last line against the disease that has not ended, or else the last one."""
    lines = active_lines(history)
    running = [line for line in lines if line.end is None]
    return next(reversed(running or lines), None)


def _cycle(history: History, line: TreatmentLine) -> dict[str, Any]:
    cycles = history.cycles_of(line)
    due = next_infusion(line, cycles, history.infusions_of(line))
    proposed: dict[str, Any] = {
        "treatment_line": line.id,
        "number": cycles[-1].number + 1 if cycles else 1,
    }
    if due and due.cycle == proposed["number"]:
        proposed["day_1"] = due.on
    return proposed


def _infusion(history: History, line: TreatmentLine, today: dt.date) -> dict[str, Any]:
    """The next day of the calendar within the cycles on file, given today as planned."""
    cycles = history.cycles_of(line)
    if not cycles:
        return {}
    due = next_infusion(line, cycles, history.infusions_of(line))
    proposed: dict[str, Any] = {"cycle": cycles[-1].id}
    if due and due.cycle == cycles[-1].number:
        proposed |= {"day": due.day, "status": InfusionStatus.GIVEN, "given_on": today}
        proposed["dose_mg"] = dose(cycles[-1].weight_kg).mg
    return proposed
