"""Others' treatments as lines: what a patient took, was given, or was prescribed, by drug."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.exchange.fhir.entries import Entry
from models.exchange.fhir.foreign.codes import STOPS, drug_of, procedure_of
from models.exchange.fhir.foreign.condition import Conditions
from models.exchange.fhir.foreign.elements import (
    any_codes,
    codings,
    day,
    inner,
    one_line,
    said,
    text,
    when,
    words_of,
)
from models.exchange.fhir.foreign.given import take_infusions
from models.exchange.fhir.foreign.measured import Vitals
from models.exchange.fhir.foreign.taking import Taking, key_of, why_not
from models.therapies import MOGAMULIZUMAB, Category, category_of
from models.treatment import StopReason, TreatmentLine
from models.values import PartialDate
from models.words import _

TAKEN, GIVEN = "MedicationStatement", "MedicationAdministration"
PRESCRIBED = "MedicationRequest"
_OF_DRUGS = ("medicationCodeableConcept", "medicationReference", "medication", "statusReason")
_USED = frozenset(
    {
        *(*_OF_DRUGS, "effectiveDateTime", "effectivePeriod", "reasonReference", "reasonCode"),
        *("code", "dosage", "dosageInstruction", "authoredOn", "intent", "performedDateTime"),
        *("performedPeriod", "occurrenceDateTime", "occurrencePeriod", "dateAsserted"),
        *("reason",),
    }
)
_IS_REAL = {
    TAKEN: frozenset({"active", "completed", "stopped", "on-hold", "recorded"}),
    GIVEN: frozenset({"completed", "in-progress", "stopped"}),
    PRESCRIBED: frozenset({"active", "completed", "stopped", "on-hold", "ended"}),
    "Procedure": frozenset({"completed", "in-progress", "stopped"}),
}
_DONE_ON, _TAKEN_ON = ("performed", "occurrence"), ("effective", "occurrence", "occurence")
_DOSES = frozenset({"dosage", "dosageInstruction"})
_ORDERED = frozenset({"order", "original-order", "instance-order", "filler-order"})


@dataclass(frozen=True)
class _Told:
    """One resource that tells of a treatment; of a course as a whole, or of one occasion of it."""

    entry: Entry
    mrn: str
    name: str
    category: Category
    start: PartialDate
    end: PartialDate | None

    @property
    def course(self) -> bool:
        of_a_period = any(inner(self.entry.resource, f"{name}Period") for name in _DONE_ON)
        return of_a_period or self.category is Category.TRANSPLANT


def take_treatments(taking: Taking, conditions: Conditions, vitals: Vitals) -> None:
    """Statements first; what was given or prescribed besides makes lines where they tell none."""
    lines: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for told in _told(taking, conditions, TAKEN):
        if _take_line(taking, told, [told.entry], key_of(told.entry), told.end):
            lines[told.mrn, told.name].append(key_of(told.entry))
    for kind in (GIVEN, "Procedure", PRESCRIBED):
        for group in _grouped(_told(taking, conditions, kind)):
            why = _take_group(taking, group, lines)
            if kind == GIVEN and group[0].name == MOGAMULIZUMAB:
                why = _infused(taking, group, vitals)
            for told in group if why else ():
                taking.outside.add(told.entry, why, told.name)
    if any(arrival.kind is TreatmentLine for arrival in taking.arrivals):
        taking.outside.add_once(_("Where treatments were given is not told: taken as elsewhere."))


def _grouped(told: Iterable[_Told]) -> list[list[_Told]]:
    """Those of one patient and drug in the order of time; a course stands by itself."""
    groups: defaultdict[tuple[str, str, str], list[_Told]] = defaultdict(list)
    for each in sorted(told, key=lambda one: one.start):
        groups[each.mrn, each.name, key_of(each.entry) if each.course else ""].append(each)
    return [*groups.values()]


def _infused(taking: Taking, group: list[_Told], vitals: Vitals) -> str:
    given = [told.entry for told in group]
    line = taking.taken(TreatmentLine, given[0])
    if take_infusions(taking, given, group[0].mrn, line, vitals):
        return ""
    return _(
        "It makes no infusion: a cycle needs every dose as the label has them, with day and mg, "
        "and the weight."
    )


def _take_group(
    taking: Taking, group: list[_Told], lines: defaultdict[tuple[str, str], list[str]]
) -> str:
    """One line for all of them; why each of them stays outside, where it does."""
    first, entries = group[0], [told.entry for told in group]
    known = lines[first.mrn, first.name]
    if known and not first.course:
        for entry in entries if len(known) == 1 else ():
            taking.became(TreatmentLine, entry, known[0])
        for entry in entries:
            taking.use(entry, _USED)
        return _("Another resource tells of this treatment already.")
    one = len(group) == 1
    key = key_of(first.entry) if one else f"{first.entry.kind} {first.name}"
    if not _take_line(taking, first, entries, key, first.end if one else _end_of_all(group)):
        return ""
    known.append(key)
    return "" if one else _("It was put together with others to one treatment line.")


def _end_of_all(group: list[_Told]) -> PartialDate | None:
    """Where each tells its end, the last one."""
    ends = [told.end for told in group if told.end]
    return max(ends) if len(ends) == len(group) and group[0].entry.kind != "Procedure" else None


def _take_line(
    taking: Taking, told: _Told, entries: list[Entry], key: str, end: PartialDate | None
) -> bool:
    resource = entries[-1].resource
    values: dict[str, Any] = {
        "regimen": [told.name],
        "category": told.category,
        "start": told.start,
        "end": end,
        "given_here": False,
        "dose_text": _dose(told.entry),
    }
    if text(resource.get("status")) == "stopped" and told.entry.kind != GIVEN:
        values |= _stopped(inner(resource, "statusReason"))
    used = _USED if values["dose_text"] or told.entry.kind == GIVEN else _USED - _DOSES
    taken = taking.take(TreatmentLine, told.entry, told.mrn, values, used, key=key)
    for entry in entries if taken else ():
        taking.became(TreatmentLine, entry, key)
        taking.use(entry, used)
    if taken and end is None:
        taking.outside.add(told.entry, _("Its end is not told: the line stays open."), told.name)
    return taken


def _stopped(reason: Mapping[str, Any]) -> dict[str, Any]:
    words = said(reason)
    known = [STOPS[code] for code in any_codes(reason) if code in STOPS]
    if not known and not words:
        return {}
    return {"stop_reason": known[0] if known else StopReason.OTHER, "stop_detail": words or None}


def _dose(entry: Entry) -> str | None:
    of = inner(entry.resource, "dosage") or inner(entry.resource, "dosageInstruction")
    return one_line(of.get("text")) or None


def _told(taking: Taking, conditions: Conditions, kind: str) -> list[_Told]:
    """The treatments that these resources tell; every other one is left."""
    found = []
    for entry in list(taking.of(kind)):
        why, name, category = _what(taking, entry)
        mrn = None if why else taking.whose(entry)
        if why:
            taking.leave(entry, why, name)
            continue
        start, end = _when(entry)
        if mrn is None:
            continue
        if why := _why_not_treated(conditions, entry, mrn):
            taking.leave(entry, why, name)
        elif start is None or category is None:
            taking.leave(entry, _("When it began is not told."), name)
        else:
            _tell_what_is_taken_for_granted(taking, entry, name)
            found.append(_Told(entry, mrn, name, category, start, end))
    return found


def _tell_what_is_taken_for_granted(taking: Taking, entry: Entry, name: str) -> None:
    resource = entry.resource
    if not any(resource.get(each) for each in ("reasonReference", "reasonCode", "reason")):
        why = _("Its reason is not told: it is taken to be for the lymphoma.")
        taking.outside.add(entry, why, name)
    if entry.kind == PRESCRIBED:
        why = _("It was prescribed; that it was taken is not told.")
        taking.outside.add(entry, why, name)


def _what(taking: Taking, entry: Entry) -> tuple[str, str, Category | None]:
    """Why it is no treatment, or its name and category."""
    resource, kind = entry.resource, entry.kind
    concept = resource.get("code") if kind == "Procedure" else _medication(taking, entry)
    words, coded = words_of(concept), [*codings(concept)]
    called = said(concept)
    why = why_not(entry)
    status = text(resource.get("status"))
    if why or status not in _IS_REAL[kind]:
        return (
            why
            or _("It is not told that it happened: {status}.").format(
                status=one_line(status)[:40] or "–"
            ),
            called,
            None,
        )
    if kind == PRESCRIBED and (
        text(resource.get("intent")) not in _ORDERED or resource.get("doNotPerform")
    ):
        return _("It is no order, or one that it not be done."), called, None
    if kind == "Procedure":
        found = procedure_of({code for _of, code in coded}, words)
        return ("", *found) if found else (_("Such procedures are not imported."), called, None)
    drug = drug_of(coded, words)
    if not drug:
        return _("The catalogue of therapies has no such drug."), called, None
    return "", drug, category_of([drug])


def _medication(taking: Taking, entry: Entry) -> Any:
    resource = entry.resource
    newer = inner(resource, "medication")
    refers = inner(resource, "medicationReference") or inner(newer, "reference")
    if found := taking.resolved(entry, refers):
        taking.use(found, ("code", "form"))
        return found.resource.get("code")
    return (
        inner(resource, "medicationCodeableConcept")
        or inner(newer, "concept")
        or {"text": refers.get("display")}
    )


def _when(entry: Entry) -> tuple[PartialDate | None, PartialDate | None]:
    resource = entry.resource
    if entry.kind == PRESCRIBED:
        bounds = inner(resource, "dosageInstruction", "timing", "repeat", "boundsPeriod")
        return day(bounds.get("start")) or day(resource.get("authoredOn")), day(bounds.get("end"))
    names = _DONE_ON if entry.kind == "Procedure" else _TAKEN_ON
    start = when(resource, *names)
    ends = (day(inner(resource, f"{name}Period").get("end")) for name in names)
    end = None if entry.kind == GIVEN else next(filter(None, ends), None)
    once = entry.kind == "Procedure" and text(resource.get("status")) == "completed"
    of_a_period = any(resource.get(f"{name}Period") for name in names)
    return start, end or (start if once and not of_a_period else None)


def _why_not_treated(conditions: Conditions, entry: Entry, mrn: str) -> str:
    if conditions.is_about_another(entry, mrn):
        return _("The lymphoma is not its reason.")
    reasons = any(entry.resource.get(n) for n in ("reasonReference", "reasonCode", "reason"))
    if not reasons and conditions.only(mrn) is None:
        return _("That it is for the lymphoma is not told.")
    return ""
