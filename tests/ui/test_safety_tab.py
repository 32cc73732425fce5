"""The tabs of safety and practice: chosen, read and traced with the keyboard."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.adverse_event import Action
from models.cohort.selection import Selection
from models.values import Grade
from tests.models.cohort import members as made
from ui.analysis_tab import AnalysisTab
from ui.practice_tab import PracticeTab
from ui.safety_tab import SafetyTab
from ui.tasks import Tasks


def some() -> Selection:
    """A patient with an attributed nausea, one with two others, one with nothing."""
    nausea = made.event(term="Nausea", attributed=True, action=Action.DELAYED)
    others = made.event(), made.event(term="Anemia", worst=Grade.SEVERE)
    lines = [made.treated(events=events) for events in ((nausea,), others, ())]
    return made.by_line(*(made.member(line) for line in lines))


def shown(tab: AnalysisTab[Any], qtbot: QtBot, selection: Selection) -> None:
    qtbot.addWidget(tab)
    tab.resize(760, 640)
    tab.show()
    tab.set_selection(selection)
    qtbot.waitUntil(lambda: not tab.notice.isVisible())


@pytest.fixture
def safety_tab(worker: Tasks, qtbot: QtBot) -> SafetyTab:
    made_tab = SafetyTab(worker)
    shown(made_tab, qtbot, some())
    return made_tab


def terms(tab: SafetyTab) -> list[str]:
    drawing = tab.chart.drawing
    return [area.words.split(":")[0] for area in drawing.areas[::2]] if drawing else []


def test_chart_and_tables_tell_of_the_same_events(safety_tab: SafetyTab) -> None:
    assert terms(safety_tab) == ["Anemia", "Fatigue", "Nausea"]
    assert [each.accessibleName() for each in safety_tab.tables.tables] == [
        "Adverse events",
        "Adverse events by term and worst grade",
        "Rates per time at risk, and time to onset",
        "Rash under mogamulizumab",
    ]
    assert not safety_tab.origin_button.isVisible()


def test_only_what_is_attributed_is_one_key_away(safety_tab: SafetyTab, qtbot: QtBot) -> None:
    safety_tab.which.setFocus()
    QTest.keyClick(safety_tab.which, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: terms(safety_tab) == ["Nausea"])


def test_a_bar_leads_to_its_patients(safety_tab: SafetyTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(safety_tab.who_asked) as asked:
        QTest.keyClick(safety_tab.chart, Qt.Key.Key_End)
        QTest.keyClick(safety_tab.chart, Qt.Key.Key_Return)
    words, who = asked.args
    assert words == "Nausea, worst grade 1: 1 of 3 (33 %)"
    assert safety_tab.selection is not None
    assert who == (safety_tab.selection.units[0].patient,)


def test_from_the_diagnosis_a_button_asks_for_the_line(safety_tab: SafetyTab, qtbot: QtBot) -> None:
    safety_tab.set_selection(made.from_diagnosis(made.member()))
    qtbot.waitUntil(safety_tab.origin_button.isVisible)
    assert "belong to a treatment line" in safety_tab.warning.text()
    assert not safety_tab.chart.isVisible()
    assert not safety_tab.tables.tables
    assert not safety_tab.which.isEnabled()
    with qtbot.waitSignal(safety_tab.origin_asked):
        QTest.keyClick(safety_tab.origin_button, Qt.Key.Key_Return)


def test_without_an_event_there_is_no_empty_chart(worker: Tasks, qtbot: QtBot) -> None:
    tab = SafetyTab(worker)
    shown(tab, qtbot, made.by_line(made.member(made.treated())))
    assert not tab.chart.isVisible()
    assert tab.tables.tables


def test_practice_is_told_in_tables_that_lead_to_patients(worker: Tasks, qtbot: QtBot) -> None:
    tab = PracticeTab(worker)
    shown(tab, qtbot, some())
    titles = [each.accessibleName() for each in tab.tables.tables]
    assert titles[0] == "Doses given against doses planned"
    assert titles[-1] == "Dates that are vague or missing"
    events = next(t for t in tab.tables.tables if "Adverse events" in t.accessibleName())
    events.setCurrentIndex(events.model().index(0, 1))
    with qtbot.waitSignal(tab.who_asked) as asked:
        QTest.keyClick(events, Qt.Key.Key_Return)
    assert asked.args[0] == "Nausea · Delayed: 1"
