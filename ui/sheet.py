"""One calm column in the middle of the window, for what comes before a clinic is open."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.errors import ClinicError
from models.field_words import FieldWords
from models.words import _
from ui.buttons import button
from ui.editor import LineEditor
from ui.read_line import ReadLine
from ui.show_toggle import ShowToggle
from ui.theme import GAP, MARGIN, dress

WIDTH, NARROW = 440, 280


class Part(QWidget):
    """Some fields below each other, and the button for what they are there for (`asked`)."""

    asked = Signal()

    def __init__(self, purpose: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._purpose = purpose
        self.main_button = button(purpose, self.asked.emit, self, "primary", _("Enter"))
        self._column = column_of(self)

    def add(self, *parts: QWidget | QLayout) -> None:
        fill(self._column, parts)
        fields = [each for each in self.findChildren(QWidget) if _is_field(each)]
        if fields:
            self.setTabOrder(fields[-1], self.main_button)

    def enter_here(self, *entries: LineEditor) -> None:
        """Enter in one of these lines is as good as the button."""
        for each in entries:
            each.line.returnPressed.connect(self.asked)

    def set_busy(self, doing: str) -> None:
        """While something is being done nothing can be typed or asked twice; "": it is over."""
        self.setEnabled(not doing)
        self.main_button.setText(doing or self._purpose)


class Sheet(QScrollArea):
    """A title, what went wrong, what stands below, and what is being done."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet = QWidget(self)
        self._sheet.setFixedWidth(WIDTH)
        self._column = column_of(self._sheet)
        self._title = label(title, "title", self)
        self._problem = label("", "problems", self)
        self._problem.hide()
        whole = QWidget(self)
        middle = self._middle = QGridLayout(whole)
        middle.setContentsMargins(MARGIN, 2 * MARGIN, MARGIN, 2 * MARGIN)
        middle.addWidget(self._sheet, 1, 1)
        for side in (0, 2):
            middle.setRowStretch(side, 1)
            middle.setColumnStretch(side, 1)
        self.setWidget(whole)
        self.add(self._title, self._problem)

    def add(self, *parts: QWidget | QLayout) -> None:
        fill(self._column, parts)

    def tell(self, error: ClinicError) -> None:
        """What happened, what was not lost, what to do; nothing that was typed is touched."""
        self._problem.setText(str(error))
        self._problem.show()
        self.verticalScrollBar().setValue(0)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def forget_problem(self) -> None:
        self._problem.hide()


def column_of(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return column


def _is_field(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and not isinstance(widget, QPushButton)


def fill(column: QVBoxLayout, parts: Iterable[QWidget | QLayout]) -> None:
    for part in parts:
        if isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addWidget(part)


def label(text: str, role: str, parent: QWidget) -> QLabel:
    made = QLabel(text, parent)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    dress(made, role)
    return made


def entry(title: str, parent: QWidget, *, help: str = "", secret: bool = False) -> LineEditor:
    """A line with its title, and a place below for its help or what is wrong with it."""
    words = FieldWords("", title, help, "", "", False, (), False, str)
    made = LineEditor(words, ReadLine(str, str), parent)
    if secret:
        ShowToggle(made.line)
    return made


def filled(*entries: LineEditor) -> bool:
    """Say beside each empty entry that it is needed; the first one gets the focus."""
    empty = [each for each in entries if not each.line.text().strip()]
    for each in entries:
        each.set_problem(_("This is needed.") if each in empty else "")
    if empty:
        empty[0].setFocus()
    return not empty


def titled(title: str, widget: QWidget, parent: QWidget) -> QVBoxLayout:
    """A widget below its title, as an entry is."""
    above = label(title, "label", parent)
    above.setBuddy(widget)
    widget.setAccessibleName(title)
    column = QVBoxLayout()
    column.setSpacing(4)
    fill(column, (above, widget))
    return column


def row_of(*parts: QWidget, gap: int = GAP) -> QHBoxLayout:
    """Buttons side by side, from the left."""
    row = QHBoxLayout()
    row.setSpacing(gap)
    for part in parts:
        row.addWidget(part)
    row.addStretch()
    return row


class Notice(QWidget):
    """A sentence in the middle of an otherwise empty place, and one thing to do about it."""

    def __init__(self, action: QPushButton, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = label("", "quiet", self)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumWidth(NARROW)
        grid = QGridLayout(self)
        grid.setVerticalSpacing(12)
        grid.addWidget(self.text, 1, 1)
        grid.addWidget(action, 2, 1, Qt.AlignmentFlag.AlignHCenter)
        for row, column in ((0, 0), (3, 2)):
            grid.setRowStretch(row, 1)
            grid.setColumnStretch(column, 1)

    def say(self, text: str, role: str = "quiet") -> None:
        dress(self.text, role)
        self.text.setText(text)
        self.setAccessibleName(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.text.setFixedWidth(min(WIDTH, self.width() - 2 * MARGIN))


class ChangingNotice(Notice):
    """What it says changes, and with it what there is to do, if anything."""

    def __init__(self, parent: QWidget, button_role: str = "") -> None:
        self.button = button("", self._on_pressed, parent, button_role)
        self._act: Callable[[], object] | None = None
        super().__init__(self.button, parent)

    def offer(
        self,
        words: str,
        action: str = "",
        act: Callable[[], object] | None = None,
        role: str = "quiet",
    ) -> None:
        """`action`: what the button says that does it; without it there is none."""
        self.say(words, role)
        self._act = act
        self.button.setText(action)
        self.button.setVisible(bool(action))

    def _on_pressed(self) -> None:
        if self._act:
            self._act()
