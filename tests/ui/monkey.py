"""A monkey before the window: random keys, clicks and menu entries, the same for the same seed."""

import random
import string
from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from ui.main_window import MainWindow

NOT_TO_CHOOSE = {"Quit", "Create a clinic"}
KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space),
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Delete),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F4),
    *(Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_5),
)
WITH_CTRL = "NKTZDVR123,"
NO_FILE: dict[str, object] = {
    "getExistingDirectory": "",
    "getOpenFileName": ("", ""),
    "getOpenFileNames": ([], ""),
    "getSaveFileName": ("", ""),
}
TEXTS = (
    *("today", "-3", "2017-10", "14 10 17", "31.2.2020", "70,5", "1e9", "-1", "itch", "Rossi"),
    *("\u0000", "é" * 30, "<b>", "'; --", "5 %", "?", "IVA", "left cheek", "rash maculo", "0"),
)


W = TypeVar("W", bound=QWidget)


class Monkey:
    """`come_in`: what it does before a locked window. It never chooses a file; most dialogs for one
    are not even shown: that takes longer than all else.
    """

    def __init__(
        self,
        window: MainWindow,
        seed: int,
        come_in: Callable[[], None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        for ask, nothing in NO_FILE.items():
            monkeypatch.setattr(QFileDialog, ask, lambda *_asked, nothing=nothing: nothing)
        self._window, self._come_in = window, come_in
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._ways: list[tuple[int, Callable[[], None]]] = [
            (30, self._press_a_key),
            (20, self._write),
            (20, self._click_a_button),
            (10, self._click_in_a_list),
            (6, self._turn_to_a_tab),
            (6, self._press_with_ctrl),
            (4, self._choose_from_the_menu),
            (4, self._click_anywhere),
        ]
        self._closing = QTimer(window)
        self._closing.setInterval(0)
        self._closing.timeout.connect(self._answer)
        self.did: list[str] = []

    def play(self, actions: int) -> None:
        self._closing.start()
        weights = [weight for weight, _way in self._ways]
        for _each in range(actions):
            (_weight, way) = self._chance.choices(self._ways, weights)[0]
            self.did.append(way.__name__)
            way()
            if self._window.clinic is None:
                self._come_in()
        self._closing.stop()

    def _answer(self) -> None:
        """A question stands before everything else: any button will do; a file is never chosen."""
        asked = QApplication.activeModalWidget()
        if isinstance(asked, QFileDialog | QPrintDialog):
            asked.reject()
        elif isinstance(asked, QDialog):
            buttons = [each for each in asked.findChildren(QAbstractButton) if each.isEnabled()]
            if buttons:
                self._chance.choice(buttons).click()
            asked.reject()
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            popup.close()

    @property
    def _focus(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self._window

    def _of(self, kind: type[W]) -> list[W]:
        page = self._window.stack.currentWidget()
        found: list[W] = page.findChildren(kind) if page else []
        return [each for each in found if each.isVisible() and each.isEnabled()]

    def _press_a_key(self) -> None:
        QTest.keyClick(self._focus, self._chance.choice(KEYS))

    def _press_with_ctrl(self) -> None:
        key = Qt.Key(ord(self._chance.choice(WITH_CTRL)))
        QTest.keyClick(self._focus, key, Qt.KeyboardModifier.ControlModifier)

    def _write(self) -> None:
        focus = self._focus
        text = self._chance.choice((*TEXTS, self._chance.choice(string.printable[:90])))
        if isinstance(focus, QLineEdit | QPlainTextEdit | QComboBox):
            self._type(focus, text)
        elif lines := self._of(QLineEdit):
            self._chance.choice(lines).setFocus()

    def _type(self, focus: QWidget, text: str) -> None:
        """By key, or, what this keyboard lacks, from the clipboard."""
        if text.isascii() and text.isprintable():
            QTest.keyClicks(focus, text)
        else:
            QApplication.clipboard().setText(text)
            QTest.keyClick(focus, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def _click_a_button(self) -> None:
        if buttons := self._of(QAbstractButton):
            QTest.mouseClick(self._chance.choice(buttons), Qt.MouseButton.LeftButton)

    def _click_in_a_list(self) -> None:
        views = [each for each in self._of(QAbstractItemView) if each.model() is not None]
        if not views:
            return
        view = self._chance.choice(views)
        rows = view.model().rowCount()
        if rows:
            index = view.model().index(self._chance.randrange(rows), 0)
            place = view.visualRect(index).center()
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def _turn_to_a_tab(self) -> None:
        if bars := self._of(QTabBar):
            bar = self._chance.choice(bars)
            place = bar.tabRect(self._chance.randrange(max(bar.count(), 1))).center()
            QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)

    def _choose_from_the_menu(self) -> None:
        actions = [
            action
            for menu in self._window.menuBar().findChildren(QMenu)
            for action in menu.actions()
            if action.isVisible() and action.isEnabled() and self._may_choose(action)
        ]
        self._chance.choice(actions).trigger()

    def _may_choose(self, action: QAction) -> bool:
        return bool(action.text()) and action.text().replace("&", "") not in NOT_TO_CHOOSE

    def _click_anywhere(self) -> None:
        place = QPoint(
            self._chance.randrange(self._window.width()),
            self._chance.randrange(60, self._window.height()),
        )
        child = self._window.childAt(place)
        if child is not None and child.isEnabled():
            within = child.mapFrom(self._window, QPointF(place)).toPoint()
            QTest.mouseClick(child, Qt.MouseButton.LeftButton, pos=within)
