"""What is due next for a patient, and why."""

import datetime as dt
from dataclasses import dataclass

from models.base import PatientRecord
from models.biopsy import Biopsy
from models.history import History
from models.treatment import next_infusion
from models.visit import Visit, VisitKind, VisitStatus
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
    """Visits planned, or else the one arranged last; a call does not overtake it."""
    visits = history.of(Visit)
    done = [visit for visit in visits if visit.status is VisitStatus.DONE]
    last = done[-1].date if done else dt.date.min
    planned = [
        Due(_("{kind} visit").format(kind=_(visit.kind.value)), visit.date, _("planned"), visit)
        for visit in visits
        if visit.status is VisitStatus.PLANNED and visit.date > last
    ]
    if planned:
        return planned
    seen = [visit for visit in done if visit.next_visit or visit.kind is not VisitKind.TELEPHONE]
    arranged = seen[-1].next_visit if seen else None
    if arranged is None or arranged <= last:
        return []
    return [Due(_("follow-up visit"), arranged, _("arranged at the last visit"), seen[-1])]


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
