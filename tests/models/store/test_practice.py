"""The clinic's settings and its confirmed rules: kept like any record, and no patient's."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.base import BOOKKEEPING, ClinicError, InvalidRecord, Record, build, revised
from models.patient import Patient
from models.practice import THE_ONE, Criteria, LateDose, RuleConfirmation, usual_practice
from models.rule_book import rule_book
from models.rules import Standing
from models.store.audit import Action
from models.store.clinic import Clinic
from tests.models import builders as a

USER, PASSWORD = "anna", "three unrelated words"

BehindTheBack = Callable[..., Any]
Enter = Callable[..., Patient]

RULES = [rule for section in rule_book() for rule in section.rules]
ONE, OTHER = [rule for rule in RULES if rule.standing is Standing.UNVERIFIED][:2]


def reopened(clinic: Clinic) -> Clinic:
    clinic.close()
    return Clinic.open(clinic.folder, USER, PASSWORD)


def entered(record: Record) -> dict[str, Any]:
    return record.model_dump(exclude=set(BOOKKEEPING) - {"id"})


def test_a_new_clinic_works_as_is_usual(clinic: Clinic, patient: Patient) -> None:
    assert clinic.practice() == clinic.history(patient.id).practice == usual_practice()
    assert clinic.practice().version == 0
    assert clinic.history(patient.id).confirmed == frozenset()


def test_settings_are_saved_corrected_and_read_again(clinic: Clinic) -> None:
    saved = clinic.save(revised(clinic.practice(), criteria="2022", confirmed_after_days=56))
    assert (saved.id, saved.version, saved.recorded_by) == (THE_ONE, 1, "anna")
    late = revised(saved, late_dose=LateDose.STAYS, death_ends_time_to_next_treatment=True)
    corrected = clinic.save(late, reason="as agreed")
    assert (corrected.version, corrected.changed_by) == (2, "anna")
    with reopened(clinic) as opened:
        read = opened.practice()
        assert entered(read) == entered(corrected)
        assert read.criteria is Criteria.OLSEN_2022
        assert (read.confirmed_after_days, read.late_dose) == (56, LateDose.STAYS)
        assert opened.check() == []


def test_a_clinic_has_its_settings_once(clinic: Clinic) -> None:
    """Two windows that change them for the first time do not overwrite each other."""
    with Clinic.open(clinic.folder, USER, PASSWORD) as other:
        theirs, ours = other.practice(), clinic.practice()
        other.save(revised(theirs, result_days=10))
        with pytest.raises(ClinicError, match="changed meanwhile by anna"):
            clinic.save(revised(ours, result_days=20))
    assert clinic.practice().result_days == 10


@pytest.mark.parametrize(
    "wrong",
    [{"confirmed_after_days": -1}, {"assess_weeks_later": 0}, {"contact_months": 61}],
)
def test_settings_have_limits(clinic: Clinic, wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidRecord) as refused:
        clinic.save(revised(clinic.practice(), **wrong))
    assert list(refused.value.problems) == list(wrong)
    assert clinic.practice() == usual_practice()


def test_settings_are_the_same_for_every_patient(clinic: Clinic, enter: Enter) -> None:
    people = [enter(mrn="1"), enter(mrn="2"), enter(mrn="3")]
    clinic.save(revised(clinic.practice(), emergent_days=30))
    clinic.save(a.confirmation(ONE))
    histories = [*clinic.histories(), *(clinic.history(person.id) for person in people)]
    assert len(histories) == 6
    assert all(history.practice == clinic.practice() for history in histories)
    assert {history.confirmed for history in histories} == {frozenset({ONE.name})}


def test_a_confirmation_of_a_former_wording_does_not_count(
    clinic: Clinic, patient: Patient
) -> None:
    former = clinic.save(a.confirmation(ONE, statement=f"{ONE.statement} Or not."))
    clinic.save(revised(a.confirmation(OTHER), rule="skin.forgotten"))
    assert clinic.history(patient.id).confirmed == frozenset()
    assert len(clinic.confirmations()) == 2
    now = clinic.save(a.confirmation(ONE))
    assert clinic.history(patient.id).confirmed == {ONE.name}
    assert clinic.confirmations()[0] == former
    assert clinic.confirmations()[-1] == now


def test_a_confirmation_is_withdrawn_with_a_reason_and_kept(
    clinic: Clinic, patient: Patient
) -> None:
    kept = clinic.save(a.confirmation(ONE, notes="table 3"))
    with pytest.raises(ClinicError, match="needs a reason"):
        clinic.remove(kept, "  ")
    clinic.remove(kept, "a later paper")
    with reopened(clinic) as opened:
        assert opened.confirmations() == []
        assert opened.history(patient.id).confirmed == frozenset()
        assert opened.check() == []


def test_a_confirmation_needs_a_clinician(clinic: Clinic) -> None:
    values = {"rule": ONE.name, "statement": ONE.statement, "confirmed_on": a.START}
    for name in ({}, {"confirmed_by": "  "}):
        with pytest.raises(InvalidRecord) as refused:
            clinic.save(build(RuleConfirmation, values | name))
        assert list(refused.value.problems) == ["confirmed_by"]


def told(behind_the_back: BehindTheBack, folder: Path) -> list[tuple[Any, ...]]:
    """Action, kind and patient of what the audit trail says of the clinic's own records."""
    asked = "SELECT action, kind, patient, reason FROM audit_entry"
    where = "WHERE kind IN ('practice', 'rule_confirmation') ORDER BY sequence"
    with behind_the_back(folder) as connection:
        return list(connection.execute(f"{asked} {where}"))


