"""Observations: of a whole record, of one field, or with a component for each field."""

from collections.abc import Iterable, Sequence
from typing import Any

from models.base import Record
from models.exchange.fhir.case import Case
from models.exchange.fhir.elements import (
    Element,
    Resource,
    choice,
    concept,
    day,
    field_code,
    filled,
    hl7,
    quantity,
    title_of,
    unit_of,
)
from models.values import AnyDate, Choice

EXAM, LABORATORY, SURVEY, VITAL_SIGNS = "exam", "laboratory", "survey", "vital-signs"


def observed(
    code: Element,
    date: AnyDate | None,
    category: str = EXAM,
    *,
    value: Element | None = None,
    components: Sequence[Element] = (),
    **more: Any,
) -> Element:
    """What an Observation says; where it has nothing to say, that this is not known."""
    said = value or {}
    if not said and not components and not more.get("hasMember"):
        said = {"dataAbsentReason": hl7("data-absent-reason", "unknown")}
    return filled(
        {
            "status": "final",
            "category": [hl7("observation-category", category)],
            "code": code,
            "effectiveDateTime": day(date),
            **said,
            "component": [*components],
            **more,
        }
    )


def coded_field(kind: type[Record], name: str, *codings: Element) -> Element:
    return concept(title_of(kind, name), *codings, field_code(kind, name))


def value_of(record: Record, name: str) -> Element:
    """The value of a field as FHIR has it; empty where nothing was entered."""
    value, kind = getattr(record, name), type(record)
    match value:
        case None | []:
            return {}
        case bool():
            return {"valueBoolean": value}
        case Choice():
            return {"valueCodeableConcept": choice(kind, name, value)}
        case int() | float():
            return {"valueQuantity": quantity(value, unit_of(kind, name))}
        case list():
            return {"valueString": "; ".join(str(each) for each in value)}
    return {"valueString": str(value)}


def components_of(record: Record, names: Iterable[str]) -> list[Element]:
    """One component for each of the fields that was entered."""
    return [
        {"code": coded_field(type(record), name), **value}
        for name in names
        if (value := value_of(record, name))
    ]


def field_observations(
    case: Case, record: Record, names: Iterable[str], category: str = EXAM, **more: Any
) -> list[Resource]:
    """One Observation for each of the fields that was entered."""
    return [
        case.part(
            "Observation",
            record,
            name,
            observed(coded_field(type(record), name), record.when, category, value=value, **more),
        )
        for name in names
        if (value := value_of(record, name))
    ]
