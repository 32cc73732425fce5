"""What leaves as FHIR is FHIR R4: valid, whole in itself, the same each time, and as mCODE says."""

import base64
import datetime as dt
import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, cast

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import given, settings

from models import ctcae
from models.base import ClinicError, PatientRecord, Record
from models.biopsy import Biopsy
from models.ctcae_terms import CtcaeTerm, CtcaeVersion, Soc
from models.demo.case import published_case
from models.demo.made_up import made_up_patients
from models.diagnosis import Diagnosis
from models.exchange.fhir import bundle
from models.exchange.fhir.elements import part_id
from models.history import History
from models.patient import Patient
from models.response import Assessment
from models.staging import Staging
from models.treatment import InfusionStatus
from tests.models import builders as a
from tests.models.exchange.records_made import content_of, histories
from tests.thorough import times

Resource = dict[str, Any]
MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/"
SNOMED = "http://snomed.info/sct"


def written(*of: History) -> list[Resource]:
    """Every resource of the bundles, as their text tells of it."""
    files = [each for each in bundle.fhir_files(of, None) if each.name != "definitions.json"]
    return [entry["resource"] for each in files for entry in json.loads(each.content)["entry"]]


def of_type(name: str, resources: list[Resource]) -> list[Resource]:
    return [each for each in resources if each["resourceType"] == name]


def main_of(record: Any, resources: list[Resource]) -> Resource:
    return next(each for each in resources if each["id"] == str(record.id))


def history_of(records: Sequence[Record]) -> History:
    patient, *others = records
    return History.of_records(cast(Patient, patient), cast(list[PatientRecord], others))


@cache
def the_case() -> History:
    return history_of(published_case())


@cache
def some_patients() -> tuple[History, ...]:
    """The published case and one that was made up."""
    made = made_up_patients(1, seed=7)
    return (the_case(), *map(history_of, made))


def references_in(element: Any) -> Iterator[str]:
    if isinstance(element, dict):
        yield from ([element["reference"]] if "reference" in element else [])
        for each in element.values():
            yield from references_in(each)
    elif isinstance(element, list):
        for each in element:
            yield from references_in(each)


@cache
def exported() -> dict[str, bytes]:
    return {file.name: file.content for file in bundle.fhir_files(some_patients(), None)}


def test_every_resource_is_valid_and_every_reference_resolves() -> None:
    for content in exported().values():
        read = json.loads(content)
        whole = get_fhir_model_class("Bundle").model_validate_json(content)
        assert json.loads(whole.model_dump_json()) == read
        urls = Counter(entry["fullUrl"] for entry in read["entry"])
        assert set(urls.values()) == {1}
        assert set(references_in(read)) <= set(urls)


def test_two_exports_of_the_same_are_the_same_bytes() -> None:
    again = {file.name: file.content for file in bundle.fhir_files(some_patients(), None)}
    assert again == exported()


def test_large_clinics_fill_several_bundles_each_whole_in_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bundle, "MOST_BYTES", 1000)
    three = [a.history(a.staging(), mrn=mrn, id=uuid.uuid4()) for mrn in "123"]
    files = list(bundle.fhir_files(three, None))
    assert [file.name for file in files] == [
        "definitions.json",
        *(f"bundle-000{n}.json" for n in (1, 2, 3)),
    ]
    for file in files[1:]:
        entries = json.loads(file.content)["entry"]
        assert set(references_in(entries)) <= {entry["fullUrl"] for entry in entries}


def test_nobody_on_file_makes_an_empty_bundle() -> None:
    assert written_of_nobody() == {"Bundle", "collection"}


def written_of_nobody() -> set[str]:
    empty = json.loads([*bundle.fhir_files([], None)][1].content)
    assert "entry" not in empty
    return {empty["resourceType"], empty["type"]}


def codes(concept: Any) -> set[tuple[str, str]]:
    return {(each["system"], each["code"]) for each in (concept or {}).get("coding", ())}


