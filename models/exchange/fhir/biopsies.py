"""A biopsy: the procedure, its specimen, the report and the findings."""

import base64
from collections.abc import Iterator

from models.biopsy import Biopsy
from models.exchange.fhir.case import Case
from models.exchange.fhir.codes import LATERALITY
from models.exchange.fhir.elements import (
    HL7_CODES,
    MCODE,
    Element,
    Resource,
    choice,
    coding,
    concept,
    day,
    extension,
    filled,
    part_id,
    reference,
)
from models.exchange.fhir.observing import LABORATORY, field_observations

FINDINGS = (
    "conclusion",
    "patterns",
    "cd4_cd8_epidermis",
    "cd7",
    "cd26",
    "cd30_percent",
    "ki67_percent",
    "ccr4",
    "foxp3",
    "large_cell_transformation",
    "folliculotropism",
    "clone",
)


def biopsy(case: Case, record: Biopsy) -> Iterator[Resource]:
    """The record is the procedure. A histologic type of the tumour is not claimed: the field says
    what was concluded, not what ICD-O calls it.
    """
    why = case.to(record.adverse_event)
    elements = {
        "status": "completed",
        "category": concept("Biopsy"),
        "code": choice(Biopsy, "kind", record.kind),
        "performedDateTime": day(record.date),
        "reasonCode": [choice(Biopsy, "indication", record.indication)],
        "bodySite": [_site(record)],
        "report": [reference(part_id(record, "report"))],
        "note": [{"text": record.notes}] if record.notes else [],
    }
    yield case.main("Procedure", record, elements)
    specimen = reference(part_id(record, "specimen"))
    yield case.part("Specimen", record, "specimen", _specimen(record), "mcode-human-specimen")
    found = field_observations(
        case,
        record,
        FINDINGS,
        LABORATORY,
        specimen=specimen,
        focus=[why] if why else case.conditions,
    )
    yield from found
    results = [{"reference": f"urn:uuid:{each['id']}"} for each in found]
    yield case.part("DiagnosticReport", record, "report", _report(record, specimen, results))


def _site(record: Biopsy) -> Element:
    site = concept(record.body_site)
    if record.side is None:
        return site
    side = choice(Biopsy, "side", record.side, LATERALITY[record.side])
    at = extension(MCODE + "mcode-laterality-qualifier", valueCodeableConcept=side)
    return {"extension": [at], **site}


def _specimen(record: Biopsy) -> Element:
    collection = {
        "collectedDateTime": day(record.date),
        "method": choice(Biopsy, "kind", record.kind),
        "bodySite": _site(record),
    }
    return {
        "status": "available" if record.awaited else None,
        "type": concept("Tissue"),
        "collection": collection,
    }


def _report(record: Biopsy, specimen: Element, results: list[Element]) -> Element:
    number = [{"value": record.report_number}] if record.report_number else []
    text = record.report.encode() if record.report else None
    form = {"contentType": "text/plain", "data": base64.b64encode(text).decode()} if text else None
    return filled(
        {
            "identifier": number,
            "status": "registered" if record.awaited else "final",
            "category": [concept("Pathology", coding(HL7_CODES + "v2-0074", "SP"))],
            "code": concept("Histopathology of a biopsy"),
            "effectiveDateTime": day(record.date),
            "performer": [{"display": record.pathologist}] if record.pathologist else [],
            "specimen": [specimen],
            "result": results,
            "conclusion": record.conclusion.value if record.conclusion else None,
            "presentedForm": [form] if form else [],
        }
    )
