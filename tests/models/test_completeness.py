"""What a registry collects: present, missing or not asked for, why, and where a gap is filled."""

import datetime as dt
import uuid
from typing import Any

import pytest

from models.base import PatientRecord, Record
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.completeness import Filled, Item, completeness, survey
from models.completeness.at_the_start import at_the_start
from models.completeness.since_then import since_then
from models.diagnosis import Diagnosis
from models.history import History
from models.imaging import Imaging
from models.laboratory import LabResult
from models.patient import Patient
from models.response import Assessment
from models.rule_book import rule_book
from models.staging import Staging
from models.treatment import TreatmentLine
from models.visit import Visit
from tests.models import builders as a

TODAY = dt.date(2020, 12, 1)
DIAGNOSED = "2020-01-06"
PRESENT, MISSING, NOT_ASKED = Filled.PRESENT, Filled.MISSING, Filled.NOT_APPLICABLE


def items(*records: PatientRecord, **about: Any) -> dict[str, Item]:
    history = a.history(*records, **about)
    collected = (*at_the_start(history), *since_then(history, TODAY))
    assert completeness(history, TODAY).items == collected
    return {each.title: each for each in collected}


def item(title: str, *records: PatientRecord, **about: Any) -> Item:
    """Of a patient with a diagnosis."""
    return items(a.diagnosis(date=DIAGNOSED), *records, **about)[title]


def complete() -> History:
    line = a.line("2020-02-01")
    return a.history(
        a.diagnosis(
            date=DIAGNOSED,
            large_cell_transformation=False,
            folliculotropism=True,
            cd30_percent=5,
        ),
        a.staging(date=DIAGNOSED, occasion="diagnosis"),
        a.ldh(DIAGNOSED, 310),
        a.blood_count(DIAGNOSED, 400, wbc=9000, lymphocytes=3000, clone="identical"),
        a.biopsy(date=DIAGNOSED, ki67_percent=20),
        a.imaging(DIAGNOSED),
        a.visit(DIAGNOSED, skindex29=40),
        line,
        a.assessment("2020-06-01", "PR", treatment_line=line.id),
        a.visit("2020-11-20", skindex29=20),
    )


def test_a_complete_record_has_no_gap() -> None:
    found = completeness(complete(), TODAY)
    assert found.gaps == ()
    assert found.sentence == "Registry data: 18 of 18"
    assert all(each.record is not None for each in found.items if each.filled is PRESENT)
    assert all(each.source and each.words for each in found.items)


def test_values_are_told_with_their_dates() -> None:
    told = {each.title: each.why for each in completeness(complete(), TODAY).items}
    assert told["Age and sex"] == "male, 69 at diagnosis"
    assert told["LDH with its upper limit"] == "310 U/L, 6 Jan 2020"
    assert told["Leucocytes"] == "9000 cells/µL, 6 Jan 2020"
    assert told["Ki-67"] == "20 %, 6 Jan 2020"
    assert told["Quality of life at diagnosis"] == "40, 6 Jan 2020"
    assert told["Folliculotropism"].startswith("yes: ")
    assert told["Large-cell transformation"].startswith("no: ")


def test_without_a_diagnosis_that_is_what_is_missing() -> None:
    found = items()
    assert found["Diagnosis with its date"].place is not None
    assert found["Diagnosis with its date"].place.kind is Diagnosis
    assert found["Age and sex"].why == "male"
    assert "TNMB at diagnosis" not in found


@pytest.mark.parametrize(
    ("title", "kind", "focus"),
    [
        ("TNMB at diagnosis", Staging, "t"),
        ("LDH with its upper limit", LabResult, "value"),
        ("Leucocytes", BloodCount, "wbc"),
        ("Lymphocytes", BloodCount, "lymphocytes"),
        ("Neoplastic cells in the blood", BloodCount, "cd4_cd26_negative"),
        ("Large-cell transformation", Diagnosis, "large_cell_transformation"),
        ("Folliculotropism", Diagnosis, "folliculotropism"),
        ("CD30", Diagnosis, "cd30_percent"),
        ("Ki-67", Biopsy, "ki67_percent"),
        ("Same clone in blood and skin", BloodCount, "clone"),
        ("Imaging", Imaging, "modality"),
        ("Quality of life at diagnosis", Visit, "skindex29"),
        ("Treatments with their dates", TreatmentLine, "regimen"),
        ("Contact within a year", Visit, "status"),
        ("Quality of life within a year", Visit, "skindex29"),
    ],
)
def test_each_gap_has_its_field(title: str, kind: type[Record], focus: str) -> None:
    found = item(title)
    assert found.filled is MISSING
    assert found.place is not None
    assert (found.place.kind, found.place.focus) == (kind, focus)
    assert focus in kind.model_fields
    assert {*found.place.values} <= {*kind.model_fields}


def test_a_gap_is_filled_in_the_record_that_is_there() -> None:
    count = a.blood_count(DIAGNOSED, None)
    visit = a.visit(DIAGNOSED)
    biopsy = a.biopsy(date=DIAGNOSED)
    for title, record in (
        ("Leucocytes", count),
        ("Same clone in blood and skin", count),
        ("Quality of life at diagnosis", visit),
        ("Ki-67", biopsy),
    ):
        place = item(title, count, visit, biopsy).place
        assert place is not None
        assert place.record == record


