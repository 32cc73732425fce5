"""What was measured: skin scores, blood counts, laboratory, molecular results and imaging."""

from collections.abc import Iterator

from models.blood import BloodCount
from models.exchange.columns import region_name
from models.exchange.fhir.case import Case
from models.exchange.fhir.codes import MSWAT
from models.exchange.fhir.elements import (
    HL7_CODES,
    Element,
    Resource,
    choice,
    coding,
    concept,
    day,
    filled,
    quantity,
    reference,
)
from models.exchange.fhir.observing import (
    LABORATORY,
    coded_field,
    components_of,
    field_observations,
    observed,
)
from models.exchange.fhir.own_codes import observation, own_concept
from models.imaging import Imaging, Node
from models.laboratory import LabResult, MolecularResult
from models.skin import WEIGHTS, SkinScore

COUNTED = (
    "wbc",
    "lymphocytes",
    "cd4_cd26_negative",
    "cd4_cd7_negative",
    "cd4_cd8_ratio",
    "clone",
    "sezary_percent",
)


def skin_score(case: Case, record: SkinScore) -> Iterator[Resource]:
    """The mSWAT with patches, plaques and tumours of the whole body and of each region."""
    shares = {
        kind: sum(getattr(lesions, kind) for lesions in record.regions.values())
        for kind in (WEIGHTS if record.regions else ())
    }
    shares |= {
        f"{region_name(region)}_{kind}": share
        for region, lesions in record.regions.items()
        for kind in WEIGHTS
        if (share := getattr(lesions, kind))
    }
    components = [
        {"code": own_concept("skin", name), "valueQuantity": quantity(share, "%")}
        for name, share in shares.items()
    ]
    value = {"valueQuantity": quantity(record.mswat, "")}
    told = observed(
        observation("mswat", MSWAT),
        record.date,
        value=value,
        components=components,
        focus=case.conditions,
        note=_note(record.notes),
    )
    yield case.main("Observation", record, told)
    if record.body_surface is not None:
        told = observed(
            observation("body_surface_involved"),
            record.date,
            value={"valueQuantity": quantity(record.body_surface, "%")},
            focus=case.conditions,
            derivedFrom=[reference(record.id)],
        )
        yield case.part("Observation", record, "body surface", told)


def blood_count(case: Case, record: BloodCount) -> Iterator[Resource]:
    """One panel; the B class by count is worked out and stands beside the counts."""
    components = components_of(record, COUNTED)
    if record.b:
        code = observation("b_class_by_count")
        components.append({"code": code, "valueCodeableConcept": concept(record.b_suffixed or "")})
    told = observed(
        observation("blood_count"),
        record.date,
        LABORATORY,
        components=components,
        focus=case.conditions,
        note=_note(record.notes),
    )
    yield case.main("Observation", record, told)


def lab_result(case: Case, record: LabResult) -> Iterator[Resource]:
    """The analyte and its unit are the clinic's own words, so that they have no code."""
    limits = filled(
        {
            name: {"value": value, "unit": record.unit}
            for name, value in (("low", record.reference_low), ("high", record.reference_high))
            if value is not None
        }
    )
    told = observed(
        concept(record.analyte),
        record.date,
        LABORATORY,
        value={"valueQuantity": {"value": record.value, "unit": record.unit}},
        referenceRange=[limits] if limits else [],
        note=_note(record.notes),
    )
    yield case.main("Observation", record, told)


def molecular_result(case: Case, record: MolecularResult) -> Iterator[Resource]:
    told = observed(
        concept(record.test),
        record.date,
        LABORATORY,
        value={"valueString": record.result},
        specimen={"display": record.specimen},
        focus=case.conditions,
        note=_note(record.text, record.notes),
    )
    yield case.main("Observation", record, told)


def imaging(case: Case, record: Imaging) -> Iterator[Resource]:
    """A report with one Observation for each node and mass; there are no pictures to refer to."""
    found = [
        _axes(case, record, name, place, node)
        for name, nodes in (("nodes", record.nodes), ("masses", record.masses or []))
        for place, node in enumerate(nodes)
    ]
    found += field_observations(case, record, ("viscera",), "imaging")
    elements = {
        "status": "final",
        "category": [concept("Imaging", coding(HL7_CODES + "v2-0074", "RAD"))],
        "code": choice(Imaging, "modality", record.modality),
        "effectiveDateTime": day(record.date),
        "result": [{"reference": f"urn:uuid:{each['id']}"} for each in found],
        "conclusion": record.conclusion,
    }
    yield case.main("DiagnosticReport", record, elements)
    yield from found


def _axes(case: Case, record: Imaging, name: str, place: int, node: Node) -> Resource:
    axes = {"long_axis": node.long_mm, "short_axis": node.short_mm}
    told = observed(
        coded_field(Imaging, name),
        record.date,
        "imaging",
        components=[
            {"code": observation(code), "valueQuantity": quantity(value, "mm")}
            for code, value in axes.items()
        ],
        bodySite=concept(node.site),
        focus=case.conditions,
    )
    return case.part("Observation", record, f"{name} {place}", told)


def _note(*texts: str | None) -> list[Element]:
    return [{"text": text} for text in texts if text]
