"""The clinic's settings, by keyboard: changed, saved, and followed by every patient's figures."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.base import ClinicError, revised
from models.practice import Criteria, LateDose, usual_practice
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER
from tests.ui.samples import TODAY
from ui import errors
from ui.choice_editor import ChoiceEditor
from ui.editor import LineEditor
from ui.practice_page import FIELDS, PracticePage
from ui.questions import Leaving


@pytest.fixture
def page(qtbot: QtBot, clinic: Clinic) -> PracticePage:
    made = PracticePage(lambda: TODAY, clinic.save)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.start(clinic.practice())
    return made


def press(page: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
    control, none = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
    QTest.keyClick(page.focusWidget(), key, control if ctrl else none)


def line(page: PracticePage, name: str) -> QLineEdit:
    editor = page.form.editors[name]
    assert isinstance(editor, LineEditor)
    return editor.line


def write(page: PracticePage, name: str, text: str) -> None:
    line(page, name).setFocus()
    line(page, name).selectAll()
    QTest.keyClicks(line(page, name), text)


def answers(page: PracticePage, leaving: Leaving) -> list[Leaving]:
    asked: list[Leaving] = []

    def ask(later: bool) -> Leaving:
        asked.append(leaving)
        return leaving

    page.ask_to_leave = ask  # type: ignore[method-assign]
    return asked


def said(page: PracticePage) -> list[str]:
    """The sentence that always shows, then what More shows."""
    explained = page.pane.explained
    if explained.more.isVisible() and not explained.reasons.isVisible():
        explained.more.click()
    return [explained.result.text(), *explained.reasons.text().splitlines()]


def test_settings_are_changed_without_touching_the_mouse(
    qtbot: QtBot, page: PracticePage, clinic: Clinic
) -> None:
    """The first field has the focus; typing chooses, Tab goes on."""
    assert page.form.editors["criteria"].focusProxy() is page.focusWidget()
    QTest.keyClicks(page.focusWidget(), "2022")
    press(page, Qt.Key.Key_Tab)
    press(page, Qt.Key.Key_A, ctrl=True)
    QTest.keyClicks(page.focusWidget(), "56")
    with qtbot.waitSignal(page.saved):
        press(page, Qt.Key.Key_Return, ctrl=True)
    kept = clinic.practice()
    assert (kept.criteria, kept.confirmed_after_days) == (Criteria.OLSEN_2022, 56)
    assert page.may_leave()
    write(page, "confirmed_after_days", "28")
    assert page.save()
    assert clinic.practice().version == 2


def test_choices_read_well(page: PracticePage) -> None:
    offered = {}
    for name in ("criteria", "late_dose", "death_ends_time_to_next_treatment"):
        editor = page.form.editors[name]
        assert isinstance(editor, ChoiceEditor)
        offered[name] = [editor.combo.itemText(place) for place in range(editor.combo.count())]
    assert offered == {
        "criteria": ["", "2011 (Olsen, J Clin Oncol)", "2022 (Olsen, Blood)"],
        "late_dose": ["", "Moves what follows (EU)", "Leaves the calendar as it was (US)"],
        "death_ends_time_to_next_treatment": ["", "Yes", "No"],
    }


def test_it_says_what_differs_from_the_usual(page: PracticePage, clinic: Clinic) -> None:
    assert len(said(page)) == 1
    assert "every patient" in said(page)[0]
    write(page, "confirmed_after_days", "56")
    assert said(page)[1:] == ["A response is confirmed after: 56 days (usual: 28 days)"]
    page.start(revised(clinic.practice(), late_dose=LateDose.STAYS))
    assert said(page)[1:] == [
        "A dose more than two days late: Leaves the calendar as it was (US)"
        " (usual: Moves what follows (EU))"
    ]
    many = {"contact_months": 6, "review_days": 14, "result_days": 10, "emergent_days": 30}
    page.start(revised(clinic.practice(), **many, assess_weeks_later=12))
    assert said(page)[0].endswith("5 of them differ from the usual.")
    assert len(said(page)) == 6
    assert page.pane.explained.reasons.isVisible()


def test_the_usual_values_come_back_when_they_are_saved(page: PracticePage, clinic: Clinic) -> None:
    chosen = clinic.save(revised(clinic.practice(), result_days=10, criteria="2022", notes="Why"))
    page.start(chosen)
    page.fill_in_usual()
    assert clinic.practice() == chosen
    assert page.save()
    kept = clinic.practice()
    assert {name: getattr(kept, name) for name in FIELDS} == {
        name: getattr(usual_practice(), name) for name in FIELDS
    }
    assert kept.notes == "Why"


def test_a_number_out_of_its_limits_is_said_beside_it(page: PracticePage, clinic: Clinic) -> None:
    write(page, "contact_months", "61")
    assert not page.save()
    assert page.form.editors["contact_months"].problem == "Give 60 or less."
    assert clinic.practice() == usual_practice()
    answers(page, Leaving.DISCARD)


def test_escape_leaves_and_asks_only_where_something_was_typed(
    qtbot: QtBot, page: PracticePage, clinic: Clinic
) -> None:
    with qtbot.waitSignal(page.closed):
        press(page, Qt.Key.Key_Escape)
    asked = answers(page, Leaving.KEEP_EDITING)
    write(page, "result_days", "10")
    with qtbot.assertNotEmitted(page.closed):
        press(page, Qt.Key.Key_Escape)
    assert len(asked) == 1
    answers(page, Leaving.SAVE)
    with qtbot.waitSignal(page.closed):
        press(page, Qt.Key.Key_Escape)
    assert clinic.practice().result_days == 10
    write(page, "result_days", "20")
    answers(page, Leaving.DISCARD)
    with qtbot.waitSignal(page.closed):
        press(page, Qt.Key.Key_Escape)
    assert line(page, "result_days").text() == "10"


def test_settings_that_were_changed_meanwhile_are_not_overwritten(
    page: PracticePage, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ClinicError] = []
    monkeypatch.setattr(errors, "show_error", lambda parent, error: told.append(error))
    with Clinic.open(clinic.folder, USER, PASSWORD) as elsewhere:
        elsewhere.save(revised(elsewhere.practice(), result_days=10))
    write(page, "result_days", "20")
    assert not page.save()
    assert "changed meanwhile by anna" in str(told[0])
    assert clinic.practice().result_days == 10
    assert line(page, "result_days").text() == "20"
    answers(page, Leaving.DISCARD)


def test_nothing_is_asked_for_that_every_setting_has(page: PracticePage) -> None:
    """No star and no legend: each field has its usual value."""
    words = [each.text() for each in page.form.findChildren(QLabel) if each.isVisible()]
    assert not [text for text in words if "*" in text]
