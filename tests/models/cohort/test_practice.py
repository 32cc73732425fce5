"""Doses, stopping and completeness of a population, against tables worked out by hand."""

import datetime as dt

import pytest

from models.adverse_event import Action
from models.base import PatientRecord
from models.cohort.dose_facts import Departure, DoseFacts
from models.cohort.member import member_of
from models.cohort.practice import PracticeFigures, practice
from models.demo.case import published_case
from models.history import History
from models.intensity import Counts, DoseIntensity
from models.patient import Patient
from models.treatment import InfusionStatus, StopReason
from tests.models.cohort import members as made

MONTH = 30.4375
GIVEN, OMITTED = InfusionStatus.GIVEN, InfusionStatus.OMITTED


def intensity(least: float, most: float) -> DoseIntensity:
    """Of 1000 mg planned in 100 days."""
    return DoseIntensity(1000, 1000 * least, 1000 * most, 100, 100, 0, 0)


def given(planned: int, *departures: Departure, **changes: object) -> DoseFacts:
    entered = int(str(changes.pop("entered", planned)))
    late = sum(each.late > 0 for each in departures)
    omitted = sum(each.status is OMITTED for each in departures)
    values = {
        "planned": planned,
        "entered": entered,
        "unrecorded": planned - entered,
        "counts": Counts(entered - omitted, 0, 0, omitted, late),
        "departures": departures,
    }
    return made.doses(**(values | changes))


def rows(found: PracticeFigures, key: str) -> dict[str, list[str]]:
    (table,) = (each for each in found.tables if each.key == key)
    return {row[0].words: [figure.words for figure in row[1:]] for row in table.rows}


@pytest.fixture
def found() -> PracticeFigures:
    months = [made.ended(round(n * MONTH)) for n in (2, 4, 6)]
    lines = [
        made.treated(
            doses=given(
                10,
                Departure(GIVEN, 7, "Holiday."),
                Departure(OMITTED, 0, "her sister's wedding"),
                intensity=intensity(0.9, 0.9),
                cycles=4,
                exposure=made.ended(round(10 * MONTH)),
            ),
            on_treatment=months[0],
            stop_reason=StopReason.PROGRESSION,
            events=(made.event(action=Action.DELAYED), made.event(action=Action.STOPPED)),
        ),
        made.treated(
            doses=given(10, Departure(GIVEN, 3, "holiday"), entered=8, intensity=intensity(0.8, 1)),
            on_treatment=months[1],
            stop_reason=StopReason.PROGRESSION,
        ),
        made.treated(doses=given(4, Departure(GIVEN, 4, "")), on_treatment=months[2], vague=True),
        made.treated(on_treatment=made.ongoing(round(9 * MONTH)), events=(made.event(vague=True),)),
        made.treated(),
    ]
    about = {"present": 3, "asked": 4, "lacking": ("Imaging",)}
    return practice(made.by_line(*(made.member(line, **about) for line in lines)))


def test_doses_are_told_against_the_protocol(found: PracticeFigures) -> None:
    assert rows(found, "practice-doses") == {
        "Planned by the protocol": ["24", "3"],
        "Planned, without an entry": ["2 of 24 (8 %)", "1 of 3 (33 %)"],
        "Entered": ["22", "3"],
        "Given in full": ["21 of 22 (95 %)", "3 of 3 (100 %)"],
        "Reduced": ["0 of 22 (0 %)", "0 of 3 (0 %)"],
        "Interrupted": ["0 of 22 (0 %)", "0 of 3 (0 %)"],
        "Omitted": ["1 of 22 (5 %)", "1 of 3 (33 %)"],
        "Late": ["3 of 22 (14 %)", "3 of 3 (100 %)"],
    }
    assert "2 lines have no protocol or no dose on file" in found.tables[0].note
    assert found.warnings == (
        "2 planned doses have no entry: whether they were given is not known.",
    )


