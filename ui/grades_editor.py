"""The course of an adverse event: from which date it had which grade."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.adverse_event import GradeEpisode
from models.base import FieldWords
from models.ctcae import grades_of
from models.values import Grade, PartialDate
from models.words import _, listing
from ui.date_editor import Today
from ui.editor import Editor
from ui.grade_row import GradeRow, grade_of_key
from ui.grade_wordings import GradeWordings
from ui.theme import dress


class GradesEditor(Editor):
    """Rows of a grade and its date; an untouched row is no value.

    It offers the grades that the form's term has in the form's version of CTCAE, all five where
    that is not known, with their wording below; a grade that was entered and does not exist is
    shown, marked. The keys 1 to 5 give today's grade: a course that is on file goes on, what is
    being entered is corrected. The first grade has the date of the onset, a later one today's,
    until another date is typed.
    """

    wide = True
    follows = ("term", "ctcae_version", "onset")

    def __init__(self, words: FieldWords, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._today = today
        self.rows: list[GradeRow] = []
        self._offered: tuple[Grade, ...] = tuple(Grade)
        self._onset: PartialDate | None = None
        self.remark = QLabel(self)
        self.remark.setWordWrap(True)
        dress(self.remark, "problem")
        self.wordings = GradeWordings(self)
        self.wordings.chosen.connect(self.give)
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
        self._column.addWidget(self.wordings)
        self._column.addLayout(under)
        self.set_value(None)
        self.follow({})

    def value(self) -> list[GradeEpisode] | None:
        return [episode for row in self.rows if (episode := row.value())] or None

    def set_value(self, value: Sequence[GradeEpisode] | None) -> None:
        focus = QApplication.focusWidget()
        had_focus = focus is not None and any(row.isAncestorOf(focus) for row in self.rows)
        for row in self.rows:
            self._drop(row)
        self.rows = []
        for episode in value or ():
            self._append(episode)
        if not self.rows:
            self._append(None)
        if had_focus:
            self.rows[-1].first_button.setFocus()
        self._show_chosen()

    def follow(self, values: Mapping[str, Any]) -> None:
        term, version = values.get("term"), values.get("ctcae_version")
        known = grades_of(term, version) if term and version else None
        self._offered = known or tuple(Grade)
        self.wordings.show_grades(term, version, self._offered)
        for row in self.rows:
            row.offer(self._offered, self.wordings.words)
        lacking = sorted({grade for row in self.rows if (grade := row.lacking)})
        self.remark.setVisible(bool(lacking))
        self.remark.setText(
            _("{term} has no grade {grades} in CTCAE {version}.").format(
                term=term, grades=listing([str(int(grade)) for grade in lacking]), version=version
            )
        )
        self._onset = values.get("onset")
        self._date(self.rows[0])
        self._show_chosen()
        self._name_inputs()

    def note(self) -> str:
        """The wordings say enough."""
        return ""

    def state(self) -> list[Any]:
        return [row.state() for row in self.rows]

    def restore(self, state: Sequence[Any]) -> None:
        self.set_value(None)
        for _row in state[1:]:
            self._append(None)
        for row, (date, grade, on_file) in zip(self.rows, state, strict=True):
            row.restore(date, grade, on_file=on_file)
        self._show_chosen()

    def unreadable(self) -> str:
        return next((problem for row in self.rows if (problem := row.unreadable())), "")

    def mark(self, widget: QWidget, wrong: bool) -> None:
        if widget in [row.date for row in self.rows]:
            super().mark(widget, wrong)

    def give(self, grade: Grade, row: GradeRow | None = None) -> None:
        """Choose the grade of today, or of this row, where that is only being entered."""
        if grade not in self._offered:
            return
        if row is None or row.on_file:
            row = self._todays(grade)
        row.buttons[grade].click()
        row.buttons[grade].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        grade = grade_of_key(event)
        if grade:
            self.give(grade)
        else:
            super().keyPressEvent(event)

    def _todays(self, grade: Grade) -> GradeRow:
        """The newest row, or a new one behind it where it is on file with another date."""
        newest = self._newest()
        date = newest.date.value()
        if newest.grade is grade or not newest.on_file or date is None:
            return newest
        return newest if date.last >= self._today() else self._append(None)

    def _newest(self) -> GradeRow:
        """The row of the latest date; one that has none yet is being entered."""
        dates = [row.date.value() for row in self.rows]
        if None in dates:
            return self.rows[dates.index(None)]
        return max(self.rows, key=lambda row: row.date.value())

    def _append(self, episode: GradeEpisode | None) -> GradeRow:
        row = GradeRow(self._today, self)
        row.set_value(episode)
        row.offer(self._offered, self.wordings.words)
        row.keyed.connect(self.give)
        row.graded.connect(self._on_graded)
        row.changed.connect(self.changed)
        row.left.connect(self.left)
        row.removed.connect(self._on_removed)
        self._column.insertWidget(len(self.rows), row)
        before = self.rows[-1].last_input if self.rows else None
        self.rows.append(row)
        self._order(before)
        return row

    def _date(self, row: GradeRow) -> None:
        """Propose the date from which the grade holds."""
        first = row is self.rows[0]
        row.propose(self._onset if first else PartialDate.of(self._today()), first=first)

    def _order(self, before: QWidget | None) -> None:
        self._name_inputs()
        row = self.rows[-1]
        for widget in row.inputs:
            if before is not None:
                self.setTabOrder(before, widget)
            before = widget
        self.setTabOrder(row.last_input, self.add_button)

    def _name_inputs(self) -> None:
        self.hold(self.rows[0].first_button, *[row.date for row in self.rows])

    def _show_chosen(self) -> None:
        self.wordings.show_chosen(self._newest().grade)

    def _drop(self, row: GradeRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _on_add(self) -> None:
        self._append(None).first_button.setFocus()

    def _on_graded(self, row: GradeRow) -> None:
        self._date(row)
        self._show_chosen()
        self.changed.emit()
        self.left.emit()

    def _on_removed(self, row: GradeRow) -> None:
        self.rows.remove(row)
        self._drop(row)
        if not self.rows:
            self._append(None)
        self._name_inputs()
        self.rows[-1].first_button.setFocus()
        self.changed.emit()
