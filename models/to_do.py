"""What a person does about something that is due: which form is opened, and what it says by then.

Proposals, to be checked in the form: nothing that only an observation can give.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.adverse_event import AdverseEvent
from models.base import PatientRecord
from models.biopsy import Biopsy
from models.diagnosis import Diagnosis
from models.due import Due, DueKind
from models.history import History
from models.proposals import proposal, seen
from models.response import Assessment
from models.staging import Occasion, Staging
from models.visit import Visit, VisitKind, VisitStatus


@dataclass(frozen=True, slots=True)
class Task:
    """A record of this kind is to be entered, or the one on file corrected.

    `values`: what to fill in; `focus`: the field that is typed in first.
    """

    kind: type[PatientRecord]
    focus: str
    record: PatientRecord | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


def task_for(due: Due, history: History, today: dt.date) -> Task | None:
    """What is to be done about this, by what is on file now.

    None for an infusion: the treatment day has a form of its own, which proposes for itself.
    """
    match due.kind:
        case DueKind.INFUSION:
            return None
        case DueKind.VISIT:
            return _visit(due, history, today)
        case DueKind.ASSESSMENT:
            return _assessment(due, history, today)
        case DueKind.BIOPSY_RESULT:
            return _biopsy_result(due, history, today)
        case DueKind.ADVERSE_EVENT:
            return Task(AdverseEvent, "grades", _on_file(due, history))
        case DueKind.CONTACT:
            return Task(Visit, "ecog", values=seen(VisitKind.TELEPHONE, today))
    return _staging(history)


def _on_file(due: Due, history: History) -> PatientRecord | None:
    """The whole record, with what became known after the day it was due."""
    return history.by_id.get(due.record.id)


def _visit(due: Due, history: History, today: dt.date) -> Task:
    """The one that was planned, done if it is today's; else a new one."""
    planned = _on_file(due, history)
    if isinstance(planned, Visit) and planned.status is VisitStatus.PLANNED:
        values = {"status": VisitStatus.DONE} if planned.date == today else {}
        return Task(Visit, "status", planned, values)
    return Task(Visit, "ecog", values=proposal(Visit, history, today))


def _assessment(due: Due, history: History, today: dt.date) -> Task:
    last = _on_file(due, history)
    line = last.treatment_line if isinstance(last, Assessment) else due.record.id
    proposed = proposal(Assessment, history, today) | ({"treatment_line": line} if line else {})
    return Task(Assessment, "skin", values=proposed)


def _biopsy_result(due: Due, history: History, today: dt.date) -> Task:
    biopsy = _on_file(due, history)
    awaited = isinstance(biopsy, Biopsy) and biopsy.result_on is None
    return Task(Biopsy, "conclusion", biopsy, {"result_on": today} if awaited else {})


def _staging(history: History) -> Task:
    """The diagnosis; where there is one, its stage, dated as the diagnosis."""
    diagnosis = next(iter(history.of(Diagnosis)), None)
    if diagnosis is None:
        return Task(Diagnosis, "date")
    values = {"date": diagnosis.date, "occasion": Occasion.DIAGNOSIS}
    return Task(Staging, "t", values=values)
