"""How the disease does: assessments, and the state of the disease as mCODE and we word it."""

from collections.abc import Iterator
from typing import Any

from models.base import PatientRecord
from models.course import assess
from models.exchange.fhir.case import Case
from models.exchange.fhir.codes import DISEASE_STATUS, trend
from models.exchange.fhir.elements import (
    Element,
    Resource,
    concept,
    reference,
)
from models.exchange.fhir.observing import observed
from models.exchange.fhir.own_codes import observation, own_concept
from models.response import Assessment, Response
from models.values import AnyDate

COMPARTMENTS = ("skin", "nodes", "blood", "viscera")


def assessment(case: Case, record: Assessment) -> Iterator[Resource]:
    """The compartments and the global response as they count: stated or judged before worked out.

    mCODE's coarser disease status stands beside it.
    """
    found = assess(case.history, record)
    components = [
        {"code": observation(f"response_{name}"), **responded(part.response)}
        for name, part in zip(COMPARTMENTS, found.compartments, strict=True)
        if part.response
    ]
    treated = case.to(record.treatment_line)
    told = observed(
        observation("response"),
        record.date,
        value=responded(found.response) if found.response else None,
        components=components,
        focus=case.conditions,
        partOf=[treated] if treated else [],
        note=[{"text": text} for text in (record.judgement_reason, record.notes) if text],
    )
    yield case.main("Observation", record, told)
    if found.response:
        yield disease_status(case, record, record.date, found.response)


def responded(response: Response | None) -> Element:
    if response is None:
        return {}
    return {"valueCodeableConcept": own_concept("response", response.value)}


def disease_status(
    case: Case, record: PatientRecord, date: AnyDate, response: Response, **more: Any
) -> Resource:
    """As mCODE words it: better, the same, worse; what it came from says CR, PR, SD or PD."""
    told = observed(
        concept("Disease status", DISEASE_STATUS),
        date,
        value={"valueCodeableConcept": concept(response.value, trend(response))},
        focus=case.conditions,
        derivedFrom=[reference(record.id)] if isinstance(record, Assessment) else [],
        **more,
    )
    return case.part("Observation", record, "disease status", told, "mcode-cancer-disease-status")
