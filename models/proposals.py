"""What a new record probably says, from the records before it: shown in the form, to be checked."""

import datetime as dt
from typing import Any

from models.base import PatientRecord
from models.course import active_lines
from models.history import History
from models.response import Assessment
from models.treatment import Cycle, Infusion, InfusionStatus, TreatmentLine, planned_dose


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
    """The next cycle on its day of the calendar; the height as before, the weight as measured."""
    cycles = history.cycles_of(line)
    due = history.next_infusion(line)
    proposed: dict[str, Any] = {
        "treatment_line": line.id,
        "number": cycles[-1].number + 1 if cycles else 1,
    }
    if due and due.cycle == proposed["number"]:
        proposed["day_1"] = due.on - dt.timedelta(days=due.day - 1)
    if cycles and cycles[-1].height_cm:
        proposed["height_cm"] = cycles[-1].height_cm
    return proposed


def _infusion(history: History, line: TreatmentLine, today: dt.date) -> dict[str, Any]:
    """The next day of the calendar within the cycles on file, given today as planned.

    Premedicated as the last one given.
    """
    cycles = history.cycles_of(line)
    if not cycles:
        return {}
    due = history.next_infusion(line)
    proposed: dict[str, Any] = {"cycle": cycles[-1].id}
    if due is None or due.cycle != cycles[-1].number:
        return proposed
    proposed |= {"day": due.day, "status": InfusionStatus.GIVEN, "given_on": today}
    planned = planned_dose(line, cycles[-1])
    given = [infusion for infusion in history.infusions_of(line) if infusion.administered]
    if planned:
        proposed["dose_mg"] = planned.mg
    if given and given[-1].premedication:
        proposed["premedication"] = given[-1].premedication
    return proposed
