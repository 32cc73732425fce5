"""The list of everybody tells what the histories tell."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import Engine, event

from models.demo.made_up import made_up_patients
from models.patient import Patient
from models.progress import Stopped
from models.store import active
from models.store.clinic import Clinic
from models.summary import CareStatus, as_of
from tests.models import builders as a

DAYS = [a.day("2012-05-02"), a.day("2019-11-30"), a.day("2020-04-30")]


@pytest.fixture
def filled(clinic: Clinic) -> Clinic:
    clinic.save_all([record for course in made_up_patients(40, 3) for record in course])
    clinic.save(a.patient(lost_to_follow_up=True))
    return clinic


@pytest.mark.parametrize("day", DAYS)
def test_everybody_is_told_of_as_by_the_history(filled: Clinic, day: dt.date) -> None:
    summaries = [as_of(each, day) for each in filled.histories()]
    people = [each.history.patient for each in summaries]
    listed = filled.listed(day)
    assert [each.id for each in listed] == [each.id for each in people]
    assert [(each.name, each.mrn) for each in listed] == [(each.name, each.mrn) for each in people]
    assert [each.birth_date for each in listed] == [each.birth_date for each in people]
    assert [each.age for each in listed] == [each.age_on(day) for each in people]
    assert [each.status for each in listed] == [each.status for each in summaries]


def test_every_way_care_can_stand_is_among_them(filled: Clinic) -> None:
    assert {each.status for each in filled.listed(DAYS[-1])} == {*CareStatus}


def test_the_histories_of_a_few_are_those_that_all_have(filled: Clinic) -> None:
    everybody = {each.patient.id: each for each in filled.histories()}
    few = [*everybody][5:9]
    filled.remove(everybody[few[0]].patient, "entered by mistake")
    found = {each.patient.id: each.records for each in filled.histories_of(few)}
    assert found == {each: everybody[each].records for each in few[1:]}


def test_who_was_removed_is_not_listed(clinic: Clinic, patient: Patient) -> None:
    clinic.remove(patient, "entered by mistake")
    assert [*clinic.listed(DAYS[0])] == []


@pytest.mark.parametrize("step", [1, 2, 3])
def test_reading_the_list_can_be_stopped_on_the_way(filled: Clinic, step: int) -> None:
    """While treatments, the lost and everybody are read."""
    told: list[tuple[int, int]] = []

    def progress(done: int, whole: int) -> None:
        told.append((done, whole))
        if len(told) == step:
            raise Stopped

    with pytest.raises(Stopped):
        filled.listed(DAYS[-1], progress)
    assert len(told) == step
    assert len(filled.listed(DAYS[-1])) == 41


def test_a_clinic_that_lost_very_many_opens_its_list(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite takes so many values in one statement, and no more."""
    monkeypatch.setattr(active, "AT_ONCE", 5)
    clinic.save_all(
        [a.patient(id=uuid.UUID(int=n), mrn=f"{n}", lost_to_follow_up=True) for n in range(1, 41)]
    )
    asked: list[int] = []

    def count(_c: object, _u: object, sql: str, values: Any, _x: object, _many: bool) -> None:
        asked.append(len(values) if sql.startswith("SELECT") else 0)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        found = clinic.listed(DAYS[-1])
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert [each.status for each in found] == [CareStatus.LOST] * 40
    assert max(asked) < 40
