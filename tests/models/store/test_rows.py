"""The records of a history: those that a session would read, but nobody keeps track of them."""

import copy
import pickle
from collections.abc import Iterable

import pytest
from sqlalchemy import inspect, select
from sqlmodel import col

from models.base import Record, revised
from models.demo.made_up import made_up_patients
from models.patient import Patient
from models.records import OF_A_PATIENT
from models.store.clinic import Clinic
from models.store.reading import histories, history, patients
from models.store.rows import of_all, untracked
from models.visit import Visit
from tests.models import builders as a
from tests.models.store.conftest import Enter
from tests.models.store.test_drawing_up import someone

KINDS: tuple[type[Record], ...] = (Patient, *OF_A_PATIENT)


@pytest.fixture
def crowd(clinic: Clinic) -> Clinic:
    """Made-up patients, and records of all kinds."""
    for records in made_up_patients(6, 7):
        clinic.save_all(records)
    others = [a.attachment(), a.consent(), a.molecular(), a.imaging(), a.snooze(), a.biopsy()]
    clinic.save_all(someone(99, *others))
    return clinic


def test_they_are_those_that_a_session_reads(crowd: Clinic) -> None:
    with crowd._store.reading() as session:
        for kind in KINDS:
            tracked = session.scalars(select(kind)).all()
            found = untracked(session, kind, select(kind))
            assert found
            assert found == tracked
            assert [types(each) for each in found] == [types(each) for each in tracked]
            fields_set = {frozenset(each.model_fields_set) for each in (*found, *tracked)}
            assert fields_set == {frozenset()}


def types(record: Record) -> dict[str, type]:
    return {name: type(value) for name, value in record.model_dump().items()}


def test_a_session_keeps_track_of_none(crowd: Clinic) -> None:
    with crowd._store.reading() as session:
        people = patients(session)
        read = [history(session, people[0].id), *histories(session, people)]
        followed = [type(each).__name__ for each in session.identity_map.values()]
        assert set(followed) <= {"Patient", "Practice", "RuleConfirmation"}
        assert all_transient(record for each in read for record in each.by_id.values())


def all_transient(records: Iterable[Record]) -> bool:
    return all(inspect(each).transient for each in records)


def test_they_are_copied_sent_and_corrected_like_any_other(crowd: Clinic) -> None:
    for read in crowd.histories():
        assert pickle.loads(pickle.dumps(read)) == read  # noqa: S301
        for record in read.by_id.values():
            assert copy.deepcopy(record) == record
            assert revised(record) == record
            assert "_sa_instance_state" not in record.model_dump()


def test_a_read_record_is_saved_as_one_that_was_built(clinic: Clinic, enter: Enter) -> None:
    patient = enter()
    clinic.save(a.visit("2020-01-06", patient=patient.id))
    (visit,) = clinic.history(patient.id).of(Visit)
    visit.notes = "seen again"
    clinic.save(visit)
    assert [each.notes for each in clinic.history(patient.id).of(Visit)] == ["seen again"]


def test_of_everybody_those_stand_that_were_not_removed(clinic: Clinic, enter: Enter) -> None:
    patient = enter()
    days = ("2020-03-02", "2020-01-06", "2020-02-03")
    saved = clinic.save_all([a.visit(day, patient=patient.id) for day in days])
    clinic.remove(saved[2], "entered in error")
    with clinic._store.reading() as session:
        assert [each.id for each in of_all(session, Visit)] == [each.id for each in saved[:2]]
        asked = select(Visit).where(col(Visit.removed_at).is_not(None))
        assert [each.id for each in untracked(session, Visit, asked)] == [saved[2].id]
