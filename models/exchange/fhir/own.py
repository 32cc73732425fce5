"""Bundles that this program wrote: each record as it was entered, and what others added."""

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from models.attachment import Attachment
from models.base import Record
from models.exchange.arrivals import Arrival, Problem, Reading
from models.exchange.cells import unguarded
from models.exchange.columns import KEY, PATIENT, values_of
from models.exchange.fhir.case import DEFINITION, ENTERED, PART
from models.exchange.fhir.elements import code_system
from models.exchange.fhir.entered import cells_of, kind_of
from models.exchange.fhir.entries import Entry, entries_of, narrative
from models.patient import Patient
from models.words import _

_OURS = frozenset({ENTERED, PART, DEFINITION})


def is_ours(bundle: Mapping[str, Any]) -> bool:
    """Also when it went through a system that kept the resources alone."""
    if _origins(bundle) & _OURS:
        return True
    resources = (entry.get("resource") for entry in _dicts(bundle.get("entry")))
    return any(isinstance(each, dict) and kind_of(each) is not None for each in resources)


def own_reading(bundle: Mapping[str, Any], name: str) -> Reading:
    """The records with their ids as keys, so that they come back as the same records.

    What is left: resources and narratives that are not ours. A change that others made to one of
    our resources beside the entered fields is not seen.
    """
    entries = entries_of(bundle, name)
    arrivals: list[Arrival] = []
    problems = [*entries.problems]
    left: list[Problem] = []
    for entry in entries.found:
        held = kind_of(entry.resource)
        if held is None:
            left += _added(entry)
            continue
        arrival, wrong = _arrival(entry, *held)
        problems += wrong
        arrivals += [arrival] if arrival else []
        left += _narrated(entry)
    return Reading(arrivals, problems, left)


def _origins(element: Mapping[str, Any]) -> set[str]:
    about = element.get("meta")
    tags = _dicts(about.get("tag")) if isinstance(about, dict) else []
    return {str(tag.get("code")) for tag in tags if tag.get("system") == code_system("origin")}


def _added(entry: Entry) -> Iterator[Problem]:
    """A part of a record, or a definition, says nothing that the records do not."""
    origins = _origins(entry.resource)
    if ENTERED in origins:
        yield Problem(entry.place, _("This version does not know this kind of record."))
    elif not origins & _OURS:
        sentence = _("{kind}: added by others, and stays outside.")
        yield Problem(entry.place, sentence.format(kind=entry.kind or _("A resource")))
    else:
        yield from _narrated(entry)


def _narrated(entry: Entry) -> Iterator[Problem]:
    if narrative(entry.resource):
        yield Problem(entry.place.at("text"), _("A narrative, added by others, stays outside."))


def _arrival(
    entry: Entry, kind: type[Record], extension: Mapping[str, Any]
) -> tuple[Arrival | None, list[Problem]]:
    cells, wrong = cells_of(kind, extension)
    problems = [Problem(entry.place, sentence) for sentence in wrong]
    values, unread = values_of(kind, cells)
    problems += [Problem(entry.place.at(name), why) for name, why in unread.items()]
    mrn = str(values.get("mrn", "")) if kind is Patient else unguarded(cells.get(PATIENT, ""))
    if not mrn:
        problems.append(Problem(entry.place.at(PATIENT), _("Whose record it is, is not said.")))
    content = None
    if kind is Attachment:
        try:
            content = _content(entry.resource)
        except ValueError:
            problems.append(
                Problem(entry.place.at("content"), _("The file in it is spoilt or cut short."))
            )
    if problems:
        return None, problems
    return Arrival(kind, mrn, cells.get(KEY, ""), values, entry.place, content=content), []


def _content(resource: Mapping[str, Any]) -> bytes | None:
    """None where the file did not go along; raises `ValueError` where it is not base64."""
    for each in _dicts(resource.get("content")):
        held = each.get("attachment")
        data = held.get("data") if isinstance(held, dict) else None
        if isinstance(data, str):
            return base64.b64decode(data, validate=True)
        if isinstance(held, dict) and held.get("size") == 0:
            return b""
    return None


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
