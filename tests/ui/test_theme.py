"""Fonts, colours and sizes of the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from reports.palette import DARK, LIGHT, Palette
from ui import theme


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    before = qapp.styleSheet(), qapp.palette(), qapp.font(), qapp.style().objectName()
    yield qapp
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])
    qapp.setStyle(before[3])


@pytest.mark.parametrize(("dark", "palette"), [(False, LIGHT), (True, DARK)])
def test_the_window_wears_the_palette(app: QApplication, dark: bool, palette: Palette) -> None:
    theme.apply(app, dark)
    assert app.palette().window().color() == QColor(palette.ground)
    assert app.palette().text().color() == QColor(palette.text)
    assert palette.accent in app.styleSheet()
    assert theme.colours() is palette


def test_the_type_travels_with_the_program(app: QApplication) -> None:
    theme.apply(app, dark=False)
    assert "Roboto" in QFontDatabase.families()
    assert app.font().family() == "Roboto"
    assert app.font().pixelSize() == 13


def test_controls_are_as_high_as_a_hand_needs(app: QApplication, qtbot: QtBot) -> None:
    theme.apply(app, dark=False)
    for control in (QLineEdit(), QComboBox(), QPushButton("Save")):
        qtbot.addWidget(control)
        control.show()
        assert control.sizeHint().height() == theme.CONTROL


def test_a_role_changes_what_is_painted(app: QApplication, qtbot: QtBot) -> None:
    theme.apply(app, dark=False)
    label = QLabel("text")
    qtbot.addWidget(label)
    theme.dress(label, "problem")
    label.ensurePolished()
    assert label.palette().windowText().color() == QColor(LIGHT.wrong)
    theme.dress(label, "title")
    assert label.fontInfo().pixelSize() == theme.TITLE


def test_it_follows_the_system(app: QApplication) -> None:
    theme.follow_system(app)
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colours() is DARK
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.colours() is LIGHT