def is_snomed(element: str, *allowed: str) -> Callable[[Resource], bool]:
    return lambda resource: bool(
        codes(resource.get(element)) & {(SNOMED, each) for each in allowed}
    )


def one(element: str) -> Callable[[Resource], bool]:
    return lambda resource: len(resource.get(element, ())) == 1


def no(element: str) -> Callable[[Resource], bool]:
    return lambda resource: element not in resource


def some(element: str) -> Callable[[Resource], bool]:
    return lambda resource: bool(resource.get(element))


def loinc(code: str) -> Callable[[Resource], bool]:
    return lambda resource: ("http://loinc.org", code) in codes(resource["code"])


CATEGORY = (some("method"), some("valueCodeableConcept"), no("hasMember"), no("component"))
MUSTS: dict[str, tuple[Callable[[Resource], bool], ...]] = {
    "mcode-cancer-patient": (some("identifier"), some("name"), some("gender")),
    "mcode-primary-cancer-condition": (some("code"), some("clinicalStatus"), some("category")),
    "mcode-tnm-stage-group": (
        is_snomed("code", "399390009"),
        some("method"),
        one("focus"),
        no("component"),
        lambda each: 3 <= len(each["hasMember"]) <= 4,
    ),
    "mcode-tnm-primary-tumor-category": (is_snomed("code", "78873005"), *CATEGORY),
    "mcode-tnm-regional-nodes-category": (is_snomed("code", "277206009"), *CATEGORY),
    "mcode-tnm-distant-metastases-category": (is_snomed("code", "277208005"), *CATEGORY),
    "mcode-cancer-stage": (some("valueCodeableConcept"), some("method")),
    "mcode-cancer-disease-status": (
        loinc("97509-4"),
        some("effectiveDateTime"),
        is_snomed("valueCodeableConcept", "268910001", "359746009", "271299001", "709137006"),
        *map(no, ("specimen", "device", "referenceRange", "hasMember", "component")),
    ),
    "mcode-ecog-performance-status": (
        loinc("89247-1"),
        lambda each: each["valueInteger"] in range(6),
        *map(no, ("bodySite", "specimen", "device", "hasMember", "component")),
    ),
    "mcode-cancer-related-medication-administration": (
        some("effectiveDateTime"),
        some("medicationCodeableConcept"),
        lambda each: each["status"] != "stopped" or not codes(each.get("statusReason", [{}])[0]),
    ),
    "mcode-radiotherapy-course-summary": (
        is_snomed("code", "1217123003"),
        some("performedPeriod"),
        lambda each: each["status"] == "stopped" or not codes(each.get("statusReason")),
    ),
    "mcode-human-specimen": (some("type"), some("collection")),
}


def broken_promises(resources: Sequence[Resource]) -> list[tuple[str, Resource]]:
    return [
        (profile, each)
        for each in resources
        for profile in each["meta"].get("profile", ())
        if not all(must(each) for must in MUSTS[profile.removeprefix(MCODE)])
    ]


def test_the_case_keeps_to_the_profiles_of_mcode_that_it_claims() -> None:
    resources = written(the_case())
    claimed = {name for each in resources for name in each["meta"].get("profile", ())}
    assert len(claimed) >= 9
    assert broken_promises(resources) == []


@settings(max_examples=times(15))
@given(histories())
def test_whatever_was_entered_is_valid_whole_and_keeps_to_the_profiles(history: History) -> None:
    resources = list(bundle.resources(history, content_of))
    for each in resources:
        get_fhir_model_class(each["resourceType"]).model_validate_json(json.dumps(each))
    known = [f"urn:uuid:{each['id']}" for each in resources]
    assert len(known) == len(set(known))
    assert set(references_in(resources)) <= set(known)
    assert {str(history.patient.id), *map(str, history.by_id)} <= {each["id"] for each in resources}
    assert broken_promises(resources) == []


