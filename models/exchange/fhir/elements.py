"""What resources are made of: references, codes, quantities, dates; the names that are our own."""

import re
import uuid
from collections.abc import Mapping
from typing import Any

from models.base import Record
from models.values import AnyDate, Choice, PartialDate

Resource = dict[str, Any]
Element = dict[str, Any]

BASE = "https://ctcl-follow-up.invalid/fhir"
"""What our names begin with: `.invalid` is reserved (RFC 2606), so that it never is a host."""
MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/"
AE_RESEARCH = "http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/"
HL7_CODES = "http://terminology.hl7.org/CodeSystem/"

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
NCIT = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"
MEDDRA = HL7_CODES + "mdr"
UCUM = "http://unitsofmeasure.org"
AJCC = "http://cancerstaging.org"

ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
ASSERTED = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate"

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PARTS = uuid.UUID("3b3c1a5e-5d55-5e0d-9a3e-9f2f0c9c1b52")
_UNITS = {
    "cells/µL": "{cells}/uL",
    "% of lymphocytes": "%",
    "%": "%",
    "kg": "kg",
    "cm": "cm",
    "mm": "mm",
    "mg": "mg",
    "0–10": "{score}",
    "0–100": "{score}",
    "": "1",
}


def part_id(record: Record, part: str) -> uuid.UUID:
    """The id of a part of a record, the same at every export."""
    return uuid.uuid5(_PARTS, f"{record.id} {part}")


def urn(identity: uuid.UUID) -> str:
    return f"urn:uuid:{identity}"


def reference(identity: uuid.UUID) -> Element:
    return {"reference": urn(identity)}


def structure(name: str) -> str:
    """The address of an extension of ours."""
    return f"{BASE}/StructureDefinition/{name}"


def code_system(name: str) -> str:
    return f"{BASE}/CodeSystem/{name}"


def coding(system: str, code: str, display: str = "") -> Element:
    return filled({"system": system, "code": code, "display": display or None})


def concept(text: str, *codings: Element) -> Element:
    """Codes that all mean what the text says."""
    return filled({"coding": [*codings], "text": text})


def hl7(system: str, code: str) -> Element:
    """A concept of HL7's own code systems."""
    return {"coding": [coding(HL7_CODES + system, code)]}


def title_of(kind: type[Record], name: str) -> str:
    """A field's title as it is declared, in no other language."""
    return kind.model_fields[name].title or name


def unit_of(kind: type[Record], name: str) -> str:
    extra = kind.model_fields[name].json_schema_extra
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""


def field_code(kind: type[Record], name: str) -> Element:
    """The code of one of our fields."""
    return coding(code_system("field"), f"{kind.table_name()}.{name}", title_of(kind, name))


def choice(kind: type[Record], name: str, value: Choice, *codings: Element) -> Element:
    """A value of a closed list of ours; others' codes for it first."""
    own = coding(code_system(f"{kind.table_name()}.{name}"), value.value)
    return concept(value.value, *codings, own)


def quantity(value: float, unit: str) -> Element:
    """`unit` as our fields word it; a unit that is none of theirs has no code."""
    code = _UNITS.get(unit)
    amount: Element = {"value": value, "unit": unit or None}
    return filled(amount | ({"system": UCUM, "code": code} if code else {}))


def day(date: AnyDate | None) -> str | None:
    """As precise as it was known: `2015-07`."""
    if date is None:
        return None
    return date.iso if isinstance(date, PartialDate) else date.isoformat()


def period(start: AnyDate | None, end: AnyDate | None = None) -> Element | None:
    return filled({"start": day(start), "end": day(end)}) or None


def extension(url: str, **value: Any) -> Element:
    return {"url": url, **value}


NOT_KNOWN: Element = {"extension": [extension(ABSENT, valueCode="unknown")]}


def filled(elements: Mapping[str, Any]) -> Element:
    """Without what is empty: FHIR has neither nulls nor empty lists or texts."""
    return {
        name: value
        for name, value in elements.items()
        if value is not None and value not in ([], {}, "")
    }


def legible(element: Any) -> Any:
    """With a mark for every character that FHIR does not allow, nor a record as it is entered."""
    match element:
        case str():
            return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", element)
        case dict():
            return {name: legible(value) for name, value in element.items()}
        case list():
            return [legible(each) for each in element]
    return element
