"""What would mislead a reader, the gravest first, each with its remedy one click away."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from models.words import _, ngettext
from ui.buttons import button
from ui.theme import GAP, dress

NARROW = 560


class CautionsStrip(QFrame):
    """The gravest shows; the others open and close, and stay as they were left.

    `grown`: it is higher or lower than it was.
    """

    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "cautions")
        self.setAccessibleName(_("Beware"))
        self.labels: list[QLabel] = []
        self.more = button("", self._turn, self, "link")
        self._remedies: Sequence[QPushButton | None] = ()
        self._open = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 4, 8, 4)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self.hide()

    def text(self) -> str:
        """All of them, shown or not."""
        return "\n".join(each.text() for each in self.labels)

    def show_cautions(
        self, words: Sequence[str], remedies: Sequence[QPushButton | None] = ()
    ) -> None:
        """`remedies`: the button beside each, as far as there is one; no button stands twice."""
        for old in (*self.labels, *filter(None, self._remedies)):
            self._grid.removeWidget(old)
            old.hide()
        for label in self.labels:
            label.deleteLater()
        self.labels = [self._label(each) for each in words]
        self._remedies = [*remedies, *[None] * (len(words) - len(remedies))]
        self._place()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.size().width() < NARROW) != (event.oldSize().width() < NARROW):
            self._place()
        if event.size().height() != event.oldSize().height():
            self.grown.emit()

    def _place(self) -> None:
        """Each remedy beside its caution, or below it where that leaves too little room."""
        narrow, top = self.width() < NARROW, Qt.AlignmentFlag.AlignTop
        for row, (label, remedy) in enumerate(zip(self.labels, self._remedies, strict=True)):
            self._grid.addWidget(label, 2 * row, 0, 1, 3 if narrow else 1)
            if remedy and narrow:
                self._grid.addWidget(remedy, 2 * row + 1, 0, Qt.AlignmentFlag.AlignLeft)
            elif remedy:
                self._grid.addWidget(remedy, 2 * row, 1, top)
        self._grid.addWidget(self.more, int(narrow), 2, top)

    def _label(self, words: str) -> QLabel:
        made = QLabel(words, self)
        dress(made, "caution")
        made.setWordWrap(True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return made

    def _turn(self) -> None:
        self._open = not self._open
        self._arrange()

    def _arrange(self) -> None:
        rest = len(self.labels) - 1
        self.setVisible(bool(self.labels))
        more = ngettext("{n} more", "{n} more", rest).format(n=rest)
        self.more.setText(_("Less") if self._open else more)
        self.more.setAccessibleName(_("Further cautions"))
        self.more.setVisible(rest > 0)
        for row, (label, remedy) in enumerate(zip(self.labels, self._remedies, strict=True)):
            label.setVisible(row == 0 or self._open)
            if remedy:
                remedy.setVisible(row == 0 or self._open)