def test_an_intensity_known_as_a_range_does_not_count(found: PracticeFigures) -> None:
    amounts = rows(found, "practice-amounts")
    assert amounts["Relative dose intensity in %"] == ["1", "90 (90 to 90)", "90 to 90"]
    assert amounts["Dose given in mg"][0] == "1"
    assert amounts["Exposure in months"] == ["1", "10 (10 to 10)", "10 to 10"]
    longest = amounts["Longest delay in days"]
    assert longest == ["3", "4 (3.5 to 5.5)", "3 to 7"]
    assert "1 line is known as a range" in found.tables[1].note


def test_a_reason_of_one_patient_is_not_quoted(found: PracticeFigures) -> None:
    assert rows(found, "practice-reasons") == {
        "holiday": ["2 of 4 (50 %)", "2"],
        "Reasons of one patient each": ["1 of 4 (25 %)", "1"],
        "No reason told": ["1 of 4 (25 %)", "1"],
    }


def test_events_are_told_by_what_they_led_to(found: PracticeFigures) -> None:
    assert rows(found, "practice-events") == {"Fatigue": ["1", "0", "0", "1"]}


def test_time_on_treatment_is_told_by_the_reason_for_stopping(found: PracticeFigures) -> None:
    stopping = rows(found, "practice-stopping")
    assert stopping["All lines"][1].startswith("4.0 (95 % CI ")
    assert stopping["Progression"] == ["2 of 5 (40 %)", "3 (2 to 4)"]
    assert stopping["Stopped, no reason told"] == ["1 of 5 (20 %)", "6 (6 to 6)"]
    assert stopping["Goes on"] == ["1 of 5 (20 %)", "9 (9 to 9)"]
    assert stopping["Not known whether it goes on"] == ["1 of 5 (20 %)", "–"]
    assert "Death" not in stopping


def test_what_is_missing_and_vague_is_told(found: PracticeFigures) -> None:
    assert rows(found, "practice-completeness") == {
        "On file in %, median (quartiles)": ["75 (75 to 75)"],
        "Missing: Imaging": ["5 of 5 (100 %)"],
    }
    dates = rows(found, "practice-dates")
    assert dates["Start of a line"] == ["1 of 5 (20 %)", "0 of 5 (0 %)"]
    assert dates["Time on treatment"] == ["0 of 5 (0 %)", "1 of 5 (20 %)"]
    assert dates["Onset of an adverse event"] == ["1 of 5 (20 %)", "0 of 5 (0 %)"]


def test_from_the_diagnosis_every_line_of_a_patient_counts() -> None:
    patient = made.member(made.treated(doses=given(4)), made.treated(doses=given(6)))
    found = practice(made.from_diagnosis(patient))
    assert rows(found, "practice-doses")["Planned by the protocol"] == ["10", "2"]
    assert found.tables[0].rows[0][2].who == (patient.id,)
    assert any("every line against the disease" in words for words in found.methods)
    assert rows(found, "practice-stopping")["All lines"] == ["2", "not known"]
    keys = {each.key for each in found.tables}
    assert not keys & {"practice-reasons", "practice-events"}
    assert not found.tables[0].note


def test_without_a_line_or_a_patient_only_what_can_be_told_is_told() -> None:
    untreated = practice(made.from_diagnosis(made.member()))
    assert [each.key for each in untreated.tables] == ["practice-completeness", "practice-dates"]
    assert practice(made.by_line()) == PracticeFigures()


def test_the_published_case_had_all_of_its_62_doses_in_time() -> None:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    history = History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])
    member = member_of(history, dt.date(2026, 11, 1))
    found = practice(made.by_line(member, treatments=("mogamulizumab",)))
    doses = rows(found, "practice-doses")
    assert doses["Given in full"][0] == "62 of 62 (100 %)"
    assert doses["Late"][0] == "0 of 62 (0 %)"
    assert rows(found, "practice-amounts")["Relative dose intensity in %"][1] == "100 (100 to 100)"
    assert rows(found, "practice-stopping")["Toxicity"] == ["1 of 1 (100 %)", "27.1 (27.1 to 27.1)"]
