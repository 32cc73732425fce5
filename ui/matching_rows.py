"""What holds for all rows of a sheet: what no column gives, and how its rows are read."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from models.exchange.matching.frame import is_dated
from models.exchange.matching.targets import Fill, Matching, Target
from models.words import _
from ui.asked_rows import AskedRows
from ui.choice_editor import Combo
from ui.matching_column import choices_of
from ui.read_line import ReadLine
from ui.sheet import label
from ui.theme import GAP

NUMBER_WIDTH = 72


class RowsEditor(QWidget):
    """`changed`: with the matching as it is wanted now."""

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._matching = Matching()
        self.fills = AskedRows(self)
        self._most = 0
        self.first, self.last = _row_line(self), _row_line(self)
        self.order = Combo(self)
        self.order.addItems([_("day first: 3.4.2017 is in April"), _("month first: in March")])
        self.by_visit = QCheckBox(_("Several rows may tell of one patient"), self)
        self.leave = QCheckBox(_("Leave outside what cannot be read"), self)
        self.leave.setToolTip(_("It is listed in the next step, and the rest can come in"))
        self._name()
        self._lay_out()
        self.first.left.connect(self._on_rows)
        self.last.left.connect(self._on_rows)
        self.order.activated.connect(self._on_rows)
        self.by_visit.clicked.connect(self._on_rows)
        self.leave.clicked.connect(self._on_rows)

    def show_matching(
        self, matching: Matching, rows: int, needed: Sequence[Target], headings: Sequence[str]
    ) -> None:
        """`rows`: how many the sheet has; `needed`: what has to be said here."""
        self._matching = matching
        self._most = rows
        self.first.set_value(matching.first)
        self.last.set_value(matching.last)
        self.order.setCurrentIndex(int(matching.month_first))
        self.by_visit.setChecked(matching.by_visit)
        self.leave.setChecked(matching.leave_unread)
        self.fills.ask(
            [
                (self._label(target, needed), self._editor(target, headings))
                for target in dict.fromkeys((*needed, *matching.fills))
            ]
        )

    def _label(self, target: Target, needed: Sequence[Target]) -> QLabel:
        return label(self._matching.words_of(target) + " *" * (target in needed), "label", self)

    def _editor(self, target: Target, headings: Sequence[str]) -> QWidget:
        fill = self._matching.fills.get(target, Fill())
        options = [(told, Fill(value)) for told, value in choices_of(target)]
        options += [
            (_("as in “{heading}”").format(heading=headings[at]), Fill(column=at))
            for at, each in self._matching.matched
            if (is_dated(each) and is_dated(target)) or fill.column == at
        ]
        if not options:
            line = QLineEdit(fill.text, self)
            line.editingFinished.connect(lambda: self._fill(target, Fill(line.text().strip())))
            line.setAccessibleName(self._matching.words_of(target))
            return line
        combo = Combo(self)
        combo.addItem("", Fill())
        for told, value in options:
            combo.addItem(told, value)
        combo.setCurrentIndex(next((n for n, (_t, v) in enumerate(options, 1) if v == fill), 0))
        combo.setAccessibleName(self._matching.words_of(target))
        combo.activated.connect(partial(self._on_option, target, combo))
        return combo

    def _on_option(self, target: Target, combo: Combo, _at: int) -> None:
        self._fill(target, combo.currentData())

    def _fill(self, target: Target, fill: Fill) -> None:
        if fill == self._matching.fills.get(target, Fill()):
            return
        others = {each: told for each, told in self._matching.fills.items() if each != target}
        fills = others if fill == Fill() else {**others, target: fill}
        self.changed.emit(replace(self._matching, fills=fills))

    def _on_rows(self) -> None:
        first = self.first.value() or self._matching.first
        wanted = replace(
            self._matching,
            first=first,
            headings=min(self._matching.headings, first - 1),
            last=min(self.last.value() or self._matching.last, self._most),
            month_first=self.order.currentIndex() == 1,
            by_visit=self.by_visit.isChecked(),
            leave_unread=self.leave.isChecked(),
        )
        if wanted != self._matching:
            self.changed.emit(wanted)

    def _name(self) -> None:
        self.first.setAccessibleName(_("First row of data"))
        self.last.setAccessibleName(_("Last row of data"))
        self.order.setAccessibleName(_("Dates"))

    def _lay_out(self) -> None:
        rows = QHBoxLayout()
        rows.setSpacing(GAP)
        rows.addWidget(self.first)
        rows.addWidget(label(_("to"), "label", self))
        rows.addWidget(self.last)
        rows.addStretch()
        sheet = QFormLayout()
        sheet.addRow(label(_("Data in rows"), "label", self), rows)
        sheet.addRow(label(_("Dates"), "label", self), self.order)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(label(_("For all rows"), "strong", self))
        column.addWidget(self.fills)
        column.addLayout(sheet)
        column.addWidget(self.by_visit)
        column.addWidget(self.leave)


def _row_line(parent: QWidget) -> ReadLine:
    line = ReadLine(_row, str, parent)
    line.setFixedWidth(NUMBER_WIDTH)
    return line


def _row(text: str) -> int:
    if not text.strip().isdecimal() or not int(text):
        raise ValueError(_("Give the number of a row."))
    return int(text)
