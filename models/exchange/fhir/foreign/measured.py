"""Others' observations: laboratory values, the mSWAT as stated, and the state of the disease.

Weight and ECOG are of a visit, and go to it.
"""

import datetime as dt
from collections import defaultdict

from models.exchange.fhir.elements import LOINC, NCIT, SNOMED
from models.exchange.fhir.entries import Entry
from models.exchange.fhir.foreign.codes import (
    ANALYTES,
    ECOG,
    MSWAT,
    STATUS,
    STATUS_VALUES,
    WEIGHT,
)
from models.exchange.fhir.foreign.condition import Conditions
from models.exchange.fhir.foreign.elements import (
    any_codes,
    codes,
    dicts,
    exact,
    inner,
    measured,
    number,
    said,
    text,
    when,
    words_of,
)
from models.exchange.fhir.foreign.taking import Taking, number_of, why_not
from models.laboratory import LabResult
from models.response import Assessment, Response
from models.skin import SkinScore
from models.words import _

_USED = frozenset(
    {
        *("code", "effectiveDateTime", "effectivePeriod", "effectiveInstant", "valueQuantity"),
        *("focus", "valueCodeableConcept"),
    }
)
_DONE = frozenset({"final", "amended", "corrected"})
MOST_KG = 400
VITALS_TOLD = frozenset({*_USED, "valueInteger", "encounter"})
_KG = frozenset({"kg", "kilogram", "kilograms"})
_STATUS_WORDS = {each.value.casefold(): each for each in Response}


class Vitals:
    """Weights and ECOG by patient and day, until a visit or a cycle takes them."""

    def __init__(self) -> None:
        self.weights: defaultdict[str, dict[dt.date, float]] = defaultdict(dict)
        self.waiting: defaultdict[tuple[str, dt.date], list[tuple[Entry, str, float]]] = (
            defaultdict(list)
        )


def take_observations(taking: Taking, conditions: Conditions) -> Vitals:
    vitals = Vitals()
    for entry in list(taking.of("Observation")):
        why = why_not(entry)
        if not why and text(entry.resource.get("status")) not in _DONE:
            why = _("It is not final.")
        mrn = None if why else taking.whose(entry)
        if why:
            taking.leave(entry, why, said(entry.resource.get("code")))
        elif mrn:
            _take(taking, conditions, vitals, entry, mrn)
    return vitals


def _take(taking: Taking, conditions: Conditions, vitals: Vitals, entry: Entry, mrn: str) -> None:
    code, words = entry.resource.get("code"), said(entry.resource.get("code"))
    of_loinc, date = codes(code, LOINC), exact(when(entry.resource, "effective"))
    kind = _kind(entry)
    if not kind:
        taking.leave(entry, _("Such observations are not imported."), words)
    elif date is None:
        taking.leave(entry, _("Its day is not told."), words)
    elif kind in {"ecog", "weight_kg"}:
        _keep(taking, vitals, entry, (mrn, date, kind))
    elif STATUS in of_loinc:
        _assess(taking, conditions, entry, mrn, date)
    elif kind == "mswat":
        _score(taking, entry, mrn, date)
    else:
        _result(taking, entry, mrn, date)


def _kind(entry: Entry) -> str:
    code = entry.resource.get("code")
    of_loinc = codes(code, LOINC)
    known = {ECOG: "ecog", WEIGHT: "weight_kg", STATUS: "status"}
    if found := of_loinc & known.keys():
        return known[found.pop()]
    if MSWAT in codes(code, NCIT):
        return "mswat"
    of_laboratory = any(
        "laboratory" in any_codes(each) for each in dicts(entry.resource.get("category"))
    )
    return "laboratory" if of_laboratory or of_loinc & ANALYTES.keys() else ""


def _keep(taking: Taking, vitals: Vitals, entry: Entry, of: tuple[str, dt.date, str]) -> None:
    mrn, date, name = of
    found = measured(entry.resource.get("valueQuantity"))
    if name == "ecog":
        value = number(entry.resource.get("valueInteger"))
        value = found[0] if value is None and found else value
        value = value if value in range(6) else None
    else:
        value = found[0] if found and found[1].casefold() in _KG else None
        value = value if value and 0 < value <= MOST_KG else None
        if value:
            vitals.weights[mrn][date] = value
    if value is None:
        why = _("It has no value that can be right, in kg or as 0 to 5.")
        taking.leave(entry, why, said(entry.resource.get("code")))
    else:
        vitals.waiting[mrn, date].append((entry, name, value))


def leave_what_waits(taking: Taking, vitals: Vitals) -> None:
    for entry in (each[0] for told in vitals.waiting.values() for each in told):
        if number_of(entry) not in taking.used:
            why = _("There is no visit of that day to hold it.")
            taking.leave(entry, why, said(entry.resource.get("code")))


def _assess(taking: Taking, conditions: Conditions, entry: Entry, mrn: str, date: dt.date) -> None:
    """Only what is one response of ours: improved may be CR or PR, worsened PD or relapse."""
    value = entry.resource.get("valueCodeableConcept")
    coded = {STATUS_VALUES[code] for code in codes(value, SNOMED) & STATUS_VALUES.keys()}
    named = {_STATUS_WORDS[w.casefold()] for w in words_of(value) if w.casefold() in _STATUS_WORDS}
    found = named or coded
    if conditions.about(entry, mrn, "focus") is None:
        taking.leave(entry, _("That it is about the lymphoma is not told."), said(value))
    elif len(found) != 1:
        why = _("It may be more than one of CR, PR, SD, PD and relapse.")
        taking.leave(entry, why, said(value))
    else:
        reason = _("As another system told it: {words}").format(words=said(value))
        values = {"date": date, "judgement": found.pop(), "judgement_reason": reason}
        taking.take(Assessment, entry, mrn, values, _USED)


def _score(taking: Taking, entry: Entry, mrn: str, date: dt.date) -> None:
    found = measured(entry.resource.get("valueQuantity"))
    whole = number(entry.resource.get("valueInteger"))
    total = found[0] if found else whole
    if total is None:
        taking.leave(entry, _("It has no total."), said(entry.resource.get("code")))
        return
    values = {"date": date, "total_stated": total}
    taking.take(SkinScore, entry, mrn, values, _USED | {"valueInteger"})


def _result(taking: Taking, entry: Entry, mrn: str, date: dt.date) -> None:
    resource, found = entry.resource, measured(entry.resource.get("valueQuantity"))
    code = resource.get("code")
    known = codes(code, LOINC) & ANALYTES.keys()
    analyte = ANALYTES[known.pop()] if known else next(iter(words_of(code)), "")
    if found is None or not found[1] or not analyte:
        why = _("A laboratory value needs a name, a number and a unit.")
        taking.leave(entry, why, said(code))
        return
    plain, unit = len(dicts(resource.get("referenceRange"))) == 1, found[1]
    limits = inner(resource, "referenceRange") if plain else {}
    bounds = {
        name: limit[0]
        for name, end in (("reference_low", "low"), ("reference_high", "high"))
        if (limit := measured(limits.get(end))) and limit[1] in {"", unit}
    }
    values = {"date": date, "analyte": analyte, "value": found[0], "unit": unit, **bounds}
    used = _USED | {"referenceRange"} if bounds else _USED
    taking.take(LabResult, entry, mrn, values, used)
