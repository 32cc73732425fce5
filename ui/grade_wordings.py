"""What the grades of a term mean, each beside its number; a click chooses it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from models.ctcae import meaning
from models.grade_words import whose, wording
from models.values import Grade
from models.words import capitalised
from ui.sheet import label
from ui.theme import GAP, dress


class GradeWordings(QWidget):
    """`chosen`: a person pressed on a grade. Hidden while there is no term to tell about."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words: dict[Grade, str] = {}
        self._labels: dict[Grade, tuple[QLabel, QLabel]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        for grade in Grade:
            number, said = QLabel(str(int(grade)), self), QLabel(self)
            number.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
            said.setWordWrap(True)
            said.setTextFormat(Qt.TextFormat.PlainText)
            self._grid.addWidget(number, int(grade), 0)
            self._grid.addWidget(said, int(grade), 1)
            self._labels[grade] = number, said
        self.source = label("", "quiet", self)
        self._grid.addWidget(self.source, len(Grade) + 1, 1)

    def show_grades(self, term: str | None, version: str | None, grades: Sequence[Grade]) -> None:
        """The grades that exist, in the words of the term where it has its own, and whose."""
        self.words = {
            grade: wording(term, version, grade) if term and version else meaning(grade)
            for grade in grades
        }
        self.setVisible(bool(term))
        self.source.setText(whose(term, version) if term and version else "")
        for grade, (number, said) in self._labels.items():
            said.setText(capitalised(self.words.get(grade, "")))
            for each in (number, said):
                each.setVisible(grade in self.words)

    def show_chosen(self, chosen: Grade | None) -> None:
        for grade, labels in self._labels.items():
            for each in labels:
                dress(each, "chosen" if grade is chosen else "quiet")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for grade, labels in self._labels.items():
            if any(label.geometry().contains(event.position().toPoint()) for label in labels):
                self.chosen.emit(grade)
