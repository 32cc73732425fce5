"""One patient's history as resources see it: who, of which condition, and what refers to what."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.at_diagnosis import staged_diagnosis
from models.base import Record
from models.diagnosis import Diagnosis
from models.exchange.fhir.elements import (
    BASE,
    MCODE,
    Element,
    Resource,
    code_system,
    coding,
    filled,
    legible,
    part_id,
    reference,
)
from models.exchange.fhir.entered import entered
from models.exchange.outgoing import Content
from models.history import History
from models.treatment import Infusion
from models.version import VERSION

ENTERED, PART, DEFINITION = "entered", "part", "definition"
SOURCE = f"{BASE}/version/{VERSION}"
_NOT_BY_SUBJECT = {"Consent": "patient"}


@dataclass(frozen=True)
class Case:
    """`content`: the file of an attachment; None where files stay."""

    history: History
    content: Content | None = None

    @property
    def subject(self) -> Element:
        return reference(self.history.patient.id)

    @cached_property
    def diagnosis(self) -> Diagnosis | None:
        """The one that stagings, treatments and responses are about."""
        return staged_diagnosis(self.history)

    @cached_property
    def infusions(self) -> dict[uuid.UUID, list[Infusion]]:
        """By their cycle."""
        found: defaultdict[uuid.UUID, list[Infusion]] = defaultdict(list)
        for each in self.history.of(Infusion):
            found[each.cycle].append(each)
        return found

    @property
    def condition(self) -> Element | None:
        return reference(self.diagnosis.id) if self.diagnosis else None

    @property
    def conditions(self) -> list[Element]:
        return [self.condition] if self.condition else []

    def to(self, identity: uuid.UUID | None) -> Element | None:
        """Only to what is in the history."""
        return reference(identity) if identity in self.history.by_id else None

    def main(
        self, name: str, record: Record, elements: Mapping[str, Any], *profiles: str
    ) -> Resource:
        """The resource that is the record, with its fields as they were entered."""
        extensions = [
            entered(record, self.history.patient.mrn),
            *(each for each in elements.get("extension", ()) if each),
        ]
        return self._resource(
            name, record.id, ENTERED, {**elements, "extension": extensions}, profiles
        )

    def part(
        self, name: str, record: Record, part: str, elements: Mapping[str, Any], *profiles: str
    ) -> Resource:
        """A further resource that says a part of the record, or what is worked out of it."""
        return self._resource(name, part_id(record, part), PART, elements, profiles)

    def _resource(
        self,
        name: str,
        identity: uuid.UUID,
        origin: str,
        elements: Mapping[str, Any],
        profiles: tuple[str, ...],
    ) -> Resource:
        whose: Element = {}
        if identity != self.history.patient.id:
            whose = {_NOT_BY_SUBJECT.get(name, "subject"): self.subject}
        about = meta(origin, *(MCODE + profile for profile in profiles if profile))
        known = {"resourceType": name, "id": str(identity), "meta": about, **whose}
        return {**known, **legible(filled(elements))}


def meta(origin: str, *profiles: str) -> Element:
    """That the program wrote it, which version, and the profiles it keeps to."""
    tag = coding(code_system("origin"), origin)
    return filled({"source": SOURCE, "profile": [*profiles], "tag": [tag]})
