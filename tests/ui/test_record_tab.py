"""The table-and-form tab, by keyboard."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.base import ClinicError, InvalidRecord, revised
from models.history import History
from models.visit import Visit
from tests.ui.samples import OTHER, TODAY, history, sample
from ui import errors
from ui.choice_editor import ChoiceEditor
from ui.editor import LineEditor
from ui.questions import Leaving, ReasonDialog
from ui.record_tab import RecordTab
from ui.record_table import RECORD_ROLE

KEPT = "Nothing was changed."


class Clinic:
    """Holds visits; refuses what it is told to refuse."""

    def __init__(self) -> None:
        self.visits: dict[uuid.UUID, Visit] = {}
        self.removed: list[tuple[uuid.UUID, str]] = []
        self.reasons: list[str] = []
        self.refuses: ClinicError | None = None

    def save(self, visit: Visit, *, reason: str = "") -> Visit:
        if self.refuses:
            raise self.refuses
        self.visits[visit.id] = visit
        self.reasons.append(reason)
        return visit

    def remove(self, visit: Visit, why: str) -> None:
        if self.refuses:
            raise self.refuses
        del self.visits[visit.id]
        self.removed.append((visit.id, why))

    @property
    def history(self) -> History:
        return history(list(self.visits.values()))


@pytest.fixture
def clinic() -> Clinic:
    made = Clinic()
    for date in ("2018-01-09", "2018-04-10"):
        made.save(sample(Visit, date=date))
    return made


@pytest.fixture
def tab(qtbot: QtBot, clinic: Clinic) -> Iterator[RecordTab]:
    made = RecordTab(Visit, lambda: TODAY, clinic.save, clinic.remove, explain=explain)
    qtbot.addWidget(made)
    made.set_history(clinic.history)
    made.resize(1200, 600)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    yield made
    made.ask_to_leave = lambda later: Leaving.DISCARD  # type: ignore[method-assign]


def explain(values: dict[str, Any]) -> str:
    return f"Itch: {values['itch']}"


def answer(tab: RecordTab, leaving: Leaving) -> list[Leaving]:
    """Answer the question about what is not saved; the list tells how often it was asked."""
    asked: list[Leaving] = []

    def ask(later: bool) -> Leaving:
        asked.append(leaving)
        return leaving

    tab.ask_to_leave = ask  # type: ignore[method-assign]
    return asked


def line(tab: RecordTab, name: str) -> QLineEdit:
    editor = tab.form.editors[name]
    assert isinstance(editor, LineEditor)
    return editor.line


def ids(tab: RecordTab) -> list[uuid.UUID]:
    rows = range(tab.list.sorted.rowCount())
    return [tab.list.sorted.index(row, 0).data(Qt.ItemDataRole.UserRole).id for row in rows]


def fill_in_a_visit(qtbot: QtBot, tab: RecordTab, date: str = "-3") -> None:
    QTest.keyClicks(tab.focusWidget(), date)
    for name, keys in (("kind", "tel"), ("status", "done")):
        editor = tab.form.editors[name]
        assert isinstance(editor, ChoiceEditor)
        QTest.keyClicks(editor.combo, keys)


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
    control, none = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
    QTest.keyClick(widget, key, control if ctrl else none)


@pytest.mark.parametrize("enter", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_record_is_added_by_keyboard(
    qtbot: QtBot, tab: RecordTab, clinic: Clinic, enter: Qt.Key
) -> None:
    press(qtbot, tab.list.add_button, Qt.Key.Key_Space)
    fill_in_a_visit(qtbot, tab)
    with qtbot.waitSignal(tab.saved) as saved:
        press(qtbot, line(tab, "date"), enter, ctrl=True)
    visit = saved.args[0]
    assert (visit.date.isoformat(), visit.kind) == ("2020-04-27", "telephone")
    assert clinic.visits[visit.id] == visit
    tab.set_history(clinic.history)
    assert ids(tab)[0] == visit.id
    assert tab.form.record == visit
    assert not tab.form.is_dirty()


def test_saving_works_from_a_box_of_several_lines(
    qtbot: QtBot, tab: RecordTab, clinic: Clinic
) -> None:
    visit = next(iter(clinic.visits.values()))
    tab.select(visit.id)
    box = tab.form.editors["plan"].inputs[0]
    QTest.keyClicks(box, "review")
    press(qtbot, box, Qt.Key.Key_Return, ctrl=True)
    assert clinic.visits[visit.id].plan == "review"


def test_what_is_wrong_is_said_beside_the_field(
    qtbot: QtBot, tab: RecordTab, clinic: Clinic
) -> None:
    tab.start_new({"kind": "telephone", "status": "done"})
    QTest.keyClicks(line(tab, "itch"), "12")
    assert not tab.save()
    assert tab.form.editors["date"].problem == "This is needed."
    assert tab.form.editors["itch"].problem == "Give 10 or less."
    assert line(tab, "date").hasFocus()
    assert len(clinic.visits) == 2


def test_what_the_clinic_finds_wrong_is_said_too(
    qtbot: QtBot, tab: RecordTab, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ClinicError] = []
    monkeypatch.setattr(errors, "show_error", lambda parent, error: told.append(error))
    tab.select(next(iter(clinic.visits)))
    QTest.keyClicks(line(tab, "seen_by"), "AB")
    clinic.refuses = InvalidRecord("visit", {"seen_by": "Nobody has this name."})
    assert not tab.save()
    assert tab.form.editors["seen_by"].problem == "Nobody has this name."
    clinic.refuses = ClinicError("The disk is full.", KEPT, "Make room.")
    assert not tab.save()
    assert told == [clinic.refuses]
    assert line(tab, "seen_by").text() == "AB"


def test_after_a_press_on_save_the_next_space_removes_nothing(
    qtbot: QtBot, tab: RecordTab, clinic: Clinic
) -> None:
    tab.ask_why = lambda: "by accident"  # type: ignore[method-assign]
    tab.select(ids(tab)[0])
    line(tab, "seen_by").setFocus()
    QTest.keyClicks(tab.focusWidget(), "AB")
    QTest.mouseClick(tab._pane.save_button, Qt.MouseButton.LeftButton)
    assert clinic.visits[ids(tab)[0]].seen_by
    assert tab.list.view.hasFocus()
    press(qtbot, tab.focusWidget(), Qt.Key.Key_Space)
    assert not clinic.removed


def test_a_reason_can_be_given_for_a_correction_and_is_not_kept_for_the_next(
    qtbot: QtBot, tab: RecordTab, clinic: Clinic
) -> None:
    reason = tab._pane.reason.line
    tab.select(ids(tab)[0])
    assert not reason.isVisible()
    *_others, last = tab.form.editors.values()
    last.setFocus()
    QTest.keyClicks(tab.focusWidget(), "seen again")
    assert reason.isVisible()
    while not reason.hasFocus():
        assert tab.form.isAncestorOf(tab.focusWidget())
        press(qtbot, tab.focusWidget(), Qt.Key.Key_Tab)
    press(qtbot, reason, Qt.Key.Key_Tab)
    assert tab._pane.save_button.hasFocus()
    reason.setFocus()
    QTest.keyClicks(reason, "misread")
    press(qtbot, reason, Qt.Key.Key_Return, ctrl=True)
    assert clinic.reasons[-1] == "misread"
    assert not reason.isVisible()
    assert tab.list.view.hasFocus()
    tab.select(ids(tab)[1])
    line(tab, "seen_by").setFocus()
    QTest.keyClicks(tab.focusWidget(), "AB")
    assert (reason.isVisible(), reason.text()) == (True, "")


def test_choosing_a_row_opens_it_and_enter_goes_to_the_form(qtbot: QtBot, tab: RecordTab) -> None:
    tab.list.view.setFocus()
    with qtbot.waitSignal(tab.selected) as selected:
        press(qtbot, tab.list.view, Qt.Key.Key_Down)
    assert tab.form.record == selected.args[0]
    press(qtbot, tab.list.view, Qt.Key.Key_Return)
    assert line(tab, "date").hasFocus()


@pytest.mark.parametrize(("key", "row"), [("Down", 0), ("Home", 0), ("End", -1)])
def test_the_first_key_chooses_a_row(qtbot: QtBot, tab: RecordTab, key: str, row: int) -> None:
    tab.list.view.setFocus()
    QTest.keyClick(tab.list.view, Qt.Key[f"Key_{key}"])
    at = range(tab.list.sorted.rowCount())[row]
    wanted = tab.list.sorted.index(at, 0).data(RECORD_ROLE)
    qtbot.waitUntil(lambda: tab.form.record == wanted)


def test_selecting_from_outside_says_nothing_back(qtbot: QtBot, tab: RecordTab) -> None:
    with qtbot.assertNotEmitted(tab.selected):
        tab.select(ids(tab)[1])
    assert tab.list.view.currentIndex().row() == 1


@pytest.mark.parametrize("leaving", [Leaving.SAVE, Leaving.DISCARD, Leaving.KEEP_EDITING])
def test_leaving_what_is_not_saved_asks(
    qtbot: QtBot, tab: RecordTab, clinic: Clinic, leaving: Leaving
) -> None:
    first, second = ids(tab)
    tab.select(first)
    asked = answer(tab, leaving)
    QTest.keyClicks(line(tab, "seen_by"), "AB")
    tab.list.view.setFocus()
    press(qtbot, tab.list.view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert tab.form.record is not None
    stays = leaving is Leaving.KEEP_EDITING
    assert tab.form.record.id == (first if stays else second)
    assert tab.list.view.currentIndex().row() == (0 if stays else 1)
    assert [index.row() for index in tab.list.view.selectionModel().selectedRows()] == [
        0 if stays else 1
    ]
    assert clinic.visits[first].seen_by == ("AB" if leaving is Leaving.SAVE else None)


def test_what_cannot_be_saved_is_not_left(qtbot: QtBot, tab: RecordTab) -> None:
    tab.start_new()
    QTest.keyClicks(line(tab, "date"), "tomorrow week")
    answer(tab, Leaving.SAVE)
    assert not tab.may_leave()
    assert line(tab, "date").text() == "tomorrow week"


def test_escape_asks_only_if_something_changed(qtbot: QtBot, tab: RecordTab) -> None:
    asked = answer(tab, Leaving.DISCARD)
    press(qtbot, tab.list.add_button, Qt.Key.Key_Space)
    press(qtbot, line(tab, "date"), Qt.Key.Key_Escape)
    assert not asked
    assert not tab.form.isVisible()
    press(qtbot, tab.list.add_button, Qt.Key.Key_Space)
    QTest.keyClicks(line(tab, "date"), "2011")
    press(qtbot, line(tab, "date"), Qt.Key.Key_Escape)
    assert len(asked) == 1
    assert not tab.form.isVisible()


def test_discarding_brings_back_what_was_recorded(qtbot: QtBot, tab: RecordTab) -> None:
    tab.select(ids(tab)[0])
    answer(tab, Leaving.DISCARD)
    line(tab, "date").clear()
    press(qtbot, line(tab, "date"), Qt.Key.Key_Escape)
    assert line(tab, "date").text() == "10 Apr 2018"


def test_removal_asks_a_reason(qtbot: QtBot, tab: RecordTab, clinic: Clinic) -> None:
    visit = ids(tab)[0]
    tab.select(visit)
    tab.list.view.setFocus()
    tab.ask_why = lambda: None  # type: ignore[method-assign]
    with qtbot.assertNotEmitted(tab.removed):
        press(qtbot, tab.list.view, Qt.Key.Key_Delete)
    tab.ask_why = lambda: "entered twice"  # type: ignore[method-assign]
    with qtbot.waitSignal(tab.removed):
        press(qtbot, tab.list.view, Qt.Key.Key_Delete)
    assert clinic.removed == [(visit, "entered twice")]


def test_delete_in_a_field_deletes_a_letter(qtbot: QtBot, tab: RecordTab) -> None:
    tab.select(ids(tab)[0])
    tab.ask_why = lambda: "by mistake"  # type: ignore[method-assign]
    with qtbot.assertNotEmitted(tab.removed):
        press(qtbot, line(tab, "date"), Qt.Key.Key_Home)
        press(qtbot, line(tab, "date"), Qt.Key.Key_Delete)
    assert line(tab, "date").text() == "0 Apr 2018"


def test_a_reason_is_needed(qtbot: QtBot, tab: RecordTab) -> None:
    dialog = ReasonDialog(tab, "visit")
    assert not dialog.remove.isEnabled()
    QTest.keyClicks(dialog.reason, "  ")
    assert not dialog.remove.isEnabled()
    QTest.keyClicks(dialog.reason, "entered twice")
    assert dialog.remove.isEnabled()


def test_what_is_worked_out_follows_what_is_typed(qtbot: QtBot, tab: RecordTab) -> None:
    def texts() -> list[str]:
        return [label.text() for label in tab.findChildren(QLabel) if label.isVisible()]

    tab.select(ids(tab)[0])
    assert "Itch: 1.5" in texts()
    line(tab, "itch").setText("3")
    assert "Itch: 3.0" in texts()


def test_nothing_recorded_yet_says_what_to_do(qtbot: QtBot, tab: RecordTab) -> None:
    def texts() -> str:
        return " ".join(label.text() for label in tab.findChildren(QLabel) if label.isVisible())

    assert "Choose a row" in texts()
    tab.set_history(history([]))
    assert "Press Add (Ctrl+N) to record the first visit." in texts()


def test_what_is_being_typed_survives_fresh_records(
    qtbot: QtBot, tab: RecordTab, clinic: Clinic
) -> None:
    first, second = ids(tab)
    tab.select(first)
    line(tab, "seen_by").setText("AB")
    del clinic.visits[second]
    tab.set_history(clinic.history)
    assert line(tab, "seen_by").text() == "AB"
    assert ids(tab) == [first]
    tab.set_history(history([], patient=OTHER))
    assert not tab.form.isVisible()


def test_an_untouched_record_follows_the_history(
    qtbot: QtBot, tab: RecordTab, clinic: Clinic
) -> None:
    first = ids(tab)[0]
    tab.select(first)
    clinic.visits[first] = sample(Visit, id=first, seen_by="CD")
    tab.set_history(clinic.history)
    assert line(tab, "seen_by").text() == "CD"
    del clinic.visits[first]
    tab.set_history(clinic.history)
    assert not tab.form.isVisible()


def test_every_button_says_its_shortcut(tab: RecordTab) -> None:
    tips: Callable[[QPushButton], str] = QPushButton.toolTip
    buttons = [each for each in tab.findChildren(QPushButton) if each.text() and each.isVisible()]
    assert buttons
    assert all(tips(each) for each in buttons)


SILENT = ClinicError("The disk does not answer.", "What was saved is safe.", "Try again.")


@pytest.mark.parametrize("seen", [False, True])
def test_a_record_is_not_saved_twice_when_what_follows_fails(
    qtbot: QtBot, tab: RecordTab, clinic: Clinic, monkeypatch: pytest.MonkeyPatch, seen: bool
) -> None:
    monkeypatch.setattr(errors, "show_error", lambda parent, error: None)

    def save(visit: Visit, reason: str) -> Visit:
        clinic.save(visit)
        if seen:
            tab.set_history(clinic.history)
        raise SILENT

    tab._save = save
    tab.start_new()
    fill_in_a_visit(qtbot, tab)
    assert not tab.save()
    QTest.keyClicks(line(tab, "seen_by"), "AB")
    tab.save()
    assert [visit.seen_by for visit in clinic.visits.values()] == [None, None, "AB"]


def test_what_is_typed_after_a_save_that_was_told_as_failed_corrects_the_record(
    qtbot: QtBot, tab: RecordTab, clinic: Clinic
) -> None:
    tab.start_new()
    fill_in_a_visit(qtbot, tab)
    built = tab.form.build(clinic.history.patient.id)
    assert isinstance(built, Visit)
    clinic.visits[built.id] = revised(built, version=1)
    QTest.keyClicks(line(tab, "seen_by"), "AB")
    tab.set_history(clinic.history)
    assert tab.form.record == clinic.visits[built.id]
    assert tab.form.is_dirty()
    assert line(tab, "seen_by").text() == "AB"
    assert tab.save()
    assert (clinic.visits[built.id].version, clinic.visits[built.id].seen_by) == (1, "AB")


def test_an_error_of_the_refresh_is_not_told_as_not_saved(
    qtbot: QtBot, tab: RecordTab, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ClinicError] = []
    monkeypatch.setattr(errors, "show_error", lambda parent, error: told.append(error))

    def refresh(visit: Visit) -> None:
        raise SILENT

    tab.saved.connect(refresh)
    tab.start_new()
    fill_in_a_visit(qtbot, tab)
    with qtbot.captureExceptions() as met:
        assert tab.save()
    assert [error for _kind, error, _trace in met] == [SILENT]
    assert not told
    assert tab.form.record in clinic.visits.values()
    assert not tab.form.is_dirty()


def test_the_form_shows_the_record_as_it_was_stored(tab: RecordTab, clinic: Clinic) -> None:
    tab._save = lambda visit, reason: clinic.save(revised(visit, version=visit.version + 1))
    tab.select(ids(tab)[0])
    line(tab, "seen_by").setText("AB")
    assert tab.save()
    assert tab.form.record is not None
    assert tab.form.record.version == 1
