"""What a registry collects at follow-up."""

import datetime as dt

from models.completeness.items import (
    COLLECTED,
    Item,
    Place,
    dated,
    measured,
    missing,
    not_asked,
    present,
)
from models.history import History
from models.patient import Patient
from models.response import Assessment
from models.rules import Standing, rule
from models.treatment import TreatmentLine
from models.values import date_words
from models.visit import Visit, VisitStatus
from models.words import N_, _, capitalised, ngettext

LATELY = dt.timedelta(days=365)


@rule(N_("What a registry collects at follow-up"), COLLECTED, Standing.UNVERIFIED)
def since_then(history: History, today: dt.date) -> list[Item]:
    """Treatments with their dates, and the end of each that was stopped; the response, once there
    was a treatment; a contact within the last 365 days, unless the patient has died or is lost to
    follow-up; quality of life within the same time; after a death its cause. That PROCLIPI asks
    once a year is remembered, not read.
    """
    return [
        _treatments(history),
        _response(history),
        _contact(history, today),
        _life(history, today),
        _cause(history.patient),
    ]


TREATMENTS, RESPONSE = N_("Treatments with their dates"), N_("Response")
CONTACT, LIFE = N_("Contact within a year"), N_("Quality of life within a year")
CAUSE = N_("Cause of death")


def _treatments(history: History) -> Item:
    lines = history.lines
    if not lines:
        place = Place(TreatmentLine, "regimen")
        return missing(TREATMENTS, COLLECTED, _("no treatment line on file"), place)
    for line in lines:
        if line.stop_reason and line.end is None:
            words = _("{regimen}: stopped, but not when").format(regimen=line.regimen_words)
            place = Place(TreatmentLine, "end", line)
            return missing(TREATMENTS, COLLECTED, capitalised(words), place)
    n, last = len(lines), lines[-1]
    words = ngettext("{n} line, the last from {date}", "{n} lines, the last from {date}", n)
    told = words.format(n=n, date=last.start.words)
    return present(TREATMENTS, COLLECTED, told, last)


def _response(history: History) -> Item:
    if not history.lines:
        return not_asked(RESPONSE, COLLECTED, _("no treatment line on file"))
    for each in reversed(history.of(Assessment)):
        return present(RESPONSE, COLLECTED, dated(_("assessed"), each), each)
    for visit in reversed(history.of(Visit)):
        if visit.disease_status:
            told = dated(visit.disease_status.words, visit)
            return present(RESPONSE, COLLECTED, told, visit)
    values = {"treatment_line": history.lines[-1].id}
    place = Place(Assessment, "skin", None, values)
    return missing(RESPONSE, COLLECTED, _("never assessed"), place)


def _contact(history: History, today: dt.date) -> Item:
    patient, last = history.patient, history.last_contact
    if patient.death_date:
        died = _("died {date}").format(date=patient.death_date.words)
        return not_asked(CONTACT, COLLECTED, died)
    told = _("the last {date}").format(date=date_words(last)) if last else _("none on file")
    if patient.lost_to_follow_up:
        return not_asked(CONTACT, COLLECTED, _("lost to follow-up; {last}").format(last=told))
    if last and history.last_seen and today - last <= LATELY:
        return present(CONTACT, COLLECTED, told, history.last_seen)
    return missing(CONTACT, COLLECTED, told, _visit_today("status", today))


def _life(history: History, today: dt.date) -> Item:
    patient = history.patient
    if patient.death_date or patient.lost_to_follow_up:
        return not_asked(LIFE, COLLECTED, _("no longer followed"))
    visits = [each for each in history.of(Visit) if each.status is VisitStatus.DONE]
    near = [each for each in reversed(visits) if dt.timedelta() <= today - each.date <= LATELY]
    here = [each for each in near if each.date == today]
    place = Place(Visit, "skindex29", here[0]) if here else _visit_today("skindex29", today)
    gap = missing(LIFE, COLLECTED, _("none within a year"), place)
    return measured(gap, "skindex29", near)


def _cause(patient: Patient) -> Item:
    if patient.death_date is None:
        return not_asked(CAUSE, COLLECTED, _("not known to have died"))
    if patient.cause_of_death is None:
        place = Place(Patient, "cause_of_death", patient)
        return missing(CAUSE, COLLECTED, _("not recorded"), place)
    return present(CAUSE, COLLECTED, _(patient.cause_of_death.value), patient)


def _visit_today(focus: str, today: dt.date) -> Place:
    return Place(Visit, focus, None, {"date": today, "status": VisitStatus.DONE})
