"""Somebody before the window: what a person does with keys, menu and mouse."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QWidget

from models.base import PatientRecord
from models.history import History, P
from reports.drawing import Spot
from ui.body_areas import Area, inside
from ui.body_view import BodyView
from ui.choice_editor import ChoiceEditor
from ui.form import Form
from ui.main_window import MainWindow
from ui.patient_page import PatientPage
from ui.questions import Leaving
from ui.record_tab import RecordTab
from ui.record_table import RECORD_ROLE
from ui.timeline_view import TimelineView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Person:
    def __init__(self, qtbot: "QtBot", window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window

    @property
    def page(self) -> QWidget | None:
        return self.window.stack.currentWidget()

    @property
    def patient(self) -> PatientPage:
        return self.window.patient

    @property
    def history(self) -> History:
        assert self.patient.history is not None
        return self.patient.history

    @property
    def focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        return popup or QApplication.focusWidget() or self.window

    @property
    def told(self) -> str:
        return self.window.statusBar().currentMessage()

    def press(self, *shortcuts: str) -> None:
        for each in shortcuts:
            combination = QKeySequence(each)[0]  # type: ignore[index]
            QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())

    def write(self, *texts: str) -> None:
        """Each text into the next field."""
        for place, text in enumerate(texts):
            if place:
                self.press("Tab")
            QTest.keyClicks(self.focus, text)

    def fill(self, form: Form, **texts: str) -> None:
        """Go to these fields of a form and type."""
        for name, text in texts.items():
            form.editors[name].setFocus()
            if isinstance(self.focus, QLineEdit):
                self.press("Ctrl+A")
            self.write(text)

    def pick(self, form: Form, name: str, text: str) -> None:
        """Go down a list of choices until one reads so."""
        editor = form.editors[name]
        assert isinstance(editor, ChoiceEditor)
        editor.setFocus()
        self.press("Home")
        while text not in editor.combo.currentText():
            before = editor.combo.currentIndex()
            self.press("Down")
            assert editor.combo.currentIndex() > before, f"no choice reads {text}"

    def click(self, text: str) -> None:
        buttons = self.page.findChildren(QPushButton) if self.page else []
        (button,) = [each for each in buttons if each.text() == text and each.isVisible()]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def choose(self, text: str) -> None:
        """An entry of the window's menu."""
        actions = [
            action
            for menu in self.window.menuBar().findChildren(QMenu)
            for action in menu.actions()
        ]
        (action,) = [each for each in actions if each.text().replace("&", "") == text]
        assert action.isEnabled()
        action.trigger()

    def arrive(self) -> None:
        """To what is due today, as everybody does who comes in."""
        from tests.conftest import PASSWORD  # noqa: PLC0415  (the measured window needs no pytest)

        self.write(PASSWORD)
        self.press("Return")
        self.qtbot.waitUntil(lambda: self.window.today_page.worklist is not None)

    def sign_in(self) -> None:
        """To the list of all patients."""
        self.arrive()
        self.press("Ctrl+2")
        self.qtbot.waitUntil(lambda: self.window.patients.has_list)
        assert self.window.patients.search.hasFocus()

    def open_case(self) -> PatientPage:
        self.sign_in()
        self.write("ross")
        self.press("Return")
        assert self.page is self.patient
        return self.patient

    def add(self, kind: type[PatientRecord]) -> RecordTab:
        """Choose a kind from the Add menu of the open patient."""
        entries = [
            action for action in self.patient.header.findChildren(QAction) if action.data() is kind
        ]
        entries[0].trigger()
        return self.tab(kind)

    def tab(self, kind: type[PatientRecord]) -> RecordTab:
        tab = self.patient.record_tabs[kind]
        assert isinstance(tab, RecordTab)
        return tab

    def one(self, kind: type[P]) -> P:
        """The record of this kind that was recorded last."""
        return max(self.history.of(kind), key=lambda record: str(record.recorded_at))


def rows(tab: RecordTab) -> list[PatientRecord]:
    """The records in the table, from top to bottom."""
    found = tab.list.sorted
    return [found.index(row, 0).data(RECORD_ROLE) for row in range(found.rowCount())]


def answers(tab: QWidget, leaving: Leaving) -> list[Leaving]:
    """Answer what becomes of typed text; the list tells how often it was asked."""
    asked: list[Leaving] = []

    def ask(*_later: bool) -> Leaving:
        asked.append(leaving)
        return leaving

    tab.ask_to_leave = ask  # type: ignore[attr-defined]
    return asked


def spots(view: TimelineView) -> list[Spot]:
    assert view.chart is not None
    return view.chart.drawing.spots


def place_on_body(view: BodyView, area: Area) -> QPoint:
    """A point of the widget that lies in the area."""
    return view._places[area.view].map(inside(area.path)).toPoint()


def place_of(view: TimelineView, spot: Spot) -> QPoint:
    """Where a mark stands in the viewport, and no other above it."""
    origin = view._origin()
    for share in (0.5, 0.02, 0.98):
        place = origin + QPointF(spot.x + share * spot.width, spot.centre[1])
        if view.spot_at(QPointF(place.toPoint())) == spot:
            return place.toPoint()
    raise AssertionError(f"covered: {view.words_of(spot)}")
