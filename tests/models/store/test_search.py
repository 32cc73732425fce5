"""A patient is found however name, MRN or birth date are typed, and nothing typed is an error."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base import revised
from models.patient import Patient
from models.store.clinic import Clinic

Enter = Callable[..., Patient]


@pytest.mark.parametrize(
    "typed",
    [
        "Weiß-Łukasz, Anaïs",
        "anais weiss",
        "WEISS ANA",
        "lukasz",
        "weißlukasz",
        "A-1",
        "a1",
        "1950-03-07",
        "07.03.1950",
        "7.3.1950",
        "07/03/1950",
        "19500307",
        "07031950",
        "1950-03 weiss",
        "1950",
    ],
)
def test_found(clinic: Clinic, enter: Enter, typed: str) -> None:
    patient = enter()
    enter(mrn="B-2", family_name="Ōta", given_name="王小明", birth_date="1961-11-30")
    assert clinic.find(typed) == [patient]


@pytest.mark.parametrize("typed", ["kasz", "weiss berta", "1951", "A-2", "-", '"', "***"])
def test_not_found(clinic: Clinic, patient: Patient, typed: str) -> None:
    assert clinic.find(typed) == []


def test_other_scripts_are_found(clinic: Clinic, enter: Enter) -> None:
    patient = enter(family_name="Ōta", given_name="王小明")
    assert clinic.find("ota") == clinic.find("王") == clinic.find("Ota 王小明") == [patient]


def test_nothing_typed_gives_everybody_by_name(clinic: Clinic, enter: Enter) -> None:
    last, first = enter(family_name="Zorn"), enter(mrn="A-2", family_name="Ähre")
    assert clinic.find("") == clinic.find("  ") == clinic.patients() == [first, last]


def test_best_first(clinic: Clinic, enter: Enter) -> None:
    begins = enter(mrn="1", family_name="Bergmann")
    whole = enter(mrn="2", family_name="Berg")
    number = enter(mrn="Berg", family_name="Zorn")
    assert clinic.find("berg") == [number, whole, begins]


def test_a_corrected_name_is_found_and_the_former_is_not(clinic: Clinic, patient: Patient) -> None:
    corrected = clinic.save(revised(patient, family_name="Schwarz"))
    assert clinic.find("schwarz") == [corrected]
    assert clinic.find("weiss") == []


@given(st.text(max_size=400))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_typed_is_no_error(clinic: Clinic, typed: str) -> None:
    assert clinic.find(typed) == []


@given(st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=30))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_name_finds_its_patient(clinic: Clinic, name: str) -> None:
    (patient,) = clinic.patients() or [_anybody(clinic)]
    patient = clinic.save(revised(patient, family_name=name))
    assert clinic.find(name) == clinic.find(name.upper()) == [patient]


def _anybody(clinic: Clinic) -> Patient:
    values = {"mrn": "X", "family_name": "X", "given_name": "X", "birth_date": "1950-03-07"}
    return clinic.save(revised(Patient.model_construct(), **values, sex="other"))
