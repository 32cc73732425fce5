"""The tab of survival: the question, what it warns of with the remedy, the curves, the groups."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QScrollArea
from pytestqt.qtbot import QtBot

from models.cohort.factors import Factor
from models.cohort.question import Outcome, landmark_days
from models.response import Response
from tests.models.cohort.members import (
    by_line,
    ended,
    from_diagnosis,
    member,
    ongoing,
    response,
    treated,
)
from ui.survival_tab import LEAST_HEIGHT, SurvivalTab
from ui.tasks import Tasks

MEMBERS = [
    member(
        treated(
            overall_survival=ended(100 + 40 * n) if n % 3 else ongoing(300 + 30 * n),
            progression_free=ended(50 + 10 * n),
            seen_from=60 * (n % 2),
            response=response(Response.PR if n % 2 else Response.SD),
            time_to_response=ended(80) if n % 2 else None,
        ),
        overall_survival=ended(500 + n),
    )
    for n in range(20)
]


@pytest.fixture
def tab(qtbot: QtBot) -> Iterator[SurvivalTab]:
    tasks = Tasks()
    made = SurvivalTab(tasks)
    qtbot.addWidget(made)
    made.resize(620, 800)
    made.set_selection(by_line(*MEMBERS))
    made.show()
    qtbot.waitUntil(lambda: "All" in said(made))
    yield made
    tasks.shutdown()


def said(tab: SurvivalTab) -> list[str]:
    drawing = tab.chart.drawing
    return [text.text for text in drawing.texts()] if drawing else []


def choose(tab: SurvivalTab, combo: QComboBox, value: object) -> None:
    """As by keys: the list is set and says that it was used."""
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def cells(tab: SurvivalTab) -> list[list[str]]:
    model = tab.tables.tables[0].figures
    return [[*model.cells(row)] for row in range(model.rowCount())]


def test_the_curve_of_all_stands_there_with_its_figures(tab: SurvivalTab) -> None:
    assert cells(tab)[0][:3] == ["All", "20", "13"]
    assert tab.toggles == []
    assert "Months since the start of the line" in said(tab)


def test_groups_by_response_are_warned_of_and_the_landmark_is_one_click_away(
    tab: SurvivalTab, qtbot: QtBot
) -> None:
    choose(tab, tab.factor, Factor.RESPONSE)
    qtbot.waitUntil(lambda: len(tab.toggles) == 2)
    assert tab.warning.isVisible()
    assert tab.warning.text().startswith("Immortal time")
    assert tab.landmark_button.isVisible()
    QTest.mouseClick(tab.landmark_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Months since the landmark at month 6" in said(tab))
    assert tab.question().landmark_days == landmark_days(6)
    assert "Immortal time" not in tab.warning.text()
    assert not tab.landmark_button.isVisible()
    assert tab.landmark.hasFocus()


def test_delayed_entry_is_one_click_away(tab: SurvivalTab, qtbot: QtBot) -> None:
    assert "first seen here more than 30 days" in tab.warning.text()
    QTest.mouseClick(tab.entry_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "more than 30 days" not in tab.warning.text())
    assert tab.delayed_entry.isChecked()
    assert not tab.entry_button.isVisible()


def test_a_group_can_be_hidden_and_stays_so(tab: SurvivalTab, qtbot: QtBot) -> None:
    choose(tab, tab.factor, Factor.RESPONSE)
    qtbot.waitUntil(lambda: len(tab.toggles) == 2)
    first = tab.toggles[0]
    assert first.text() == "No response"
    assert not first.icon().isNull()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    assert "No response" not in said(tab)
    assert "Responders" in said(tab)
    choose(tab, tab.endpoint, Outcome.PFS)
    qtbot.waitUntil(lambda: "Progression-free survival" in said(tab))
    assert [toggle.isChecked() for toggle in tab.toggles] == [False, True]


def test_a_step_leads_to_its_patients(tab: SurvivalTab, qtbot: QtBot) -> None:
    tab.chart.setFocus()
    with qtbot.waitSignal(tab.who_asked) as asked:
        QTest.keyClick(tab.chart, Qt.Key.Key_Right)
        QTest.keyClick(tab.chart, Qt.Key.Key_Return)
    words, whom = asked.args
    assert words.startswith("All, 4.6 months: ")
    assert whom == (MEMBERS[1].id,)


def test_what_is_not_told_from_the_diagnosis_cannot_be_chosen_and_says_why(
    tab: SurvivalTab, qtbot: QtBot
) -> None:
    choose(tab, tab.endpoint, Outcome.PFS)
    tab.set_selection(from_diagnosis(*MEMBERS))
    qtbot.waitUntil(tab.origin_button.isVisible)
    assert "Only from the start of a treatment line" in said(tab)[0]
    items = {tab.endpoint.itemText(at): tab.endpoint.model().index(at, 0) for at in range(4)}
    enabled = Qt.ItemFlag.ItemIsEnabled
    assert bool(items["overall survival"].flags() & enabled)
    assert not items["duration of response"].flags() & enabled
    tip = items["duration of response"].data(Qt.ItemDataRole.ToolTipRole)
    assert "treatment line" in tip
    with qtbot.waitSignal(tab.origin_asked):
        QTest.mouseClick(tab.origin_button, Qt.MouseButton.LeftButton)
    choose(tab, tab.endpoint, Outcome.OS)
    qtbot.waitUntil(lambda: "Months since the diagnosis" in said(tab))
    assert not tab.origin_button.isVisible()


def test_everything_has_a_name_and_can_be_reached_by_keys(tab: SurvivalTab) -> None:
    for each in (tab.endpoint, tab.factor, tab.landmark, tab.chart):
        assert each.accessibleName()
        assert each.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert tab.delayed_entry.toolTip()


def test_choices_stand_in_one_row_where_there_is_room_for_them(
    tab: SurvivalTab, qtbot: QtBot
) -> None:
    tab.resize(900, 600)
    row = [tab.endpoint, tab.factor, tab.landmark, tab.delayed_entry]
    qtbot.waitUntil(lambda: len({each.geometry().center().y() for each in row}) == 1)
    tab.resize(430, 600)
    qtbot.waitUntil(lambda: tab.landmark.y() > tab.factor.y())
    assert max(each.geometry().right() for each in row) < 430


def test_the_foot_of_the_chart_is_seen_without_scrolling(tab: SurvivalTab, qtbot: QtBot) -> None:
    tab.resize(786, 620)
    (view,) = tab.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: tab.chart.geometry().bottom() <= view.viewport().height())
    assert tab.chart.height() > LEAST_HEIGHT
    tab.resize(786, 300)
    qtbot.waitUntil(lambda: tab.chart.height() == LEAST_HEIGHT)
