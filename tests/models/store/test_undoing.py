"""Undo and redo of every step, taking back one change, and merging two patients."""

import datetime as dt
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.adverse_event import AdverseEvent
from models.base import ClinicError, Record, revised
from models.biopsy import Biopsy
from models.patient import Patient
from models.practice import usual_practice
from models.store.audit import Action
from models.store.clinic import Clinic
from models.store.drafts import Draft
from models.store.step import Deed, plain_values
from models.store.undoing import Deeds, Doings
from models.visit import Visit
from tests.models import builders as a
from tests.thorough import times

OTHER = a.patient(id=uuid.UUID(int=77), mrn="9001", family_name="Weiß", given_name="Ana")


@pytest.fixture
def patient(clinic: Clinic) -> Patient:
    return clinic.save(a.patient())


def undo(clinic: Clinic) -> str:
    doing = clinic.undo()
    return doing.words if doing else ""


def redo(clinic: Clinic) -> str:
    doing = clinic.redo()
    return doing.words if doing else ""


def state(clinic: Clinic) -> dict[Any, Any]:
    """What stands on file, without who entered it when."""
    return {
        record.id: (plain_values(record), getattr(record, "patient", None))
        for history in clinic.histories()
        for record in (history.patient, *history.by_id.values())
    }


def test_a_new_record_is_undone_and_done_again(clinic: Clinic, patient: Patient) -> None:
    visit = clinic.save(a.visit(a.START))
    assert undo(clinic) == "visit created"
    assert clinic.history(patient.id).of(Visit) == ()
    assert redo(clinic) == "visit created"
    (back,) = clinic.history(patient.id).of(Visit)
    assert plain_values(back) == plain_values(visit)
    assert clinic.check() == []


def test_a_correction_goes_back_to_the_values_before(clinic: Clinic, patient: Patient) -> None:
    visit = clinic.save(a.visit(a.START, ecog=1))
    clinic.save(revised(visit, ecog=3, plan="rest"))
    assert undo(clinic) == "visit corrected"
    (back,) = clinic.history(patient.id).of(Visit)
    assert (back.ecog, back.plan) == (1, None)
    newest = clinic.changes(patient.id)[0]
    assert (newest.old, newest.new, newest.reason) == (
        {"ecog": 3, "plan": "rest"},
        {"ecog": 1, "plan": None},
        "undone",
    )
    clinic.redo()
    assert clinic.history(patient.id).of(Visit)[0].ecog == 3


def test_a_removed_record_stands_again(clinic: Clinic, patient: Patient) -> None:
    entered = a.event()
    event, biopsy = clinic.save_all([entered, a.biopsy(adverse_event=entered.id)])
    clinic.remove(biopsy, "wrong patient")
    clinic.remove(event, "wrong patient")
    assert (undo(clinic), undo(clinic)) == ("adverse event removed", "biopsy removed")
    assert clinic.history(patient.id).of(Biopsy)[0].adverse_event == entered.id
    assert undo(clinic) == "2 records created"
    assert not clinic.history(patient.id).by_id
    assert clinic.check() == []


def test_a_new_step_forgets_what_could_be_done_again(clinic: Clinic, patient: Patient) -> None:
    clinic.save(a.visit(a.START))
    clinic.undo()
    clinic.save(a.event())
    assert redo(clinic) == ""


def test_nothing_is_undone_of_an_earlier_sitting(clinic: Clinic, patient: Patient) -> None:
    with Clinic.open(clinic.folder, "anna", "three unrelated words") as opened:
        assert undo(opened) == redo(opened) == ""


def test_what_somebody_else_changed_since_is_not_undone(clinic: Clinic, patient: Patient) -> None:
    visit = clinic.save(a.visit(a.START))
    with Clinic.open(clinic.folder, "anna", "three unrelated words") as opened:
        opened.save(revised(visit, ecog=2))
    with pytest.raises(ClinicError, match="changed meanwhile"):
        clinic.undo()
    assert clinic.history(patient.id).of(Visit)[0].ecog == 2
    assert undo(clinic) == "patient created", "what cannot be undone does not stand in the way"


def test_settings_go_back_to_the_usual_ones(clinic: Clinic) -> None:
    clinic.save(revised(usual_practice(), result_days=10))
    clinic.undo()
    assert clinic.practice().result_days == usual_practice().result_days
    clinic.redo()
    assert clinic.practice().result_days == 10
    clinic.save(revised(clinic.practice(), result_days=9))
    assert clinic.check() == []


