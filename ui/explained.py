"""What is worked out from a form: its result in one line, and how it was reached on demand."""

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from models.words import _
from ui.buttons import button
from ui.theme import GAP, dress


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
        grid.addWidget(self.reasons, 1, 0, 1, 2)

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
        self.reasons.setVisible(more and self._open)


def _text(parent: QWidget) -> QLabel:
    made = QLabel(parent)
    made.setWordWrap(True)
    made.setMinimumHeight(28)
    return made
