"""Entering a new patient, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.patient import Patient
from models.store.clinic import Clinic
from tests.ui.samples import TODAY, sample
from ui.new_patient_page import NewPatientPage
from ui.questions import Leaving


@pytest.fixture
def page(qtbot: QtBot, clinic: Clinic) -> NewPatientPage:
    made = NewPatientPage(lambda: TODAY, clinic.save)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.start()
    return made


def answer(page: NewPatientPage, leaving: Leaving) -> list[Leaving]:
    asked: list[Leaving] = []

    def ask() -> Leaving:
        asked.append(leaving)
        return leaving

    page.ask_to_leave = ask  # type: ignore[method-assign]
    return asked


def type_a_patient(page: NewPatientPage, mrn: str = "1") -> None:
    for text in (mrn, "Rossi", "Anna", "2 3 58", "fem"):
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