def test_usual_settings_that_were_saved_stay_so(clinic: Clinic) -> None:
    clinic.save(usual_practice())
    assert undo(clinic) == "clinic's way of working created"
    assert redo(clinic) == ""
    clinic.save(revised(clinic.practice(), result_days=9))
    assert clinic.practice().result_days == 9


def test_a_new_patient_is_undone(clinic: Clinic, patient: Patient) -> None:
    assert undo(clinic) == "patient created"
    assert clinic.find("weber") == clinic.patients() == []
    clinic.redo()
    assert [each.id for each in clinic.find("weber")] == [patient.id]


def test_one_change_is_taken_back_whatever_came_after(clinic: Clinic, patient: Patient) -> None:
    visit = clinic.save(a.visit(a.START, ecog=1))
    visit = clinic.save(revised(visit, ecog=2))
    visit = clinic.save(revised(visit, plan="rest"))
    clinic.take_back(clinic.changes(patient.id)[1])
    (now,) = clinic.history(patient.id).of(Visit)
    assert (now.ecog, now.plan) == (1, "rest")
    clinic.remove(now, "entered twice")
    clinic.take_back(clinic.changes(patient.id)[0])
    assert clinic.history(patient.id).of(Visit)[0].plan == "rest"
    clinic.undo()
    assert clinic.history(patient.id).of(Visit) == ()
    with pytest.raises(ClinicError):
        clinic.take_back(clinic.changes(patient.id)[-1])
    assert clinic.check() == []


def merged(clinic: Clinic, patient: Patient) -> Patient:
    other = clinic.save(OTHER)
    event = a.event(patient=other.id)
    clinic.save_all([event, a.biopsy(patient=other.id, adverse_event=event.id)])
    clinic.save(a.visit(a.START))
    return other


def test_two_patients_are_merged(clinic: Clinic, patient: Patient) -> None:
    other = merged(clinic, patient)
    kept = clinic.merge(revised(patient, phone="555 0199"), other, reason="entered twice")
    assert clinic.patients() == [kept]
    assert kept.phone == "555 0199"
    history = clinic.history(patient.id)
    assert {type(record).__name__ for record in history.by_id.values()} == {
        "AdverseEvent",
        "Biopsy",
        "Visit",
    }
    changes = clinic.changes(patient.id)
    assert {change.action for change in changes} >= {Action.MOVED, Action.REMOVED}
    assert clinic.check() == []


def test_a_merger_is_undone_and_done_again(clinic: Clinic, patient: Patient) -> None:
    other = merged(clinic, patient)
    apart = state(clinic)
    clinic.merge(revised(patient, phone="555 0199"), other, reason="entered twice")
    together = state(clinic)
    for expected, turn in ((apart, undo), (together, redo), (apart, undo)):
        assert turn(clinic) == "merging of patients"
        assert state(clinic) == expected
        assert clinic.check() == []
    assert [each.id for each in clinic.find("9001")] == [other.id]


def test_a_patient_is_not_merged_with_itself_or_a_removed_one(
    clinic: Clinic, patient: Patient
) -> None:
    other = clinic.save(OTHER)
    with pytest.raises(ClinicError, match="with itself"):
        clinic.merge(patient, patient, reason="twice")
    with pytest.raises(ClinicError, match="needs a reason"):
        clinic.merge(patient, other, reason=" ")
    kept = clinic.merge(patient, other, reason="twice")
    with pytest.raises(ClinicError):
        clinic.merge(kept, other, reason="twice")
    assert clinic.check() == []


STEPS = st.lists(st.tuples(st.sampled_from(["new", "correct", "remove"]), st.integers(0, 9)))


