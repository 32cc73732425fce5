"""Bundles that others wrote: what can be understood is taken, and the rest is told.

Nothing is guessed silently: every resource, and every element of one, that does not come in is
among what is left, and so is what a record had to be given because others do not tell it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from models.exchange.arrivals import Place, Problem, Reading
from models.exchange.fhir.entries import Entry, active, shown, twice
from models.exchange.fhir.foreign.biopsies import take_biopsies
from models.exchange.fhir.foreign.condition import Conditions
from models.exchange.fhir.foreign.documents import take_documents
from models.exchange.fhir.foreign.elements import dicts, said, text
from models.exchange.fhir.foreign.events import take_events
from models.exchange.fhir.foreign.measured import leave_what_waits, take_observations
from models.exchange.fhir.foreign.patient import take_consents, take_patients
from models.exchange.fhir.foreign.staging import take_stagings
from models.exchange.fhir.foreign.taking import Taking, number_of
from models.exchange.fhir.foreign.treatment import take_treatments
from models.exchange.fhir.foreign.visits import take_visits
from models.words import _

_R4 = ("4.0", "4.3")


def foreign_reading(bundle: Mapping[str, Any], name: str) -> Reading:
    """Told of any bundle; `name`: of its file. Keys come from the bundle, so that the same one
    read again is the same records.
    """
    entries = bundle.get("entry", [])
    if not isinstance(entries, list):
        return Reading(problems=[Problem(Place(name), _("The bundle has no list of entries."))])
    found = [*_entries(entries, name)]
    taking = Taking(name, found)
    taking.problems += [*twice(found), *active(found)]
    for number, each in enumerate(entries, start=1):
        if not isinstance(each, dict) or not isinstance(each.get("resource"), dict):
            taking.outside.add(Entry(Place(name, number), "", {}), _("It holds no resource."))
    _take(taking)
    _tell_of_its_form(taking, bundle)
    return Reading(taking.arrivals, taking.problems, [*taking.outside.problems])


def as_bundle(resource: Mapping[str, Any]) -> dict[str, Any]:
    """One resource by itself, as a bundle of it."""
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": resource}]}


def is_resource(content: Mapping[str, Any]) -> bool:
    kind = content.get("resourceType")
    return isinstance(kind, str) and kind.isalpha() and kind[:1].isupper()


def _entries(entries: list[Any], name: str) -> Iterator[Entry]:
    for number, each in enumerate(entries, start=1):
        resource = each.get("resource") if isinstance(each, dict) else None
        if isinstance(resource, dict):
            yield Entry(Place(name, number), text(each.get("fullUrl")), resource)


def _take(taking: Taking) -> None:
    """What others refer to comes first."""
    take_patients(taking)
    conditions = Conditions(taking)
    take_stagings(taking, conditions)
    vitals = take_observations(taking, conditions)
    take_biopsies(taking)
    take_treatments(taking, conditions, vitals)
    take_events(taking)
    take_visits(taking, conditions, vitals)
    leave_what_waits(taking, vitals)
    take_consents(taking)
    take_documents(taking)
    for entry in taking.entries:
        if number_of(entry) not in taking.used:
            code = entry.resource.get("code")
            taking.leave(entry, _("Such resources are not imported."), said(code))


def _tell_of_its_form(taking: Taking, bundle: Mapping[str, Any]) -> None:
    kind = text(bundle.get("type"))
    if kind == "searchset" and any(
        each.get("relation") == "next" for each in dicts(bundle.get("link"))
    ):
        taking.outside.add_once(_("It is one page of an answer: other pages may tell more."))
    for entry in taking.entries:
        version = text(entry.resource.get("fhirVersion"))
        if version and not version.startswith(_R4):
            sentence = _("It is written in FHIR {version}; it was read as R4 where that fits.")
            taking.outside.add_once(sentence.format(version=shown(version)))
