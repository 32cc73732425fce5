"""Study numbers: given once and for ever, telling nothing, and looked up on record."""

import uuid
from pathlib import Path

import pytest

from models.base import ClinicError
from models.exchange.registry.studied import MOST_SHIFT
from models.store.audit import Action
from models.store.clinic import Clinic
from models.store.study_numbers import LEAST_SHIFT, LOOKED_UP, SECRET_BYTES
from models.store.trail_search import Asked
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.models.store.conftest import Enter

MANY = 24


@pytest.fixture
def whose(clinic: Clinic) -> list[uuid.UUID]:
    made = [a.patient(id=uuid.uuid4(), mrn=f"N-{n}") for n in range(MANY)]
    return [each.id for each in clinic.save_all(made)]


def test_the_same_number_and_shift_the_next_time(clinic: Clinic, whose: list[uuid.UUID]) -> None:
    first = clinic.study_numbers(whose[:2])
    assert clinic.study_numbers(whose)[whose[0]] == first[whose[0]]
    folder = clinic.folder
    clinic.close()
    with Clinic.open(folder, USER, PASSWORD) as again:
        assert again.study_numbers(whose[:2]) == first


def test_they_tell_nothing_of_when_somebody_was_entered(
    clinic: Clinic, whose: list[uuid.UUID]
) -> None:
    numbers = [clinic.study_numbers([each])[each] for each in whose]
    assert len({each.number for each in numbers}) == MANY
    assert numbers != sorted(numbers, key=lambda each: each.number)
    shifts = {each.shift_days for each in numbers}
    assert all(LEAST_SHIFT <= abs(days) <= MOST_SHIFT.days for days in shifts)
    assert min(shifts) < 0 < max(shifts)
    assert len(shifts) > MANY // 2


def test_who_is_who_is_told_and_put_on_record(clinic: Clinic, whose: list[uuid.UUID]) -> None:
    number = clinic.study_numbers(whose)[whose[7]].number
    assert clinic.whose_number(number).id == whose[7]
    (entry,) = [
        row
        for row in clinic.trail.search(Asked()).rows
        if row.change and row.change.new.get("what") == LOOKED_UP
    ]
    assert entry.change is not None
    assert (entry.change.action, entry.patient) == (Action.READ, whose[7])


def test_a_number_of_nobody_is_said_to_be_so(clinic: Clinic, whose: list[uuid.UUID]) -> None:
    taken = {each.number for each in clinic.study_numbers(whose).values()}
    free = next(number for number in range(1, MANY + 2) if number not in taken)
    with pytest.raises(ClinicError, match="No patient on file has this study number"):
        clinic.whose_number(free)


def test_who_was_merged_is_found_as_who_was_kept(clinic: Clinic, enter: Enter) -> None:
    kept, duplicate = enter(mrn="N-1"), enter(mrn="N-2")
    numbers = clinic.study_numbers([kept.id, duplicate.id])
    clinic.merge(kept, duplicate, reason="one person")
    assert clinic.whose_number(numbers[duplicate.id].number).mrn == "N-1"
    assert clinic.whose_number(numbers[kept.id].number).mrn == "N-1"


def test_who_was_kept_takes_over_the_number_that_only_the_other_had(
    clinic: Clinic, enter: Enter
) -> None:
    kept, duplicate = enter(mrn="N-1"), enter(mrn="N-2")
    number = clinic.study_numbers([duplicate.id])[duplicate.id]
    clinic.merge(kept, duplicate, reason="one person")
    assert clinic.study_numbers([kept.id]) == {kept.id: number}
    assert clinic.whose_number(number.number).mrn == "N-1"


def test_every_clinic_has_a_secret_of_its_own(clinic: Clinic, enter: Enter, tmp_path: Path) -> None:
    patient = enter()
    ours = clinic.study_numbers([patient.id])[patient.id]
    assert len(ours.secret) == SECRET_BYTES
    assert ours.secret.hex() not in repr(ours)
    made = Clinic.create(tmp_path / "other", name="Other", user=USER, password=PASSWORD)
    with made[0] as other:
        other.save(a.patient(id=patient.id))
        assert other.study_numbers([patient.id])[patient.id].secret != ours.secret


def test_a_removed_patient_is_nobody(clinic: Clinic, enter: Enter) -> None:
    patient = enter()
    number = clinic.study_numbers([patient.id])[patient.id].number
    clinic.remove(patient, "entered twice")
    with pytest.raises(ClinicError):
        clinic.whose_number(number)
