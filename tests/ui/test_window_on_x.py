"""The window on a real X display: `make window` brings one."""

import os

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.person import Person
from ui import theme
from ui.main_window import MainWindow

on_x = os.environ.get("QT_QPA_PLATFORM") == "xcb" and os.environ.get("DISPLAY")
pytestmark = pytest.mark.skipif(not on_x, reason="no X display: `make window` brings one")


def colours_of(window: MainWindow) -> set[int]:
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    across, down = range(0, picture.width(), 3), range(0, picture.height(), 3)
    return {picture.pixel(x, y) for x in across for y in down}


def test_the_case_is_opened_on_a_display(
    qapp: QApplication, qtbot: QtBot, person: Person, window: MainWindow
) -> None:
    look = qapp.style().name(), qapp.styleSheet(), qapp.palette(), qapp.font()
    theme.apply(qapp, dark=False)
    with qtbot.waitExposed(window):
        window.show()
    assert qapp.platformName() == "xcb"
    page = person.open_case()
    qtbot.waitUntil(page.timeline.isVisible)
    assert len(colours_of(window)) > 100
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    style, sheet, palette, font = look
    qapp.setStyleSheet(sheet)
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setFont(font)
