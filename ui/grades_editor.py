"""The course of an adverse event: from which date it had which grade."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.adverse_event import GradeEpisode
from models.base import FieldWords
from models.ctcae import grades_of, meaning
from models.values import Grade
from models.words import _, listing
from ui.date_editor import Today, date_line, how_to_type
from ui.editor import Editor
from ui.theme import dress

DATE_WIDTH = 220


class GradesEditor(Editor):
    """Rows of a date and a grade; an untouched row is no value.

    It offers the grades that the form's term has in the form's version of CTCAE, all five where
    that is not known; a grade that was entered and does not exist is shown, marked.
    """

    wide = True
    follows = ("term", "ctcae_version")

    def __init__(self, words: FieldWords, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._today = today
        self.rows: list[GradeRow] = []
        self._offered: tuple[Grade, ...] = tuple(Grade)
        self.remark = QLabel(self)
        self.remark.setWordWrap(True)
        dress(self.remark, "problem")
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self.row.addLayout(self._column)
        self.add_button = QPushButton(_("Add a grade"), self)
        dress(self.add_button, "link")
        self.add_button.setToolTip(_("When the grade changed later"))
        self.add_button.clicked.connect(self._on_add)
        under = QHBoxLayout()
        under.addWidget(self.add_button)
        under.addStretch()
        self._column.addWidget(self.remark)
        self._column.addLayout(under)
        self.set_value(None)
        self.follow({})

    def value(self) -> list[GradeEpisode] | None:
        return [episode for row in self.rows if (episode := row.value())] or None

    def set_value(self, value: Sequence[GradeEpisode] | None) -> None:
        for row in self.rows:
            self._drop(row)
        self.rows = []
        for episode in value or ():
            self._append(episode)
        if not self.rows:
            self._append(None)

    def follow(self, values: Mapping[str, Any]) -> None:
        term, version = values.get("term"), values.get("ctcae_version")
        known = grades_of(term, version) if term and version else None
        self._offered = known or tuple(Grade)
        for row in self.rows:
            row.offer(self._offered)
        lacking = sorted({grade for row in self.rows if (grade := row.lacking)})
        self.remark.setVisible(bool(lacking))
        self.remark.setText(
            _("{term} has no grade {grades} in CTCAE {version}.").format(
                term=term, grades=listing([str(int(grade)) for grade in lacking]), version=version
            )
        )

    def unreadable(self) -> str:
        return next((problem for row in self.rows if (problem := row.unreadable())), "")

    def _append(self, episode: GradeEpisode | None) -> "GradeRow":
        row = GradeRow(self._today, self)
        row.set_value(episode)
        row.offer(self._offered)
        row.changed.connect(self.changed)
        row.left.connect(self.left)
        row.removed.connect(self._on_removed)
        self._column.insertWidget(len(self.rows), row)
        before = self.rows[-1].last_input if self.rows else None
        self.rows.append(row)
        self._order(before)
        return row

    def _order(self, before: QWidget | None) -> None:
        self.hold(*[row.date for row in self.rows])
        row = self.rows[-1]
        for widget in row.inputs:
            if before is not None:
                self.setTabOrder(before, widget)
            before = widget
        self.setTabOrder(row.last_input, self.add_button)

    def _drop(self, row: "GradeRow") -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _on_add(self) -> None:
        self._append(None).date.setFocus()

    def _on_removed(self, row: "GradeRow") -> None:
        self.rows.remove(row)
        self._drop(row)
        if not self.rows:
            self._append(None)
        self.hold(*[each.date for each in self.rows])
        self.rows[-1].date.setFocus()
        self.changed.emit()


class GradeRow(QWidget):
    """From this date on this grade; the keys 1 to 5 choose it while a grade has the focus."""

    changed = Signal()
    left = Signal()
    removed = Signal(object)

    def __init__(self, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lacking: Grade | None = None
        self.date = date_line(today, vague=True, parent=self)
        self.date.setToolTip(how_to_type(vague=True))
        self.date.setPlaceholderText(_("From which date"))
        self.date.typed.connect(self.changed)
        self.date.left.connect(self.left)
        self.buttons = {grade: self._button(grade) for grade in Grade}
        self._group = QButtonGroup(self)
        for grade, button in self.buttons.items():
            self._group.addButton(button, int(grade))
        self._group.idClicked.connect(self._on_clicked)
        self.remove_button = QToolButton(self)
        self.remove_button.setText("×")
        self.remove_button.setToolTip(_("Remove this grade"))
        self.remove_button.setAccessibleName(_("Remove this grade"))
        self.remove_button.clicked.connect(self._on_remove)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        self.date.setMaximumWidth(DATE_WIDTH)
        line.addWidget(self.date, 1)
        for button in self.buttons.values():
            line.addWidget(button)
        line.addWidget(self.remove_button)
        line.addStretch()

    @property
    def inputs(self) -> list[QWidget]:
        return [self.date, *self.buttons.values(), self.remove_button]

    @property
    def last_input(self) -> QWidget:
        return self.remove_button

    def value(self) -> GradeEpisode | None:
        date, grade = self.date.value(), self._grade()
        return GradeEpisode(date=date, grade=grade) if date and grade else None

    def set_value(self, episode: GradeEpisode | None) -> None:
        self.date.set_value(episode.date if episode else None)
        if episode:
            self.buttons[episode.grade].setChecked(True)

    def offer(self, grades: Collection[Grade]) -> None:
        """Show these grades, and what was chosen before, marked where it is none of them."""
        chosen = self._grade()
        self.lacking = None if chosen in grades else chosen
        for grade, button in self.buttons.items():
            button.setHidden(grade not in grades and grade is not chosen)
            self._word(grade, exists=grade in grades)

    def unreadable(self) -> str:
        if problem := self.date.unreadable():
            return problem
        if self.date.value() and not self._grade():
            return _("Choose the grade from {date} on.").format(date=self.date.text())
        if self._grade() and not self.date.value():
            return _("Enter from which date it was grade {grade}.").format(
                grade=self._group.checkedId()
            )
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = {str(int(grade)): button for grade, button in self.buttons.items()}
        button = pressed.get(event.text())
        if button and not button.isHidden():
            button.click()
        else:
            super().keyPressEvent(event)

    def _grade(self) -> Grade | None:
        checked = self._group.checkedId()
        return Grade(checked) if checked > 0 else None

    def _button(self, grade: Grade) -> QToolButton:
        button = QToolButton(self)
        button.setText(str(int(grade)))
        button.setCheckable(True)
        return button

    def _word(self, grade: Grade, exists: bool) -> None:
        button = self.buttons[grade]
        name = _("Grade {grade}") if exists else _("Grade {grade}, which the term does not have")
        button.setAccessibleName(name.format(grade=int(grade)))
        button.setToolTip(f"{int(grade)}: {meaning(grade)}" if exists else button.accessibleName())
        dress(button, "grade" if exists else "no-grade")

    def _on_clicked(self) -> None:
        self.changed.emit()
        self.left.emit()

    def _on_remove(self) -> None:
        self.removed.emit(self)
