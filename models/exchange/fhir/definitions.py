"""What our names mean: one extension for each kind of record, and our code systems."""

import uuid
from collections import defaultdict
from collections.abc import Iterator

from models.base import FieldWords, Record, described_fields
from models.exchange.cells import value_type
from models.exchange.columns import KINDS, columns_of
from models.exchange.fhir.case import DEFINITION, meta
from models.exchange.fhir.elements import Element, Resource, code_system, structure, title_of
from models.exchange.fhir.own_codes import SYSTEMS
from models.values import Choice

_IDS = uuid.UUID("0d1c4b52-1d05-5a0a-8a2d-0e7cf7bb90d3")


def definitions() -> Iterator[Resource]:
    """As JSON of FHIR R4 they travel with every export, for our addresses lead nowhere."""
    for kind in KINDS:
        yield _extension(kind)
    yield from (_system(name, concepts) for name, concepts in _concepts().items())


def _extension(kind: type[Record]) -> Resource:
    name = kind.table_name()
    url = structure(name)
    parts: list[Element] = [
        {
            "id": f"Extension.extension:{column.name}",
            "path": "Extension.extension",
            "sliceName": column.name,
            "short": title_of(kind, column.field.name) if column.field else column.name,
            "min": 0,
            "max": "1",
        }
        for column in columns_of(kind)
    ]
    return {
        "resourceType": "StructureDefinition",
        "id": str(uuid.uuid5(_IDS, url)),
        "meta": meta(DEFINITION),
        "url": url,
        "name": name,
        "title": f"{kind.singular}, as entered",
        "status": "active",
        "fhirVersion": "4.0.1",
        "kind": "complex-type",
        "abstract": False,
        "context": [{"type": "element", "expression": "DomainResource"}],
        "type": "Extension",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Extension",
        "derivation": "constraint",
        "differential": {"element": [{"id": "Extension", "path": "Extension"}, *parts]},
    }


def _concepts() -> dict[str, list[Element]]:
    """The concepts of each code system: of all fields, of each closed list, and of the others."""
    found: defaultdict[str, list[Element]] = defaultdict(list)
    for name, titles in SYSTEMS.items():
        found[name] = [{"code": code, "display": title} for code, title in titles.items()]
    for kind in KINDS:
        for field in described_fields(kind):
            name = f"{kind.table_name()}.{field.name}"
            found["field"].append({"code": name, "display": title_of(kind, field.name)})
            found.update(_choices(name, field))
    return found


def _choices(name: str, field: FieldWords) -> dict[str, list[Element]]:
    of = value_type(field.annotation)
    if isinstance(of, type) and issubclass(of, Choice):
        return {name: [{"code": each.value} for each in of]}
    return {}


def _system(name: str, concepts: list[Element]) -> Resource:
    url = code_system(name)
    return {
        "resourceType": "CodeSystem",
        "id": str(uuid.uuid5(_IDS, url)),
        "meta": meta(DEFINITION),
        "url": url,
        "name": name.replace(".", "_"),
        "status": "active",
        "content": "complete",
        "concept": concepts,
    }