@settings(
    deadline=None,
    max_examples=times(15),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(STEPS)
def test_all_steps_undone_lead_back_and_done_again_forth(
    clinic: Clinic, steps: list[tuple[str, int]]
) -> None:
    if not clinic.patients():
        clinic.save(a.patient())
    before, done = state(clinic), 0
    for what, n in steps:
        done += carry_out(clinic, what, n)
    after = state(clinic)
    for _each in range(done):
        assert clinic.undo()
    assert state(clinic) == before
    for _each in range(done):
        assert clinic.redo()
    assert state(clinic) == after
    assert clinic.check() == []


def carry_out(clinic: Clinic, what: str, n: int) -> bool:
    visits: list[Record] = list(clinic.history(a.PATIENT).of(Visit))
    if what == "new":
        clinic.save(a.visit(a.START, ecog=n % 5))
    elif not visits:
        return False
    elif what == "remove":
        clinic.remove(visits[n % len(visits)], "wrong")
    else:
        visit = visits[n % len(visits)]
        clinic.save(revised(visit, notes=f"{n} {visit.version}"))
    return True


def test_a_merger_with_a_removed_record_leaves_the_store_sound(
    clinic: Clinic, patient: Patient
) -> None:
    other = merged(clinic, patient)
    (event,) = clinic.history(other.id).of(AdverseEvent)
    (biopsy,) = clinic.history(other.id).of(Biopsy)
    clinic.remove(biopsy, "wrong")
    clinic.merge(patient, other, reason="twice")
    assert clinic.check() == []
    assert clinic.history(patient.id).of(AdverseEvent)[0].id == event.id
    clinic.undo()
    clinic.undo()
    assert clinic.history(other.id).of(Biopsy)
    assert clinic.check() == []


def test_a_merger_that_corrected_the_birth_date_is_undone(clinic: Clinic) -> None:
    kept = clinic.save(a.patient(birth_date="2015-01-01"))
    other = clinic.save(OTHER)
    clinic.save(a.visit("2014-05-05", patient=other.id))
    clinic.merge(revised(kept, birth_date=OTHER.birth_date), other, reason="twice")
    assert undo(clinic) == "merging of patients"
    assert clinic.patient(kept.mrn).birth_date.year == 2015
    assert clinic.history(other.id).of(Visit)


def test_a_merger_is_not_taken_back_by_halves(clinic: Clinic, patient: Patient) -> None:
    other = merged(clinic, patient)
    clinic.merge(patient, other, reason="twice")
    (removal,) = [
        change for change in clinic.changes(patient.id) if change.action is Action.REMOVED
    ]
    with pytest.raises(ClinicError, match="cannot be undone"):
        clinic.take_back(removal)


def test_two_patients_are_never_merged_into_each_other(clinic: Clinic, patient: Patient) -> None:
    other = clinic.save(OTHER)
    clinic.merge(patient, other, reason="twice")
    with Clinic.open(clinic.folder, "anna", "three unrelated words") as opened:
        third = opened.save(a.patient(id=uuid.UUID(int=78), mrn="9002", family_name="Weisz"))
        opened.merge(third, opened.patient(patient.mrn), reason="twice")
    assert [each.id for each in clinic.find("9001")] == [third.id]
    clinic.undo()
    assert [each.id for each in clinic.find("9001")] == [other.id]
    with pytest.raises(ClinicError, match="changed meanwhile"):
        clinic.redo()
    assert clinic.check() == []


def test_what_is_typed_for_the_duplicate_is_saved_first(clinic: Clinic, patient: Patient) -> None:
    other = clinic.save(OTHER)
    clinic.keep_draft(Draft("visit", other.id, None, 0, {"plan": "rest"}, dt.datetime.now(dt.UTC)))
    with pytest.raises(ClinicError, match=r"not saved yet \(by anna\)"):
        clinic.merge(patient, other, reason="twice")
    clinic.drop_draft("visit", other.id)
    clinic.merge(patient, other, reason="twice")


def test_a_duplicate_without_records_is_merged_in_words_too(
    clinic: Clinic, patient: Patient
) -> None:
    clinic.merge(patient, clinic.save(OTHER), reason="twice")
    assert undo(clinic) == "merging of patients"


def test_what_stands_so_already_is_not_taken_back(clinic: Clinic, patient: Patient) -> None:
    visit = clinic.save(a.visit(a.START, ecog=1))
    clinic.save(revised(visit, ecog=2))
    corrected = clinic.changes(patient.id)[0]
    clinic.take_back(corrected)
    with pytest.raises(ClinicError, match="stands so already"):
        clinic.take_back(corrected)


def test_an_undo_that_is_refused_for_the_moment_can_be_tried_again() -> None:
    doings = Doings()
    deed = Deed(Action.CREATED, Visit, uuid.UUID(int=1), None, 0, 1, {})
    doings.add([deed])

    def busy(deeds: Deeds) -> Deeds:
        raise ClinicError("Another program writes.", "", "Try again.")

    with pytest.raises(ClinicError):
        doings.undo(busy)
    doing = doings.undo(lambda deeds: deeds)
    assert doing is not None
    assert doing.words == "visit created"
