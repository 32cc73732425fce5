"""A CTCAE term is found by what the patient says; what is filled in is told and can be changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from models.adverse_event import AdverseEvent
from models.ctcae import CtcaeVersion, names_of
from tests.ui.samples import TODAY, sample
from ui.form import Form
from ui.term_editor import TermEditor

VERSION = {"ctcae_version": CtcaeVersion.V5_0}


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(AdverseEvent, lambda: TODAY)
    qtbot.addWidget(made)
    made.load(None, VERSION)
    made.resize(600, 600)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.focus_first()
    return made


def focus() -> QWidget:
    found = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert found is not None
    return found


def write(text: str) -> None:
    QTest.keyClicks(focus(), text)


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(focus(), key)


def rewrite_words(form: Form, text: str) -> None:
    form.editors["verbatim"].setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write(text)


def term(form: Form) -> TermEditor:
    editor = form.editors["term"]
    assert isinstance(editor, TermEditor)
    return editor


def note(form: Form) -> str:
    labels = [label for label in term(form).findChildren(QLabel) if label.isVisible()]
    return labels[-1].text() if len(labels) > 1 else ""


def listed() -> list[str]:
    popup = QApplication.activePopupWidget()
    if not isinstance(popup, QListView):
        return []
    model = popup.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_unmistakable_words_fill_the_term_in_and_say_so(form: Form) -> None:
    write("itch")
    assert (term(form).value(), note(form)) == (None, "Fits: Pruritus, Rash maculo-papular")
    press(Qt.Key.Key_Tab)
    assert term(form).isAncestorOf(focus())
    assert term(form).value() == "Pruritus"
    assert note(form) == "Proposed from “itch”."
    assert form.is_dirty()


def test_what_was_filled_in_goes_with_the_words_it_came_from(form: Form) -> None:
    write("itch")
    press(Qt.Key.Key_Tab)
    rewrite_words(form, "shivers")
    press(Qt.Key.Key_Tab)
    assert term(form).value() == "Chills"
    rewrite_words(form, "sore")
    press(Qt.Key.Key_Tab)
    assert term(form).value() is None


def test_a_term_that_a_person_typed_stays(form: Form) -> None:
    write("itch")
    press(Qt.Key.Key_Tab)
    QTest.keyClick(focus(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write("Blue hands")
    assert note(form) == ""
    press(Qt.Key.Key_Escape)
    rewrite_words(form, "shivers")
    press(Qt.Key.Key_Tab)
    assert term(form).value() == "Blue hands"


def test_doubtful_words_leave_the_choice_to_a_list_at_the_term(form: Form) -> None:
    write("sore")
    press(Qt.Key.Key_Tab)
    assert listed()[:2] == ["Pain of skin — sore skin", "Mucositis oral — sore mouth"]
    press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert listed() == []
    assert term(form).value() == "Mucositis oral"


def test_a_term_is_chosen_with_the_mouse(form: Form) -> None:
    write("sore")
    press(Qt.Key.Key_Tab)
    popup = focus()
    assert isinstance(popup, QListView)
    place = popup.visualRect(popup.model().index(0, 0)).center()
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert term(form).value() == "Pain of skin"


def test_words_are_typed_in_the_term_itself(form: Form) -> None:
    term(form).setFocus()
    write("shiv")
    assert listed() == ["Chills — shivers"]
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert term(form).value() == "Chills"
    assert note(form) == ""


def test_a_term_is_written_as_ctcae_does(form: Form) -> None:
    term(form).setFocus()
    write("rash MACULOpapular")
    press(Qt.Key.Key_Escape, Qt.Key.Key_Tab)
    assert term(form).value() == "Rash maculo-papular"
    assert term(form).line.text() == "Rash maculo-papular"


def test_the_list_is_that_of_the_version(form: Form) -> None:
    form.load(None, {"ctcae_version": CtcaeVersion.V6_0})
    term(form).setFocus()
    write("eczema")
    assert listed() == ["Eczematous dermatitis — eczema"]


def test_the_down_key_lists_every_term_where_no_word_fits(form: Form) -> None:
    write("blue hands")
    press(Qt.Key.Key_Tab)
    assert listed() == []
    assert note(form).startswith("No term fits these words")
    press(Qt.Key.Key_Down)
    assert listed() == [*names_of("5.0")]


def test_loading_proposes_nothing(qtbot: QtBot, form: Form) -> None:
    with qtbot.assertNotEmitted(form.changed):
        form.load(sample(AdverseEvent, verbatim="itch", term="Rash"))
    form.editors["verbatim"].setFocus()
    press(Qt.Key.Key_Tab)
    assert term(form).value() == "Rash"
    assert (note(form), form.is_dirty()) == ("", False)
