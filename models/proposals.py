"""What a new record probably says, from the records before it: shown in the form, to be checked."""

import datetime as dt
from typing import Any, TypeVar

from models.adverse_event import AdverseEvent
from models.base import PatientRecord
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.course import active_lines
from models.drug_or_disease import rash_of
from models.event_proposals import new_event
from models.history import History
from models.measured_near import measured_near
from models.response import Assessment
from models.skin import SkinScore
from models.staging import B, Occasion, Staging, T
from models.treatment import Cycle, Infusion, InfusionStatus, TreatmentLine, planned_dose
from models.values import PartialDate
from models.visit import Visit, VisitKind, VisitStatus

C = TypeVar("C", T, B)


def proposal(kind: type[PatientRecord], history: History, today: dt.date) -> dict[str, Any]:
    """Values to begin a new record with; nothing that only an observation can give."""
    if kind is Staging:
        return _staging(history, today)
    if kind is AdverseEvent:
        return new_event(history, today)
    if kind is Visit:
        return seen(VisitKind.FOLLOW_UP, today)
    if kind is Biopsy:
        return {"date": PartialDate.of(today)}
    if kind in {SkinScore, BloodCount}:
        return {"date": today}
    return _of_a_line(kind, history, today)


def seen(kind: VisitKind, today: dt.date) -> dict[str, Any]:
    """A visit that takes place now."""
    return {"date": today, "kind": kind, "status": VisitStatus.DONE}


def rash_to_explain(history: History, today: dt.date) -> AdverseEvent | None:
    """What a new biopsy for a rash probably is to explain: the last open event of the skin."""
    open_now = [event for event in history.of(AdverseEvent) if event.is_open(today)]
    of_skin = [event for event in open_now if rash_of(history, event)]
    return max(of_skin, key=lambda event: event.onset, default=None)


def _staging(history: History, today: dt.date) -> dict[str, Any]:
    """T and B as measured near today; N and M are for whoever examines them."""
    date = PartialDate.of(today)
    score = measured_near(history, date, SkinScore)
    count = measured_near(history, date, BloodCount)
    proposed = {
        "t": _only(score.t, T) if score else None,
        "b": _only(count.b_suffixed, B) if count else None,
    }
    measured: dict[str, Any] = {name: value for name, value in proposed.items() if value}
    if history.of(Staging):
        measured["occasion"] = Occasion.RESTAGING
    return {"date": date, **measured} if measured else {}


def _only(found: str | None, classes: type[C]) -> C | None:
    """The class, where the measurement leaves no other."""
    return next((each for each in classes if each == found), None)


def _of_a_line(kind: type[PatientRecord], history: History, today: dt.date) -> dict[str, Any]:
    line = _running(history)
    if kind is Assessment:
        return {"date": today} | ({"treatment_line": line.id} if line else {})
    if kind is Cycle and line:
        return _cycle(history, line)
    return _infusion(history, line, today) if kind is Infusion and line else {}


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
