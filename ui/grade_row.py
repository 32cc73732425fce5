"""One change of an adverse event's grade: the grade, and from which date it held."""

from collections.abc import Collection, Mapping
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from models.adverse_event import GradeEpisode
from models.values import Grade, PartialDate
from models.words import _
from ui.date_editor import Today, date_line, how_to_type
from ui.theme import dress

DATE_WIDTH = 220


def grade_of_key(event: QKeyEvent) -> Grade | None:
    """The grade that a key stands for."""
    return next((grade for grade in Grade if event.text() == str(int(grade))), None)


class GradeRow(QWidget):
    """`keyed`: a key 1 to 5 was pressed; `graded`: a grade was chosen.

    `on_file`: it was loaded and not entered here.
    """

    changed = Signal()
    left = Signal()
    keyed = Signal(object, object)
    graded = Signal(object)
    removed = Signal(object)

    def __init__(self, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lacking: Grade | None = None
        self.on_file = False
        self._proposed: PartialDate | None = None
        self.buttons = {grade: self._button(grade) for grade in Grade}
        self._group = QButtonGroup(self)
        for grade, button in self.buttons.items():
            self._group.addButton(button, int(grade))
        self._group.idClicked.connect(self._on_clicked)
        self.date = date_line(today, vague=True, parent=self)
        self.date.setToolTip(how_to_type(vague=True))
        self.date.typed.connect(self.changed)
        self.date.left.connect(self.left)
        self.date.setMaximumWidth(DATE_WIDTH)
        self.remove_button = QToolButton(self)
        self.remove_button.setText("×")
        self.remove_button.setToolTip(_("Remove this grade"))
        self.remove_button.setAccessibleName(_("Remove this grade"))
        self.remove_button.clicked.connect(self._on_remove)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for button in self.buttons.values():
            line.addWidget(button)
        line.addSpacing(4)
        line.addWidget(self.date, 1)
        line.addWidget(self.remove_button)
        line.addStretch()

    @property
    def inputs(self) -> list[QWidget]:
        return [*self.buttons.values(), self.date, self.remove_button]

    @property
    def first_button(self) -> QToolButton:
        """Where the keyboard begins: at the grade chosen, or the first that is offered."""
        if self.grade:
            return self.buttons[self.grade]
        return next(button for button in self.buttons.values() if not button.isHidden())

    @property
    def last_input(self) -> QWidget:
        return self.remove_button

    @property
    def grade(self) -> Grade | None:
        checked = self._group.checkedId()
        return Grade(checked) if checked > 0 else None

    def value(self) -> GradeEpisode | None:
        date, grade = self.date.value(), self.grade
        return GradeEpisode(date=date, grade=grade) if date and grade else None

    def set_value(self, episode: GradeEpisode | None) -> None:
        self.on_file, self._proposed = episode is not None, None
        self.date.set_value(episode.date if episode else None)
        if episode:
            self.buttons[episode.grade].setChecked(True)

    def state(self) -> tuple[str, int | None, bool]:
        return self.date.state(), self.grade, self.on_file

    def restore(self, date: str, grade: int | None, *, on_file: bool) -> None:
        self.on_file = on_file
        self.date.restore(date)
        if grade:
            self.buttons[Grade(grade)].setChecked(True)

    def offer(self, grades: Collection[Grade], words: Mapping[Grade, str]) -> None:
        """Show these grades, and what was chosen before, marked where it is none of them."""
        chosen = self.grade
        self.lacking = None if chosen in grades else chosen
        for grade, button in self.buttons.items():
            button.setHidden(grade not in grades and grade is not chosen)
            self._word(grade, words.get(grade) if grade in grades else None)

    def propose(self, date: PartialDate | None, *, first: bool) -> None:
        """Fill the date in once a grade is chosen, until somebody types another."""
        told = _("From the onset") if first else _("From today")
        self.date.setPlaceholderText(told)
        typed = self.date.hasFocus() or self.date.text()
        untouched = not typed or self.date.value() == self._proposed
        if date and self.grade and untouched and not self.on_file:
            self._proposed = date
            self.date.set_value(date)

    def unreadable(self) -> str:
        if problem := self.date.unreadable():
            return problem
        if self.date.value() and not self.grade:
            return _("Choose the grade from {date} on.").format(date=self.date.text())
        if self.grade and not self.date.value():
            return _("Enter from which date it was grade {grade}.").format(grade=int(self.grade))
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        grade = grade_of_key(event)
        if grade:
            self.keyed.emit(grade, self)
        else:
            super().keyPressEvent(event)

    def _button(self, grade: Grade) -> QToolButton:
        button = QToolButton(self)
        button.setText(str(int(grade)))
        button.setCheckable(True)
        return button

    def _word(self, grade: Grade, words: str | None) -> None:
        """`words`: what the term says of the grade, None where it does not have it."""
        button = self.buttons[grade]
        if words is None:
            name = _("Grade {grade}, which the term does not have").format(grade=int(grade))
            button.setAccessibleName(name)
            button.setToolTip(name)
            dress(button, "no-grade")
        else:
            button.setAccessibleName(_("Grade {grade}").format(grade=int(grade)))
            button.setAccessibleDescription(words)
            tip = f"{int(grade)}: {words}"
            button.setToolTip(f"<qt>{escape(tip)}</qt>" if "<" in tip else tip)
            dress(button, "grade")

    def _on_clicked(self) -> None:
        self.graded.emit(self)

    def _on_remove(self) -> None:
        self.removed.emit(self)
