"""One file of others' resources as it is read: what refers to what, what is taken, what is not."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.base import InvalidRecord, Record, build
from models.exchange.arrivals import Arrival, Problem
from models.exchange.fhir.entries import Entry, shown
from models.exchange.fhir.foreign.elements import any_codes, dicts, inner, one_line, text
from models.exchange.fhir.foreign.outside import Outside
from models.patient import Patient
from models.words import _

_ALWAYS = frozenset(
    {"resourceType", "id", "meta", "language", "text", "contained", "status", "subject", "patient"}
    | {"identifier", "extension", "category"}
)
_TELLING = frozenset({"additional", "extensions"})


class Taking:
    """`patients`: the MRN of each patient that is taken, by the place of its entry."""

    def __init__(self, file: str, entries: list[Entry]) -> None:
        self.entries = entries
        self.outside = Outside(file)
        self.arrivals: list[Arrival] = []
        self.problems: list[Problem] = []
        self.patients: dict[int, str] = {}
        self.used: set[int] = set()
        self._by_url = {each.url: each for each in entries if each.url}
        self._by_name: defaultdict[str, list[Entry]] = defaultdict(list)
        self._values: dict[tuple[type[Record], str, str], Mapping[str, Any]] = {}
        self._missing: set[str] = set()
        self._looked_at: set[int] = set()
        self._taken: dict[tuple[type[Record], int], str] = {}
        self._by_kind: defaultdict[str, list[Entry]] = defaultdict(list)
        for each in entries:
            self._by_kind[each.kind].append(each)
            if found := text(each.resource.get("id")):
                self._by_name[f"{each.kind}/{found}"].append(each)

    def of(self, kind: str) -> Iterator[Entry]:
        """The entries of this kind that are sound and not part of another one's record."""
        for each in self._by_kind[kind]:
            if number_of(each) not in self.used:
                yield each

    def leave(self, entry: Entry, why: str, what: str = "") -> None:
        self.used.add(number_of(entry))
        self.outside.add(entry, why, what)

    def use(self, entry: Entry, understood: Iterable[str]) -> None:
        """It tells a record, or a part of one, and is not told of again, but for what of it is not
        among the elements that were understood.
        """
        self.used.add(number_of(entry))
        if number_of(entry) not in self._looked_at:
            self._looked_at.add(number_of(entry))
            self._leave_elements(entry, understood)

    def resolved(self, entry: Entry, element: Any) -> Entry | None:
        """What an element refers to: in the entry itself, or in the file."""
        url = text(inner({"of": element}, "of").get("reference"))
        if url.startswith("#"):
            held = (each for each in dicts(entry.resource.get("contained")))
            found = next((each for each in held if each.get("id") == url[1:]), None)
            return Entry(entry.place, "", found) if found else None
        if url in self._by_url:
            return self._by_url[url]
        parts = url.partition("/_history/")[0].split("/")
        named = self._by_name.get("/".join(parts[-2:]), []) if len(parts) > 1 else []
        return named[0] if len(named) == 1 else None

    def whose(self, entry: Entry) -> str | None:
        """The MRN of the patient; None, and it is said why, where the resource has to stay out."""
        element = entry.resource.get("subject") or entry.resource.get("patient")
        found = self.resolved(entry, element)
        if found is not None:
            mrn = self.patients.get(number_of(found))
            if mrn is None:
                self.leave(entry, _("Its patient stays outside."))
            return mrn
        url = text(inner({"of": element}, "of").get("reference"))
        if not url:
            self.leave(entry, _("Of whom it tells is not said."))
        elif url not in self._missing:
            self._missing.add(url)
            sentence = _("It tells of {url}, which is not in the file.").format(url=shown(url))
            self.problems.append(Problem(entry.place.at("subject"), sentence))
        return None

    def take(
        self,
        kind: type[Record],
        entry: Entry,
        mrn: str,
        values: Mapping[str, Any],
        understood: Iterable[str],
        *,
        key: str = "",
        to: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> bool:
        """Let a record come in; where it can be none, the resource is left, and it is said why.

        `understood`: the elements that the values tell; `to`: the keys of other records, by field.
        """
        wrong = _wrong(kind, values, to or {})
        if wrong and kind is Patient:
            self.problems += [Problem(entry.place.at(name), each) for name, each in wrong.items()]
            return False
        if wrong:
            self.leave(entry, " ".join(wrong.values()), ", ".join(filter(None, wrong)))
            return False
        told = {name: value for name, value in values.items() if value is not None}
        key = key or key_of(entry)
        values = told | dict(to or {})
        self.arrivals.append(
            Arrival(kind, mrn, key, values, entry.place, content=content, told=frozenset())
        )
        self._taken[kind, number_of(entry)] = key
        self._values[kind, mrn, key] = told
        self.use(entry, understood)
        return True

    def taken(self, kind: type[Record], entry: Entry | None) -> str:
        """The key of the record that it became; empty where it became none."""
        return self._taken.get((kind, number_of(entry)), "") if entry else ""

    def values_of(self, kind: type[Record], mrn: str, key: str) -> Mapping[str, Any]:
        """Of a record that comes in; empty where there is none."""
        return self._values.get((kind, mrn, key), {})

    def became(self, kind: type[Record], entry: Entry, key: str) -> None:
        """It is a part of the record of this key."""
        self.used.add(number_of(entry))
        self._taken[kind, number_of(entry)] = key

    def _leave_elements(self, entry: Entry, understood: Iterable[str]) -> None:
        resource, known = entry.resource, _ALWAYS | set(understood)
        names = [name for name in resource if name not in known and not name.startswith("_")]
        urls = (
            text(each.get("url")).rpartition("/")[2] for each in dicts(resource.get("extension"))
        )
        names += [url for url in urls if url and url not in known]
        if names:
            why = _("This of it is not understood, and stays outside.")
            self.outside.add(entry, why, one_line(", ".join(names)))
        if text(inner(resource, "text").get("status")) in _TELLING:
            self.outside.add(entry, _("A narrative that tells more stays outside."))


def number_of(entry: Entry) -> int:
    """What is the same for one entry only; contained ones have none of their own."""
    return id(entry.resource)


def key_of(entry: Entry) -> str:
    """The same each time that the file is read; empty where the resource has no name."""
    found = text(entry.resource.get("id"))
    return text(entry.url) or (f"{entry.kind}/{found}" if found else "")


def why_not(entry: Entry) -> str:
    """Why FHIR forbids to take it as it reads; empty where nothing does."""
    resource = entry.resource
    if _modified(resource):
        return _("It holds a modifier that this program does not know, and may mean the opposite.")
    if resource.get("implicitRules"):
        return _("It follows rules that this program does not know.")
    statuses = {text(resource.get("status")), *any_codes(resource.get("verificationStatus"))}
    if "entered-in-error" in statuses:
        return _("It was entered in error.")
    return ""


def _modified(element: Any) -> bool:
    if isinstance(element, dict):
        if element.get("modifierExtension"):
            return True
        return any(map(_modified, element.values()))
    return isinstance(element, list) and any(map(_modified, element))


def _wrong(kind: type[Record], values: Mapping[str, Any], to: Mapping[str, str]) -> dict[str, str]:
    """What keeps the values from being a record, by field."""
    stand_in = dict.fromkeys(to, uuid.UUID(int=0))
    about = {"patient": uuid.UUID(int=0)} if "patient" in kind.model_fields else {}
    checksum = {"sha256": "0" * 64} if "sha256" in kind.model_fields else {}
    try:
        build(kind, {**values, **stand_in, **about, **checksum})
    except InvalidRecord as error:
        return error.problems
    return {}
