"""The diagnosis as a Condition: ICD-10, ICD-O-3 morphology, and the last stage."""

from collections.abc import Iterator

from models.course import current_response
from models.diagnosis import Diagnosis
from models.exchange.fhir.case import Case
from models.exchange.fhir.codes import AJCC_8, DISEASE, staged
from models.exchange.fhir.elements import (
    ASSERTED,
    MCODE,
    NOT_KNOWN,
    Element,
    Resource,
    choice,
    concept,
    day,
    extension,
    filled,
    hl7,
    part_id,
    reference,
)
from models.exchange.fhir.observing import field_observations
from models.response import Response
from models.staging import Staging

FINDINGS = ("folliculotropism", "large_cell_transformation", "tcr_clone", "cd30_percent")
_CLINICAL = {Response.CR: "remission", Response.RELAPSE: "relapse"}


def condition(case: Case, record: Diagnosis) -> Iterator[Resource]:
    """The date is that of the diagnosis; when it began is not known. The response and the stage
    tell of the staged diagnosis alone: how another disease does is not known.
    """
    codes = DISEASE.get(record.disease)
    morphology = concept(record.disease.value, codes[1]) if codes else None
    is_staged = record is case.diagnosis
    elements = {
        "extension": [
            extension(ASSERTED, valueDateTime=day(record.date)),
            extension(
                MCODE + "mcode-histology-morphology-behavior", valueCodeableConcept=morphology
            )
            if morphology
            else None,
        ],
        "clinicalStatus": _clinical_status(case) if is_staged else NOT_KNOWN,
        "verificationStatus": hl7("condition-ver-status", "confirmed"),
        "category": [hl7("condition-category", "problem-list-item")],
        "code": choice(Diagnosis, "disease", record.disease, *(codes[:1] if codes else ())),
        "stage": _stage(case) if is_staged else [],
        "note": [{"text": record.notes}] if record.notes else [],
    }
    yield case.main("Condition", record, elements, "mcode-primary-cancer-condition")
    yield from field_observations(case, record, FINDINGS, focus=[reference(record.id)])


def _clinical_status(case: Case) -> Element:
    """Remission in CR, relapse, otherwise active."""
    current = current_response(case.history)
    status = _CLINICAL.get(current[0], "active") if current else "active"
    return hl7("condition-clinical", status)


def _stage(case: Case) -> list[Element]:
    """The last stage, with the stage group and the B class that tell of it."""
    last = next(reversed(case.history.of(Staging)), None)
    if last is None:
        return []
    stage = last.stage
    summary = concept(f"{stage} ({last.tnmb})" if stage else last.tnmb, *staged(stage or ""))
    told = [reference(last.id), reference(part_id(last, "b"))]
    return [filled({"summary": summary, "assessment": told, "type": concept("TNMB", AJCC_8)})]
