"""Undo and redo by key, from the page where somebody is; taking back from the history."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models.base import revised
from models.visit import Visit
from tests.ui.person import Person, rows
from ui.main_window import MainWindow
from ui.patient_page import PatientPage
from ui.record_tab import RecordTab


@pytest.fixture
def page(person: Person) -> PatientPage:
    return person.open_case()


@pytest.fixture
def visits(person: Person, page: PatientPage) -> RecordTab:
    tab = person.tab(Visit)
    person.add(Visit)
    person.write("-3", "tel", "done")
    person.press("Ctrl+Return")
    return tab


def test_a_saved_record_is_undone_and_done_again(person: Person, visits: RecordTab) -> None:
    before = len(rows(visits))
    saved = person.one(Visit)
    person.press("Ctrl+Z")
    assert person.told == "Undone: visit created, Rossi, Anna. Do it again with Ctrl+Shift+Z."
    assert len(rows(visits)) == before - 1
    assert saved.id not in person.history.by_id
    person.press("Ctrl+Shift+Z")
    assert person.told == "Done again: visit created, Rossi, Anna. Undo with Ctrl+Z."
    assert len(rows(visits)) == before


def test_a_correction_is_undone_in_the_form_that_shows_it(
    person: Person, visits: RecordTab
) -> None:
    person.fill(visits.form, ecog="2", notes="seen by the stairs")
    person.press("Ctrl+Return")
    assert person.one(Visit).ecog == 2
    visits.form.editors["notes"].setFocus()
    person.press("Ctrl+Z")
    assert person.one(Visit).ecog is None
    assert visits.form.values()["notes"] is None


def test_in_a_line_undo_is_first_of_what_was_typed_there(person: Person, visits: RecordTab) -> None:
    person.fill(visits.form, seen_by="AB")
    person.press("Ctrl+Z")
    assert visits.form.editors["seen_by"].value() is None
    assert person.one(Visit).id in person.history.by_id
    person.press("Ctrl+Z")
    assert person.told.startswith("Undone: visit created")


def test_a_removal_is_undone(person: Person, visits: RecordTab) -> None:
    visit = person.one(Visit)
    visits.ask_why = lambda: "entered twice"  # type: ignore[method-assign]
    visits.remove()
    assert visit.id not in person.history.by_id
    person.press("Ctrl+Z")
    assert visit.id in person.history.by_id


def test_what_is_half_typed_goes_first(person: Person, visits: RecordTab) -> None:
    saved = person.one(Visit)
    person.fill(visits.form, seen_by="AB")
    person.choose("Undo")
    assert person.told.startswith("What is typed here is not saved yet")
    assert saved.id in person.history.by_id
    assert visits.form.editors["seen_by"].value() == "AB"


def test_there_is_nothing_to_undo(person: Person, page: PatientPage) -> None:
    person.press("Ctrl+Z")
    assert person.told == "There is nothing to undo."
    person.press("Ctrl+Shift+Z")
    assert person.told == "There is nothing to do again."


def test_a_new_patient_is_undone_from_the_list(person: Person, window: MainWindow) -> None:
    person.sign_in()
    person.press("Ctrl+Shift+N")
    person.write("12", "Verdi", "Carla", "1950-01-02", "fem")
    person.press("Ctrl+Return", "Ctrl+2")
    person.qtbot.waitUntil(lambda: window.patients.table.rowCount() == 2)
    person.press("Ctrl+Z")
    person.qtbot.waitUntil(lambda: window.patients.table.rowCount() == 1)
    person.press("Ctrl+Shift+Z")
    assert person.page is window.patient
    assert person.history.patient.family_name == "Verdi"


def test_what_the_undone_patient_showed_is_not_shown_any_more(
    person: Person, window: MainWindow
) -> None:
    person.sign_in()
    person.press("Ctrl+Shift+N")
    person.write("12", "Verdi", "Carla", "1950-01-02", "fem")
    person.press("Ctrl+Return")
    assert person.history.patient.mrn == "12"
    person.press("Ctrl+Z")
    assert person.page is window.patients
    assert window.patient.history is None


def test_what_was_done_elsewhere_is_shown_when_it_is_undone(
    person: Person, window: MainWindow, visits: RecordTab
) -> None:
    person.press("Ctrl+R", "Ctrl+Z")
    assert person.page is window.patient
    assert person.told.startswith("Undone: visit created")


def test_the_history_of_one_record_and_taking_back(
    person: Person, page: PatientPage, visits: RecordTab
) -> None:
    assert person.window.clinic is not None
    person.window.clinic.save(revised(person.one(Visit), ecog=3))
    page.show_anew()
    QTest.mouseClick(visits.history_button, Qt.MouseButton.LeftButton)
    assert page.changes.isVisible()
    assert page.changes.only.text().startswith("Only: Visit, 27 Apr 2020")
    assert page.changes.found.rowCount() == 2
    assert "empty" in page.changes.details.toPlainText()
    person.click("Take this back")
    assert person.one(Visit).ecog is None
    assert page.changes.found.rowCount() == 3
    person.press("Ctrl+Z")
    assert person.one(Visit).ecog == 3
