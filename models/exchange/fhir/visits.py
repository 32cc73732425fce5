"""Visits as encounters with what was seen; what is put off in the clinic's worklist."""

from collections.abc import Iterator

from models.exchange.fhir.case import Case
from models.exchange.fhir.codes import ECOG, WEIGHT
from models.exchange.fhir.elements import (
    HL7_CODES,
    Resource,
    choice,
    coding,
    concept,
    day,
    field_code,
    period,
    reference,
    title_of,
)
from models.exchange.fhir.observing import (
    SURVEY,
    VITAL_SIGNS,
    coded_field,
    field_observations,
    observed,
    value_of,
)
from models.exchange.fhir.response import disease_status, responded
from models.snooze import Snooze
from models.visit import Visit, VisitKind, VisitStatus

_STATUS = {
    VisitStatus.PLANNED: "planned",
    VisitStatus.DONE: "finished",
    VisitStatus.MISSED: "cancelled",
    VisitStatus.CANCELLED: "cancelled",
}


def visit(case: Case, record: Visit) -> Iterator[Resource]:
    """R4 has no visit that was missed: it is cancelled; the entered fields tell the two apart."""
    virtual = record.kind is VisitKind.TELEPHONE
    elements = {
        "status": _STATUS[record.status],
        "class": coding(HL7_CODES + "v3-ActCode", "VR" if virtual else "AMB"),
        "type": [choice(Visit, "kind", record.kind)],
        "participant": [{"individual": {"display": record.seen_by}}] if record.seen_by else [],
        "period": period(record.date, record.date),
        "reasonCode": [concept(record.symptoms)] if record.symptoms else [],
    }
    yield case.main("Encounter", record, elements)
    if record.status is VisitStatus.DONE:
        yield from _seen(case, record)


def _seen(case: Case, record: Visit) -> Iterator[Resource]:
    here = reference(record.id)
    if record.ecog is not None:
        code = concept(title_of(Visit, "ecog"), ECOG, field_code(Visit, "ecog"))
        told = observed(
            code, record.date, SURVEY, value={"valueInteger": record.ecog}, encounter=here
        )
        yield case.part("Observation", record, "ecog", told, "mcode-ecog-performance-status")
    if weight := value_of(record, "weight_kg"):
        code = coded_field(Visit, "weight_kg", WEIGHT)
        told = observed(code, record.date, VITAL_SIGNS, value=weight, encounter=here)
        yield case.part("Observation", record, "weight_kg", told)
    yield from field_observations(case, record, ("itch", "skindex29"), SURVEY, encounter=here)
    if record.disease_status:
        told = observed(
            coded_field(Visit, "disease_status"),
            record.date,
            value=responded(record.disease_status),
            encounter=here,
            focus=case.conditions,
        )
        yield case.part("Observation", record, "response", told)
        yield disease_status(case, record, record.date, record.disease_status, encounter=here)


def snooze(case: Case, record: Snooze) -> Iterator[Resource]:
    """A note of the clinic for itself, which FHIR has no resource for."""
    elements = {
        "code": choice(Snooze, "kind", record.kind),
        "created": day(record.due_on),
    }
    yield case.main("Basic", record, elements)
