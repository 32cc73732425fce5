"""What the columns of a clinic's own spreadsheet are: asked before anything is read of it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.base import ClinicError
from models.exchange.arrivals import Problem
from models.exchange.matching.fills import usual_fills
from models.exchange.matching.guess import guess
from models.exchange.matching.memory import Remembered, digests, to_remember
from models.exchange.matching.preview import row_in_words
from models.exchange.matching.reading import MatchedReading, read
from models.exchange.matching.targets import Fill, Matching, Target, headings_of
from models.exchange.tables.sheets import Sheet
from models.progress import Stopped
from models.words import _
from ui.buttons import button, on_keys
from ui.calm_table import CalmTable, calm
from ui.choice_editor import Combo
from ui.latest import Latest
from ui.matching_column import NOTHING, ColumnEditor
from ui.matching_rows import RowsEditor
from ui.matching_table import (
    SIGN,
    MatchingTable,
    Standing,
    columns_of,
    in_a_sentence,
    still_to_do,
)
from ui.place import Matched
from ui.sheet import label
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN, dress

HEADING, FIRST, IS = range(3)
PREVIEWED, PREVIEW_FROM = 3, 30
HEADING_WIDTH, SIGN_WIDTH = 168, 120
SIDE_WIDTH, SHEET_WIDTH = 344, 200


class MatchingPane(QWidget):
    """`asked`: with the `MatchedReading` of the sheet as it is matched; `back_asked`."""

    asked = Signal(object)
    back_asked = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets: Sequence[Sheet] = ()
        self._remembered: Sequence[Remembered] = ()
        self._chosen: set[int] = set()
        self._problem_at = -1
        self.sheet = Sheet("", ())
        self.matching = Matching()
        self.reading: MatchedReading | None = None
        self._guessing, self._reading = Latest(tasks, self), Latest(tasks, self)
        self.said = label("", "quiet", self)
        self.sheets = Combo(self)
        self.table, self.view = MatchingTable(self), CalmTable(self)
        self.column, self.rows = ColumnEditor(self), RowsEditor(self)
        self.preview, self.unread = label("", "", self), label("", "wrong", self)
        self.leave = QCheckBox(_("Leave outside what cannot be read"), self)
        self.leave.setToolTip(_("It is listed in the next step, and the rest can come in"))
        tip = _("The next cell that cannot be read, F8")
        self.next_button = button(_("Show the next"), self.next_problem, self, tip=tip)
        tip = _("To what becomes of each row; nothing is written yet, Ctrl+Enter")
        self.main_button = button(_("Go on"), self.ask, self, "primary", tip)
        tip = _("Another file, Escape")
        self.back_button = button(_("Back"), self.back_asked.emit, self, tip=tip)
        self._set_up()
        self._lay_out()
        self._connect()

    def open(
        self,
        sheets: Sequence[Sheet],
        remembered: Sequence[Remembered],
        before: Matched | None = None,
    ) -> None:
        """The sheets of a file, none of them a table of the program's own; the fullest first, or
        the one that was matched `before` a lock.
        """
        self._sheets, self._remembered = sheets, remembered
        self.sheets.clear()
        self.sheets.addItems([sheet.name for sheet in sheets])
        self.sheets.setVisible(len(sheets) > 1)
        fullest = max(range(len(sheets)), key=lambda at: len(sheets[at].rows), default=-1)
        at = next((at for at, each in enumerate(sheets) if _is_of(each, before)), None)
        self.sheets.setCurrentIndex(fullest if at is None else at)
        self._take_sheet(self.sheets.currentIndex())
        if before is not None and at is not None:
            self._guessing.forget()
            self._chosen = {*before.chosen}
            self._on_guessed(before.matching)

    def matched(self) -> Matched | None:
        """How the sheet is matched so far."""
        if not self.matching.columns:
            return None
        headings = digests(self.sheet, self.matching)
        return Matched(self.sheet.name, headings, self.matching, frozenset(self._chosen))

    def ask(self) -> None:
        if self.main_button.isEnabled() and self.reading is not None:
            self.asked.emit(self.reading)

    def to_remember(self) -> Remembered:
        """What the clinic may remember for the next sheet of this form."""
        return to_remember(self.sheet, self.matching)

    def next_problem(self) -> None:
        """Choose the column of the next cell that cannot be read, and say why."""
        problems = self._told()
        if not problems:
            return
        self._problem_at = (self._problem_at + 1) % len(problems)
        problem = problems[self._problem_at]
        headings = headings_of(self.sheet, self.matching)
        if problem.place.column in headings:
            self.view.selectRow(headings.index(problem.place.column))
        self.unread.setText(f"{self._problem_at + 1} / {len(problems)} · {problem.words}")

    def _told(self) -> Sequence[Problem]:
        """What holds up the rest, or else the cells that stay outside."""
        if self.reading is None:
            return ()
        outside = set(self.reading.outside)
        left = [each for each in self.reading.left if each.place in outside]
        return self.reading.problems or left

    # What is matched

    def _take_sheet(self, at: int) -> None:
        if not 0 <= at < len(self._sheets):
            return
        self.sheet, self._chosen = self._sheets[at], set()
        self.reading = None
        self.table.set_rows(())
        self.column.hide()
        self.main_button.setEnabled(False)
        self._guessing.run(partial(guess, self.sheet, self._remembered))

    def _on_guessed(self, matching: Matching) -> None:
        self._match(matching)
        standings = [row.standing for row in self.table.rows]
        guessed = Standing.GUESSED
        first = standings.index(guessed) if guessed in standings else 0
        if self.table.rows:
            self.view.selectRow(first)
        self.view.setFocus()

    def _match(self, matching: Matching) -> None:
        """Show what is matched now, and read the sheet so."""
        self.matching, self.reading, self._problem_at = matching, None, -1
        self.main_button.setEnabled(False)
        self._list()
        few = replace(matching, last=min(matching.last, matching.first + PREVIEW_FROM))
        self._preview(read(self.sheet, few))
        self._reading.run(partial(self._read, self.sheet, matching))

    def _read(self, sheet: Sheet, matching: Matching) -> MatchedReading:
        """On the worker; what is matched otherwise by now is read no further."""

        def progress(_done: int, _of: int) -> None:
            if self.matching is not matching:
                raise Stopped

        return read(sheet, matching, progress)

    def _on_read(self, reading: MatchedReading) -> None:
        self.reading = reading
        self.main_button.setEnabled(bool(reading.arrivals or reading.problems))
        self._list()
        self._preview(reading)
        self._show_column()
        headings = headings_of(self.sheet, self.matching)
        self.rows.show_matching(self.matching, len(self.sheet.rows), reading.needed, headings)
        self._say_unread(len(reading.problems), len(reading.outside))

    def _on_target(self, target: Target | None) -> None:
        at = self._row()
        columns = [*self.matching.columns]
        columns[at] = target
        self._chosen.add(at)
        matching = replace(self.matching, columns=tuple(columns))
        fills = {**usual_fills(matching), **_still_of(matching, self.matching)}
        self._match(replace(matching, fills=fills))

    def _on_word(self, word: str, meaning: str) -> None:
        target = self.matching.columns[self._row()]
        if meaning == NOTHING:
            self._match(replace(self.matching, nothing=self.matching.nothing | {word}))
        elif target is not None:
            place = (target.kind, target.field)
            told = {**self.matching.words.get(place, {}), word: meaning}
            self._match(replace(self.matching, words={**self.matching.words, place: told}))

    def _on_leave(self, leave: bool) -> None:
        self._match(replace(self.matching, leave_unread=leave))

    def _on_failed(self, error: ClinicError) -> None:
        dress(self.unread, "wrong")
        self.unread.setText(str(error))

    # What is shown

    def _list(self) -> None:
        row = self._row()
        shown = columns_of(self.sheet, self.matching, self.reading, self._chosen)
        self.table.set_rows(shown)
        self.said.setText(in_a_sentence(self.table.rows))
        if 0 <= row < len(self.table.rows):
            self.view.selectRow(row)

    def _row(self) -> int:
        return max(self.view.currentIndex().row(), 0)

    def _show_column(self) -> None:
        at = self._row()
        if at >= len(self.table.rows):
            return
        target = self.matching.columns[at]
        words = self.reading.words if self.reading else {}
        unread = words.get((target.kind, target.field), {}) if target else {}
        self.column.show_column(self.table.rows[at], unread)
        self.column.show()

    def _preview(self, reading: MatchedReading) -> None:
        told = [f"{row}:  {row_in_words(own)}" for row, own in reading.rows.items()][:PREVIEWED]
        self.preview.setText("\n".join(told) or _("No row can come in yet."))

    def _say_unread(self, wrong: int, outside: int) -> None:
        words = still_to_do(wrong, outside)
        dress(self.unread, "wrong" if wrong else "beware" if outside else "quiet")
        self.unread.setText(words)
        self.next_button.setVisible(bool(wrong or outside))
        self.leave.setChecked(self.matching.leave_unread)
        self.leave.setVisible(bool(wrong) or self.matching.leave_unread)

    # How it looks

    def _set_up(self) -> None:
        calm(self.view, self.table, _("Columns of the sheet"))
        header = self.view.horizontalHeader()
        header.resizeSection(HEADING, HEADING_WIDTH)
        for place in (FIRST, IS):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(SIGN, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(SIGN, SIGN_WIDTH)
        self.sheets.setFixedWidth(SHEET_WIDTH)
        self.sheets.setAccessibleName(_("Sheet"))
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.sheets.activated.connect(self._take_sheet)
        self._guessing.done.connect(self._on_guessed)
        self._guessing.failed.connect(self._on_failed)
        self._reading.done.connect(self._on_read)
        self._reading.failed.connect(self._on_failed)
        self.view.selectionModel().currentRowChanged.connect(self._show_column)
        self.view.activated.connect(lambda _index: self.column.line.setFocus())
        self.column.chosen.connect(self._on_target)
        self.column.worded.connect(self._on_word)
        self.rows.changed.connect(self._match)
        self.leave.clicked.connect(self._on_leave)
        for keys, slot in (
            ("F8", self.next_problem),
            ("Ctrl+Return", self.ask),
            ("Ctrl+Enter", self.ask),
        ):
            on_keys(keys, slot, self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(MARGIN)
        top.addWidget(self.sheets)
        top.addWidget(self.said, 1)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.view, 1)
        left.addWidget(label(_("The first rows become"), "label", self))
        left.addWidget(self.preview)
        side = QWidget(self)
        within = QVBoxLayout(side)
        within.setContentsMargins(0, 0, GAP, 0)
        within.setSpacing(MARGIN)
        within.addWidget(self.column)
        within.addWidget(self.rows)
        within.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(side)
        area.setFixedWidth(SIDE_WIDTH)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        dress(area, "form")
        middle = QHBoxLayout()
        middle.setSpacing(MARGIN)
        middle.addLayout(left, 1)
        middle.addWidget(area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addWidget(self.unread)
        below = QHBoxLayout()
        below.setSpacing(GAP)
        below.addWidget(self.main_button)
        below.addWidget(self.back_button)
        below.addStretch()
        below.addWidget(self.leave)
        below.addWidget(self.next_button)
        column.addLayout(below)


def _is_of(sheet: Sheet, before: Matched | None) -> bool:
    """Whether it is the sheet that was matched, its headings as they were."""
    if before is None or sheet.name != before.sheet:
        return False
    return digests(sheet, before.matching) == before.headings


def _still_of(now: Matching, before: Matching) -> dict[Target, Fill]:
    """What was said before for all rows, where the sheet still has such records."""
    kinds = {target.kind for _at, target in now.matched}
    return {target: fill for target, fill in before.fills.items() if target.kind in kinds}
