"""Bundles of other systems: what is understood comes in, and every other thing is said."""

import contextlib
import copy
import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import ClinicError, revised
from models.diagnosis import Diagnosis
from models.exchange.arrivals import Fate, Reading
from models.exchange.reading import read
from models.patient import Patient
from models.staging import Staging
from models.store.clinic import Clinic
from models.treatment import Cycle, Infusion, TreatmentLine
from models.values import PartialDate
from models.visit import Visit
from tests.models.exchange import foreign_bundles as made
from tests.models.exchange.foreign_bundles import Resource, bundle, coded, ref, resource
from tests.thorough import times


def quietly(_done: int, _all: int) -> None:
    """Nobody waits."""


def reading_of(content: Resource, folder: Path) -> Reading:
    path = folder / "ehr.json"
    path.write_text(json.dumps(content))
    return read(path, quietly)


def of_kind(found: Reading, kind: type) -> list[dict[str, Any]]:
    return [dict(each.values) for each in found.arrivals if each.kind is kind]


def left_of(found: Reading) -> list[str]:
    return [each.words.removeprefix("ehr.json, ") for each in found.left]


def said_of(*resources: Resource, folder: Path) -> str:
    found = reading_of(bundle(made.patient(), made.condition(), *resources), folder)
    assert found.problems == []
    return "\n".join(left_of(found))


def test_everything_that_is_understood_comes_in_and_comes_in_once(
    clinic: Clinic, tmp_path: Path
) -> None:
    found = reading_of(made.whole(), tmp_path)
    assert found.problems == []
    looked_at = clinic.look_through(found.arrivals)
    assert [each.problems for each in looked_at if each.fate is not Fate.NEW] == []
    clinic.take_in(found.arrivals, looked_at)
    again = reading_of(made.whole(), tmp_path)
    (history,) = clinic.histories()
    clinic.save(revised(history.patient, allergies="penicillin"))
    assert {each.fate for each in clinic.look_through(again.arrivals)} == {Fate.SAME}
    assert (history.patient.mrn, history.patient.name) == ("A-17", "Sommer, Julia Maria")
    (staging,) = history.of(Staging)
    assert (staging.tnmb, staging.stage, staging.stage_stated) == ("T4 NX M0 B2", "IVA1", "IVA1")
    assert [each.dose_mg for each in history.of(Infusion)] == [70] * 4
    (letter,) = history.of(Attachment)
    assert clinic.content(letter) == b"made up"


def test_each_record_says_what_the_resources_say(tmp_path: Path) -> None:
    found = reading_of(made.whole(), tmp_path)
    kinds = Counter(each.kind.table_name() for each in found.arrivals)
    assert kinds == {
        "patient": 1,
        "diagnosis": 1,
        "staging": 1,
        "lab_result": 2,
        "skin_score": 1,
        "assessment": 1,
        "biopsy": 1,
        "treatment_line": 3,
        "cycle": 1,
        "infusion": 4,
        "adverse_event": 1,
        "visit": 1,
        "consent": 1,
        "attachment": 1,
    }
    assert {each.mrn for each in found.arrivals} == {"A-17"}
    (diagnosis,) = of_kind(found, Diagnosis)
    assert (diagnosis["disease"], diagnosis["date"].iso) == ("Sézary syndrome", "2019-05")
    lines = {each["regimen"][0]: each for each in of_kind(found, TreatmentLine)}
    assert lines["methotrexate"]["stop_reason"] == "no response"
    assert lines["total skin electron beam therapy"]["category"] == "radiation"
    assert lines["mogamulizumab"].get("end") is None
    assert [each["day"] for each in of_kind(found, Infusion)] == [1, 8, 15, 22]
    (event,) = of_kind(found, AdverseEvent)
    assert (event["term"], event["grades"][0].grade) == ("Rash maculo-papular", 2)
    assert event["treatment_line"] == "MedicationAdministration mogamulizumab"
    (visit,) = of_kind(found, Visit)
    assert (visit["ecog"], visit["weight_kg"]) == (1, 70.5)


