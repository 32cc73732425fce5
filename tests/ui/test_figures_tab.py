"""Where things stand, each figure with its inputs and its rules, one click away."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.base import PatientRecord
from models.demo.case import published_case
from models.figures import awaiting, figures
from models.history import History
from models.patient import Patient
from models.rules import rule_of
from models.staging import stage_group, taken_as
from models.summary import Summary, as_of
from reports.palette import DARK, LIGHT
from tests.ui.samples import TODAY, history, sample
from ui import figures_tab, theme
from ui.figures_tab import FiguresTab


@pytest.fixture
def tab(qtbot: QtBot) -> FiguresTab:
    made = FiguresTab()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


def case(*confirmed: str) -> Summary:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    kept = [record for record in records if isinstance(record, PatientRecord)]
    return as_of(History.of_records(patient, kept, confirmed=confirmed), TODAY)


def test_every_figure_stands_there_with_its_inputs_and_rules(tab: FiguresTab) -> None:
    summary = case()
    tab.set_summary(summary)
    shown = tab.toPlainText()
    for figure in figures(summary):
        said = (figure.group, figure.title, figure.value, figure.inputs, figure.remark)
        assert all(text in shown for text in said), figure
        assert all(rule.title in shown and rule.source in shown for rule in figure.rules)


def test_what_is_to_be_checked_comes_first(tab: FiguresTab) -> None:
    summary = case()
    tab.set_summary(summary)
    assert summary.flags
    first = tab.toPlainText().splitlines()[: len(summary.flags)]
    assert first == [f"To be checked: {flag}" for flag in summary.flags]


def test_another_patient_replaces_the_first(tab: FiguresTab) -> None:
    tab.set_summary(case())
    tab.set_summary(as_of(history([]), TODAY))
    assert "IVA1" not in tab.toPlainText()
    assert "To be checked" not in tab.toPlainText()


def test_of_the_dead_without_records_nothing_is_worked_out(tab: FiguresTab) -> None:
    nobody = History.of_records(sample(Patient, death_date="2020"), [])
    tab.set_summary(as_of(nobody, TODAY))
    assert tab.toPlainText().strip() == "Nothing can be worked out yet: no records."


def test_a_rule_from_memory_says_so_until_it_is_confirmed(tab: FiguresTab) -> None:
    awaits = "awaits confirmation by a clinician"
    before = case()
    tab.set_summary(before)
    rules = awaiting(figures(before), before)
    assert rule_of(taken_as) in rules
    assert rule_of(stage_group) not in rules
    times = tab.toPlainText().count(awaits)
    tab.set_summary(case(rule_of(taken_as).name))
    assert tab.toPlainText().count(awaits) == times - 1
    tab.set_summary(case(*(rule.name for rule in rules)))
    assert awaits not in tab.toPlainText()


def test_a_rule_is_one_click_away(tab: FiguresTab, qtbot: QtBot) -> None:
    tab.set_summary(case())
    with qtbot.waitSignal(tab.rule_asked) as asked:
        tab.anchorClicked.emit(QUrl("rule:staging.stage_group"))
    assert asked.args == ["staging.stage_group"]
    assert 'href="rule:staging.stage_group"' in tab.toHtml()


def test_names_typed_by_people_are_shown_as_typed(tab: FiguresTab) -> None:
    patient, *records = published_case()
    line = next(record for record in records if record.table_name() == "treatment_line")
    line.regimen = ["<b>new</b> & old"]
    kept = [record for record in records if isinstance(record, PatientRecord)]
    assert isinstance(patient, Patient)
    tab.set_summary(as_of(History.of_records(patient, kept), TODAY))
    assert "<b>new</b> & old" in tab.toPlainText()


def test_another_theme_has_other_colours(tab: FiguresTab, qapp: QApplication) -> None:
    tab.set_summary(case())
    for dark, palette in ((True, DARK), (False, LIGHT)):
        theme.apply(qapp, dark)
        assert palette.accent.lower() in tab.toHtml().lower()
        assert palette.beware.lower() in tab.toHtml().lower()


def test_nothing_is_wider_than_the_page(tab: FiguresTab) -> None:
    tab.set_summary(case())
    assert tab.horizontalScrollBar().maximum() == 0


def test_the_arrow_keys_step_from_rule_to_rule(tab: FiguresTab, qtbot: QtBot) -> None:
    tab.set_summary(case())
    tab.setFocus()
    qtbot.waitUntil(tab.hasFocus)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(tab, key)
    with qtbot.waitSignal(tab.rule_asked) as asked:
        QTest.keyClick(tab, Qt.Key.Key_Return)
    assert asked.args == ["staging.stage_group"]


def test_what_changed_while_another_tab_was_open_is_there_when_it_is_seen(tab: FiguresTab) -> None:
    tab.set_summary(as_of(history([]), TODAY))
    tab.hide()
    tab.set_summary(case())
    tab.show()
    assert "IVA1" in tab.toPlainText()


def test_a_long_page_comes_in_parts_and_is_the_same(
    tab: FiguresTab, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.set_summary(case())
    text, height = tab.toPlainText(), tab.document().size().height()
    monkeypatch.setattr(figures_tab, "AT_FIRST", 2)
    tab.set_summary(case())
    assert len(tab.toPlainText()) < len(text) / 2
    tab.set_summary(case())
    qtbot.waitUntil(lambda: len(tab.toPlainText().split()) >= len(text.split()))
    assert tab.toPlainText().split() == text.split()
    assert tab.document().size().height() == height
    assert tab.verticalScrollBar().value() == 0


def test_a_long_page_is_not_written_on_while_nobody_sees_it(
    tab: FiguresTab, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.set_summary(case())
    text = tab.toPlainText()
    monkeypatch.setattr(figures_tab, "AT_FIRST", 2)
    tab.set_summary(case())
    tab.hide()
    begun = tab.toPlainText()
    QApplication.processEvents()
    assert tab.toPlainText() == begun
    tab.show()
    qtbot.waitUntil(lambda: tab.toPlainText().split() == text.split())
