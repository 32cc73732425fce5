"""Two photographs side by side: which ones, how far apart, under one lens."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.attachment import Attachment, time_between
from tests.ui.desk import Desk
from tests.ui.person import Person
from tests.ui.pictures import photograph
from tests.ui.samples import sample
from ui.compare_view import CompareView
from ui.lens import MOST_ZOOM, Lens, LensPicture


def attach(desk: Desk, date: str, site: str | None, width: int = 400, height: int = 200) -> None:
    record = sample(Attachment, patient=desk.patient.id, date=date, title=date, body_site=site)
    desk.clinic.attach(record, photograph(width, height))


@pytest.fixture
def compared(qtbot: QtBot, desk: Desk) -> CompareView:
    """The back in 2015 and 2016, upright the second time, and a cheek."""
    attach(desk, "2015-07-20", "Back")
    attach(desk, "2016-04-25", "back", 200, 400)
    attach(desk, "2017-07", "left cheek")
    desk.reload()
    desk.tab.viewer.compare_button.click()
    view = desk.tab.compare
    qtbot.waitUntil(lambda: all(picture.sizes for picture in view.lens.pictures))
    return view


def test_two_photographs_are_needed(desk: Desk) -> None:
    attach(desk, "2015-07-20", "back")
    desk.reload()
    assert not desk.tab.viewer.compare_button.isVisible()
    attach(desk, "2016-04-25", None)
    desk.reload()
    assert desk.tab.viewer.compare_button.isVisible()


def test_the_same_site_is_shown_first_and_last(compared: CompareView) -> None:
    shown = [side.combo.currentText() for side in compared.sides]
    assert shown == ["20 Jul 2015 · Back · 2015-07-20", "25 Apr 2016 · back · 2016-04-25"]
    assert compared.between.text() == "280 days between them (9.2 months)"


def test_another_one_is_chosen_by_keyboard(qtbot: QtBot, compared: CompareView) -> None:
    right = compared.sides[1]
    before = right.picture.sizes
    right.combo.setFocus()
    QTest.keyClick(right.combo, Qt.Key.Key_Down)
    assert right.combo.currentText() == "Jul 2017 · left cheek · 2017-07"
    assert compared.between.text().startswith("about")
    qtbot.waitUntil(lambda: bool(right.picture.sizes) and right.picture.sizes is not before)


def test_both_are_shown_at_the_same_scale(compared: CompareView) -> None:
    wide, upright = (picture.place for picture in compared.lens.pictures)
    assert wide.width() == pytest.approx(upright.height())
    for picture in compared.lens.pictures:
        assert picture.rect().toRectF().adjusted(-1, -1, 1, 1).contains(picture.place)


def test_they_are_zoomed_and_moved_together_by_key(compared: CompareView) -> None:
    one, other = compared.lens.pictures
    before = one.place.width()
    QTest.keyClicks(one, "++")
    assert one.place.width() == pytest.approx(before * 1.25**2)
    assert other.place.height() == pytest.approx(one.place.width())
    left = [picture.place.left() for picture in (one, other)]
    QTest.keyClick(one, Qt.Key.Key_Right)
    moved = [picture.place.left() for picture in (one, other)]
    assert moved[0] - left[0] == pytest.approx(moved[1] - left[1])
    assert moved[0] < left[0]
    QTest.keyClicks(other, "0")
    assert one.place.width() == pytest.approx(before)


def test_the_wheel_zooms_about_the_pointer(compared: CompareView) -> None:
    picture, _other = compared.lens.pictures
    pointer = QPointF(picture.width() * 0.6, picture.height() * 0.55)
    held = share_at(picture, pointer)
    turned = QWheelEvent(
        pointer,
        picture.mapToGlobal(pointer),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(picture, turned)
    assert compared.lens.zoom > 1
    assert share_at(picture, pointer).x() == pytest.approx(held.x())
    assert share_at(picture, pointer).y() == pytest.approx(held.y())


def share_at(picture: LensPicture, pointer: QPointF) -> QPointF:
    """Which part of the photograph lies there."""
    place = picture.place
    inside = pointer - place.topLeft()
    return QPointF(inside.x() / place.width(), inside.y() / place.height())


def test_a_drag_moves_both(compared: CompareView) -> None:
    one, other = compared.lens.pictures
    compared.lens.zoom_by(4)
    before = [picture.place.topLeft() for picture in (one, other)]
    QTest.mousePress(one, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    QTest.mouseMove(one, QPoint(80, 50))
    QTest.mouseRelease(one, Qt.MouseButton.LeftButton, pos=QPoint(80, 50))
    for picture, stood in zip((one, other), before, strict=True):
        assert (picture.place.topLeft() - stood).toPoint() == QPoint(20, -10)


@given(
    st.lists(st.tuples(st.floats(0.1, 10), st.floats(-900, 900), st.floats(-900, 900)), max_size=6)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_lens_never_loses_the_photograph(
    qapp: QApplication, steps: list[tuple[float, float, float]]
) -> None:
    lens = Lens()
    for factor, x, y in steps:
        lens.zoom_by(factor, QPointF(x, y))
        lens.move_by(QPointF(y, x))
        assert 1 <= lens.zoom <= MOST_ZOOM
        assert max(abs(lens.centre.x()), abs(lens.centre.y())) <= 0.5 - 0.5 / lens.zoom + 1e-9


def test_escape_leads_back_to_the_list(compared: CompareView, desk: Desk) -> None:
    QTest.keySequence(compared.sides[0].picture, "Escape")
    assert not compared.isVisible()
    assert desk.tab.list.view.hasFocus()
    assert not compared.lens.pictures[0].sizes


def test_a_turned_photograph_is_shown_turned_and_a_removed_one_closes(
    qtbot: QtBot, compared: CompareView, desk: Desk
) -> None:
    back = next(file for file in desk.files if file.title == "2015-07-20")
    picture = compared.lens.pictures[0]
    turned = desk.clinic.save(back.model_copy(update={"quarter_turns": 1}))
    desk.reload()
    qtbot.waitUntil(lambda: bool(picture.sizes) and picture.sizes[0].height() == 400)
    desk.clinic.remove(turned, "of somebody else")
    desk.reload()
    assert not compared.isVisible()


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("2016-04-25", "2016-04-25", "Taken on the same day"),
        ("2016-04-26", "2016-04-25", "1 day between them"),
        ("2016-04-25", "2016-06-24", "60 days between them (2 months)"),
        ("2015", "2017", "about 2 y between them"),
    ],
)
def test_the_time_between_is_told(one: str, other: str, words: str) -> None:
    assert time_between(*(sample(Attachment, date=date) for date in (one, other))) == words


def test_the_timeline_steps_aside_meanwhile(qtbot: QtBot, person: Person) -> None:
    page = person.open_case()
    clinic, patient = person.window.clinic, person.history.patient.id
    assert clinic is not None
    for date in ("2015-07-20", "2016-04-25"):
        record = sample(Attachment, patient=patient, date=date, body_site="back")
        clinic.attach(record, photograph())
    page.open(clinic, patient)
    tab = page.record_tabs[Attachment]
    page.tabs.bring_kind_forward(Attachment)
    tab.show_compare()
    assert not page.timeline.isVisible()
    assert "C1 day" in tab.compare.sides[0].when.text()
    person.press("Escape")
    assert page.timeline.isVisible()
    tab.show_compare()
    page.tabs.setCurrentIndex(0)
    assert page.timeline.isVisible()
