"""The grades of an adverse event: only those that its term has are offered."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.adverse_event import AdverseEvent, GradeEpisode
from models.ctcae import CtcaeVersion
from models.values import Grade, PartialDate
from tests.ui.samples import PATIENT, TODAY, sample
from ui.choice_editor import ChoiceEditor
from ui.editor import LineEditor
from ui.form import Form
from ui.grades_editor import GradesEditor

ALL = [1, 2, 3, 4, 5]
RASH = "Rash maculo-papular"


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(AdverseEvent, lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(600, 900)
    made.show()
    return made


def grades(form: Form) -> GradesEditor:
    editor = form.editors["grades"]
    assert isinstance(editor, GradesEditor)
    return editor


def offered(form: Form, row: int = 0) -> list[int]:
    return [int(g) for g, button in grades(form).rows[row].buttons.items() if not button.isHidden()]


def marked(form: Form, row: int = 0) -> list[int]:
    """The buttons that say that the term does not have their grade."""
    shown = grades(form).rows[row].buttons
    return [
        int(g)
        for g, button in shown.items()
        if not button.isHidden() and "does not have" in button.toolTip()
    ]


def remarks(form: Form) -> list[str]:
    labels = grades(form).findChildren(QLabel)
    return [label.text() for label in labels if not label.isHidden() and "CTCAE" in label.text()]


def type_term(form: Form, text: str) -> None:
    editor = form.editors["term"]
    assert isinstance(editor, LineEditor)
    editor.line.selectAll()
    QTest.keyClicks(editor.line, text)


def choose(form: Form, version: str) -> None:
    editor = form.editors["ctcae_version"]
    assert isinstance(editor, ChoiceEditor)
    steps = editor.combo.findText(version) - editor.combo.currentIndex()
    for _step in range(abs(steps)):
        QTest.keyClick(editor.combo, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)


def test_without_a_term_every_grade_is_offered(form: Form) -> None:
    assert offered(form) == ALL
    assert (marked(form), remarks(form)) == ([], [])


def test_a_term_and_its_version_leave_the_grades_that_exist(form: Form) -> None:
    type_term(form, RASH)
    assert offered(form) == ALL
    choose(form, "5.0")
    assert offered(form) == [1, 2, 3]
    choose(form, "6.0")
    assert offered(form) == ALL
    type_term(form, "Toxic epidermal necrolysis")
    assert offered(form) == [4, 5]
    choose(form, "4.03")
    assert offered(form) == ALL
    choose(form, "6.0")
    type_term(form, "Rash as the letter calls it")
    assert offered(form) == ALL


def test_another_row_offers_the_same(form: Form) -> None:
    type_term(form, RASH)
    choose(form, "5.0")
    QTest.keyClick(grades(form).add_button, Qt.Key.Key_Space)
    assert [offered(form, 0), offered(form, 1)] == [[1, 2, 3]] * 2


def test_a_grade_that_is_not_offered_cannot_be_typed(form: Form) -> None:
    type_term(form, RASH)
    choose(form, "5.0")
    row = grades(form).rows[0]
    QTest.keyClicks(row.date, "Jul 2017")
    for key in (Qt.Key.Key_4, Qt.Key.Key_0, Qt.Key.Key_A):
        QTest.keyClick(row.buttons[Grade.MILD], key)
    assert grades(form).value() is None
    QTest.keyClick(row.buttons[Grade.MILD], Qt.Key.Key_3)
    assert grades(form).value() == [GradeEpisode(date=PartialDate(2017, 7), grade=Grade.SEVERE)]


def test_a_stored_grade_that_the_term_lacks_is_shown_marked_and_kept(form: Form) -> None:
    stored = sample(AdverseEvent, grades=[{"date": "2017-07", "grade": 4}])
    form.load(stored)
    assert offered(form) == [1, 2, 3, 4]
    assert marked(form) == [4]
    assert remarks(form) == [f"{RASH} has no grade 4 in CTCAE 5.0."]
    assert not form.is_dirty()
    built = form.build(PATIENT)
    assert isinstance(built, AdverseEvent)
    assert built.grades == stored.grades


def test_the_mark_goes_with_another_grade_or_another_term(form: Form) -> None:
    stored = sample(AdverseEvent, grades=[{"date": "2017-07", "grade": 4}])
    form.load(stored)
    choose(form, "6.0")
    assert (offered(form), marked(form), remarks(form)) == (ALL, [], [])
    form.load(stored)
    QTest.keyClick(grades(form).rows[0].buttons[Grade.SEVERE], Qt.Key.Key_Space)
    assert (offered(form), marked(form), remarks(form)) == ([1, 2, 3], [], [])


def test_a_grade_typed_before_the_term_is_marked_too(form: Form) -> None:
    QTest.keyClick(grades(form).rows[0].buttons[Grade.MILD], Qt.Key.Key_5)
    QTest.keyClick(grades(form).add_button, Qt.Key.Key_Space)
    QTest.keyClick(grades(form).rows[1].buttons[Grade.MILD], Qt.Key.Key_4)
    choose(form, "5.0")
    type_term(form, RASH)
    assert remarks(form) == [f"{RASH} has no grade 4 and 5 in CTCAE 5.0."]
    QTest.keyClick(grades(form).rows[1].remove_button, Qt.Key.Key_Space)
    assert remarks(form) == [f"{RASH} has no grade 5 in CTCAE 5.0."]


def test_the_next_record_starts_with_its_own_grades(form: Form) -> None:
    form.load(sample(AdverseEvent, grades=[{"date": "2017-07", "grade": 4}]))
    form.load(None, {"term": "Pruritus", "ctcae_version": CtcaeVersion.V6_0})
    assert (offered(form), remarks(form)) == ([1, 2, 3], [])
    form.load(None)
    assert offered(form) == ALL


def test_a_grade_says_what_it_means(form: Form) -> None:
    button = grades(form).rows[0].buttons[Grade.MILD]
    assert button.toolTip() == "1: mild or without symptoms; no treatment needed"
    assert button.accessibleName() == "Grade 1"


def test_loaded_grades_have_room(qtbot: QtBot, form: Form) -> None:
    def roomy() -> bool:
        rows = grades(form).rows
        return all(
            row.isVisible() and row.height() >= row.minimumSizeHint().height() for row in rows
        )

    qtbot.waitUntil(roomy)
    dates = ("2017-07", "2017-08", "2017-09")
    form.load(sample(AdverseEvent, grades=[{"date": date, "grade": 2} for date in dates]))
    qtbot.waitUntil(roomy)
