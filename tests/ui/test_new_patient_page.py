"""Entering a new patient, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.base import revised
from models.likeness import Likeness
from models.patient import Patient
from models.store.clinic import Clinic
from tests.ui.samples import TODAY, sample
from ui.new_patient_page import NewPatientPage
from ui.questions import Leaving


@pytest.fixture
def page(qtbot: QtBot, clinic: Clinic) -> NewPatientPage:
    made = NewPatientPage(lambda: TODAY, clinic.save, clinic.likely_duplicates)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.start()
    return made


def answer(page: NewPatientPage, leaving: Leaving) -> list[Leaving]:
    asked: list[Leaving] = []

    def ask(later: bool) -> Leaving:
        asked.append(leaving)
        return leaving

    page.ask_to_leave = ask  # type: ignore[method-assign]
    return asked


def type_a_patient(page: NewPatientPage, mrn: str = "1", family_name: str = "Rossi") -> None:
    for text in (mrn, family_name, "Anna", "2 3 58", "fem"):
        QTest.keyClicks(page.focusWidget(), text)
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)


def press(page: NewPatientPage, key: Qt.Key, *, ctrl: bool = False) -> None:
    control, none = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
    QTest.keyClick(page.focusWidget(), key, control if ctrl else none)


def test_a_patient_is_entered_without_touching_the_mouse(
    qtbot: QtBot, page: NewPatientPage, clinic: Clinic
) -> None:
    type_a_patient(page)
    with qtbot.waitSignal(page.saved) as saved:
        press(page, Qt.Key.Key_Return, ctrl=True)
    assert saved.args[0] == clinic.patient("1")
    assert clinic.patient("1").birth_date.isoformat() == "1958-03-02"
    assert page.may_leave()


def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    page: NewPatientPage, clinic: Clinic
) -> None:
    QTest.keyClicks(page.focusWidget(), "1")
    assert not page.save()
    assert page.form.editors["family_name"].problem == "This is needed."
    assert page.form.values()["mrn"] == "1"
    assert clinic.patients() == []


def test_a_number_that_is_taken_is_said_beside_it(page: NewPatientPage, clinic: Clinic) -> None:
    clinic.save(sample(Patient, mrn="1"))
    type_a_patient(page, "1")
    assert not page.save()
    assert "already" in page.form.editors["mrn"].problem
    assert len(clinic.patients()) == 1
    answer(page, Leaving.DISCARD)


def test_escape_asks_only_where_something_was_typed(qtbot: QtBot, page: NewPatientPage) -> None:
    asked = answer(page, Leaving.KEEP_EDITING)
    with qtbot.waitSignal(page.cancelled):
        press(page, Qt.Key.Key_Escape)
    QTest.keyClicks(page.focusWidget(), "1")
    with qtbot.assertNotEmitted(page.cancelled):
        press(page, Qt.Key.Key_Escape)
    assert asked == [Leaving.KEEP_EDITING]
    assert not page.may_leave()
    asked = answer(page, Leaving.DISCARD)
    with qtbot.waitSignal(page.cancelled):
        press(page, Qt.Key.Key_Escape)
    assert not page.form.is_dirty()


def test_what_is_saved_on_leaving_is_not_also_cancelled(
    qtbot: QtBot, page: NewPatientPage, clinic: Clinic
) -> None:
    type_a_patient(page)
    answer(page, Leaving.SAVE)
    with qtbot.waitSignal(page.saved), qtbot.assertNotEmitted(page.cancelled):
        press(page, Qt.Key.Key_Escape)
    assert [patient.mrn for patient in clinic.patients()] == ["1"]


def test_leaving_is_refused_where_what_was_typed_cannot_be_saved(page: NewPatientPage) -> None:
    QTest.keyClicks(page.focusWidget(), "1")
    answer(page, Leaving.SAVE)
    assert not page.may_leave()
    assert page.form.values()["mrn"] == "1"


NOBODY = "No patient like this on file."


@pytest.fixture
def anna(clinic: Clinic) -> Patient:
    """On file already, whoever types her again."""
    made: Patient = sample(Patient, mrn="004711", death_date=None, cause_of_death=None)
    return clinic.save(made)


def wait_for(qtbot: QtBot, page: NewPatientPage, *words: str) -> None:
    qtbot.waitUntil(lambda: all(each in page.card.said for each in words))


def says(page: NewPatientPage, new: bool) -> list[str]:
    """Answer whether she is new all the same; the list tells whom it was asked about."""
    asked: list[str] = []

    def ask(like: Likeness) -> bool:
        asked.append(like.why)
        return new

    page.ask_whether_new = ask  # type: ignore[method-assign]
    return asked


def test_a_card_tells_who_is_on_file_already_while_one_types(
    qtbot: QtBot, page: NewPatientPage, anna: Patient
) -> None:
    before = page.form.geometry()
    assert page.card.said == NOBODY
    for text in ("8", "Rosi", "Anna"):
        QTest.keyClicks(page.focusWidget(), text)
        press(page, Qt.Key.Key_Tab)
    QTest.keyClicks(page.focusWidget(), "2 3 1958")
    wait_for(qtbot, page, "Likely the same person", "Rossi, Anna", "MRN 004711")
    assert "Same birth date, name differs in one letter" in page.card.said
    press(page, Qt.Key.Key_A, ctrl=True)
    QTest.keyClicks(page.focusWidget(), "17 8 1990")
    wait_for(qtbot, page, NOBODY)
    assert page.form.geometry() == before
    answer(page, Leaving.DISCARD)


def test_opening_who_is_on_file_asks_nothing_where_only_she_was_typed(
    qtbot: QtBot, page: NewPatientPage, anna: Patient
) -> None:
    asked = answer(page, Leaving.KEEP_EDITING)
    type_a_patient(page, family_name="Rosi")
    wait_for(qtbot, page, "Rossi, Anna")
    with qtbot.waitSignal(page.open_asked) as opened:
        page.card.found[0].open_button.click()
    assert opened.args == [anna.id]
    assert not asked
    assert not page.form.is_dirty()


def test_opening_who_is_on_file_asks_about_what_else_was_typed(
    qtbot: QtBot, page: NewPatientPage, anna: Patient
) -> None:
    type_a_patient(page)
    QTest.keyClicks(page.focusWidget(), "555 0199")
    wait_for(qtbot, page, "Rossi, Anna")
    asked = answer(page, Leaving.KEEP_EDITING)
    with qtbot.assertNotEmitted(page.open_asked):
        page.card.found[0].open_button.click()
    assert asked == [Leaving.KEEP_EDITING]
    assert page.form.values()["phone"] == "555 0199"
    answer(page, Leaving.DISCARD)
    with qtbot.waitSignal(page.open_asked):
        page.card.found[0].open_button.click()


def test_somebody_very_like_is_entered_only_once_this_was_confirmed(
    page: NewPatientPage, clinic: Clinic, anna: Patient
) -> None:
    asked = says(page, new=False)
    type_a_patient(page, family_name="Rosi")
    assert not page.save()
    assert asked == ["same birth date, name differs in one letter"]
    assert clinic.patients() == [anna]
    asked = says(page, new=True)
    assert page.save()
    assert len(asked) == 1
    assert len(clinic.patients()) == 2


def test_what_is_missing_is_said_before_anything_is_asked(
    page: NewPatientPage, anna: Patient
) -> None:
    asked = says(page, new=True)
    for text in ("8", "Rossi", "Anna", "2 3 58"):
        QTest.keyClicks(page.focusWidget(), text)
        press(page, Qt.Key.Key_Tab)
    assert not page.save()
    assert not asked
    assert page.form.editors["sex"].problem == "This is needed."
    answer(page, Leaving.DISCARD)


def test_a_namesake_is_entered_without_a_question(
    page: NewPatientPage, clinic: Clinic, anna: Patient
) -> None:
    clinic.save(revised(anna, birth_date="1990-08-17"))
    asked = says(page, new=False)
    type_a_patient(page)
    assert page.save()
    assert not asked
