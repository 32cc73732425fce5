"""The members that are kept are those that would be read anew, whatever was done meanwhile."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from models.base import revised
from models.exchange.arrivals import Arrival, Place
from models.patient import Patient
from models.progress import Stopped, unseen
from models.store.clinic import Clinic
from tests.models import builders as a
from tests.models.builders import PATIENT
from ui.cohort_members import Members, read_members

DAY = dt.date(2020, 4, 30)
OTHER = uuid.uuid4()


@pytest.fixture
def two(clinic: Clinic) -> Clinic:
    line = a.moga("2020-01-07")
    clinic.save_all([a.patient(), a.diagnosis(), line, a.cycle(line), a.event()])
    clinic.save_all([a.patient(id=OTHER, mrn="18"), a.diagnosis(patient=OTHER)])
    return clinic


def import_another(clinic: Clinic) -> None:
    values = {"mrn": "19", "family_name": "Came", "given_name": "In", "birth_date": "1950-01-01"}
    came = [Arrival(Patient, "19", "", {**values, "sex": "female"}, Place("patient.csv", 2))]
    clinic.take_in(came, clinic.look_through(came))


def merge(clinic: Clinic) -> None:
    clinic.merge(clinic.patient("17"), clinic.patient("18"), reason="one person")


def settle(clinic: Clinic) -> None:
    clinic.save(revised(clinic.practice(), confirmed_after_days=35))


def test_what_is_kept_is_what_would_be_read_anew(two: Clinic) -> None:
    ways: list[Callable[[], object]] = [
        partial(two.save, a.visit("2020-02-03")),
        partial(two.save, a.line("2020-03-01", drug="bexarotene")),
        two.undo,
        partial(merge, two),
        two.undo,
        two.redo,
        partial(import_another, two),
        partial(settle, two),
        lambda: two.remove(two.patient("19"), "entered in error"),
    ]
    kept: Members | None = None
    for way in ways:
        way()
        kept = read_members(two, kept, DAY, unseen)
        anew = read_members(two, None, DAY, unseen)
        assert replace(kept, mark=None) == replace(anew, mark=None)
    assert kept is not None
    assert [each.id for each in kept.everybody] == [PATIENT]
    assert kept.drugs == [("mogamulizumab", 1)]


def test_of_those_who_stayed_as_they_were_nobody_is_worked_out_again(two: Clinic) -> None:
    before = read_members(two, None, DAY, unseen)
    two.save(a.visit("2020-02-03", patient=OTHER))
    after = read_members(two, before, DAY, unseen)
    old = {each.id: each for each in before.everybody}
    assert {each.id for each in after.everybody if each is old[each.id]} == {PATIENT}
    two.save(revised(two.practice(), notes="discussed"))  # concerns everybody, changes nobody
    assert read_members(two, after, DAY, unseen).everybody is after.everybody
    assert read_members(two, after, dt.date(2020, 4, 29), unseen).everybody is not after.everybody


def test_as_of_an_earlier_day_less_is_known(two: Clinic) -> None:
    now = read_members(two, None, DAY, unseen)
    then = read_members(two, now, dt.date(2020, 1, 1), unseen)
    assert [len(each.everybody[0].lines) for each in (now, then)] == [1, 0]


def test_reading_tells_how_far_it_is_and_ends_when_nobody_wants_it(two: Clinic) -> None:
    far: list[tuple[int, int]] = []
    read_members(two, None, DAY, lambda done, whole: far.append((done, whole)))
    shares = [done / whole for done, whole in far]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1] < 1) == (0, True)

    def stop(_done: int, _whole: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        read_members(two, None, DAY, stop)