def test_the_case_tells_its_stage_to_who_knows_mcode_and_its_b_class_to_who_knows_us() -> None:
    resources = written(the_case())
    (staged,) = the_case().of(Staging)
    group = main_of(staged, resources)
    assert group["valueCodeableConcept"]["text"] == "IVA1"
    assert group["effectiveDateTime"] == "2011"
    assert {"text": "Provisional; possible: IVA1, IVA2."} in group["note"]
    b_class = next(each for each in resources if each["id"] == str(part_id(staged, "b")))
    ours = {code for system, code in codes(b_class["valueCodeableConcept"]) if ".invalid" in system}
    assert ours == {"B2"}
    condition = main_of(the_case().of(Diagnosis)[0], resources)
    assert ("http://hl7.org/fhir/sid/icd-10", "C84.1") in codes(condition["code"])
    (asserted,) = [
        each["valueDateTime"] for each in condition["extension"] if "valueDateTime" in each
    ]
    assert asserted == "2011"
    assert condition["clinicalStatus"]["coding"][0]["code"] == "remission"
    assert condition["stage"][0]["summary"]["text"] == "IVA1 (T4 NX M0 B2)"
    assert [
        each["valueCodeableConcept"]["coding"][0]["code"] for each in condition["extension"][2:]
    ] == ["9701/3"]


def test_an_event_names_its_grade_and_the_line_that_is_suspected() -> None:
    (event,) = of_type("AdverseEvent", written(the_case()))
    grade = next(each for each in event["extension"] if each["url"].endswith("ae-grade"))
    assert grade["valueCodeableConcept"]["coding"][0]["code"] == "C41339"
    assert event["suspectEntity"][0]["causality"][0]["assessment"]["text"] == "probable"
    suspected = event["suspectEntity"][0]["instance"]["reference"]
    line = main_of(the_case().lines[-1], written(the_case()))
    assert suspected == f"urn:uuid:{line['id']}"


def test_an_event_has_the_codes_of_the_table_that_the_clinic_imported() -> None:
    rash = a.event()
    system = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"
    assert codes(main_of(rash, written(a.history(rash)))["event"]) == {(system, "C143799")}
    term = CtcaeTerm(rash.term, Soc.SKIN, {}, meddra_code="10037868", ncit_code="C1")
    clinic = object()
    ctcae.hold(clinic, {CtcaeVersion.V5_0: [term]})
    try:
        (event,) = of_type("AdverseEvent", written(a.history(rash)))
    finally:
        ctcae.let_go(clinic)
    meddra = "http://terminology.hl7.org/CodeSystem/mdr"
    assert codes(event["event"]) == {(system, "C1"), (meddra, "10037868")}


def test_disease_status_is_coarse_for_mcode_and_as_it_was_for_us() -> None:
    judged = a.assessment("2020-05-04", "PR")
    resources = written(a.history(a.moga(), judged))
    assert main_of(judged, resources)["valueCodeableConcept"]["text"] == "PR"
    status = next(
        each for each in resources if each["id"] == str(part_id(judged, "disease status"))
    )
    assert (SNOMED, "268910001") in codes(status["valueCodeableConcept"])
    assert isinstance(judged, Assessment)


def test_an_omitted_infusion_was_not_done_on_the_day_planned() -> None:
    line = a.moga()
    cycle = a.cycle(line)
    omitted = a.omitted(cycle, 8)
    told = main_of(omitted, written(a.history(line, cycle, a.infusion(cycle), omitted)))
    assert (told["status"], told["effectiveDateTime"]) == ("not-done", "2020-01-13")
    assert omitted.status is InfusionStatus.OMITTED


@pytest.mark.parametrize(
    ("regimen", "protocol", "infused", "coded"),
    [
        (["bexarotene", "mogamulizumab"], None, "bexarotene + mogamulizumab", False),
        (["bexarotene", "mogamulizumab"], "mogamulizumab", "mogamulizumab", True),
        (["total skin electron beam therapy", "mogamulizumab"], None, "mogamulizumab", True),
        (["romidepsin"], None, "romidepsin", False),
    ],
)
def test_an_infusion_is_of_a_drug_only_where_there_is_no_other(
    regimen: list[str], protocol: str | None, infused: str, coded: bool
) -> None:
    line = a.line(regimen=regimen, protocol=protocol)
    given = a.infusion(cycle := a.cycle(line))
    drug = main_of(given, written(a.history(line, cycle, given)))["medicationCodeableConcept"]
    assert (drug["text"], bool(codes(drug))) == (infused, coded)


