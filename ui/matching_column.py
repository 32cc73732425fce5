"""One column of a clinic's own spreadsheet: what it holds, of which record, and its words."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import get_args, get_origin

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from models.exchange.cells import value_type
from models.exchange.matching.guess import STAGE_ALONE
from models.exchange.matching.targets import ONCE, Target, offered
from models.values import Choice
from models.words import N_, _
from ui.asked_rows import AskedRows
from ui.choice_editor import Combo, narrow_combo
from ui.matching_table import SourceColumn, Standing
from ui.matching_target import TargetLine
from ui.sheet import label
from ui.theme import GAP

NOTHING = "-"
MOST_RECORDS, MOST_WORDS = 30, 12
WHY = {
    Standing.SURE: "",
    Standing.CHOSEN: "",
    Standing.GUESSED: N_("Guessed: is it right?"),
    Standing.OUT: N_("It stays outside."),
}
WHY_A_NOTE = N_(
    "Guessed: a stage without its T, N, M and B is no staging, but can be kept as a note to the "
    "diagnosis."
)


class ColumnEditor(QWidget):
    """`chosen`: a target or None; `worded`: a word of the sheet, and the field's own for it, or
    `NOTHING` where it says nothing.
    """

    chosen = Signal(object)
    worded = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._target: Target | None = None
        self.title, self.note = label("", "strong", self), label("", "note", self)
        self.line = TargetLine(offered(), self)
        self.number = Combo(self)
        self.number.addItems([str(number) for number in range(1, MOST_RECORDS + 1)])
        self.number.setAccessibleName(_("Of which record of its kind"))
        self.number.setToolTip(_("Where several of a kind stand in a row: counted from the left"))
        self.which = QLabel(_("Which one"), self)
        self.which.setBuddy(self.number)
        self.words = AskedRows(self.line, self)
        self._lay_out()
        self.line.chosen.connect(self._on_chosen)
        self.number.activated.connect(self._on_number)
        self.setFocusProxy(self.line)

    def show_column(self, column: SourceColumn, unread: Mapping[str, int]) -> None:
        """`unread`: the words in it that are none of the field's choices, and how often."""
        self._target = column.target
        self.title.setText(column.heading)
        self.line.show_target(column.target)
        several = column.target is not None and column.target.kind not in ONCE
        for part in (self.which, self.number):
            part.setVisible(several)
        self.number.setCurrentIndex(column.target.number - 1 if column.target else 0)
        why = WHY[column.standing]
        if column.standing is Standing.GUESSED and column.target == STAGE_ALONE:
            why = WHY_A_NOTE
        self.note.setText(_(why))
        self.note.setVisible(bool(why))
        self._ask_words(column.target, unread)

    def _ask_words(self, target: Target | None, unread: Mapping[str, int]) -> None:
        if target is None or not unread:
            self.words.ask([])
            return
        often = sorted(unread.items(), key=lambda each: -each[1])[:MOST_WORDS]
        asked = [self._asked(target, word, times) for word, times in often]
        self.words.ask([(label(_("What do these words mean?"), "label", self), None), *asked])

    def _asked(self, target: Target, word: str, times: int) -> tuple[QWidget, QWidget]:
        combo = narrow_combo(self)
        combo.addItem(_("not matched"), "")
        combo.addItem(_("it says nothing"), NOTHING)
        for told, value in choices_of(target):
            combo.addItem(told, value)
        combo.setAccessibleName(word)
        combo.activated.connect(partial(self._on_word, word, combo))
        words = _("{word} ({n}×)").format(word=word, n=times)
        return label(words, "label", self), combo

    def _on_word(self, word: str, combo: Combo, _at: int) -> None:
        if combo.currentData():
            self.worded.emit(word, combo.currentData())

    def _on_chosen(self, target: Target | None) -> None:
        self.chosen.emit(target)

    def _on_number(self, at: int) -> None:
        if self._target:
            self.chosen.emit(replace(self._target, number=at + 1))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        which = QFormLayout()
        which.addRow(self.which, self.number)
        for part in (self.title, self.line, self.note):
            column.addWidget(part)
        column.addLayout(which)
        column.addWidget(self.words)


def choices_of(target: Target) -> list[tuple[str, str]]:
    """What can be chosen for a field, in words and as a table says it; none where it is free."""
    kind = value_type(target.annotation)
    kind = get_args(kind)[0] if get_origin(kind) is list else kind
    if kind is bool:
        return [(_("Yes"), "yes"), (_("No"), "no")]
    if isinstance(kind, type) and issubclass(kind, Choice):
        return [(each.label, each.value) for each in kind]
    return []