def test_what_a_record_had_to_be_given_is_said(tmp_path: Path) -> None:
    assert left_of(reading_of(made.whole(), tmp_path)) == [
        "ehr.json: Where treatments were given is not told: taken as elsewhere.",
        "row 1: Patient p-1 (identifier, name): There is room for one of each: the others stay"
        " outside.",
        "row 2: Condition c-1 (clinicalStatus): This of it is not understood, and stays outside.",
        "row 2: Condition c-1: Its date is that of its onset or of its entry.",
        "row 3: Observation stage-group (diagnosis): The occasion is not told: it is taken from"
        " the dates.",
        "row 20: Procedure b-1 (Punch biopsy of skin): A conclusion in our terms is not told: the"
        " result stays awaited.",
        "row 14: MedicationAdministration dose-1 (mogamulizumab): Its end is not told: the line"
        " stays open.",
        "row 14: MedicationAdministration dose-1 (mogamulizumab): Its cycles were numbered from"
        " the first dose in the file.",
        "row 23: Encounter e-1: The kind of visit is not told: taken as follow-up.",
    ]


def order(name: str, drug: str, **more: Any) -> Resource:
    known = {"status": "active", "intent": "order", "authoredOn": "2020-02-03"}
    told = {"medicationCodeableConcept": {"text": drug}}
    return resource("MedicationRequest", name, **{**known, **told, **more})


LEFT: dict[str, Resource] = {
    "o (Body temperature): Such observations are not": made.observation(
        "o", {"text": "Body temperature"}
    ),
    "and may mean the opposite": made.laboratory(
        "o", coded(made.LNC, "2532-0"), modifierExtension=[{"url": "x", "valueBoolean": True}]
    ),
    "follows rules that this program": made.laboratory("o", {"text": "IgE"}, implicitRules="x"),
    "o (IgE): It was entered in error": made.laboratory(
        "o", {"text": "IgE"}, status="entered-in-error"
    ),
    "o (IgE): It is not final": made.laboratory("o", {"text": "IgE"}, status="preliminary"),
    "needs a name, a number and a unit": made.laboratory(
        "o",
        {"text": "IgE"},
        valueQuantity={"value": 5, "comparator": "<", "unit": "kU/L"},
    ),
    "o (note, component): This of it is not understood": made.laboratory(
        "o", {"text": "IgE"}, **made.quantity(5, "kU/L"), note=[{"text": "x"}], component=[]
    ),
    "o (29463-7): It has no value that can be right": made.observation(
        "o", coded(made.LNC, "29463-7"), **made.quantity(150, "[lb_av]")
    ),
    "There is no visit of that day": made.observation(
        "o", coded(made.LNC, "89247-1"), valueInteger=1
    ),
    "o (worse): It may be more than one of CR": made.observation(
        "o", coded(made.LNC, "97509-4"), valueCodeableConcept=coded(made.SCT, "271299001", "worse")
    ),
    "A staging needs T and N": made.category("t", "78873005", {"text": "T4"}),
    "stage-t (T5): Its class is none": made.category("t", "78873005", {"text": "T5"}),
    "c-2 (Asthma): It is no cutaneous": made.condition(
        id="c-2", extension=[], code={"text": "Asthma"}
    ),
    "c-2 (Mycosis fungoides): It was refuted": made.condition(
        id="c-2", code={"text": "Mycosis fungoides"}, verificationStatus=coded("", "refuted")
    ),
    "c-2 (rule out mycosis fungoides): It is no cut": made.condition(
        id="c-2", extension=[], code={"text": "rule out mycosis fungoides"}
    ),
    "Its codes tell of several diseases": made.condition(
        id="c-2", code=coded(made.ICD_10_CM, "C84.00")
    ),
    "When it was diagnosed is not told": made.condition(id="c-2", onsetDateTime=None),
    "c-2 (Sézary syndrome): It tells a diagnosis once more": made.condition(id="c-2"),
    "(simvastatin 10 MG): The catalogue of therapies has no": order("m", "simvastatin 10 MG"),
    "m (methotrexate): The lymphoma is not its reason": order(
        "m", "methotrexate", reasonCode=[{"text": "Arthritis"}]
    ),
    "m (methotrexate): It was prescribed; that it was taken": order("m", "methotrexate"),
    "m (methotrexate): Its reason is not told": order("m", "methotrexate"),
    "It is no order": order("m", "methotrexate", intent="proposal"),
    "It is not told that it happened: draft": order("m", "methotrexate", status="draft"),
    "d (Appendectomy): Such procedures": resource(
        "Procedure", "d", status="completed", code={"text": "Appendectomy"}
    ),
    "Its grade is not told": made.event(extension=[]),
    "ae-1 (moon): CTCAE 5.0 as it stands here": made.event(event={"text": "moon"}),
    "It did not happen": made.event(actuality="potential"),
    "The treatment that is suspected stays outside": made.event(),
    "It is no visit of an outpatient": resource(
        "Encounter", "e", status="finished", **{"class": {"code": "IMP"}}
    ),
    "does not say clearly that it is a consent": resource(
        "Consent", "k", status="active", scope=coded("", "research"), dateTime="2020-01-01"
    ),
    "Only pictures, PDF": made.text_document(
        b"<p>Hello</p>",
        content=[{"attachment": {"contentType": "text/html", "data": "PHA+SGVsbG88L3A+"}}],
    ),
    "spoilt or cut short": made.text_document(
        b"", content=[{"attachment": {"contentType": "text/plain", "data": "no*base64"}}]
    ),
    "A biopsy needs its date and its body site": {**made.biopsy()[0], "bodySite": None},
    "Such resources are not imported": resource("Goal", "g", description={"text": "x"}),
    "A narrative that tells more": made.condition(
        id="c-2", text={"status": "additional", "div": "<div>More</div>"}
    ),
}


