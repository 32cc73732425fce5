"""Reading a patient: few queries, each by an index, however many records and patients there are."""

import pytest

from models.base import PatientRecord
from models.patient import Patient
from models.store.clinic import Clinic
from tests.models.long_course import long_course
from tests.models.store.asked import asked_of, plan_of
from tests.models.store.conftest import Enter

SMALL = ("rule_confirmation",)
"""What is looked through as a whole: the clinic's own, a few rows."""


def with_records(clinic: Clinic, patient: Patient, count: int) -> Patient:
    some: list[PatientRecord] = long_course(count)
    for each in some:
        each.patient = patient.id
    clinic.save_all(some)
    return patient


def questions(clinic: Clinic, patient: Patient) -> list[str]:
    """Those of everything that a patient's page reads."""
    clinic.history(patient.id)  # what is looked at only once in a while was
    with asked_of(clinic) as asked:
        clinic.history(patient.id)
        clinic.drafts()
        clinic.changes(patient.id)
    return [statement for statement, _values in asked]


def test_the_same_questions_are_asked_of_every_patient(
    clinic: Clinic, enter: Enter, patient: Patient
) -> None:
    few = questions(clinic, patient)
    assert few == questions(clinic, with_records(clinic, patient, 65))
    other = with_records(clinic, enter(mrn="A-2"), 300)
    for number in range(3, 40):
        enter(mrn=f"A-{number}", given_name=f"Nr {number}")
    assert few == questions(clinic, other)
    assert few == questions(clinic, patient)
    assert len(few) < 30


@pytest.mark.parametrize("work", ["history", "changes", "drafts"])
def test_every_question_is_answered_by_an_index(
    clinic: Clinic, patient: Patient, work: str
) -> None:
    with_records(clinic, patient, 65)
    with asked_of(clinic) as asked:
        getattr(clinic, work)(*([] if work == "drafts" else [patient.id]))
    assert asked
    scans = [step.split()[1] for step in plan_of(clinic, asked) if step.startswith("SCAN")]
    assert [table for table in scans if table not in SMALL] == []
