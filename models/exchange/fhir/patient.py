"""The patient, and what she or he consented to."""

from collections.abc import Iterator

from models.exchange.fhir.case import Case
from models.exchange.fhir.elements import (
    BASE,
    HL7_CODES,
    LOINC,
    Resource,
    choice,
    coding,
    concept,
    day,
    filled,
    period,
)
from models.patient import Consent, Patient, Purpose

MRN = f"{BASE}/mrn"
_SCOPE = {Purpose.CARE: "treatment", Purpose.REGISTRY: "research"}


def patient(case: Case, record: Patient) -> Iterator[Resource]:
    """Allergies and diseases beside stay text among the entered fields: text tells no allergy from
    `none known`.
    """
    telecom = [
        {"system": system, "value": value}
        for system, value in (("phone", record.phone), ("email", record.email))
        if value
    ]
    spoken = {"language": {"text": record.language}} if record.language else None
    elements = {
        "identifier": [
            {
                "use": "usual",
                "type": concept("MRN", coding(HL7_CODES + "v2-0203", "MR")),
                "system": MRN,
                "value": record.mrn,
            }
        ],
        "name": [{"family": record.family_name, "given": [record.given_name]}],
        "telecom": telecom,
        "gender": record.sex.value,
        "birthDate": day(record.birth_date),
        "deceasedDateTime": day(record.death_date),
        "address": [{"text": record.address}] if record.address else [],
        "communication": [spoken] if spoken else [],
        "generalPractitioner": _named(record.general_practitioner),
    }
    yield case.main("Patient", record, elements, "mcode-cancer-patient")


def _named(name: str | None) -> list[dict[str, str]]:
    return [{"display": name}] if name else []


def consent(case: Case, record: Consent) -> Iterator[Resource]:
    """Given: active; withdrawn: inactive; neither: proposed."""
    given = "active" if record.given else "proposed"
    elements = {
        "status": "inactive" if record.withdrawn else given,
        "scope": {
            "coding": [
                coding(HL7_CODES + "consentscope", _SCOPE.get(record.purpose, "patient-privacy"))
            ]
        },
        "category": [
            choice(Consent, "purpose", record.purpose, coding(LOINC, "59284-0", "Consent Document"))
        ],
        "dateTime": day(record.given),
        "sourceReference": case.to(record.document),
        "policyRule": {"text": "As agreed with the clinic"},
        "provision": filled({"period": period(record.given, record.withdrawn)}),
    }
    yield case.main("Consent", record, elements)
