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
from models.lanes import LaneKey
from models.patient import Patient
from models.timeline import timeline
from models.visit import Visit
from models.wording import in_words
from reports.axis_chart import draw_axis
from reports.drawing import Drawing, Spot
from reports.layout import Sheet
from reports.timeline_chart import Band
from tests.calls import calls
from tests.models import builders as a
from tests.models.long_course import AS_OF, long_course
from tests.ui.person import place_of, spots
from tests.ui.samples import TODAY, history
from ui import theme
from ui.qt_painter import measure
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
    spot = next(spot for spot in spots(view) if "partial response" in view.words_of(spot))
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(view, spot))
    assert chosen.args == [view.current] == [spot.record]


def test_a_click_beside_every_mark_chooses_nothing(view: TimelineView) -> None:
    chosen: list[object] = []
    view.chosen.connect(chosen.append)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(1300, 70))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(700, 20))
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
    assert len(set(lanes)) == 9
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
    first = view.day_at(QPointF(theme.MARGIN + view.scene.style.label_column + 1, 100))
    assert first is not None
    assert 330 <= (TODAY - first).days <= 400


def test_hovering_says_the_record_in_words(view: TimelineView) -> None:
    told: list[str] = []
    view.pointed.connect(told.append)
    spot = next(spot for spot in spots(view) if "partial response" in view.words_of(spot))
    place = place_of(view, spot)
    QTest.mouseMove(view.viewport(), place)
    QTest.mouseMove(view.viewport(), place + QPoint(1, 0))
    assert told == [view.words_of(spot)]
    tip = QHelpEvent(QHelpEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), tip)
    assert QToolTip.text() == view.words_of(spot)
    QTest.mouseMove(view.viewport(), QPoint(700, 20))
    assert told == [view.words_of(spot), ""]


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


def band(view: TimelineView, key: LaneKey) -> Band:
    assert view.chart is not None
    return next(band for band in view.chart.bands if band.lane.key is key)


def click_name(view: TimelineView, key: LaneKey) -> None:
    lane = band(view, key)
    place = QPoint(40, round(view._origin().y() + (lane.top + lane.bottom) / 2))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def heard(view: TimelineView) -> str:
    """What a screen reader says of the timeline."""
    return view.accessibleDescription()


def test_a_click_on_a_name_folds_its_lane_and_another_opens_it(view: TimelineView) -> None:
    marks, whole = {spot.record for spot in spots(view)}, view.height_needed()
    high = band(view, LaneKey.INFUSIONS)
    told: list[str] = []
    view.pointed.connect(told.append)
    click_name(view, LaneKey.INFUSIONS)
    strip = band(view, LaneKey.INFUSIONS)
    assert strip.bottom - strip.top < (high.bottom - high.top) / 2
    assert view.height_needed() < whole
    assert {spot.record for spot in spots(view)} == marks
    assert view.chart is not None
    assert "Infusions · 62" in [text.text for text in view.chart.labels.texts()]
    assert told[-1] == heard(view) == "Infusions folded, 62 marks"
    click_name(view, LaneKey.INFUSIONS)
    assert view.height_needed() == whole
    assert heard(view) == "Infusions opened"