def test_stage_treatment_and_response_are_of_the_disease_that_is_staged() -> None:
    earlier = a.diagnosis(date="2005", disease="lymphomatoid papulosis")
    staged, staging = a.diagnosis(date="2011-02", disease="Sézary syndrome"), a.staging()
    line, seen = a.moga(), a.assessment("2020-05-04", "CR")
    resources = written(a.history(earlier, staged, staging, line, seen))
    one, other = main_of(earlier, resources), main_of(staged, resources)
    assert "stage" not in one
    assert one["clinicalStatus"]["extension"][0]["valueCode"] == "unknown"
    assert other["stage"]
    assert other["clinicalStatus"]["coding"][0]["code"] == "remission"
    about = {"reference": f"urn:uuid:{staged.id}"}
    assert main_of(staging, resources)["focus"] == [about]
    assert main_of(line, resources)["reasonReference"] == [about]
    assert broken_promises(resources) == []


def test_a_regimen_of_a_procedure_and_a_drug_has_both_as_parts() -> None:
    line = a.line(regimen=["extracorporeal photopheresis", "bexarotene"])
    resources = written(a.history(line))
    whole = main_of(line, resources)
    assert whole["resourceType"] == "Procedure"
    parts = [each for each in resources if "partOf" in each]
    assert [each["resourceType"] for each in parts] == ["Procedure", "MedicationStatement"]


def test_what_fhir_does_not_allow_in_a_text_is_marked() -> None:
    """A store of an earlier version may hold such."""
    visit = a.visit("2020-03-02")
    visit.symptoms = "itch\x01"
    assert "itch\ufffd" in json.dumps(written(a.history(visit)), ensure_ascii=False)


def test_an_awaited_biopsy_has_a_report_without_a_result() -> None:
    biopsy = a.biopsy(side="left")
    assert isinstance(biopsy, Biopsy)
    resources = written(a.history(biopsy))
    (report,) = of_type("DiagnosticReport", resources)
    assert (report["status"], "result" in report) == ("registered", False)
    (specimen,) = of_type("Specimen", resources)
    assert codes(specimen["collection"]["bodySite"]["extension"][0]["valueCodeableConcept"]) >= {
        (SNOMED, "7771000")
    }


def test_a_file_goes_along_where_it_is_asked_for() -> None:
    attachment = a.attachment()
    history = a.history(attachment, a.consent(dt.date(2020, 2, 1), document=attachment.id))
    with_it, without = (
        of_type("DocumentReference", list(bundle.resources(history, content)))
        for content in (lambda _each: b"made up", None)
    )
    held = with_it[0]["content"][0]["attachment"]
    assert base64.b64decode(held["data"]) == b"made up"
    assert "data" not in without[0]["content"][0]["attachment"]


def test_more_files_than_can_be_read_back_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MOST_READ", 5000)
    with pytest.raises(ClinicError, match="more than a bundle can hold"):
        list(bundle.fhir_files([a.history(a.attachment())], lambda _each: bytes(5000)))


def test_our_own_addresses_are_defined_in_what_goes_along() -> None:
    files = {name: json.loads(content) for name, content in exported().items()}
    defined = {each["resource"]["url"] for each in files.pop("definitions.json")["entry"]}
    used = {
        text
        for file in files.values()
        for text in json.dumps(file).split('"')
        if ".invalid/fhir/CodeSystem/" in text or ".invalid/fhir/StructureDefinition/" in text
    }
    assert used <= defined
    assert all(uuid.UUID(each["resource"]["id"]) for each in files["bundle.json"]["entry"])
