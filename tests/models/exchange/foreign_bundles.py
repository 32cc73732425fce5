"""Made-up bundles as other systems write them: mCODE's way, and a server's answer to a search."""

import base64
from typing import Any

Resource = dict[str, Any]

SCT, LNC = "http://snomed.info/sct", "http://loinc.org"
ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
NCIT = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"
MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/"
ICD_O = "http://terminology.hl7.org/CodeSystem/icd-o-3"
V2_0203 = "http://terminology.hl7.org/CodeSystem/v2-0203"
PATIENT = "urn:uuid:0b0e6f0e-1111-4e2f-9c1e-000000000001"
CONDITION = "urn:uuid:0b0e6f0e-1111-4e2f-9c1e-000000000002"


def coded(system: str, code: str, display: str = "") -> Resource:
    return {"coding": [{"system": system, "code": code, "display": display or code}]}


def ref(url: str) -> Resource:
    return {"reference": url}


def resource(kind: str, name: str, **elements: Any) -> Resource:
    return {"resourceType": kind, "id": name, "subject": ref(PATIENT), **elements}


def patient(**changes: Any) -> Resource:
    return {
        "resourceType": "Patient",
        "id": "p-1",
        "identifier": [
            {"type": coded(V2_0203, "SS"), "value": "999-00-1234"},
            {"type": coded(V2_0203, "MR"), "system": "https://clinic.example", "value": "A-17"},
        ],
        "name": [
            {"use": "nickname", "given": ["Juli"], "family": "Sommer"},
            {"use": "official", "given": ["Julia", "Maria"], "family": "Sommer"},
        ],
        "birthDate": "1951-03-04",
        "gender": "female",
        "telecom": [{"system": "phone", "value": "+49 30 5550100"}],
        "address": [{"line": ["Am Ring 1"], "postalCode": "10115", "city": "Berlin"}],
        "generalPractitioner": [{"display": "Dr. Ohm"}],
        **changes,
    }


def condition(**changes: Any) -> Resource:
    morphology = {
        "url": MCODE + "mcode-histology-morphology-behavior",
        "valueCodeableConcept": coded(ICD_O, "9701/3"),
    }
    known = {
        "extension": [morphology],
        "code": coded(ICD_10_CM, "C84.19", "Sezary disease, extranodal and solid organ sites"),
        "onsetDateTime": "2019-05",
        "clinicalStatus": coded("", "active"),
    }
    return resource("Condition", "c-1", **{**known, **changes})


def observation(name: str, code: Resource, date: str = "2019-06-03", **more: Any) -> Resource:
    known = {"status": "final", "code": code, "effectiveDateTime": date}
    return resource("Observation", name, **{**known, **more})


def category(letter: str, code: str, value: Resource, **more: Any) -> Resource:
    told: Resource = {"valueCodeableConcept": value, "focus": [ref(CONDITION)]}
    return observation(f"stage-{letter}", coded(SCT, code), **told, **more)


def staging() -> list[Resource]:
    ajcc = "American Joint Committee on Cancer"
    return [
        category(
            "group", "399537006", {"text": "Stage IVA1"}, hasMember=[ref("Observation/stage-t")]
        ),
        category(
            "t",
            "399504009",
            coded(SCT, "1", f"{ajcc} cT4 (qualifier value)"),
        ),
        category("n", "399534004", coded("http://cancerstaging.org", "cNX")),
        category("m", "399387003", coded(SCT, "1229901006", "")),
        observation("stage-b", {"text": "B class"}, valueString="B2", focus=[ref(CONDITION)]),
    ]


def quantity(value: float, unit: str) -> Resource:
    return {"valueQuantity": {"value": value, "unit": unit}}


def laboratory(name: str, code: Resource, **more: Any) -> Resource:
    category = [coded("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory")]
    return observation(name, code, category=category, **more)


def given(number: int, date: str, **changes: Any) -> Resource:
    known = {
        "status": "completed",
        "medicationCodeableConcept": {"text": "Mogamulizumab-kpkc 4 MG/ML Injection [Poteligeo]"},
        "effectivePeriod": {"start": f"{date}T09:00:00+01:00", "end": f"{date}T10:00:00+01:00"},
        "dosage": {"dose": {"value": 70, "unit": "mg"}},
        "reasonReference": [ref(CONDITION)],
    }
    return resource("MedicationAdministration", f"dose-{number}", **{**known, **changes})


def doses(*dates: str) -> list[Resource]:
    return [given(number, date) for number, date in enumerate(dates, start=1)]


