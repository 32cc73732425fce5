"""Each editor as it is typed into."""

import datetime as dt
import string
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.adverse_event import AdverseEvent, GradeEpisode
from models.base import Record, described_fields
from models.biopsy import Biopsy
from models.imaging import Imaging, Node
from models.laboratory import MolecularResult
from models.patient import Patient
from models.protocol import BY_LABEL, Protocol
from models.skin import Lesions, Region, SkinScore
from models.treatment import TreatmentLine
from models.values import Grade, PartialDate
from models.visit import Visit
from tests.ui.samples import TODAY
from ui.choice_editor import ChecksEditor, ChoiceEditor
from ui.date_editor import DateEditor
from ui.editor import LineEditor
from ui.editors import editor_for
from ui.grades_editor import GradesEditor
from ui.regions_editor import RegionsEditor
from ui.text_editor import PlainTextEditor

in_one_window = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
texts = st.text(max_size=60)
days = st.dates(dt.date(1921, 1, 1), dt.date(2021, 12, 31))


def editor(qtbot: QtBot, kind: type[Record], name: str) -> Any:
    words = next(words for words in described_fields(kind) if words.name == name)
    made = editor_for(words, lambda: TODAY, {})
    qtbot.addWidget(made)
    made.show()
    return made


def typed(line_editor: LineEditor, text: str) -> Any:
    line_editor.line.setText(text)
    return line_editor.value()


@in_one_window
@given(text=texts)
def test_a_loaded_text_is_answered_as_it_was(qtbot: QtBot, text: str) -> None:
    for name in ("phone", "address"):
        each = editor(qtbot, Patient, name)
        each.set_value(text)
        assert each.value() == text


@in_one_window
@given(text=texts)
def test_a_typed_text_is_stripped_or_empty(qtbot: QtBot, text: str) -> None:
    each = editor(qtbot, Patient, "phone")
    value = typed(each, text)
    assert value is None or value == value.strip() != ""


@in_one_window
@example(number=1.025)
@given(
    number=st.floats(0.001, 1e9, allow_nan=False) | st.integers(1, 10**6).map(lambda n: n / 1000)
)
def test_a_number_is_read_as_it_is_shown(qtbot: QtBot, number: float) -> None:
    each = editor(qtbot, Visit, "weight_kg")
    each.set_value(number)
    shown = each.line.text()
    each.set_value(None)
    assert typed(each, shown) == number
    assert typed(each, shown.replace(".", ",")) == number


@in_one_window
@given(text=st.text(string.printable, max_size=20))
def test_no_typed_text_is_ever_an_error_of_the_program(qtbot: QtBot, text: str) -> None:
    for kind, name in (
        (Visit, "weight_kg"),
        (Visit, "ecog"),
        (Visit, "date"),
        (AdverseEvent, "onset"),
        (Imaging, "nodes"),
        (TreatmentLine, "regimen"),
        (TreatmentLine, "protocol"),
    ):
        each = editor(qtbot, kind, name)
        value = typed(each, text)
        assert value is None or not each.unreadable()
        items = each.line.text().split(";" if name in {"nodes", "regimen"} else None)
        assert bool(each.unreadable()) == (value is None and any(item.strip() for item in items))


@in_one_window
@given(day=days, precision=st.integers(1, 3))
def test_a_date_is_read_as_it_is_shown(qtbot: QtBot, day: dt.date, precision: int) -> None:
    date = PartialDate(*(day.year, day.month, day.day)[:precision])
    each = editor(qtbot, AdverseEvent, "onset")
    each.set_value(date)
    assert each.line.text() == date.words
    each.set_value(None)
    assert typed(each, date.words) == date
    assert typed(each, date.iso) == date


@pytest.mark.parametrize(
    ("text", "shown"),
    [("today", "30 Apr 2020"), ("-3", "27 Apr 2020"), ("14 10 17", "14 Oct 2017")],
)
def test_a_date_is_shown_in_words_when_left(qtbot: QtBot, text: str, shown: str) -> None:
    each = editor(qtbot, Visit, "date")
    QTest.keyClicks(each.line, text)
    QTest.keyClick(each.line, Qt.Key.Key_Return)
    assert each.line.text() == shown
    assert each.value() is not None


