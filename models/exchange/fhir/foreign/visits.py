"""Others' encounters as visits, with the weight and the ECOG of their day."""

from models.exchange.fhir.entries import Entry
from models.exchange.fhir.foreign.condition import Conditions
from models.exchange.fhir.foreign.elements import (
    any_codes,
    dicts,
    exact,
    inner,
    one_line,
    said,
    text,
    when,
)
from models.exchange.fhir.foreign.measured import VITALS_TOLD, Vitals
from models.exchange.fhir.foreign.taking import Taking, number_of, why_not
from models.visit import Visit, VisitKind, VisitStatus
from models.words import _

_STATUS = {
    "planned": VisitStatus.PLANNED,
    "finished": VisitStatus.DONE,
    "completed": VisitStatus.DONE,
    "cancelled": VisitStatus.CANCELLED,
}
_USED = frozenset(
    {
        *(
            "class",
            "type",
            "period",
            "actualPeriod",
            "plannedPeriod",
            "reasonReference",
            "reasonCode",
        ),
        *("reason", "participant"),
    }
)


def take_visits(taking: Taking, conditions: Conditions, vitals: Vitals) -> None:
    taken = set()
    for entry in list(taking.of("Encounter")):
        why = why_not(entry) or _why_no_visit(entry)
        mrn = None if why else taking.whose(entry)
        if mrn and conditions.is_about_another(entry, mrn):
            why = _("The lymphoma is not its reason.")
        date = exact(when(entry.resource, "", "actual", "planned"))
        if not why and mrn and date is None:
            why = _("Its day is not told.")
        if why:
            taking.leave(entry, why, said(next(iter(dicts(entry.resource.get("type"))), {})))
        elif mrn and (mrn, date) in taken:
            taking.leave(entry, _("Another visit of that day was taken."))
        elif mrn:
            taken.add((mrn, date))
            _take(taking, vitals, entry, mrn)


def _classes(entry: Entry) -> set[str]:
    """The class is one code in R4, and a list of concepts in R5."""
    each = dicts(entry.resource.get("class"))
    return {text(one.get("code")) for one in each}.union(*map(any_codes, each)) - {""}


def _why_no_visit(entry: Entry) -> str:
    if not _classes(entry) <= {"AMB", "VR", "HH"}:
        return _("It is no visit of an outpatient.")
    if text(entry.resource.get("status")) not in _STATUS:
        return _("Whether it took place is not told.")
    return ""


def _take(taking: Taking, vitals: Vitals, entry: Entry, mrn: str) -> None:
    resource = entry.resource
    date = exact(when(resource, "", "actual", "planned"))
    status = _STATUS[text(resource.get("status"))]
    waiting = vitals.waiting.get((mrn, date), []) if date else []
    own = [each for each in waiting if _is_of(taking, each[0], entry)]
    measured = {name: value for _entry, name, value in own} if status is VisitStatus.DONE else {}
    people = [
        inner(each, "individual") or inner(each, "actor")
        for each in dicts(resource.get("participant"))
    ]
    values = {
        "date": date,
        "kind": VisitKind.TELEPHONE if "VR" in _classes(entry) else VisitKind.FOLLOW_UP,
        "status": status,
        "seen_by": next(filter(None, (one_line(p.get("display"))[:100] for p in people)), None),
        **measured,
    }
    if not taking.take(Visit, entry, mrn, values, _USED):
        return
    for each in own if measured else ():
        taking.use(each[0], VITALS_TOLD)
    if values["kind"] is VisitKind.FOLLOW_UP:
        why = _("The kind of visit is not told: taken as follow-up.")
        taking.outside.add(entry, why, said(next(iter(dicts(resource.get("type"))), {})))


def _is_of(taking: Taking, observation: Entry, entry: Entry) -> bool:
    """Of that day, unless it names another encounter."""
    named = taking.resolved(observation, observation.resource.get("encounter"))
    return named is None or number_of(named) == number_of(entry)
