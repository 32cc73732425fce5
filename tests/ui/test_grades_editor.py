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
    said = [label.text() for label in labels if not label.isHidden()]
    return [text for text in said if "has no grade" in text]


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


def wordings(form: Form) -> list[str]:
    shown = grades(form).wordings
    labels = [each for each in shown.findChildren(QLabel) if each is not shown.source]
    return [label.text() for label in labels if label.isVisible()]


def episodes(form: Form) -> list[str]:
    return [str(episode) for episode in grades(form).value() or ()]


def key(form: Form, digit: str, row: int = 0) -> None:
    QTest.keyClicks(grades(form).rows[row].buttons[Grade.MODERATE], digit)


def test_the_grades_that_exist_stand_beside_their_wording(form: Form) -> None:
    assert wordings(form) == []
    form.load(None, {"term": RASH, "ctcae_version": CtcaeVersion.V5_0})
    assert wordings(form)[:2] == ["1", "Less than 10 % of the skin"]
    assert len(wordings(form)) == 6
    type_term(form, "Blue hands")
    assert "Mild or without symptoms; no treatment needed" in wordings(form)
    assert len(wordings(form)) == 10


def test_a_wording_is_pressed(form: Form) -> None:
    form.load(None, {"term": "Pruritus", "ctcae_version": CtcaeVersion.V5_0})
    (label,) = [
        label
        for label in grades(form).wordings.findChildren(QLabel)
        if label.text().startswith("Widespread and constant")
    ]
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert grades(form).rows[0].grade is Grade.SEVERE
    assert label.property("role") == "chosen"


def test_the_first_grade_follows_the_onset_until_its_date_is_typed(form: Form) -> None:
    key(form, "2")
    assert grades(form).unreadable() == "Enter from which date it was grade 2."
    onset = form.editors["onset"]
    QTest.keyClicks(onset.inputs[0], "-3")
    assert episodes(form) == ["2020-04-27:2"]
    QTest.keyClicks(grades(form).rows[0].date, "!")
    QTest.keyClick(grades(form).rows[0].date, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(grades(form).rows[0].date, "-1")
    QTest.keyClicks(onset.inputs[0], "0")
    assert episodes(form) == ["2020-04-29:2"]


def test_a_digit_corrects_what_is_being_entered(form: Form) -> None:
    QTest.keyClicks(form.editors["onset"].inputs[0], "-3")
    key(form, "2")
    key(form, "3")
    assert episodes(form) == ["2020-04-27:3"]


def test_a_digit_goes_on_with_what_is_on_file(form: Form) -> None:
    form.load(sample(AdverseEvent, grades=[{"date": "2020-04-01", "grade": 1}]))
    key(form, "1")
    assert not form.is_dirty()
    key(form, "3")
    assert episodes(form) == ["2020-04-01:1", "2020-04-30:3"]
    key(form, "2", row=1)
    key(form, "3", row=0)
    assert episodes(form) == ["2020-04-01:1", "2020-04-30:3"]
    QTest.keyClick(grades(form).rows[0].buttons[Grade.MODERATE], Qt.Key.Key_Space)
    assert episodes(form) == ["2020-04-01:2", "2020-04-30:3"]


def test_todays_own_grade_on_file_is_changed(form: Form) -> None:
    form.load(sample(AdverseEvent, grades=[{"date": "2020-04-30", "grade": 1}]))
    key(form, "3")
    assert episodes(form) == ["2020-04-30:3"]


def test_half_typed_grades_are_put_back(form: Form) -> None:
    form.load(sample(AdverseEvent, grades=[{"date": "2020-04-01", "grade": 1}]))
    QTest.keyClick(grades(form).add_button, Qt.Key.Key_Space)
    QTest.keyClicks(grades(form).rows[1].date, "31 2")
    state = grades(form).state()
    form.load(None)
    grades(form).restore(state)
    assert [row.date.text() for row in grades(form).rows] == ["1 Apr 2020", "31 2"]
    key(form, "2")
    assert grades(form).rows[1].grade is Grade.MODERATE


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
