"""What is worked out from a form: its result in one line, and how it was reached on demand."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from models.words import _
from ui.buttons import button
from ui.theme import GAP, dress

MOST_HEIGHT = 128


class Explained(QFrame):
    """The first line always shows; the others open and close, and stay as they were left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "explained")
        self.result, self.reasons = _text(self), _text(self)
        self.result.setAccessibleName(_("Worked out"))
        self.reasons.setAccessibleName(_("How it was worked out"))
        self.more = button(_("More"), self._turn, self, "link")
        self._open = False
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 4, 12, 4)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.result, 0, 0)
        grid.addWidget(self.more, 0, 1)
        self._room = Room(self.reasons, self)
        grid.addWidget(self._room, 1, 0, 1, 2)

    def show_lines(self, text: str) -> None:
        first, _newline, rest = text.partition("\n")
        self.result.setText(first)
        self.reasons.setText(rest)
        self.setVisible(bool(text))
        self._arrange()

    def _turn(self) -> None:
        self._open = not self._open
        self._arrange()

    def _arrange(self) -> None:
        more = bool(self.reasons.text())
        self.more.setVisible(more)
        self.more.setText(_("Less") if self._open else _("More"))
        self._room.setVisible(more and self._open)


class Room(QScrollArea):
    """As tall as its text, up to a limit, beyond which it scrolls: the form keeps its place."""

    def __init__(self, text: QLabel, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self.setWidget(text)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        text.setAlignment(Qt.AlignmentFlag.AlignTop)
        for ground in (self.viewport(), text):
            ground.setAutoFillBackground(False)

    def heightForWidth(self, width: int) -> int:
        return min(self._text.heightForWidth(width), MOST_HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(self._text.sizeHint().width(), self.heightForWidth(self.width()))


def _text(parent: QWidget) -> QLabel:
    made = QLabel(parent)
    made.setWordWrap(True)
    made.setMinimumHeight(28)
    return made
