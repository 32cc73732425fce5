"""Treatment: a line as statements and procedures, its cycles as plans, each infusion as given."""

from collections.abc import Iterator

from models.exchange.fhir.case import Case
from models.exchange.fhir.codes import (
    HEIGHT,
    NORMALISED_BY,
    RADIOTHERAPY,
    STOPPED_FOR,
    WEIGHT,
    drug_codings,
)
from models.exchange.fhir.elements import (
    MCODE,
    NOT_KNOWN,
    Element,
    Resource,
    choice,
    concept,
    day,
    extension,
    filled,
    period,
    quantity,
    reference,
)
from models.exchange.fhir.observing import VITAL_SIGNS, coded_field, observed, value_of
from models.exchange.fhir.own_codes import observation
from models.therapies import CATALOGUE, Category
from models.treatment import Cycle, Infusion, InfusionStatus, StopReason, TreatmentLine

_PHYSICAL = ("extracorporeal photopheresis", "ecp", "nb-uvb", "puva", "uva1")
_PROCEDURES = frozenset(
    name.casefold()
    for name in (
        *CATALOGUE[Category.RADIATION],
        *CATALOGUE[Category.TRANSPLANT],
        *_PHYSICAL,
        "photodynamic therapy",
        "pdt",
        "tsebt",
    )
)
_ADMINISTERED = {
    InfusionStatus.GIVEN: "completed",
    InfusionStatus.REDUCED: "completed",
    InfusionStatus.INTERRUPTED: "stopped",
    InfusionStatus.OMITTED: "not-done",
}


def line(case: Case, record: TreatmentLine) -> Iterator[Resource]:
    """The record is the whole regimen; of several drugs or procedures each is a part of it. It is
    a Procedure where one of them is, for a MedicationStatement may be part of that, and not the
    other way round.
    """
    done = [_is_procedure(record, drug) for drug in record.regimen]
    yield _given(case, record, "", _whole(record), any(done))
    if len(record.regimen) > 1:
        for place, (drug, procedure) in enumerate(zip(record.regimen, done, strict=True)):
            yield _given(case, record, f"regimen {place}", drug, procedure)


def _whole(record: TreatmentLine) -> str:
    return " + ".join(record.regimen)


def _is_procedure(record: TreatmentLine, drug: str) -> bool:
    of_itself = record.category in {Category.RADIATION, Category.TRANSPLANT}
    return of_itself or drug.strip().casefold() in _PROCEDURES


def _given(case: Case, record: TreatmentLine, part: str, drug: str, procedure: bool) -> Resource:
    name = "Procedure" if procedure else "MedicationStatement"
    elements = _procedure(case, record, drug) if procedure else _statement(case, record, drug)
    if part:
        return case.part(name, record, part, elements | {"partOf": [reference(record.id)]})
    profile = "mcode-radiotherapy-course-summary" if _irradiates(record) else ""
    return case.main(name, record, elements | {"note": _notes(record)}, profile)


def _statement(case: Case, record: TreatmentLine, drug: str) -> Element:
    return {
        "status": _status(record, running="active"),
        "statusReason": [reason] if (reason := _stopped_for(record)) else [],
        "category": choice(TreatmentLine, "category", record.category),
        "medicationCodeableConcept": concept(drug, *drug_codings(drug)),
        "effectivePeriod": period(record.start, record.end),
        "reasonReference": case.conditions,
        "dosage": [{"text": record.dose_text}] if record.dose_text else [],
    }


def _procedure(case: Case, record: TreatmentLine, drug: str) -> Element:
    """Whether a transplant without an end was done or is planned, it does not tell."""
    running = "unknown" if record.category is Category.TRANSPLANT else "in-progress"
    return {
        "status": _status(record, running),
        "statusReason": _stopped_for(record),
        "category": choice(TreatmentLine, "category", record.category),
        "code": concept(drug, *([RADIOTHERAPY] if _irradiates(record) else [])),
        "performedPeriod": period(record.start, record.end),
        "reasonReference": case.conditions,
    }


def _irradiates(record: TreatmentLine) -> bool:
    return record.category is Category.RADIATION