def test_space_folds_the_lane_of_the_mark_and_it_stays_folded(
    qtbot: QtBot, view: TimelineView, case: History
) -> None:
    press(view, Qt.Key.Key_Space)
    assert "arrow keys" in heard(view)
    press(view, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert band(view, LaneKey.INFUSIONS).folded
    assert in_view(view, view.current)
    other = TimelineView()
    qtbot.addWidget(other)
    other.resize(view.size())
    other.set_timeline(timeline(case, TODAY))
    assert band(other, LaneKey.INFUSIONS).folded
    QTest.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert view.chart is not None
    assert not any(each.folded for each in view.chart.bands)
    assert heard(view) == "All lanes opened"


def test_a_lane_without_marks_takes_no_room(view: TimelineView) -> None:
    view.set_timeline(timeline(a.history(a.visit("2020-01-06")), TODAY))
    empty, full = band(view, LaneKey.BLOOD), band(view, LaneKey.VISITS)
    assert empty.bottom - empty.top < full.bottom - full.top
    click_name(view, LaneKey.BLOOD)
    assert not view.scene.folded


def test_home_and_end_go_to_the_ends_of_the_lane(view: TimelineView) -> None:
    press(view, Qt.Key.Key_Right, Qt.Key.Key_Down, *[Qt.Key.Key_Plus] * 6, Qt.Key.Key_End)
    lane = [spot.record for spot in spots(view) if lane_of(view, spot.record) == "infusions"]
    assert view.current == lane[-1]
    assert in_view(view, view.current)
    press(view, Qt.Key.Key_Home)
    assert view.current == lane[0]
    assert in_view(view, view.current)


def test_the_current_mark_is_heard(view: TimelineView) -> None:
    press(view, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert heard(view) == view.words_of(spot_of(view, view.current))
    assert heard(view).startswith("Infusion, ")


def test_clicked_again_the_mark_below_is_chosen(view: TimelineView) -> None:
    one, other = a.skin_score("2020-01-06", 20), a.skin_score("2020-01-06", 20)
    view.set_timeline(timeline(a.history(one, other), TODAY))
    place = (view._origin() + QPointF(*spot_of(view, one.id).centre)).toPoint()
    chosen: list[object] = []
    view.chosen.connect(chosen.append)
    for _click in range(3):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert set(chosen[:2]) == {one.id, other.id}
    assert chosen[2] == chosen[0]


def test_a_double_click_on_a_mark_opens_its_form(view: TimelineView) -> None:
    opened: list[object] = []
    view.opened.connect(opened.append)
    spot = next(spot for spot in spots(view) if "partial response" in view.words_of(spot))
    place = place_of(view, spot)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [spot.record]


def test_panning_lays_nothing_out_again(view: TimelineView) -> None:
    press(view, *[Qt.Key.Key_Plus] * 4)
    before = view.chart
    place = QPointF(700, 100)
    day, seen = view.day_at(place), view.viewport().grab().toImage()
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().value() + 300)
    assert view.chart is before
    assert view.day_at(place - QPointF(300, 0)) == day
    assert view.viewport().grab().toImage() != seen


def test_many_marks_are_laid_out_when_the_zoom_rests(qtbot: QtBot, view: TimelineView) -> None:
    days = [dt.date(2008, 1, 7) + dt.timedelta(weeks=week) for week in range(600)]
    view.set_timeline(timeline(a.history(*map(a.visit, days)), TODAY))
    QApplication.processEvents()
    first = view.scene.laid
    turn(view, QPoint(700, 100), 2)
    turn(view, QPoint(700, 100), 2)
    day = view.day_at(QPointF(1000, 100))
    stretched = view.viewport().grab().toImage()
    assert first is not None
    qtbot.waitUntil(lambda: view.scene.laid is not first and view.painted)
    assert view.viewport().grab().toImage() != stretched
    assert view.day_at(QPointF(1000, 100)) == day


def test_after_a_zoom_the_chart_is_painted_in_several_frames_and_is_the_same(
    qtbot: QtBot, view: TimelineView
) -> None:
    history = a.history(*long_course(400))
    view.set_timeline(timeline(history, AS_OF))
    QApplication.processEvents()
    view.zoom_to(1.5, 0.5)
    view.settle()
    first = view.viewport().grab().toImage()
    assert not view.painted
    qtbot.waitUntil(lambda: view.painted)
    last = view.viewport().grab().toImage()
    view.set_timeline(timeline(history, AS_OF))
    assert first != last == view.viewport().grab().toImage()


def test_only_what_is_seen_is_painted(view: TimelineView) -> None:
    view.scene.zoom = 20.0
    view.set_timeline(timeline(a.history(*long_course(400)), AS_OF))
    assert view.chart is not None
    everything = len(view.chart.drawing.shapes)
    first, again = (painted_shapes(view) for _frame in range(2))
    bar = view.horizontalScrollBar()
    bar.setValue(bar.value() + 1)
    assert again < first < everything / 3
    assert painted_shapes(view) == again


def painted_shapes(view: TimelineView) -> int:
    return calls(view.viewport().repaint)["QtPainter._paint"]


def test_zoomed_in_the_axis_names_days(view: TimelineView) -> None:
    def named() -> list[str]:
        plane, head = view.scene.plane(view._scrolled().x()), Drawing(view.scene.width)
        assert plane is not None
        draw_axis(Sheet(Drawing(0), Drawing(0), head, plane, view.scene.style, measure))
        return [text.text for text in head.texts()]

    assert not any(name.isdecimal() and int(name) <= 31 for name in named())
    press(view, *[Qt.Key.Key_Plus] * 14)
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum() // 2)
    assert {"8", "15", "22"} <= set(named())


def test_no_record_is_put_into_words_before_its_mark_is_pointed_at(
    view: TimelineView, case: History
) -> None:
    def shown() -> None:
        view.set_timeline(timeline(case, TODAY))
        view.viewport().repaint()

    assert not calls(shown, in_words)
    assert calls(lambda: view.words_of(spots(view)[0]), in_words)
