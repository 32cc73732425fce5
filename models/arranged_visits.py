"""Visits that somebody planned or arranged, as far as they are still due."""

import datetime as dt

from models.due import Due, DueKind
from models.history import History
from models.in_person import is_in_person
from models.treatment import Infusion, TreatmentLine, window_days
from models.visit import Visit, VisitKind, VisitStatus
from models.words import _, day_words


def arranged(history: History) -> list[Due]:
    """Visits planned, and the one arranged last; a call neither overtakes it nor stands for it.
    A treatment day before it does not either: what was arranged at another visit stays due.
    """
    visits = history.of(Visit)
    done = [visit for visit in visits if visit.status is VisitStatus.DONE]
    planned = [
        visit
        for visit in visits
        if visit.status is VisitStatus.PLANNED
        and not _overtaken(visit, done)
        and not _is_treated(visit, visit.date, history)
    ]
    calls = [_planned(visit) for visit in planned if not is_in_person(visit)]
    in_person = [_planned(visit) for visit in planned if is_in_person(visit)]
    return [*calls, *_one_a_day(in_person or _arranged_last(done, history))]


def _planned(visit: Visit) -> Due:
    return Due(DueKind.VISIT, _visit_words(visit.kind), visit.date, _("planned"), visit)


def _arranged_last(done: list[Visit], history: History) -> list[Due]:
    due = []
    arranging = [visit for visit in done if visit.next_visit or is_in_person(visit)]
    others = [visit for visit in arranging if visit.kind is not VisitKind.TREATMENT]
    last = {visit.id: visit for visit in (*others[-1:], *arranging[-1:])}.values()
    for visit in last:
        on = visit.next_visit
        if on and on > arranging[-1].date and not _is_treated(visit, on, history):
            treats = visit.kind is VisitKind.TREATMENT
            what = _visit_words(VisitKind.TREATMENT if treats else VisitKind.FOLLOW_UP)
            why = _("arranged at the visit of {date}").format(date=day_words(visit.date))
            due.append(Due(DueKind.VISIT, what, on, why, visit))
    return due


def _is_treated(visit: Visit, on: dt.date, history: History) -> bool:
    """A treatment visit for that day is no longer due: an infusion was given then or later, or all
    treatment lines have ended. Before the first line is on file it stays due.
    """
    if visit.kind is not VisitKind.TREATMENT:
        return False
    if history.lines and all(line.end for line in history.lines):
        return True
    return any(each.given_on and each.given_on >= on for each in history.of(Infusion))


def _one_a_day(visits: list[Due]) -> list[Due]:
    """Who comes for two things on one day comes once; a treatment visit stands back."""
    in_order = sorted(visits, key=is_treatment, reverse=True)
    return [*{visit.on: visit for visit in in_order}.values()]


def _visit_words(kind: VisitKind) -> str:
    return _("{kind} visit").format(kind=_(kind.value))


def _overtaken(planned: Visit, done: list[Visit]) -> bool:
    return any(
        visit.date >= planned.date and (is_in_person(visit) or not is_in_person(planned))
        for visit in done
    )


def is_for_an_infusion(visit: Due, infusions: list[Due]) -> bool:
    """A treatment visit within the window of an infusion: that is due already."""
    return is_treatment(visit) and any(
        isinstance(infusion.record, TreatmentLine)
        and abs((visit.on - infusion.on).days) <= window_days(infusion.record.protocol)
        for infusion in infusions
    )


def is_treatment(visit: Due) -> bool:
    """Planned as a treatment visit, or arranged at one."""
    return isinstance(visit.record, Visit) and visit.record.kind is VisitKind.TREATMENT