def _status(record: TreatmentLine, running: str) -> str:
    if record.stop_reason not in {None, StopReason.COMPLETED}:
        return "stopped"
    return "completed" if record.end or record.stop_reason else running


def _stopped_for(record: TreatmentLine) -> Element | None:
    """mCODE allows its own codes alone where a treatment was stopped; what has none is text."""
    if record.stop_reason is None:
        return None
    words = ": ".join(filter(None, (record.stop_reason.value, record.stop_detail)))
    code = STOPPED_FOR.get(record.stop_reason)
    return concept(words, *([code] if code else []))


def _notes(record: TreatmentLine) -> list[Element]:
    said = (
        f"Protocol: {record.protocol}" if record.protocol else "",
        f"Cycles as stated: {record.cycles_stated}" if record.cycles_stated is not None else "",
        f"Best response as stated: {record.best_response_stated.value}"
        if record.best_response_stated
        else "",
        record.notes or "",
    )
    return [{"text": text} for text in said if text]


def cycle(case: Case, record: Cycle) -> Iterator[Resource]:
    """FHIR R4 has no cycle: it is a plan of care that its infusions carry out."""
    treated = case.to(record.treatment_line)
    elements = {
        "status": "unknown",
        "intent": "plan",
        "category": [observation("cycle")],
        "title": f"Cycle {record.number}",
        "period": period(record.day_1),
        "addresses": case.conditions,
        "supportingInfo": [treated] if treated else [],
        "activity": [
            {"outcomeReference": [reference(each.id)]} for each in case.infusions.get(record.id, ())
        ],
    }
    yield case.main("CarePlan", record, elements)
    for name, code in (("weight_kg", WEIGHT), ("height_cm", HEIGHT)):
        if value := value_of(record, name):
            told = observed(coded_field(Cycle, name, code), record.day_1, VITAL_SIGNS, value=value)
            yield case.part("Observation", record, name, told)


def infusion(case: Case, record: Infusion) -> Iterator[Resource]:
    """An omitted one is told of the day for which it was planned."""
    of_cycle = case.history.cycle_of(record)
    treated = case.history.by_id.get(of_cycle.treatment_line) if of_cycle else None
    of_line = treated if isinstance(treated, TreatmentLine) else None
    drug = _infused(of_line) if of_line else "not known"
    on = record.given_on or case.history.planned(record)
    elements = {
        "extension": [_normalised(of_line)],
        "status": _ADMINISTERED[record.status],
        "statusReason": [concept(record.reason)] if record.reason else [],
        "medicationCodeableConcept": concept(drug, *drug_codings(drug)),
        **({"effectiveDateTime": day(on)} if on else {"effectivePeriod": NOT_KNOWN}),
        "supportingInformation": [reference(record.cycle)] if of_cycle else [],
        "performer": [{"actor": {"display": record.given_by}}] if record.given_by else [],
        "reasonReference": case.conditions,
        "dosage": _dosage(record),
        "note": [{"text": record.notes}] if record.notes else [],
    }
    profile = "mcode-cancer-related-medication-administration" if on else ""
    yield case.main("MedicationAdministration", record, elements, profile)


def _infused(of_line: TreatmentLine) -> str:
    """The drug that the protocol or the regimen leaves no choice about; else the whole regimen."""
    if of_line.protocol is not None and of_line.protocol.label:
        return of_line.protocol.label
    drugs = [drug for drug in of_line.regimen if not _is_procedure(of_line, drug)]
    return drugs[0] if len(drugs) == 1 else _whole(of_line)


def _normalised(of_line: TreatmentLine | None) -> Element | None:
    if of_line is None or of_line.protocol is None:
        return None
    unit = of_line.protocol.unit
    basis = concept(unit.value, NORMALISED_BY[unit])
    return extension(MCODE + "mcode-normalization-basis", valueCodeableConcept=basis)


def _dosage(record: Infusion) -> Element | None:
    """FHIR wants a dose or a rate where there is a dosage."""
    if record.dose_mg is None:
        return None
    text = f"over {record.minutes} min" if record.minutes is not None else None
    return filled({"text": text, "dose": quantity(record.dose_mg, "mg")})
