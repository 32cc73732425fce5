"""Two entries of one person are merged: shown before it happens, undone with one key."""

import uuid

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from models.base import ClinicError, build, revised
from models.patient import Patient
from models.visit import Visit
from tests.models import builders as a
from tests.ui.person import Person
from ui.main_window import MainWindow
from ui.merge_page import MergePage

TWICE = {"family_name": "Rosi", "given_name": "Anna", "birth_date": "1958-03-02", "sex": "female"}


@pytest.fixture
def twin(person: Person) -> Patient:
    """The published case's patient, entered a second time, with two visits; somebody is in."""
    person.open_case()
    clinic = person.window.clinic
    assert clinic is not None
    there = person.history.of(Visit)[-1]
    values = {**TWICE, "mrn": "4821", "phone": "555 0100"}
    made = clinic.save(build(Patient, values))
    visits = (a.visit(there.date, kind=there.kind), a.visit("2019-05-06"))
    clinic.save_all([build(Visit, {**each.model_dump(), "patient": made.id}) for each in visits])
    return made


@pytest.fixture
def page(person: Person, window: MainWindow, twin: Patient) -> MergePage:
    """The page as it opens from the menu, the duplicate chosen by its number."""
    person.choose("Merge with another patient…")
    assert person.page is window.merge_page
    person.write("4821")
    person.press("Return")
    return window.merge_page


def read(page: MergePage) -> str:
    labels = [each for each in page.findChildren(QLabel) if each.isVisible()]
    return "\n".join(label.text() for label in labels)


def names(window: MainWindow) -> list[str]:
    assert window.clinic is not None
    return [patient.name for patient in window.clinic.patients()]


def test_a_merge_by_keyboard_is_shown_before_and_undone_after(
    person: Person, page: MergePage, window: MainWindow, twin: Patient
) -> None:
    before = len(person.history.of(Visit))
    shown = read(page)
    for words in (
        "Rosi, Anna · female · born 2 Mar 1958 (62) · MRN 4821",
        "Moves: 2 visits",
        "Recorded for both, so twice after the merge: visit of 27 Apr 2020.",
        "Family name",
        "They differ",
        "Fills a gap",
    ):
        assert words in shown
    person.press("Ctrl+Return")
    assert person.page is window.patient
    assert person.told == "Merged. Undo with Ctrl+Z"
    assert len(person.history.of(Visit)) == before + 2
    assert (person.history.patient.family_name, person.history.patient.phone) == (
        "Rossi",
        "555 0100",
    )
    assert names(window) == ["Rossi, Anna"]
    assert window.clinic is not None
    assert [each.mrn for each in window.clinic.find("4821")] == ["004711"]
    window.clinic.undo()
    assert sorted(names(window)) == ["Rosi, Anna", "Rossi, Anna"]
    assert len(window.clinic.history(twin.id).of(Visit)) == 2


def test_a_conflict_is_decided_and_the_other_one_can_be_kept(
    person: Person, page: MergePage, window: MainWindow, twin: Patient
) -> None:
    assert page.details.choices["family_name"].hasFocus()
    person.press("Down")
    person.press("Ctrl+Return")
    assert person.history.patient.name == "Rosi, Anna"
    assert window.clinic is not None
    window.clinic.undo()
    window.open_patient(twin.id)
    window.merge_patient()
    person.write("004711")
    person.press("Return")
    person.click("⇄ Swap")
    assert "Moves: 2 visits" in read(page)
    person.press("Ctrl+Return")
    assert person.history.patient.mrn == "004711"


def test_what_would_contradict_follows_the_choices(
    person: Person, window: MainWindow, twin: Patient
) -> None:
    assert window.clinic is not None
    window.clinic.save(revised(twin, death_date="2019"))
    window.merge_patient(twin.id)
    page = window.merge_page
    assert "Consent of 27 Apr 2020 (publication): after the death" in page.warnings.text()
    page.details.choices["death_date"].setFocus()
    person.press("Up")
    assert "after the death" not in page.warnings.text()
    window.clinic.save(revised(window.clinic.history(twin.id).patient, birth_date="2018-02-03"))
    window.merge_patient(twin.id)
    page.details.choices["birth_date"].setFocus()
    person.press("Down", "Ctrl+Return")
    assert "The birth date lies after the" in read(page), "nothing is merged"
    assert len(names(window)) == 2


def test_without_a_reason_nothing_is_merged(
    person: Person, page: MergePage, window: MainWindow
) -> None:
    reason = page.reason.line
    assert reason.text() == "the same person, entered twice"
    reason.setFocus()
    person.press("Ctrl+A", "Delete", "Ctrl+Return")
    assert page.reason.problem == "This is needed."
    assert len(names(window)) == 2
    person.press("Escape")
    assert person.page is window.patient


def test_who_is_like_the_patient_is_offered_first(
    person: Person, window: MainWindow, twin: Patient
) -> None:
    window.merge_patient()
    page = window.merge_page
    assert isinstance(person.focus, QLineEdit)
    assert not page.merge_button.isEnabled()
    assert "Rosi, Anna" in page.choose.list.item(0).text()
    assert "name differs in one letter" in page.choose.list.item(0).text()
    person.write("004711")
    assert "No other patient is found" in read(page), "nobody is merged with herself"
    person.press("Ctrl+A", "Delete", "Down", "Return")
    assert page.proposal is not None
    assert page.proposal.duplicate.patient.id == twin.id
    person.click("Choose another")
    assert page.choose.search.hasFocus()


def test_what_cannot_be_merged_is_told(
    page: MergePage, window: MainWindow, twin: Patient, told: list[ClinicError]
) -> None:
    kept = window.patient.history
    assert kept is not None
    assert window.clinic is not None
    window.merge_patient(kept.patient.id)
    assert not page.merge()
    assert told.pop().happened == "A patient cannot be merged with itself."
    window.clinic.remove(twin, "a test")
    window.merge_patient(twin.id)
    assert told.pop().happened == "This patient is not on file."
    window.merge_patient(uuid.uuid4())
    assert told.pop().happened == "This patient is not on file."


def test_the_card_beside_the_details_leads_here(
    qtbot: QtBot, person: Person, window: MainWindow, twin: Patient
) -> None:
    details = window.patient.details
    window.patient.tabs.currentWidget().setCurrentWidget(details)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "Rosi, Anna" in details.card.said)
    details.card.found[0].merge_button.click()
    assert person.page is window.merge_page
    assert window.merge_page.proposal is not None
    assert window.merge_page.proposal.duplicate.patient.id == twin.id
    person.press("Escape")
    details.card.found[0].open_button.click()
    assert person.history.patient.id == twin.id
