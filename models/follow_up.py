"""What is due next for a patient, and why."""

import datetime as dt
from dataclasses import dataclass

from models.base import PatientRecord
from models.biopsy import Biopsy
from models.history import History
from models.treatment import next_infusion
from models.visit import Visit, VisitStatus
from models.words import _


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done on a day, with the reason and the record it comes from."""

    what: str
    on: dt.date
    why: str
    record: PatientRecord


def next_due(history: History) -> list[Due]:
    """Infusions of running lines, visits planned or arranged, biopsy results awaited; in time."""
    if history.patient.death_date:
        return []
    due = [*_infusions(history), *_visits(history), *_biopsies(history)]
    return sorted(due, key=lambda item: item.on)


def _infusions(history: History) -> list[Due]:
    found = []
    for line in history.lines:
        planned = next_infusion(line, history.cycles_of(line), history.infusions_of(line))
        if planned:
            what = _("infusion, cycle {cycle} day {day}").format(
                cycle=planned.cycle, day=planned.day
            )
            found.append(Due(what, planned.on, _("calendar of the label"), line))
    return found


def _visits(history: History) -> list[Due]:
    visits = history.of(Visit)
    last = next((visit for visit in reversed(visits) if visit.status is VisitStatus.DONE), None)
    found = [
        Due(_("{kind} visit").format(kind=_(visit.kind.value)), visit.date, _("planned"), visit)
        for visit in visits
        if visit.status is VisitStatus.PLANNED and (last is None or visit.date > last.date)
    ]
    if not found and last and last.next_visit and last.next_visit > last.date:
        why = _("arranged at the last visit")
        found.append(Due(_("follow-up visit"), last.next_visit, why, last))
    return found


def _biopsies(history: History) -> list[Due]:
    return [
        Due(
            _("biopsy result ({site})").format(site=biopsy.body_site),
            biopsy.date.last,
            _("result awaited"),
            biopsy,
        )
        for biopsy in history.of(Biopsy)
        if biopsy.awaited
    ]