@pytest.mark.parametrize("words", LEFT)
def test_what_is_not_taken_is_said_with_its_reason(words: str, tmp_path: Path) -> None:
    assert words in said_of(LEFT[words], folder=tmp_path)


def test_of_many_alike_one_sentence_tells(tmp_path: Path) -> None:
    seen = [made.observation(f"t{n}", {"text": f"Sign {n % 3}"}) for n in range(9)]
    assert (
        "9 × Observation of 3 kinds (Sign 0 3, Sign 1 3, Sign 2 3): Such observations are not"
        " imported." in said_of(*seen, folder=tmp_path)
    )


def test_a_dose_that_is_missing_makes_a_line_and_no_cycles(tmp_path: Path) -> None:
    weight = made.observation(
        "w", coded(made.LNC, "29463-7"), "2019-07-01", **made.quantity(70, "kg")
    )
    given = made.doses("2019-07-01", "2019-07-08", "2019-07-22")
    found = reading_of(bundle(made.patient(), made.condition(), weight, *given), tmp_path)
    assert [each["start"].iso for each in of_kind(found, TreatmentLine)] == ["2019-07-01"]
    assert of_kind(found, Cycle) == of_kind(found, Infusion) == []
    assert any("It makes no infusion" in each for each in left_of(found))


def test_courses_stand_apart_and_sessions_make_one_line(tmp_path: Path) -> None:
    def done(name: str, what: str, **when: Any) -> Resource:
        return resource("Procedure", name, status="completed", code={"text": what}, **when)

    light = [done(f"e{n}", "Photopheresis", performedDateTime=f"2020-0{n}-03") for n in (1, 2, 3)]
    rays = [
        done(
            f"r{y}", "Radiotherapy to skin", performedPeriod={"start": f"{y}-03", "end": f"{y}-04"}
        )
        for y in (2015, 2019)
    ]
    planned = done("p", "Radiotherapy planning", performedDateTime="2019-02-01")
    found = reading_of(bundle(made.patient(), made.condition(), planned, *light, *rays), tmp_path)
    lines = [
        (each["regimen"][0], each["start"].iso, each["end"].iso if each.get("end") else "")
        for each in of_kind(found, TreatmentLine)
    ]
    assert sorted(lines) == [
        ("Radiotherapy to skin", "2015-03", "2015-04"),
        ("Radiotherapy to skin", "2019-03", "2019-04"),
        ("extracorporeal photopheresis", "2020-01-03", ""),
    ]
    left = "\n".join(left_of(found))
    assert "p (Radiotherapy planning): Such procedures are not imported" in left
    assert left.count("It was put together with others to one treatment line") == 3


def test_infusions_go_to_the_line_that_a_statement_tells(tmp_path: Path) -> None:
    taken = resource(
        "MedicationStatement",
        "s",
        status="completed",
        medicationCodeableConcept=coded("http://www.whocc.no/atc", "L01FX09"),
        effectivePeriod={"start": "2019-07-01", "end": "2019-07-10"},
    )
    weight = made.observation("w", coded(made.LNC, "29463-7"), "2019-06-20")
    weight |= made.quantity(70, "kg")
    given = made.doses("2019-07-01", "2019-07-08")
    found = reading_of(bundle(made.patient(), made.condition(), taken, weight, *given), tmp_path)
    (line,) = [each for each in found.arrivals if each.kind is TreatmentLine]
    (cycle,) = of_kind(found, Cycle)
    assert cycle["treatment_line"] == line.key
    assert len(of_kind(found, Infusion)) == 2