def test_a_vague_date_is_kept_vague_or_refused(qtbot: QtBot) -> None:
    vague, full = editor(qtbot, AdverseEvent, "onset"), editor(qtbot, Visit, "date")
    assert isinstance(vague, DateEditor)
    assert typed(vague, "Oct 2017") == PartialDate(2017, 10)
    assert typed(full, "Oct 2017") is None
    assert full.unreadable() == "A full date is needed: Oct 2017 lacks the day."
    assert typed(full, "2017") is None
    assert "lacks the day and month" in full.unreadable()


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("70,5", 70.5, ""),
        (" 70 ", 70, ""),
        ("−3", -3, ""),
        ("12,500", None, "12,500 can be read two ways: type 12500 or 12.5."),
        ("1.200", None, "1.200 can be read two ways: type 1200 or 1.2."),
        ("−1.025", None, "-1.025 can be read two ways: type -1025 or -1.0250."),
        ("1.0250", 1.025, ""),
        ("1200", 1200, ""),
        ("1.20", 1.2, ""),
        ("1000.125", 1000.125, ""),
        ("0,125", 0.125, ""),
        ("seventy", None, "Give a number."),
        ("1_000", None, "Give a number."),
        ("nan", None, "Give a number."),
        ("", None, ""),
    ],
)
def test_numbers(qtbot: QtBot, text: str, value: float | None, problem: str) -> None:
    each = editor(qtbot, Visit, "weight_kg")
    assert typed(each, text) == value
    assert each.unreadable() == problem


def test_a_number_that_could_be_read_two_ways_is_shown_with_a_fourth_decimal(qtbot: QtBot) -> None:
    each = editor(qtbot, Visit, "weight_kg")
    each.set_value(70.125)
    assert (each.line.text(), each.value()) == ("70.1250", 70.125)
    QTest.keyClick(each.line, Qt.Key.Key_Return)
    assert each.value() == 70.125


def test_a_whole_number_is_whole(qtbot: QtBot) -> None:
    each = editor(qtbot, Visit, "ecog")
    assert typed(each, "2") == 2
    assert typed(each, "2.5") is None
    assert each.unreadable() == "Give a whole number."


def test_choices_start_empty_and_typing_selects(qtbot: QtBot) -> None:
    each = editor(qtbot, Biopsy, "indication")
    assert isinstance(each, ChoiceEditor)
    assert each.value() is None
    with qtbot.waitSignal(each.changed):
        QTest.keyClicks(each.combo, "sus")
    assert each.value() == "suspected relapse"


def test_a_passing_wheel_changes_nothing(qtbot: QtBot) -> None:
    each = editor(qtbot, Biopsy, "indication")
    none, down = Qt.KeyboardModifier.NoModifier, QPoint(0, -120)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        down,
        down,
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    each.combo.wheelEvent(wheel)
    assert each.value() is None
    assert not wheel.isAccepted()


@pytest.mark.parametrize(("key", "value"), [("y", True), ("n", False)])
def test_yes_no_or_nothing(qtbot: QtBot, key: str, value: bool) -> None:
    each = editor(qtbot, Patient, "lost_to_follow_up")
    assert each.value() is None
    QTest.keyClicks(each.combo, key)
    assert each.value() is value
    QTest.keyClick(each.combo, Qt.Key.Key_Home)
    assert each.value() is None


def test_checks_give_a_list_or_nothing(qtbot: QtBot) -> None:
    each = editor(qtbot, Biopsy, "patterns")
    assert isinstance(each, ChecksEditor)
    box = next(iter(each.boxes.values()))
    with qtbot.waitSignal(each.changed):
        QTest.keyClick(box, Qt.Key.Key_Space)
    assert each.value() == ["spongiotic"]
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert each.value() is None


def test_several_drugs_each_suggested(qtbot: QtBot) -> None:
    each = editor(qtbot, TreatmentLine, "regimen")
    QTest.keyClicks(each.line, "CHOP; RotEne")
    completer = each.line.completer()
    assert completer.currentCompletion() == "CHOP; bexarotene"
    each.line.setText(completer.currentCompletion())
    assert each.value() == ["CHOP", "bexarotene"]
    assert typed(each, " ; ") is None


def test_a_suggestion_matches_anywhere(qtbot: QtBot) -> None:
    each = editor(qtbot, MolecularResult, "test")
    QTest.keyClicks(each.line, "SEQU")
    assert each.line.completer().currentCompletion() == "TCR sequencing"
    assert each.value() == "SEQU"


def test_nodes(qtbot: QtBot) -> None:
    each = editor(qtbot, Imaging, "nodes")
    assert typed(each, "left axilla 22x14; right groin 18×12,5") == [
        Node(site="left axilla", long_mm=22, short_mm=14),
        Node(site="right groin", long_mm=18, short_mm=12.5),
    ]
    assert typed(each, "left axilla") is None
    assert "22x14" in each.unreadable()
    assert typed(each, "left axilla 22x12,500") is None
    assert each.unreadable() == "12,500 can be read two ways: type 12500 or 12.5."
    assert typed(each, "left axilla 0x14") is None
    assert each.unreadable() == "Give more than 0."


def test_no_masses_seen_is_not_the_same_as_not_looked_for(qtbot: QtBot) -> None:
    each = editor(qtbot, Imaging, "masses")
    assert typed(each, "") is None
    assert typed(each, "None") == []
    assert typed(each, "liver 42x30") == [Node(site="liver", long_mm=42, short_mm=30)]
    each.set_value([])
    assert each.line.text() == "none"
    each.set_value(None)
    assert each.line.text() == ""


