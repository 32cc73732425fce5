"""A skin score typed region by region, beside the body."""

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from models.base import InvalidRecord
from models.explaining import explanation
from models.skin import Lesions, Region, SkinScore
from models.skin_course import skin_before
from tests.models import builders as a
from tests.ui.person import place_on_body
from tests.ui.samples import PATIENT, TODAY
from ui.form import Form
from ui.record_pane import RecordPane
from ui.region_cell import RegionCell
from ui.regions_editor import RegionsEditor


def lesions(**amounts: float) -> Lesions:
    return Lesions.model_validate(amounts)


TRUNK = {Region.ANTERIOR_TRUNK: lesions(patch=4), Region.NECK: lesions(plaque=1)}
LAST = a.skin_score("2020-01-06", neck={"plaque": 1}).model_copy(update={"regions": TRUNK})
HISTORY = a.history(a.skin_score("2019-01-07", 40), LAST)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(SkinScore, lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(720, 420)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.tell({"regions": partial(skin_before, HISTORY)})
    made.fill({"date": TODAY})
    return made


def regions_of(form: Form) -> RegionsEditor:
    editor = form.editors["regions"]
    assert isinstance(editor, RegionsEditor)
    return editor


def press(*keys: Qt.Key, with_: Any = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(here(), key, with_)


def write(text: str) -> None:
    QTest.keyClicks(here(), text)


def here() -> RegionCell:
    cell = QApplication.focusWidget()
    assert isinstance(cell, RegionCell)
    return cell


def test_a_whole_score_is_typed_without_the_mouse(form: Form) -> None:
    editor = regions_of(form)
    form.focus_on("regions")
    for _region in Region:
        write("a")
        press(Qt.Key.Key_Down)
    assert here() is editor.cells[Region.HEAD]["patch"]
    assert editor.value() == {region: lesions(patch=region.percent) for region in Region}
    assert editor.total.text() == "mSWAT 100 · 100 % of the body"


def test_tab_goes_through_the_regions_in_their_order(form: Form) -> None:
    form.focus_on("regions")
    visited = []
    for _cell in range(3 * len(Region)):
        visited.append(here().region)
        press(Qt.Key.Key_Tab)
    assert list(dict.fromkeys(visited)) == list(Region)


def test_enter_and_the_arrows_stay_in_the_column(form: Form) -> None:
    editor = regions_of(form)
    editor.cells[Region.HEAD]["plaque"].setFocus()
    press(Qt.Key.Key_Return)
    assert here() is editor.cells[Region.ANTERIOR_TRUNK]["plaque"]
    press(Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert here() is editor.cells[Region.RIGHT_FOOT]["plaque"]


def test_a_is_what_is_left_of_the_region(form: Form) -> None:
    editor = regions_of(form)
    form.focus_on("regions")
    write("3")
    press(Qt.Key.Key_Tab)
    write("a")
    assert editor.value() == {Region.HEAD: lesions(patch=3, plaque=4)}


def test_a_click_on_the_body_leads_to_its_row_and_back(form: Form) -> None:
    editor = regions_of(form)
    body = editor.body
    hand = next(area for area in body.areas if area.key is Region.LEFT_HAND)
    QTest.mouseClick(body, Qt.MouseButton.LeftButton, pos=place_on_body(body, hand))
    assert here() is editor.cells[Region.LEFT_HAND]["patch"]
    press(Qt.Key.Key_Down)
    assert body.current is Region.LEFT_THIGH
    assert editor.names[Region.LEFT_THIGH].property("role") == "current"


def test_the_more_is_involved_the_farther_the_body_is_from_its_ground(form: Form) -> None:
    editor = regions_of(form)
    ground, shades = editor.body.palette().window().color(), []
    for share in ("1", "4", "7"):
        editor.cells[Region.HEAD]["patch"].setText(share)
        shade = editor.body._fills[Region.HEAD]
        shades.append(abs(shade.lightness() - ground.lightness()))
        assert editor.body._notes == {Region.HEAD: share}
    assert shades == sorted(set(shades))


def test_a_cell_that_cannot_be_read_is_gone_to_and_no_total_leaves_it_out(qtbot: QtBot) -> None:
    pane = RecordPane(
        lambda pane: Form(SkinScore, lambda: TODAY, parent=pane),
        lambda values: explanation(SkinScore, values, HISTORY),
    )
    qtbot.addWidget(pane)
    pane.show()
    with qtbot.waitActive(pane):
        pane.activateWindow()
    editor = regions_of(pane.form)
    pane.form.fill({"date": TODAY, "regions": TRUNK})
    assert pane.explained.result.text().startswith("mSWAT 6 ")
    wrong = editor.cells[Region.BUTTOCKS]["plaque"]
    wrong.setFocus()
    write("3x")
    editor.cells[Region.HEAD]["patch"].setFocus()
    assert pane.explained.result.text().startswith("Not worked out. Buttocks: ")
    assert editor.total.text() in pane.explained.result.text()
    with pytest.raises(InvalidRecord) as refused:
        pane.form.build(PATIENT)
    pane.form.show_problems(refused.value.problems)
    assert here() is wrong
    write("3")
    assert pane.explained.result.text().startswith("mSWAT 12 ")


def test_the_change_is_told_as_it_is_typed(form: Form) -> None:
    editor = regions_of(form)
    form.focus_on("regions")
    write("3")
    assert editor.changes.text() == (
        "−50 % against the last and the nadir, 6 on 6 Jan 2020; "
        "−92 % against the baseline, 40 on 7 Jan 2019"
    )
    form.fill({"date": a.day("2019-06-03")})
    assert editor.changes.text().startswith("−92 % against the last")


def test_the_last_score_is_copied_where_nothing_is_typed(form: Form) -> None:
    editor = regions_of(form)
    assert editor.copy_button.text() == "Copy from 6 Jan 2020"
    editor.cells[Region.NECK]["patch"].setFocus()
    write("2")
    with_control = Qt.KeyboardModifier.ControlModifier
    press(Qt.Key.Key_D, with_=with_control)
    assert editor.value() == {**TRUNK, Region.NECK: lesions(patch=2)}
    assert here() is editor.cells[Region.HEAD]["patch"]
    assert form.is_dirty()


@pytest.mark.parametrize("day", ["2019-01-07", "2019-06-03"])
def test_where_no_regions_are_known_nothing_is_offered_to_copy(form: Form, day: str) -> None:
    editor = regions_of(form)
    form.fill({"date": a.day(day)})
    assert not editor.copy_button.isVisible()
    editor.copy_last()
    assert editor.value() is None


def test_the_score_that_is_corrected_is_not_its_own_last_one(form: Form) -> None:
    form.load(LAST)
    form.fill({"date": a.day("2020-02-03")})
    assert "6 Jan 2020" not in regions_of(form).changes.text()


def test_where_there_is_little_room_the_limits_step_aside(qtbot: QtBot, form: Form) -> None:
    editor = regions_of(form)
    limits = [label for label in editor.findChildren(QLabel) if label.text() == "9.5 %"]
    assert limits
    assert all(label.isVisible() for label in limits)
    form.resize(560, 420)
    qtbot.waitUntil(lambda: editor.width() <= form.viewport().width())
    assert not any(label.isVisible() for label in limits)
    qtbot.waitUntil(lambda: editor.body.width() > 0)