def test_a_class_that_is_not_told_is_not_known_and_this_is_said(tmp_path: Path) -> None:
    told = [each for each in made.staging() if each["id"] != "stage-b"]
    found = reading_of(bundle(made.patient(), made.condition(), *told), tmp_path)
    assert [each["b"] for each in of_kind(found, Staging)] == ["BX"]
    assert any("(B): No such class is told: it is taken as not" in each for each in left_of(found))


def test_an_event_says_its_grade_in_either_way(tmp_path: Path) -> None:
    draft = "http://hl7.org/fhir/us/ctcae/StructureDefinition/ctcae-grade"
    grade = {"url": draft, "valueCodeableConcept": coded("", "3", "Grade 3")}
    event = made.event(extension=[grade], suspectEntity=[], event={"text": "PRURITUS"})
    found = reading_of(bundle(made.patient(), made.condition(), event), tmp_path)
    (told,) = of_kind(found, AdverseEvent)
    assert (told["term"], told["grades"][0].grade) == ("Pruritus", 3)
    assert any("The version of CTCAE is not told: taken as 5.0" in e for e in left_of(found))


def test_a_file_that_a_document_refers_to_comes_with_it(tmp_path: Path) -> None:
    binary = {
        "resourceType": "Binary",
        "id": "b",
        "contentType": "text/plain",
        "data": "bWFkZSB1cA==",
    }
    held = {"contentType": "text/plain", "url": "Binary/b"}
    document = made.text_document(b"", content=[{"attachment": held}])
    found = reading_of(bundle(made.patient(), binary, document), tmp_path)
    (file,) = [each for each in found.arrivals if each.kind is Attachment]
    assert file.content == b"made up"


def test_no_narrative_becomes_text_of_a_record(tmp_path: Path) -> None:
    written = made.whole()
    for each in written["entry"]:
        each["resource"]["text"] = {"status": "generated", "div": "<div><b>Told</b></div>"}
    found = reading_of(written, tmp_path)
    assert len(found.arrivals) > 10
    assert not any("Told" in str(each.values) for each in found.arrivals)


def test_a_second_tumour_leaves_open_what_a_stage_is_of(tmp_path: Path) -> None:
    breast = coded(made.ICD_10_CM, "C50.9", "Breast cancer")
    other = made.condition(id="c-2", extension=[], code=breast)
    unsaid = [{**each, "focus": []} for each in made.staging()]
    assert "That it stages the lymphoma is not told" in said_of(other, *unsaid, folder=tmp_path)


def same_number(written: Resource) -> None:
    written["entry"].append({"fullUrl": "urn:x", "resource": made.patient(id="p-2")})


def no_birth_day(written: Resource) -> None:
    written["entry"][0]["resource"]["birthDate"] = "1951-03"


def nameless(written: Resource) -> None:
    del written["entry"][0]["resource"]["name"]


def to_nobody(written: Resource) -> None:
    for each in written["entry"][1:]:
        each["resource"]["subject"] = ref("Patient/nobody")


def scripted(written: Resource) -> None:
    div = "<div><script>alert(1)</script></div>"
    written["entry"][0]["resource"]["text"] = {"status": "generated", "div": div}


PROBLEMS: dict[str, Callable[[Resource], None]] = {
    "identifier: Another patient in the file has this MRN: A-17.": same_number,
    "row 1, birthDate: A birth date is needed to the day.": no_birth_day,
    "row 1, name: It has no family name, or no given name.": nameless,
    "row 2, subject: It tells of Patient/nobody, which is not in the file.": to_nobody,
    "row 1, text: Its narrative holds a script": scripted,
}


@pytest.mark.parametrize("words", PROBLEMS)
def test_what_keeps_a_bundle_out_is_said(words: str, tmp_path: Path) -> None:
    written = bundle(made.patient(), made.condition(), *made.staging())
    PROBLEMS[words](written)
    problems = [each.words for each in reading_of(written, tmp_path).problems]
    assert len(problems) == 1
    assert words in problems[0]


