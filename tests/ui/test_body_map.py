"""The body: what is under the pointer and the keys is what is chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.biopsy import Side
from reports.body_figure import Site, sites
from tests.ui.person import place_on_body
from ui.body_areas import Area
from ui.body_map import BodyMap
from ui.body_view import BodyView

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@pytest.fixture
def body(qtbot: QtBot) -> BodyMap:
    made = BodyMap()
    qtbot.addWidget(made)
    made.resize(480, 360)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.view.setFocus()
    return made


def test_a_click_on_each_part_picks_its_site(body: BodyMap) -> None:
    found: list[Site] = []
    body.picked.connect(found.append)
    for area in body.view.areas:
        point = place_on_body(body.view, area)
        QTest.mouseClick(body.view, Qt.MouseButton.LeftButton, pos=point)
    assert found == [area.key for area in body.view.areas]
    assert set(found) == set(sites())


def test_the_arrow_keys_reach_every_part_from_any_other(body: BodyMap) -> None:
    view = body.view
    steps = {area: {_after(view, area, key) for key in ARROWS} for area in view.areas}
    backwards = {area: {one for one, to in steps.items() if area in to} for area in view.areas}
    for ways in (steps, backwards):
        reached, ahead = {view.areas[0]}, [view.areas[0]]
        while ahead:
            new = ways[ahead.pop()] - reached
            reached |= new
            ahead += new
        assert {area.key.words for area in view.areas if area not in reached} == set()


def _after(view: BodyView, area: Area, key: Qt.Key) -> Area:
    view._go_to(area)
    QTest.keyClick(view, key)
    assert view._current is not None
    return view._current


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_what_the_keys_are_on_is_named_and_chosen(qtbot: QtBot, body: BodyMap, key: Qt.Key) -> None:
    body.mark("left cheek")
    assert body.view.accessibleName() == "Body: left cheek"
    assert "Left cheek" in [label.text() for label in body.findChildren(QLabel)]
    QTest.keyClick(body.view, Qt.Key.Key_Left)
    with qtbot.waitSignal(body.picked) as chosen:
        QTest.keyClick(body.view, key)
    assert chosen.args == [Site("upper lip", Side.MIDLINE)]


def test_the_pointer_is_told_what_it_is_on(body: BodyMap) -> None:
    (palm,) = [area for area in body.view.areas if area.key == Site("palm", Side.RIGHT)]
    QTest.mouseMove(body.view, place_on_body(body.view, palm))
    assert "Right palm" in [label.text() for label in body.findChildren(QLabel)]


def test_the_patients_left_is_at_the_right_from_the_front_and_at_the_left_from_behind(
    body: BodyMap,
) -> None:
    view = body.view
    for name, mirrored in (("chest", False), ("cheek", False), ("sole", False), ("calf", True)):
        left, right = (
            next(
                place_on_body(view, area).x() for area in view.areas if area.key == Site(name, side)
            )
            for side in (Side.LEFT, Side.RIGHT)
        )
        assert (left < right) is mirrored, name
