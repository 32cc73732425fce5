"""The tabs of response and of the swimmer plot: what they show, offer and ask for."""

import uuid
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.cohort.factors import Factor
from models.cohort.member import Member
from models.cohort.response_facts import SkinChange, State
from models.cohort.selection import Selection
from models.cohort.swimmer import Order
from models.diagnosis import Disease
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
from ui.chart_view import ChartView
from ui.response_tab import ResponseTab
from ui.swimmer_tab import LANES, SwimmerTab
from ui.tasks import Tasks

SS = Disease.SEZARY_SYNDROME


def patient(
    change: float, best: Response, days: int = 400, disease: Disease = SS, **more: Any
) -> Member:
    skin = SkinChange(40, 40 + 0.4 * change, change, 56, best)
    facts = response(best, best, skin=skin, skin_baseline=40, states=(State(56, best),))
    line = treated(
        response=facts,
        on_treatment=ended(days // 2),
        time_to_response=ended(56),
        overall_survival=ongoing(days),
        disease=disease,
    )
    return member(line, **more)


@pytest.fixture
def tab(qtbot: QtBot, worker: Tasks) -> ResponseTab:
    made = ResponseTab(worker)
    put_up(qtbot, made)
    return made


@pytest.fixture
def swimmers(qtbot: QtBot, worker: Tasks) -> SwimmerTab:
    made = SwimmerTab(worker)
    put_up(qtbot, made)
    return made


def put_up(qtbot: QtBot, tab: QWidget) -> None:
    qtbot.addWidget(tab)
    tab.resize(700, 560)
    tab.show()


def show(qtbot: QtBot, tab: Any, selection: Selection) -> None:
    """Until what was worked out is there."""
    tab.set_selection(selection)
    qtbot.waitUntil(lambda: tab.body.parentWidget().isVisible(), timeout=5000)


def asked_by_key(qtbot: QtBot, chart: ChartView) -> tuple[str, tuple[uuid.UUID, ...]]:
    """Who stands behind the first area, by the keys alone."""
    chart.setFocus()
    with qtbot.waitSignal(chart.who_asked) as asked:
        QTest.keyClick(chart, Qt.Key.Key_Right)
        QTest.keyClick(chart, Qt.Key.Key_Return)
    words, who = asked.args
    return words, who


def columns(tab: ResponseTab) -> list[str]:
    return [each.title for each in tab.tables.tables[0].figures.columns]


def test_rates_and_waterfall_lead_to_their_patients(qtbot: QtBot, tab: ResponseTab) -> None:
    worse, better = patient(30, Response.PD, mrn="7"), patient(-80, Response.PR)
    show(qtbot, tab, by_line(better, worse))
    grid = tab.tables.tables[0]

    with qtbot.waitSignal(tab.who_asked) as asked:
        grid.clicked.emit(grid.figures.index(0, 1))
    assert asked.args is not None
    assert asked.args[1] == (better.id,)
    assert "1 of 2 (50 %, 95 % CI 1 to 99)" in asked.args[0]

    words, who = asked_by_key(qtbot, tab.chart)
    assert who == (worse.id,)
    assert words.startswith("7: mSWAT 40 to 52")
    assert not tab.origin_button.isVisible()
    assert tab.chart.y() < tab.tables.y(), "it is seen without scrolling"


def test_a_click_on_a_bar_asks_for_its_patient(qtbot: QtBot, tab: ResponseTab) -> None:
    one = patient(-80, Response.PR)
    show(qtbot, tab, by_line(one))
    assert tab.chart.drawing is not None
    area = tab.chart.drawing.areas[0]
    place = QPoint(round(area.x + area.width / 2), round(area.y + area.height / 2))

    with qtbot.waitSignal(tab.who_asked) as asked:
        QTest.mouseClick(
            tab.chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )
    assert asked.args is not None
    assert asked.args[1] == (one.id,)


def test_a_factor_puts_groups_beside_all(qtbot: QtBot, tab: ResponseTab) -> None:
    show(
        qtbot,
        tab,
        by_line(
            patient(-80, Response.PR, disease=Disease.SEZARY_SYNDROME),
            patient(-10, Response.SD, disease=Disease.MYCOSIS_FUNGOIDES),
        ),
    )
    assert columns(tab) == ["", "All"]

    tab.by.setCurrentIndex(tab.by.findData(Factor.DISEASE))
    tab.by.activated.emit(tab.by.currentIndex())

    groups = ["", "All", "Mycosis fungoides", "Sézary syndrome"]
    qtbot.waitUntil(lambda: columns(tab) == groups, timeout=5000)


def test_from_the_diagnosis_both_ask_for_the_start_of_a_line(
    qtbot: QtBot, tab: ResponseTab, swimmers: SwimmerTab
) -> None:
    for each in (tab, swimmers):
        show(qtbot, each, from_diagnosis(patient(-80, Response.PR)))
        assert each.origin_button.isVisible()
        assert not each.chart.isVisible()
        with qtbot.waitSignal(each.origin_asked):
            each.origin_button.click()


def test_without_a_skin_score_a_sentence_stands_for_the_waterfall(
    qtbot: QtBot, tab: ResponseTab
) -> None:
    show(qtbot, tab, by_line(member(treated(response=response(Response.PR)))))

    assert not tab.chart.isVisible()
    assert "no skin score before the start: 1" in tab.none.text()


def test_lanes_are_sorted_as_chosen_and_lead_to_their_patients(
    qtbot: QtBot, swimmers: SwimmerTab
) -> None:
    long, best = patient(10, Response.SD, 800, mrn="L"), patient(-100, Response.CR, mrn="B")
    show(qtbot, swimmers, by_line(best, long))
    words, who = asked_by_key(qtbot, swimmers.chart)
    assert (words[:2], who) == ("L:", (long.id,))

    swimmers.order.setCurrentIndex(swimmers.order.findData(Order.RESPONSE))
    swimmers.order.activated.emit(swimmers.order.currentIndex())

    qtbot.waitUntil(lambda: first_label(swimmers) == "B", timeout=5000)
    assert not swimmers.more.isVisible()


def first_label(tab: SwimmerTab) -> str:
    areas = tab.chart.drawing.areas if tab.chart.drawing else []
    return areas[0].words.split(":")[0] if areas else ""


def test_very_many_lanes_come_some_at_a_time(qtbot: QtBot, swimmers: SwimmerTab) -> None:
    members = [patient(-80, Response.PR, 2000 - n, mrn=f"P{n}") for n in range(LANES + 20)]
    show(qtbot, swimmers, by_line(*members))
    assert swimmers.shown.text() == "Lines 1 to 100 of 120"
    assert not swimmers.back.isEnabled()

    swimmers.more.click()

    assert swimmers.shown.text() == "Lines 101 to 120 of 120"
    assert first_label(swimmers) == "P100"
    assert not swimmers.more.isEnabled()
    swimmers.back.click()
    assert first_label(swimmers) == "P0"