def of_another_system() -> Resource:
    """References by UUID, ids of several kinds, a doctor who is not in the file, no profile."""
    named = "urn:uuid:8c1f4f7c-0000-4000-8000-00000000000"
    patient = made.patient(
        id="8c1f", identifier=[{"system": "https://ehr.example", "value": "8c1f"}]
    )
    visit = {
        "resourceType": "Encounter",
        "status": "finished",
        "class": {"code": "AMB"},
        "subject": ref(named + "1"),
        "participant": [{"individual": ref("Practitioner?identifier=x|1")}],
        "period": {"start": "2020-01-05T23:30:00-05:00"},
    }
    of_it = {
        **made.condition(),
        "subject": ref(named + "1"),
        "encounter": ref(named + "2"),
        "extension": [],
        "code": coded(made.SCT, "118618005"),
    }
    weight = {
        **made.observation("w", coded(made.LNC, "29463-7"), "2020-01-05"),
        **made.quantity(81, "kg"),
        "subject": ref(named + "1"),
        "encounter": ref(named + "2"),
    }
    each = enumerate((patient, visit, of_it, weight), start=1)
    entries = [
        {"fullUrl": f"{named}{n}", "resource": r, "request": {"method": "POST", "url": "x"}}
        for n, r in each
    ]
    gone = {"request": {"method": "DELETE", "url": "Patient/9"}}
    return {"resourceType": "Bundle", "type": "transaction", "entry": [*entries, gone]}


def test_a_transaction_with_references_by_uuid_is_read(clinic: Clinic, tmp_path: Path) -> None:
    found = reading_of(of_another_system(), tmp_path)
    assert found.problems == []
    clinic.take_in(found.arrivals, clinic.look_through(found.arrivals))
    (history,) = clinic.histories()
    assert history.patient.mrn == "8c1f"
    assert any("one was taken as the MRN" in each for each in left_of(found))
    assert [each.disease for each in history.of(Diagnosis)] == ["mycosis fungoides"]
    (visit,) = history.of(Visit)
    assert (visit.date, visit.weight_kg) == (dt.date(2020, 1, 5), 81)
    assert any("row 5: A resource: It holds no resource." in each for each in left_of(found))


def test_a_page_of_an_answer_says_that_there_may_be_more(tmp_path: Path) -> None:
    links = [{"relation": "next", "url": "https://ehr.example/fhir?page=2"}]
    found = reading_of(bundle(made.patient(), type="searchset", link=links), tmp_path)
    assert any("other pages may tell more" in each for each in left_of(found))


def test_one_resource_by_itself_is_read(tmp_path: Path) -> None:
    found = reading_of(made.patient(), tmp_path)
    assert [each["mrn"] for each in of_kind(found, Patient)] == ["A-17"]


def test_a_newer_release_is_read_where_its_shapes_fit(tmp_path: Path) -> None:
    server = {"resourceType": "CapabilityStatement", "fhirVersion": "5.0.0"}
    visit = resource("Encounter", "e", status="completed", actualPeriod={"start": "2020-03-02"}) | {
        "class": [coded("", "VR")]
    }
    taken = resource(
        "MedicationStatement",
        "m",
        status="recorded",
        medication={"concept": {"text": "Bexarotene 75 MG"}},
        effectiveDateTime="2020-02",
        reason=[{"reference": ref(made.CONDITION)}],
    )
    found = reading_of(bundle(made.patient(), made.condition(), server, visit, taken), tmp_path)
    assert found.problems == []
    assert [each["kind"] for each in of_kind(found, Visit)] == ["telephone"]
    (line,) = of_kind(found, TreatmentLine)
    assert (line["regimen"], line["start"]) == (["bexarotene"], PartialDate(2020, 2))
    assert any("written in FHIR 5.0.0" in each for each in left_of(found))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.text(max_size=3) | st.sampled_from(["coding", "code", "reference", "value"]),
            inner,
            max_size=2,
        )
    ),
    max_leaves=3,
)


@settings(max_examples=times(60))
@given(data=st.data())
def test_whatever_stands_in_a_bundle_it_is_read_or_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Anything in place of anything: a reading, or a sentence, and no other error."""
    written = copy.deepcopy(made.whole())
    for _time in range(data.draw(st.integers(1, 3))):
        place: Any = written["entry"] if isinstance(written.get("entry"), list) else written
        for _level in range(data.draw(st.integers(0, 6))):
            inner = [k for k in _keys(place) if isinstance(place[k], dict | list) and place[k]]
            if not inner:
                break
            place = place[data.draw(st.sampled_from(inner))]
        if place:
            place[data.draw(st.sampled_from(_keys(place)))] = data.draw(ANYTHING)
    with contextlib.suppress(ClinicError):
        found = reading_of(written, tmp_path_factory.getbasetemp())
        assert all(each.words for each in (*found.problems, *found.left))


def _keys(place: Any) -> list[Any]:
    return [*place] if isinstance(place, dict) else [*range(len(place))]
