"""The entries of a bundle, each with its place, and what is wrong with any of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.exchange.arrivals import Place, Problem
from models.words import _

_SCRIPT = re.compile(
    r"<\s*/?\s*(script|iframe|object|embed|form|link|style)\b|<[^<>]*\son\w+\s*=|javascript:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """`place`: the file, and which entry of it, counted from 1."""

    place: Place
    url: str
    resource: Mapping[str, Any]

    @property
    def kind(self) -> str:
        found = self.resource.get("resourceType")
        return shown(found) if isinstance(found, str) else ""


@dataclass
class Entries:
    """`problems`: with any of them nothing of the bundle may come in."""

    found: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def is_bundle(content: Mapping[str, Any]) -> bool:
    return content.get("resourceType") == "Bundle"


def entries_of(bundle: Mapping[str, Any], name: str) -> Entries:
    """Told of any bundle; `name`: of its file."""
    read = Entries()
    entries = bundle.get("entry", [])
    if not isinstance(entries, list):
        read.problems.append(Problem(Place(name), _("The bundle has no list of entries.")))
        return read
    for number, each in enumerate(entries, start=1):
        place = Place(name, number)
        resource = each.get("resource") if isinstance(each, dict) else None
        if not isinstance(resource, dict):
            read.problems.append(Problem(place, _("This entry holds no resource.")))
            continue
        url = each.get("fullUrl")
        read.found.append(Entry(place, url if isinstance(url, str) else "", resource))
    read.problems += [*twice(read.found), *_to_nothing(read.found), *active(read.found)]
    return read


def twice(entries: list[Entry]) -> Iterator[Problem]:
    seen: set[str] = set()
    for each in entries:
        if each.url and each.url in seen:
            sentence = _("{url} stands twice in the bundle.")
            yield Problem(each.place.at("fullUrl"), sentence.format(url=shown(each.url)))
        seen.add(each.url)


def _to_nothing(entries: list[Entry]) -> Iterator[Problem]:
    """A UUID can be meant within the bundle only; another system's address is not followed."""
    known = {each.url for each in entries}
    for each in entries:
        for url in _references(each.resource):
            if url.startswith("urn:uuid:") and url not in known:
                sentence = _("It refers to {url}, which is not in the bundle.")
                yield Problem(each.place.at("reference"), sentence.format(url=shown(url)))


def _references(element: Any) -> Iterator[str]:
    if isinstance(element, dict):
        url = element.get("reference")
        if isinstance(url, str):
            yield url
        for each in element.values():
            yield from _references(each)
    elif isinstance(element, list):
        for each in element:
            yield from _references(each)


def active(entries: list[Entry]) -> Iterator[Problem]:
    """FHIR allows plain XHTML in a narrative, and nothing that runs."""
    for each in entries:
        if _SCRIPT.search(narrative(each.resource)):
            yield Problem(
                each.place.at("text"),
                _("Its narrative holds a script or the like, which FHIR forbids."),
            )


def shown(text: str) -> str:
    """As much of a file's own words as a sentence can hold, without what no page shows."""
    begun = text[:100]
    if begun.isprintable():
        return begun
    return "".join(each if each.isprintable() else "?" for each in begun)


def narrative(resource: Mapping[str, Any]) -> str:
    """Empty where there is none."""
    text = resource.get("text")
    div = text.get("div") if isinstance(text, dict) else None
    return div if isinstance(div, str) else ""
