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

from models.exchange.matching.fills import dates_for, is_gap
from models.exchange.matching.frame import is_dated
from models.exchange.matching.targets import Fill, Matching, Target
from models.words import _
from ui.asked_rows import AskedRows
from ui.choice_editor import Combo, narrow_combo
from ui.matching_column import choices_of
from ui.read_line import ReadLine
from ui.sheet import label
from ui.theme import GAP

NUMBER_WIDTH = 72
_NOT_CHOSEN = -1


class RowsEditor(QWidget):
    """`changed`: with the matching as it is wanted now."""

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._matching = Matching()
        self._most = 0
        self.first, self.last = _row_line(self), _row_line(self)
        self.fills = AskedRows(self.first, self)
        self.order = Combo(self)
        self.order.addItems([_("day first: 3.4.2017 is in April"), _("month first: in March")])
        self.order.setPlaceholderText(_("both orders stand here: choose one"))
        self.by_visit = QCheckBox(_("Several rows may tell of one patient"), self)
        self._name()
        self._lay_out()
        self.first.left.connect(self._on_rows)
        self.last.left.connect(self._on_rows)
        self.order.activated.connect(self._on_rows)
        self.by_visit.clicked.connect(self._on_rows)

    def show_matching(
        self, matching: Matching, rows: int, needed: Sequence[Target], headings: Sequence[str]
    ) -> None:
        """`rows`: how many the sheet has; `needed`: what has to be said here."""
        self._matching, first = matching, matching.month_first
        self._most = rows
        self.first.set_value(matching.first)
        self.last.set_value(matching.last)
        self.order.setCurrentIndex(_NOT_CHOSEN if first is None else int(first))
        self.by_visit.setChecked(matching.by_visit)
        asked = [*dict.fromkeys((*needed, *matching.fills))]
        gaps = [target for target in asked if is_gap(matching, target)]
        heading = [(label(_("For rows that lack it"), "strong", self), None)] * bool(gaps)
        self.fills.ask(
            [
                *(self._asked(each, needed, headings) for each in asked if each not in gaps),
                *heading,
                *(self._asked(each, needed, headings) for each in gaps),
            ]
        )

    def _asked(
        self, target: Target, needed: Sequence[Target], headings: Sequence[str]
    ) -> tuple[QWidget, QWidget]:
        return self._label(target, needed), self._editor(target, headings)

    def _label(self, target: Target, needed: Sequence[Target]) -> QLabel:
        return label(self._matching.words_of(target) + " *" * (target in needed), "label", self)

    def _editor(self, target: Target, headings: Sequence[str]) -> QWidget:
        fill = self._matching.fills.get(target, Fill())
        options = [(told, Fill(value)) for told, value in choices_of(target)]
        dates = dates_for(self._matching, target) if is_dated(target) else []
        if fill.column is not None and fill.column not in dates:
            dates.append(fill.column)
        options += [
            (_("as in “{heading}”").format(heading=headings[at]), Fill(column=at)) for at in dates
        ]
        if not options:
            line = QLineEdit(fill.text, self)
            line.editingFinished.connect(lambda: self._fill(target, Fill(line.text().strip())))
            line.setAccessibleName(self._matching.words_of(target))
            return line
        combo = narrow_combo(self)
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
        first, order = self.first.value() or self._matching.first, self.order.currentIndex()
        wanted = replace(
            self._matching,
            first=first,
            headings=min(self._matching.headings, first - 1),
            last=min(self.last.value() or self._matching.last, self._most),
            month_first=None if order == _NOT_CHOSEN else order == 1,
            by_visit=self.by_visit.isChecked(),
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
        remembered = _(
            "Remembered for sheets with these headings: what the columns hold, choices for all "
            "rows, and short words that several patients share. No name and no other cell."
        )
        column.addWidget(label(remembered, "note", self))


def _row_line(parent: QWidget) -> ReadLine:
    line = ReadLine(_row, str, parent)
    line.setFixedWidth(NUMBER_WIDTH)
    return line


def _row(text: str) -> int:
    if not text.strip().isdecimal() or not int(text):
        raise ValueError(_("Give the number of a row."))
    return int(text)
