"""What a merge would change is told before it happens, and no detail of either is lost unseen."""

import uuid
from typing import Any

import pytest

from models.base import InvalidRecord, PatientRecord, revised
from models.history import History
from models.merge_proposal import MergeProposal, Stands, counted
from tests.models import builders as a

OTHER = uuid.UUID(int=2)


def proposal(
    kept: dict[str, Any],
    duplicate: dict[str, Any],
    records: tuple[PatientRecord, ...] = (),
    theirs: tuple[PatientRecord, ...] = (),
) -> MergeProposal:
    moved = [revised(each, patient=OTHER) for each in theirs]
    other = a.patient(**{"id": OTHER, "mrn": "18", **duplicate})
    return MergeProposal(a.history(*records, **kept), History.of_records(other, moved))


def test_gaps_are_filled_and_the_details_of_the_kept_stand() -> None:
    merge = proposal(
        {"phone": None, "language": "Deutsch", "address": "Lindenweg 1"},
        {"phone": "555 0100", "family_name": "Webber", "address": "Lindenweg 2"},
    )
    told = {each.words.name: (each.conflict, each.usual) for each in merge.differences}
    assert told == {
        "family_name": (True, Stands.KEPT),
        "phone": (False, Stands.DUPLICATE),
        "address": (True, Stands.KEPT),
    }
    usual = merge.patient({})
    assert (usual.id, usual.mrn, usual.family_name) == (a.PATIENT, "17", "Weber")
    assert (usual.phone, usual.language, usual.address) == ("555 0100", "Deutsch", "Lindenweg 1")
    chosen = merge.patient({"family_name": Stands.DUPLICATE, "address": Stands.BOTH})
    assert (chosen.family_name, chosen.address) == ("Webber", "Lindenweg 1\nLindenweg 2")


def test_the_allergies_of_neither_are_lost() -> None:
    merge = proposal({"allergies": "penicillin"}, {"allergies": "latex"})
    assert merge.patient({}).allergies == "penicillin\nlatex"


def test_details_that_do_not_go_together_are_refused() -> None:
    merge = proposal({}, {"birth_date": "1990-01-01", "death_date": "2019"})
    assert merge.patient({}).death_date is not None
    dead_before_birth = proposal({}, {"death_date": "1949"} | {"birth_date": "1940-01-01"})
    with pytest.raises(InvalidRecord):
        dead_before_birth.patient({})


def test_what_is_recorded_for_both_is_told_once() -> None:
    ours = (a.visit("2020-03-02"), a.visit("2020-03-09"))
    theirs = (a.visit("2020-03-02", ecog=1), a.visit("2020-04-06"))
    merge = proposal({}, {}, ours, theirs)
    assert merge.recorded_for_both == ["visit of 2 Mar 2020"]
    assert merge.new_contradictions(merge.patient({})) == []
    assert counted(merge.duplicate) == ["2 visits"]


def test_only_new_contradictions_are_told() -> None:
    before_birth = a.visit("1949-01-03", notes="told already")
    merge = proposal(
        {},
        {"birth_date": "1940-06-15", "death_date": "2019-12-01"},
        (before_birth, a.visit("2020-03-02")),
        (a.visit("1948-05-01"),),
    )
    told = merge.new_contradictions(merge.patient({}))
    assert len(told) == 2
    assert told[0].startswith("Visit of 1 May 1948: before the birth")
    assert told[1].startswith("Visit of 2 Mar 2020: after the death")
    alive = merge.new_contradictions(merge.patient({"death_date": Stands.KEPT}))
    assert alive == told[:1]
