"""Others' patients, and a consent where it is clear that it is one to a registry."""

import re
from typing import Any

from models.exchange.arrivals import Problem
from models.exchange.fhir.entries import Entry
from models.exchange.fhir.foreign.elements import (
    any_codes,
    day,
    dicts,
    exact,
    inner,
    one_line,
    said,
    text,
    texts,
)
from models.exchange.fhir.foreign.taking import Taking, number_of, why_not
from models.patient import Consent, Patient, Purpose, Sex
from models.words import _

MOST_OF_AN_MRN = 40
_OTHER_NUMBERS = frozenset({"SS", "SB", "DL", "PPN", "TAX", "NI", "NH", "HC", "JHN"})
_USED = frozenset(
    {
        *("name", "birthDate", "gender", "deceasedDateTime", "deceasedBoolean", "telecom"),
        *("address", "communication", "generalPractitioner", "active"),
    }
)
_REGISTRY = re.compile(r"\bregist(?:ry|er)\b", re.IGNORECASE)


def take_patients(taking: Taking) -> None:
    seen: set[str] = set()
    for entry in list(taking.of("Patient")):
        if why := why_not(entry) or _no_longer(entry):
            taking.leave(entry, why)
            continue
        taking.use(entry, _USED)
        mrn = _mrn(entry)
        values = _values(taking, entry, mrn)
        if mrn in seen:
            sentence = _("Another patient in the file has this MRN: {mrn}.").format(mrn=mrn)
            taking.problems.append(Problem(entry.place.at("identifier"), sentence))
        elif values and taking.take(Patient, entry, mrn, values, _USED):
            taking.patients[number_of(entry)] = mrn
            seen.add(mrn)
            _tell_of_the_rest(taking, entry, mrn)


def _no_longer(entry: Entry) -> str:
    links = {text(each.get("type")) for each in dicts(entry.resource.get("link"))}
    if entry.resource.get("active") is False or "replaced-by" in links:
        return _("It is marked as no longer in use.")
    return ""


def _numbers(entry: Entry) -> list[tuple[bool, str]]:
    """Whether it is a number of medical records, and the number: those first that are."""
    found = []
    for each in dicts(entry.resource.get("identifier")):
        kinds, value = any_codes(each.get("type")), one_line(each.get("value"))
        old = text(each.get("use")) == "old" or inner(each, "period").get("end")
        if value and len(value) <= MOST_OF_AN_MRN and not old and not kinds & _OTHER_NUMBERS:
            found.append(("MR" in kinds, value))
    return sorted(dict.fromkeys(found), key=lambda each: not each[0])


def _mrn(entry: Entry) -> str:
    named = [value for _is_mrn, value in _numbers(entry)]
    return named[0] if named else one_line(entry.resource.get("id"))[:MOST_OF_AN_MRN]


def _values(taking: Taking, entry: Entry, mrn: str) -> dict[str, Any] | None:
    """None where a problem was told."""
    resource, born = entry.resource, day(entry.resource.get("birthDate"))
    family, given = _name(entry)
    wrong = {
        "identifier": "" if mrn else _("It has no number."),
        "name": "" if family and given else _("It has no family name, or no given name."),
        "birthDate": "" if exact(born) else _("A birth date is needed to the day."),
    }
    problems = [Problem(entry.place.at(name), why) for name, why in wrong.items() if why]
    taking.problems += problems
    sex = text(resource.get("gender"))
    doctors = [one_line(each.get("display")) for each in dicts(resource.get("generalPractitioner"))]
    spoken = [said(each.get("language")) for each in dicts(resource.get("communication"))]
    return (
        None
        if problems
        else {
            "mrn": mrn,
            "family_name": family,
            "given_name": given,
            "birth_date": exact(born),
            "sex": Sex(sex) if sex in set(Sex) else Sex.UNKNOWN,
            "phone": _reached(entry, "phone"),
            "email": _reached(entry, "email"),
            "address": _address(entry),
            "language": next(filter(None, spoken), None),
            "general_practitioner": next(filter(None, doctors), None),
            "death_date": day(resource.get("deceasedDateTime")),
        }
    )


def _name(entry: Entry) -> tuple[str, str]:
    """The official name, else the usual one, else the first that is not an old one."""
    names = [n for n in dicts(entry.resource.get("name")) if text(n.get("use")) != "old"]
    ranks = {"official": 0, "usual": 1, "": 2}
    names.sort(key=lambda name: ranks.get(text(name.get("use")), 3))
    for name in names:
        family, given = one_line(name.get("family")), " ".join(texts(name.get("given")))
        if family and given:
            return family, given
        if (told := one_line(name.get("text"))) and "," in told:
            family, _comma, given = (part.strip() for part in told.partition(","))
            return family, given
    return "", ""


def _reached(entry: Entry, system: str) -> str | None:
    for each in dicts(entry.resource.get("telecom")):
        if text(each.get("system")) == system and text(each.get("use")) != "old":
            return one_line(each.get("value")) or None
    return None


def _address(entry: Entry) -> str | None:
    for each in dicts(entry.resource.get("address")):
        if text(each.get("use")) != "old":
            place = " ".join(texts([each.get("postalCode"), each.get("city")]))
            lines = [*texts(each.get("line")), place, *texts([each.get("state")])]
            lines += texts([each.get("country")])
            return text(each.get("text")) or "\n".join(filter(None, lines)) or None
    return None


def _tell_of_the_rest(taking: Taking, entry: Entry, mrn: str) -> None:
    """What there is room for once, and what is no date."""
    resource = entry.resource
    several = [
        each for each in ("identifier", "name", "address") if len(dicts(resource.get(each))) > 1
    ]
    reached = sum(_reached(entry, system) is not None for system in ("phone", "email"))
    if len(dicts(resource.get("telecom"))) > reached:
        several.append("telecom")
    if several:
        why = _("There is room for one of each: the others stay outside.")
        taking.outside.add(entry, why, ", ".join(several))
    if not _numbers(entry):
        why = _("It has no number of medical records: its id was taken as the MRN.")
        taking.outside.add(entry, why, mrn)
    elif not _numbers(entry)[0][0]:
        why = _("None of its numbers is said to be of medical records: one was taken as the MRN.")
        taking.outside.add(entry, why, mrn)
    if resource.get("deceasedBoolean") is True:
        taking.outside.add(entry, _("The patient died, on a day that is not told."))


def take_consents(taking: Taking) -> None:
    """A consent lets data leave: nothing is taken for one to a registry that does not say so."""
    for entry in list(taking.of("Consent")):
        resource = entry.resource
        why = why_not(entry) or _why_no_consent(entry)
        mrn = None if why else taking.whose(entry)
        given = exact(day(resource.get("dateTime")))
        if why or (mrn and not given):
            taking.leave(entry, why or _("The day on which it was given is not told."))
        elif mrn:
            values = {"purpose": Purpose.REGISTRY, "given": given}
            taking.take(Consent, entry, mrn, values, ("scope", "dateTime", "policyRule"))


def _why_no_consent(entry: Entry) -> str:
    resource = entry.resource
    words = [said(each) for each in dicts(resource.get("category"))]
    words += [said(resource.get("scope")), said(resource.get("policyRule"))]
    to_research = "research" in any_codes(resource.get("scope"))
    if not to_research or not any(map(_REGISTRY.search, words)):
        return _("It does not say clearly that it is a consent to a registry.")
    if text(resource.get("status")) != "active" or resource.get("provision"):
        return _("It does not stand as a whole: it is not active, or has provisions.")
    return ""