def test_a_protocol_is_a_line_of_text(qtbot: QtBot) -> None:
    each = editor(qtbot, TreatmentLine, "protocol")
    assert isinstance(each, LineEditor)
    assert typed(each, "mogamulizumab") == BY_LABEL
    QTest.keyClick(each.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(each.line, "1000 mg/m2 on days 1,8,15 of 28")
    QTest.keyClick(each.line, Qt.Key.Key_Return)
    assert each.line.text() == "1000 mg/m² (Mosteller) on days 1, 8, 15 of 28"
    assert each.value() == Protocol.parse(each.line.text())
    assert typed(each, "1.125 mg on day 1 of 14") is None
    assert each.unreadable() == "1.125 can be read two ways: type 1125 or 1.1250."
    assert typed(each, "every three weeks") is None
    assert each.unreadable().startswith("Write a protocol as mogamulizumab")
    assert typed(each, " ") is None
    assert not each.unreadable()


@pytest.mark.parametrize(
    ("typing", "suggested"),
    [("Moga", "mogamulizumab"), ("days", "1000 mg/m² (Mosteller) on days 1, 8, 15 of 28")],
)
def test_a_protocol_is_suggested(qtbot: QtBot, typing: str, suggested: str) -> None:
    each = editor(qtbot, TreatmentLine, "protocol")
    QTest.keyClicks(each.line, typing)
    assert each.line.completer().currentCompletion() == suggested


def test_notes_tell_only_what_a_person_typed(qtbot: QtBot) -> None:
    each = editor(qtbot, Patient, "address")
    assert isinstance(each, PlainTextEditor)
    with qtbot.assertNotEmitted(each.changed):
        each.set_value("Via Roma\r\n1")
    with qtbot.waitSignal(each.changed):
        QTest.keyClicks(each.box, "x")
    assert each.value() == "xVia Roma\n1"
    with qtbot.waitActive(each):
        each.activateWindow()
    each.box.setFocus()
    with qtbot.waitSignal(each.left):
        each.box.clearFocus()


def test_grades_by_keyboard(qtbot: QtBot) -> None:
    each = editor(qtbot, AdverseEvent, "grades")
    assert isinstance(each, GradesEditor)
    assert each.value() is None
    row = each.rows[0]
    QTest.keyClicks(row.date, "Jul 2017")
    assert each.unreadable() == "Choose the grade from Jul 2017 on."
    with qtbot.waitSignal(each.changed):
        QTest.keyClick(row.buttons[Grade.MILD], Qt.Key.Key_2)
    assert each.value() == [GradeEpisode(date=PartialDate(2017, 7), grade=Grade.MODERATE)]
    QTest.keyClick(each.add_button, Qt.Key.Key_Space)
    assert each.value() == [GradeEpisode(date=PartialDate(2017, 7), grade=Grade.MODERATE)]
    QTest.keyClick(each.rows[1].buttons[Grade.SEVERE], Qt.Key.Key_Space)
    assert each.value() == [
        GradeEpisode(date=PartialDate(2017, 7), grade=Grade.MODERATE),
        GradeEpisode(date=PartialDate.of(TODAY), grade=Grade.SEVERE),
    ]
    QTest.keyClick(each.rows[1].date, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(each.rows[1].date, Qt.Key.Key_Delete)
    assert each.unreadable() == "Enter from which date it was grade 3."
    QTest.keyClick(each.rows[1].remove_button, Qt.Key.Key_Space)
    QTest.keyClick(each.rows[0].remove_button, Qt.Key.Key_Space)
    assert each.value() is None
    assert len(each.rows) == 1


def test_regions_total_at_once_and_keep_to_their_limit(qtbot: QtBot) -> None:
    each = editor(qtbot, SkinScore, "regions")
    assert isinstance(each, RegionsEditor)
    head = each.cells[Region.HEAD]
    with qtbot.waitSignal(each.changed):
        QTest.keyClicks(head["patch"], "3")
    QTest.keyClicks(head["tumour"], "0,5")
    assert each.value() == {Region.HEAD: Lesions(patch=3, plaque=0, tumour=0.5)}
    assert each.total.text() == "mSWAT 5 · 3.5 % of the body"
    QTest.keyClicks(head["plaque"], "9")
    assert each.unreadable() == "The head is 7 % of the body; what is entered exceeds it."
    QTest.keyClick(head["plaque"], Qt.Key.Key_Backspace)
    QTest.keyClicks(each.cells[Region.NECK]["patch"], "-1")
    assert each.unreadable() == "Neck: Give 0 or more."
    limits = [label.text() for label in each.findChildren(QLabel)]
    assert "9.5 %" in limits


def test_a_problem_is_told_and_taken_back(qtbot: QtBot) -> None:
    each = editor(qtbot, Biopsy, "conclusion")
    each.set_problem("Not so.")
    assert "Not so." in [label.text() for label in each.findChildren(QLabel)]
    each.set_problem("")
    assert "Empty while the result is awaited." in [x.text() for x in each.findChildren(QLabel)]