def test_what_is_done_is_written_down_as_the_clinics_own(
    clinic: Clinic, patient: Patient, behind_the_back: BehindTheBack
) -> None:
    before = clinic.changes(patient.id)
    saved = clinic.save(revised(clinic.practice(), result_days=10))
    clinic.save(revised(saved, result_days=12), reason="the laboratory is slow")
    clinic.remove(clinic.save(a.confirmation(ONE)), "a later paper")
    assert clinic.changes(patient.id) == before
    clinic.close()
    assert told(behind_the_back, clinic.folder) == [
        (Action.CREATED, "practice", None, None),
        (Action.CORRECTED, "practice", None, "the laboratory is slow"),
        (Action.CREATED, "rule_confirmation", None, None),
        (Action.REMOVED, "rule_confirmation", None, "a later paper"),
    ]


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE practice SET result_days = 99",
        "UPDATE rule_confirmation SET confirmed_by = 'Dr Eve'",
        "UPDATE rule_confirmation SET statement = 'Another rule.'",
        "UPDATE rule_confirmation SET removed_at = '2020-01-01 00:00:00'",
        "DELETE FROM rule_confirmation",
    ],
)
def test_an_edit_behind_the_programs_back_shows(
    clinic: Clinic, behind_the_back: BehindTheBack, edit: str
) -> None:
    clinic.save(revised(clinic.practice(), result_days=10))
    clinic.save(a.confirmation(ONE))
    assert clinic.check() == []
    clinic.close()
    with behind_the_back(clinic.folder) as connection:
        connection.execute(edit)
    with Clinic.open(clinic.folder, USER, PASSWORD) as opened:
        (fault,) = opened.check()
    assert "behind the program's back" in fault or "has disappeared" in fault


def test_the_clinics_own_records_are_saved_in_one_step(clinic: Clinic) -> None:
    own = [clinic.practice(), clinic.letterhead(), clinic.safekeeping()]
    changed = [revised(each, notes="seen") for each in own]
    assert [each.notes for each in clinic.save_all(changed)] == ["seen"] * 3
    assert clinic.letterhead().notes == clinic.safekeeping().notes == "seen"


def test_the_clinics_own_records_are_never_removed(clinic: Clinic) -> None:
    for own in (clinic.practice(), clinic.letterhead(), clinic.safekeeping()):
        saved = clinic.save(revised(own, notes="seen"))
        with pytest.raises(ClinicError, match="there is always one"):
            clinic.remove(saved, "not needed")
    assert clinic.check() == []