def test_a_new_record_begins_on_the_day_of_the_diagnosis_where_it_is_known() -> None:
    place = item("Imaging").place
    assert place is not None
    assert place.values == {"date": dt.date(2020, 1, 6)}
    place = items(a.diagnosis(date="2020-01"))["Imaging"].place
    assert place is not None
    assert place.values == {}


def test_ldh_without_its_limit_is_a_gap_in_that_record() -> None:
    result = a.ldh(DIAGNOSED, 310, high=None)
    found = item("LDH with its upper limit", result)
    assert found.place is not None
    assert (found.place.record, found.place.focus) == (result, "reference_high")
    assert item("LDH with its upper limit", a.ldh("2020-06-01", 310)).filled is MISSING


def test_a_disease_that_tnmb_does_not_stage_is_not_asked_for_it() -> None:
    papulosis = a.diagnosis(date=DIAGNOSED, disease="lymphomatoid papulosis")
    assert items(papulosis)["TNMB at diagnosis"].filled is NOT_ASKED


def test_a_clone_that_was_not_looked_for_is_not_missing() -> None:
    title = "Same clone in blood and skin"
    assert item(title, a.blood_count(DIAGNOSED, 9, clone="not done")).filled is NOT_ASKED
    assert item(title, a.blood_count(DIAGNOSED, 9, clone="none")).filled is PRESENT


def test_a_planned_visit_has_no_questionnaire() -> None:
    place = item("Quality of life at diagnosis", a.visit(DIAGNOSED, status="planned")).place
    assert place is not None
    assert place.record is None


def test_an_unknown_sex_is_entered_among_the_personal_details() -> None:
    place = item("Age and sex", sex="unknown").place
    assert place is not None
    assert (place.kind, place.focus) == (Patient, "sex")


# At follow-up


def test_a_line_that_stopped_nobody_says_when() -> None:
    line = a.line("2020-02-01", stop_reason="toxicity")
    place = item("Treatments with their dates", line).place
    assert place is not None
    assert (place.record, place.focus) == (line, "end")


def test_a_response_is_asked_for_after_a_treatment_only() -> None:
    assert item("Response").filled is NOT_ASKED
    line = a.line("2020-02-01")
    found = item("Response", line)
    assert found.place is not None
    assert (found.place.kind, found.place.values) == (Assessment, {"treatment_line": line.id})
    stated = a.visit("2020-06-01", disease_status="SD")
    found = item("Response", line, a.visit("2020-07-01"), stated)
    assert (found.filled, found.record) == (PRESENT, stated)


@pytest.mark.parametrize(
    ("seen", "about", "filled"),
    [
        ("2019-12-02", {}, PRESENT),
        ("2019-12-01", {}, MISSING),
        ("2019-12-01", {"lost_to_follow_up": True}, NOT_ASKED),
        ("2019-12-01", {"death_date": "2020-03"}, NOT_ASKED),
    ],
)
def test_a_contact_is_asked_for_within_365_days(
    seen: str, about: dict[str, Any], filled: Filled
) -> None:
    assert item("Contact within a year", a.visit(seen), **about).filled is filled


def test_quality_of_life_is_asked_for_while_followed() -> None:
    title = "Quality of life within a year"
    today = a.visit(TODAY)
    place = item(title, today).place
    assert place is not None
    assert place.record == today
    assert item(title, a.visit("2020-02-01", skindex29=3)).filled is PRESENT
    assert item(title, a.visit("2019-02-01", skindex29=3)).filled is MISSING
    assert item(title, lost_to_follow_up=True).filled is NOT_ASKED


def test_a_death_is_asked_for_its_cause() -> None:
    title = "Cause of death"
    assert item(title).filled is NOT_ASKED
    place = item(title, death_date="2020-03").place
    assert place is not None
    assert (place.kind, place.focus) == (Patient, "cause_of_death")
    known = item(title, death_date="2020-03", cause_of_death="disease")
    assert (known.filled, known.why) == (PRESENT, "disease")


# The clinic


def test_a_clinic_is_counted_item_by_item_and_the_most_gaps_come_first() -> None:
    empty = a.history(id=uuid.UUID(int=9), mrn="9")
    found = survey([complete(), empty], TODAY)
    tallies = {each.title: (each.present, each.asked) for each in found.tallies}
    assert tallies["Age and sex"] == (2, 2)
    assert tallies["LDH with its upper limit"] == (1, 2)
    assert tallies["Response"] == (1, 1)
    assert tallies["Cause of death"] == (0, 0)
    assert [patient.mrn for patient, _found in found.patients] == ["9", "17"]


def test_its_rules_stand_in_the_rule_book_and_one_awaits_confirmation() -> None:
    (section,) = [each for each in rule_book() if each.title == "Registry"]
    assert [rule.awaits(()) for rule in section.rules] == [False, True]
