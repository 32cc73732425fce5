"""The published case as a history, and what its pages say of their making."""

import datetime as dt

import pytest

from models.base import PatientRecord
from models.demo.case import published_case
from models.history import History
from models.patient import Patient
from reports.asked import Printing

AS_OF = dt.date(2020, 4, 30)


@pytest.fixture(scope="session")
def case() -> History:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    return History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])


@pytest.fixture
def printing() -> Printing:
    return Printing("Skin Clinic", "anna", dt.datetime(2020, 4, 30, 14, 2, tzinfo=dt.UTC))
