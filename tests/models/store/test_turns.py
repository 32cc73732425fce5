"""Several threads at once: who waits for whom, and what is read meanwhile."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, current_thread
from typing import Any

import pytest
from sqlalchemy import event, func, select

from models.base import ClinicError
from models.history import History
from models.patient import Patient
from models.store.clinic import Clinic
from tests.models.store.conftest import Enter
from tests.models.store.test_drafts import VISIT

SOON = 10  # seconds: by then whoever need not wait is long done


class LongReading:
    """The list of everybody, read by another thread, which stands still after the first records."""

    def __init__(self, clinic: Clinic) -> None:
        self._begun, self._goes_on = Event(), Event()
        self.others = ThreadPoolExecutor(2, "another thread")
        event.listen(clinic._store._reading, "after_cursor_execute", self._halt)
        self._read = self.others.submit(clinic.histories)
        assert self._begun.wait(SOON)

    def result(self) -> list[History]:
        self._goes_on.set()
        return self._read.result(SOON)

    def _halt(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if current_thread().name.startswith("another thread") and statement.startswith("SELECT"):
            self._begun.set()
            assert self._goes_on.wait(SOON)


@pytest.fixture
def long_reading(clinic: Clinic, patient: Patient) -> Iterator[LongReading]:
    begun = LongReading(clinic)
    yield begun
    begun._goes_on.set()
    begun.others.shutdown()


def test_a_view_is_of_one_moment(clinic: Clinic, patient: Patient, enter: Enter) -> None:
    on_file = select(func.count()).select_from(Patient)
    with clinic._store.surveying() as session:
        assert session.scalar(on_file) == 1
        enter(mrn="B-2")
        assert session.scalar(on_file) == 1
    assert len(clinic.patients()) == 2


def test_nothing_that_is_typed_or_saved_waits_for_a_long_reading(
    clinic: Clinic, patient: Patient, enter: Enter, long_reading: LongReading
) -> None:
    clinic.keep_draft(VISIT)
    assert clinic.likely_duplicates(patient.model_dump())
    later = enter(mrn="B-2")
    assert [history.patient for history in long_reading.result()] == [patient]
    assert {history.patient.id for history in clinic.histories()} == {patient.id, later.id}
    assert clinic.drafts() == [VISIT]


def test_closing_waits_for_a_long_reading(
    clinic: Clinic, patient: Patient, long_reading: LongReading
) -> None:
    closed = long_reading.others.submit(clinic.close)
    assert [history.patient for history in long_reading.result()] == [patient]
    closed.result(SOON)
    with pytest.raises(ClinicError, match="was closed"):
        clinic.histories()


def test_the_duplicates_of_a_patient_are_told_while_a_save_goes_on(
    clinic: Clinic, patient: Patient
) -> None:
    with ThreadPoolExecutor(1) as others, clinic._store.writing():
        found = others.submit(clinic.likely_duplicates, patient.model_dump()).result(SOON)
    assert [each.patient for each in found] == [patient]
