"""Those who changed since a mark: after every way to change a record, and nobody else."""

import uuid
from collections.abc import Callable

import pytest

from models.base import revised
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.models.builders import PATIENT

OTHER = uuid.uuid4()


@pytest.fixture
def two(clinic: Clinic) -> Clinic:
    clinic.save(a.patient())
    clinic.save(a.patient(id=OTHER, mrn="18", family_name="Abel"))
    return clinic


def changed(clinic: Clinic, act: Callable[[], object]) -> set[uuid.UUID] | None:
    """Who is read again after this; None: everybody is."""
    mark = clinic.catch_up(None).mark
    act()
    found = clinic.catch_up(mark)
    assert clinic.catch_up(found.mark).histories == []
    return None if found.whole else {each.patient.id for each in found.histories}


def test_who_was_seen_at_first_and_what_tells_of_nobody(two: Clinic) -> None:
    first = two.catch_up(None)
    assert first.whole
    assert first.order == [OTHER, PATIENT]
    assert [each.patient.id for each in first.histories] == first.order
    told: list[int] = []
    assert two.catch_up(first.mark, lambda done, _whole: told.append(done)).histories == []
    assert told == []
    assert changed(two, lambda: two.history(PATIENT)) == set()
    assert changed(two, lambda: two.populations.save(a.population())) == set()
    assert changed(two, lambda: two.save(revised(two.letterhead(), phone="1"))) == set()


def test_a_change_an_undo_and_a_removal_name_their_patient(two: Clinic) -> None:
    assert changed(two, lambda: two.save(a.visit("2020-02-03"))) == {PATIENT}
    assert changed(two, two.undo) == {PATIENT}
    assert changed(two, two.redo) == {PATIENT}
    assert changed(two, lambda: two.remove(two.patient("18"), "entered in error")) == set()
    assert two.catch_up(None).order == [PATIENT]


def test_a_merger_and_its_undo_change_both(two: Clinic) -> None:
    two.save(a.visit("2020-02-03", patient=OTHER))
    kept, gone = two.patient("17"), two.patient("18")
    assert changed(two, lambda: two.merge(kept, gone, reason="one person")) == {PATIENT}
    assert changed(two, two.undo) == {PATIENT, OTHER}


def test_what_concerns_everybody_has_everybody_read(two: Clinic) -> None:
    ways = revised(two.practice(), confirmed_after_days=35)
    assert changed(two, lambda: two.save(ways)) is None
    assert changed(two, lambda: two.vocabularies.save_drug(a.drug())) is None


def test_another_window_is_followed_and_another_trail_is_not(two: Clinic) -> None:
    def elsewhere() -> None:
        with Clinic.open(two.folder, USER, PASSWORD) as other:
            other.save(a.visit("2020-02-03"))

    assert changed(two, elsewhere) == {PATIENT}
    mark = two.catch_up(None).mark
    assert mark is not None
    assert two.catch_up({**mark, "hash": "0" * 64}).whole
