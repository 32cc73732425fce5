"""Others' biopsies: the procedure, and the report that belongs to it."""

import base64
import binascii
from collections import defaultdict
from typing import Any

from models.biopsy import Biopsy, BiopsyKind, Conclusion, Indication
from models.exchange.fhir.entries import Entry
from models.exchange.fhir.foreign.codes import is_biopsy
from models.exchange.fhir.foreign.elements import (
    any_codes,
    day,
    dicts,
    exact,
    inner,
    one_line,
    said,
    text,
    when,
    words_of,
)
from models.exchange.fhir.foreign.taking import Taking, number_of, why_not
from models.values import PartialDate
from models.words import _

Reports = defaultdict[tuple[str, PartialDate], list[Entry]]

_USED = frozenset(
    {
        *("code", "performedDateTime", "performedPeriod", "occurrenceDateTime", "occurrencePeriod"),
        *("bodySite", "reasonCode", "report"),
    }
)
_OF_REPORT = frozenset(
    {
        *("code", "effectiveDateTime", "issued", "conclusion", "conclusionCode", "performer"),
        *("presentedForm", "specimen"),
    }
)
_WORDS = {
    "punch": BiopsyKind.PUNCH,
    "shave": BiopsyKind.SHAVE,
    "excision": BiopsyKind.EXCISION,
    "lymph node": BiopsyKind.LYMPH_NODE,
    "bone marrow": BiopsyKind.BONE_MARROW,
}
_PATHOLOGY = frozenset({"SP", "PAT", "CP", "11526-1", "60567-5", "LP7839-6", "66121-5"})
"""HL7's sections of diagnostics, and LOINC's codes of such reports: from memory, unverified."""


def take_biopsies(taking: Taking) -> None:
    reports = _by_day(taking)
    for entry in list(taking.of("Procedure")):
        code = entry.resource.get("code")
        if not is_biopsy(any_codes(code), words_of(code)):
            continue
        why = why_not(entry)
        if not why and text(entry.resource.get("status")) != "completed":
            why = _("That it was done is not told.")
        mrn = None if why else taking.whose(entry)
        if why:
            taking.leave(entry, why, said(code))
        elif mrn:
            _take(taking, entry, mrn, reports)


def _take(taking: Taking, entry: Entry, mrn: str, reports: Reports) -> None:
    resource, code = entry.resource, said(entry.resource.get("code"))
    date = when(resource, "performed", "occurrence")
    site = said(inner(resource, "bodySite"))
    if date is None or not site:
        taking.leave(entry, _("A biopsy needs its date and its body site."), code)
        return
    kind = _kind([*words_of(resource.get("code")), site])
    why_taken = said(inner(resource, "reasonCode"))
    indication = next((each for each in Indication if each.value == why_taken.casefold()), None)
    report = _report_of(taking, entry, reports[mrn, date])
    values = {
        "date": date,
        "kind": kind,
        "body_site": site,
        "indication": indication or Indication.OTHER,
        **(_result(taking, report) if report else {}),
    }
    if not taking.take(Biopsy, entry, mrn, values, _USED):
        return
    if report:
        taking.use(report, _OF_REPORT)
    if indication is None:
        why = _("Its indication is none of the list: taken as other.")
        taking.outside.add(entry, why, why_taken)
    if kind is BiopsyKind.OTHER:
        taking.outside.add(entry, _("Its kind is none of the list: taken as other."), code)
    if not values.get("conclusion"):
        why = _("A conclusion in our terms is not told: the result stays awaited.")
        taking.outside.add(entry, why, code)


def _kind(words: list[str]) -> BiopsyKind:
    said_of = " ".join(words).casefold()
    found = {kind for word, kind in _WORDS.items() if word in said_of}
    return found.pop() if len(found) == 1 else BiopsyKind.OTHER


def _by_day(taking: Taking) -> Reports:
    """The pathologists' reports of each patient and day."""
    found: Reports = defaultdict(list)
    for each in taking.of("DiagnosticReport"):
        of = taking.resolved(each, each.resource.get("subject"))
        mrn = taking.patients.get(number_of(of)) if of else None
        date = when(each.resource, "effective")
        if mrn and date and _is_pathology(each) and not why_not(each):
            found[mrn, date].append(each)
    return found


def _report_of(taking: Taking, entry: Entry, of_that_day: list[Entry]) -> Entry | None:
    """The one that it names; else the only pathologist's report of that day."""
    for each in dicts(entry.resource.get("report")):
        named = taking.resolved(entry, each)
        if named and named.kind == "DiagnosticReport" and not why_not(named):
            return named
    left = [each for each in of_that_day if number_of(each) not in taking.used]
    return left[0] if len(left) == 1 else None


def _is_pathology(report: Entry) -> bool:
    resource = report.resource
    coded = any_codes(resource.get("code"))
    return bool(coded.union(*map(any_codes, dicts(resource.get("category")))) & _PATHOLOGY)


def _result(taking: Taking, report: Entry) -> dict[str, Any]:
    resource = report.resource
    if text(resource.get("status")) not in {"final", "amended", "corrected", "appended"}:
        taking.outside.add(report, _("The report is not final, and stays outside."))
        return {}
    conclusion = text(resource.get("conclusion"))
    told = [conclusion, *(w for c in dicts(resource.get("conclusionCode")) for w in words_of(c))]
    known = {each.value: each for each in Conclusion if each is not Conclusion.OTHER}
    found = next((known[each.casefold()] for each in told if each.casefold() in known), None)
    doctors = (one_line(each.get("display")) for each in dicts(resource.get("performer")))
    report_text = "\n\n".join(
        filter(None, (_form(resource), "; ".join(dict.fromkeys(filter(None, told)))))
    )
    return {
        "conclusion": found,
        "result_on": exact(day(resource.get("issued"))) if found else None,
        "report": report_text or None,
        "report_number": one_line(inner(resource, "identifier").get("value"))[:60] or None,
        "pathologist": next(filter(None, doctors), None),
    }


def _form(resource: Any) -> str:
    """The report itself, where it is plain text."""
    for each in dicts(resource.get("presentedForm")):
        data = each.get("data")
        if text(each.get("contentType")).startswith("text/plain") and isinstance(data, str):
            try:
                return text(base64.b64decode(data, validate=True).decode())
            except (binascii.Error, ValueError):
                return ""
    return ""
