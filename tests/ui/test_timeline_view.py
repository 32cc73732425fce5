"""The timeline under mouse and keys."""

import datetime as dt
import uuid

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from models.base import PatientRecord
from models.demo.case import published_case
from models.history import History
from models.patient import Patient
from models.timeline import timeline
from models.visit import Visit
from reports.drawing import Spot
from tests.ui.person import place_of, spots
from tests.ui.samples import TODAY, history
from ui import theme
from ui.timeline_view import TimelineView

DAYS_PER_PIXEL = 3


@pytest.fixture(scope="module")
def case() -> History:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    return History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])


@pytest.fixture
def view(qtbot: QtBot, case: History) -> TimelineView:
    made = TimelineView()
    qtbot.addWidget(made)
    made.resize(1366, 260)
    made.set_timeline(timeline(case, TODAY))
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.setFocus()
    return made


def press(view: TimelineView, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(view, key)


def turn(view: TimelineView, place: QPoint, notches: int, *, ctrl: bool = True) -> None:
    modifier = Qt.KeyboardModifier
    event = QWheelEvent(
        QPointF(place),
        QPointF(view.viewport().mapToGlobal(place)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifier.ControlModifier if ctrl else modifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def spot_of(view: TimelineView, record: uuid.UUID | None) -> Spot:
    return next(spot for spot in spots(view) if spot.record == record)


def in_view(view: TimelineView, record: uuid.UUID | None) -> bool:
    x, y = spot_of(view, record).centre
    centre = view._origin() + QPointF(x, y)
    return view.viewport().rect().contains(centre.toPoint())


def lane_of(view: TimelineView, record: uuid.UUID | None) -> str:
    assert view.chart is not None
    y = spot_of(view, record).centre[1]
    return next(band.lane.key for band in view.chart.bands if band.top <= y < band.bottom)


def test_a_click_on_a_mark_chooses_its_record(qtbot: QtBot, view: TimelineView) -> None:
    spot = next(spot for spot in spots(view) if "partial response" in spot.words)
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(view, spot))
    assert chosen.args == [view.current] == [spot.record]


def test_a_click_beside_every_mark_chooses_nothing(view: TimelineView) -> None:
    chosen: list[object] = []
    view.chosen.connect(chosen.append)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 70))
    assert chosen == []


def test_a_drag_pans_and_chooses_nothing(view: TimelineView) -> None:
    chosen: list[object] = []
    view.chosen.connect(chosen.append)
    press(view, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    bar = view.horizontalScrollBar()
    before, left = bar.value(), Qt.MouseButton.LeftButton
    QTest.mousePress(view.viewport(), left, pos=QPoint(600, 100))
    QTest.mouseMove(view.viewport(), QPoint(500, 100))
    QTest.mouseRelease(view.viewport(), left, pos=QPoint(500, 100))
    assert bar.value() == before + 100
    assert chosen == []


def test_arrows_walk_through_a_lane_and_stop_at_its_ends(view: TimelineView) -> None:
    press(view, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert lane_of(view, view.current) == "infusions"
    walked = []
    while view.current not in walked:
        walked.append(view.current)
        press(view, Qt.Key.Key_Right)
    assert len(walked) > 30
    places = [spot_of(view, record).x for record in walked]
    assert places == sorted(places)
    press(view, *[Qt.Key.Key_Left] * (len(walked) + 3))
    first = view.current
    press(view, Qt.Key.Key_Left)
    assert view.current == first


def test_down_goes_from_lane_to_lane_and_every_mark_comes_into_view(view: TimelineView) -> None:
    lanes = []
    for _step in range(9):
        press(view, Qt.Key.Key_Down)
        assert in_view(view, view.current)
        lanes.append(lane_of(view, view.current))
    assert len(set(lanes)) == 8
    press(view, *[Qt.Key.Key_Up] * 8)
    assert lane_of(view, view.current) == lanes[0]


def test_enter_opens_what_is_ringed(qtbot: QtBot, view: TimelineView) -> None:
    opened: list[object] = []
    view.opened.connect(opened.append)
    press(view, Qt.Key.Key_Return)
    assert opened == []
    press(view, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert opened == [view.current]


@pytest.mark.parametrize("x", [300, 700, 1200])
def test_zooming_keeps_the_day_under_the_pointer(view: TimelineView, x: int) -> None:
    place = QPoint(x, 100)
    day = view.day_at(QPointF(place))
    assert day is not None
    for _turn in range(6):
        turn(view, place, 1)
        now = view.day_at(QPointF(place))
        assert now is not None
        assert abs((now - day).days) <= DAYS_PER_PIXEL
    turn(view, place, -1)
    now = view.day_at(QPointF(place))
    assert now is not None
    assert abs((now - day).days) <= DAYS_PER_PIXEL


def test_the_wheel_alone_does_not_zoom(view: TimelineView) -> None:
    turn(view, QPoint(600, 100), -1, ctrl=False)
    assert view.horizontalScrollBar().maximum() == 0
    assert view.verticalScrollBar().value() > 0


def test_keys_zoom_and_zero_shows_the_whole_course(view: TimelineView) -> None:
    bar = view.horizontalScrollBar()
    press(view, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    twice = bar.maximum()
    press(view, Qt.Key.Key_Minus)
    assert 0 < bar.maximum() < twice
    press(view, Qt.Key.Key_0)
    assert bar.maximum() == 0
    press(view, Qt.Key.Key_Minus)
    assert bar.maximum() == 0


def test_the_last_year_fills_the_lanes(view: TimelineView) -> None:
    view.zoom_to_year()
    first = view.day_at(QPointF(theme.MARGIN + view._style.label_column + 1, 100))
    assert first is not None
    assert 330 <= (TODAY - first).days <= 400


def test_hovering_says_the_record_in_words(view: TimelineView) -> None:
    told: list[str] = []
    view.pointed.connect(told.append)
    spot = next(spot for spot in spots(view) if "partial response" in spot.words)
    place = place_of(view, spot)
    QTest.mouseMove(view.viewport(), place)
    QTest.mouseMove(view.viewport(), place + QPoint(1, 0))
    assert told == [spot.words]
    tip = QHelpEvent(QHelpEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), tip)
    assert QToolTip.text() == spot.words
    QTest.mouseMove(view.viewport(), QPoint(20, 70))
    assert told == [spot.words, ""]


def test_a_double_click_on_a_lane_asks_for_a_record_of_that_day(view: TimelineView) -> None:
    asked: list[tuple[object, dt.date]] = []
    view.add_asked.connect(lambda kind, day: asked.append((kind, day)))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert view.chart is not None
    band = view.chart.bands[-1]
    place = QPointF(400, view._origin().y() + (band.top + band.bottom) / 2).toPoint()
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == [(Visit, view.day_at(QPointF(place)))]
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, place.y()))
    assert len(asked) == 1


def test_a_ring_is_drawn_around_the_chosen_mark(view: TimelineView) -> None:
    before = view.viewport().grab().toImage()
    press(view, Qt.Key.Key_Right)
    assert view.viewport().grab().toImage() != before
    view.set_current(None)
    assert view.viewport().grab().toImage() == before


def test_a_course_without_records_says_how_to_begin(qtbot: QtBot, view: TimelineView) -> None:
    full = view.viewport().grab().toImage()
    view.set_timeline(timeline(history([]), TODAY))
    press(view, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Plus)
    assert view.current is None
    assert view.viewport().grab().toImage() != full
