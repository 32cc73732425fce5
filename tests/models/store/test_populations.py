"""Populations saved by name: unique, brought back, undone, and those of a later version."""

import pytest

from models.base import InvalidRecord, revised
from models.population import Population, SavedPopulation
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.models.store.conftest import BehindTheBack

OLD = Population(age_from=70)


def names(clinic: Clinic) -> list[str]:
    return [each.name for each in clinic.populations.all()]


def test_what_is_saved_under_a_name_is_read_renamed_overwritten_and_undone(clinic: Clinic) -> None:
    saved = clinic.populations.save(a.population(name="Zebra"))
    clinic.populations.save(a.population(name="Élan", criteria=OLD))
    assert names(clinic) == ["Élan", "Zebra"]
    clinic.populations.save(revised(saved, name="Aster", criteria=OLD), reason="wider")
    (aster, _elan) = clinic.populations.all()
    assert aster.record is not None
    assert (aster.name, aster.record.criteria) == ("Aster", OLD)
    clinic.undo()
    assert names(clinic) == ["Élan", "Zebra"]


def test_a_name_stands_once_and_what_was_removed_comes_back_in_one_step(clinic: Clinic) -> None:
    saved = clinic.populations.save(a.population(name="Sézary"))
    with pytest.raises(InvalidRecord) as refused:
        clinic.populations.save(a.population(name="SÉZARY"))
    assert refused.value.problems == {"name": "Another saved population has this name."}
    clinic.remove(saved, "not needed")
    assert names(clinic) == []
    back = clinic.populations.save(a.population(name="sézary", criteria=OLD))
    assert (back.id, back.name, back.criteria) == (saved.id, "sézary", OLD)
    clinic.undo()
    assert names(clinic) == []
    other = clinic.populations.save(a.population(name="other"))
    with pytest.raises(InvalidRecord, match="save it anew to bring it back"):
        clinic.populations.save(revised(other, name="Sézary"))


def test_criteria_of_a_later_version_leave_the_others_to_be_read(
    clinic: Clinic, behind_the_back: BehindTheBack
) -> None:
    clinic.populations.save(a.population(name="known"))
    clinic.populations.save(a.population(name="unknown"))
    clinic.close()
    with behind_the_back(clinic.folder) as raw:
        raw.execute(
            """UPDATE population SET criteria = '{"mood": ["good"]}' WHERE name LIKE 'u%'"""
        )
    with Clinic.open(clinic.folder, USER, PASSWORD) as again:
        known, unknown = again.populations.all()
        assert isinstance(known.record, SavedPopulation)
        assert (unknown.name, unknown.record) == ("unknown", None)
        (said,) = again.check()
        assert said.startswith("A saved population was changed behind the program's back")
    with behind_the_back(clinic.folder) as raw:
        raw.execute("UPDATE population SET removed_at = '2026-01-01' WHERE name LIKE 'u%'")
    with (
        Clinic.open(clinic.folder, USER, PASSWORD) as again,
        pytest.raises(InvalidRecord, match="A later version of the program saved one by this name"),
    ):
        again.populations.save(a.population(name="Unknown"))
