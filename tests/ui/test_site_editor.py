"""A body site, typed or chosen on the body."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.adverse_event import AdverseEvent
from models.base import Record
from models.biopsy import Biopsy, Side
from reports.body_figure import Site
from tests.ui.person import place_on_body
from tests.ui.samples import TODAY
from ui.form import Form
from ui.site_editor import BodyPopup, SiteEditor


def form(qtbot: QtBot, kind: type[Record] = Biopsy) -> Form:
    made = Form(kind, lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def site_of(made: Form) -> Any:
    editor = made.editors["body_site"]
    assert isinstance(editor, SiteEditor)
    editor.setFocus()
    return editor


def opened(editor: SiteEditor, *keys: Any) -> BodyPopup:
    QTest.keyClick(editor.line, *(keys or (Qt.Key.Key_F4,)))
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, BodyPopup)
    return popup


def click(popup: BodyPopup, name: str, side: Side) -> None:
    view = popup.map.view
    area = next(area for area in view.areas if area.key == Site(name, side))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place_on_body(view, area))


def test_a_click_fills_in_the_site_and_its_side(qtbot: QtBot) -> None:
    made = form(qtbot)
    editor = site_of(made)
    QTest.mouseClick(editor.map_button, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, BodyPopup)
    with qtbot.waitSignal(made.changed):
        click(popup, "forearm", Side.LEFT)
    assert QApplication.activePopupWidget() is None
    assert made.values()["body_site"] == "left forearm"
    assert made.values()["side"] is Side.LEFT
    assert editor.line.hasFocus()


def test_a_side_that_came_with_the_site_changes_with_it(qtbot: QtBot) -> None:
    made = form(qtbot)
    for side in (Side.LEFT, Side.RIGHT):
        click(opened(site_of(made)), "cheek", side)
        assert made.values()["side"] is side


def test_a_side_that_a_person_chose_stays(qtbot: QtBot) -> None:
    made = form(qtbot)
    made.editors["side"].set_value(Side.BOTH)
    made.changed.emit()
    click(opened(site_of(made)), "cheek", Side.LEFT)
    assert made.values()["side"] is Side.BOTH


def test_a_form_without_a_side_gets_the_words_alone(qtbot: QtBot) -> None:
    made = form(qtbot, AdverseEvent)
    click(opened(site_of(made)), "nape", Side.MIDLINE)
    assert made.values()["body_site"] == "nape"


def test_by_keyboard_the_map_opens_where_the_typed_site_is(qtbot: QtBot) -> None:
    made = form(qtbot)
    editor = site_of(made)
    QTest.keyClicks(editor.line, "right cheek")
    popup = opened(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert popup.map.view.current == Site("cheek", Side.RIGHT)
    QTest.keyClick(popup, Qt.Key.Key_Up)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert made.values()["body_site"] == "right lower eyelid"
    assert made.values()["side"] is Side.RIGHT


def test_escape_closes_the_map_and_changes_nothing(qtbot: QtBot) -> None:
    made = form(qtbot)
    editor = site_of(made)
    QTest.keyClicks(editor.line, "over the tattoo")
    popup = opened(editor)
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert made.values()["body_site"] == "over the tattoo"
    assert editor.line.hasFocus()


@pytest.mark.parametrize(
    ("typing", "suggested"), [("zygo", "left zygomatic area"), ("SHIN", "left shin")]
)
def test_known_sites_are_suggested(qtbot: QtBot, typing: str, suggested: str) -> None:
    made = form(qtbot)
    editor = site_of(made)
    QTest.keyClicks(editor.line, typing)
    assert editor.line.completer().currentCompletion() == suggested