def event(**changes: Any) -> Resource:
    grade = {
        "url": "http://hl7.org/fhir/uv/ae-research-backport-ig/StructureDefinition/ae-grade",
        "valueCodeableConcept": {"text": "Grade 2 (CTCAE 5.0)", **coded(NCIT, "C41339")},
    }
    known = {
        "extension": [grade],
        "actuality": "actual",
        "event": {"text": "rash on the trunk", **coded(NCIT, "C143799")},
        "date": "2019-08-01",
        "suspectEntity": [{"instance": ref("MedicationAdministration/dose-1")}],
    }
    return resource("AdverseEvent", "ae-1", **{**known, **changes})


def text_document(written: bytes, **changes: Any) -> Resource:
    data = base64.b64encode(written).decode()
    held = {"contentType": "text/plain; charset=utf-8", "data": data, "title": "Letter"}
    known = {
        "status": "current",
        "type": {"text": "Discharge letter"},
        "date": "2019-09-01T10:00:00Z",
        "content": [{"attachment": held}],
    }
    return resource("DocumentReference", "d-1", **{**known, **changes})


def biopsy() -> list[Resource]:
    known = {"status": "completed", "code": coded(SCT, "240977001", "Punch biopsy of skin")}
    where = {"bodySite": [{"text": "left forearm"}], "reasonCode": [{"text": "diagnosis"}]}
    report = resource(
        "DiagnosticReport",
        "r-1",
        status="final",
        code=coded(LNC, "60567-5"),
        effectiveDateTime="2019-05-20",
        issued="2019-05-28T12:00:00Z",
        conclusion="Atypical epidermotropic lymphocytes.",
    )
    done = resource("Procedure", "b-1", performedDateTime="2019-05-20", **known, **where)
    return [done, report]


def bundle(*resources: Resource, **changes: Any) -> Resource:
    """The patient and the condition are referred to by UUID, the others by name."""
    urls = {"p-1": PATIENT, "c-1": CONDITION}
    entries = [
        {
            "fullUrl": urls.get(
                str(each.get("id")),
                f"https://ehr.example/fhir/{each['resourceType']}/{each.get('id')}",
            ),
            "resource": each,
        }
        for each in resources
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries, **changes}


def whole() -> Resource:
    """One of each that is understood."""
    return bundle(
        patient(),
        condition(),
        *staging(),
        laboratory(
            "ldh",
            coded(LNC, "2532-0"),
            **quantity(310, "U/L"),
            referenceRange=[{"high": {"value": 250, "unit": "U/L"}}],
        ),
        laboratory("ige", coded(LNC, "x", "IgE"), **quantity(90, "kU/L")),
        observation("weight", coded(LNC, "29463-7"), "2019-07-01", **quantity(70.5, "kg")),
        observation("ecog", coded(LNC, "89247-1"), "2019-07-01", valueInteger=1),
        observation("skin", coded(NCIT, "C159687"), **quantity(80, "1")),
        observation(
            "status",
            coded(LNC, "97509-4"),
            "2019-09-02",
            focus=[ref(CONDITION)],
            valueCodeableConcept=coded(SCT, "359746009", "Patient's condition stable"),
        ),
        *doses("2019-07-01", "2019-07-08", "2019-07-16", "2019-07-22"),
        resource(
            "MedicationStatement",
            "mtx",
            status="stopped",
            medicationReference=ref("#m"),
            contained=[
                {
                    "resourceType": "Medication",
                    "id": "m",
                    "code": {"text": "Methotrexate 2.5 MG Oral Tablet"},
                }
            ],
            effectivePeriod={"start": "2019-05", "end": "2019-06"},
            statusReason=[coded(SCT, "266721009", "No response to treatment")],
            reasonReference=[ref(CONDITION)],
        ),
        resource(
            "Procedure",
            "rt",
            status="completed",
            code={"text": "Total skin electron beam therapy"},
            performedPeriod={"start": "2019-06-10", "end": "2019-06-20"},
            reasonReference=[ref("Condition/c-1")],
        ),
        *biopsy(),
        event(),
        resource(
            "Encounter",
            "e-1",
            status="finished",
            **{"class": {"code": "AMB"}},
            period={"start": "2019-07-01T08:00:00Z"},
        ),
        resource(
            "Consent",
            "k-1",
            status="active",
            scope=coded("", "research"),
            category=[{"text": "Consent to the lymphoma registry"}],
            dateTime="2019-06-01",
        ),
        text_document(b"made up"),
    )
