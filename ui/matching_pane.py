"""What the columns of a clinic's own spreadsheet are: asked before anything is read of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QScrollArea, QVBoxLayout, QWidget

from models.base import ClinicError
from models.exchange.matching.fills import usual_fills
from models.exchange.matching.guess import guess
from models.exchange.matching.memory import Remembered, to_remember
from models.exchange.matching.preview import row_in_words
from models.exchange.matching.reading import MatchedReading, read
from models.exchange.matching.targets import Fill, Matching, Target, headings_of, values_in
from models.exchange.tables.sheets import Sheet
from models.store.progress import Stopped
from models.words import _, ngettext
from ui.buttons import button, on_keys
from ui.calm_table import CalmTable, calm
from ui.choice_editor import Combo
from ui.latest import Latest
from ui.matching_column import NOTHING, ColumnEditor
from ui.matching_rows import RowsEditor
from ui.matching_table import SIGN, MatchingTable, SourceColumn, Standing, in_a_sentence
from ui.sheet import label
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN, dress

FIRST_VALUES, LOOKED_AT = 3, 20
PREVIEWED, PREVIEW_FROM = 3, 30
WIDTHS, SIGN_WIDTH = (168, 140), 104
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
        self.preview, self.unread = label("", "", self), label("", "problem", self)
        tip = _("The next cell that cannot be read, F8")
        self.next_button = button(_("Show the next"), self.next_problem, self, tip=tip)
        tip = _("To what becomes of each row; nothing is written yet, Ctrl+Enter")
        self.main_button = button(_("Go on"), self.ask, self, "primary", tip)
        tip = _("Another file, Escape")
        self.back_button = button(_("Back"), self.back_asked.emit, self, tip=tip)
        self._set_up()
        self._lay_out()
        self._connect()

    def open(self, sheets: Sequence[Sheet], remembered: Sequence[Remembered]) -> None:
        """The sheets of a file, none of them a table of the program's own; the fullest first."""
        self._sheets, self._remembered = sheets, remembered
        self.sheets.clear()
        self.sheets.addItems([sheet.name for sheet in sheets])
        self.sheets.setVisible(len(sheets) > 1)
        fullest = max(range(len(sheets)), key=lambda at: len(sheets[at].rows), default=-1)
        self.sheets.setCurrentIndex(fullest)
        self._take_sheet(fullest)

    def ask(self) -> None:
        if self.main_button.isEnabled() and self.reading is not None:
            self.asked.emit(self.reading)

    def to_remember(self) -> Remembered:
        """What the clinic may remember for the next sheet of this form."""
        return to_remember(self.sheet, self.matching)

    def next_problem(self) -> None:
        """Choose the column of the next cell that cannot be read, and say why."""
        problems = self.reading.problems if self.reading else ()
        if not problems:
            return
        self._problem_at = (self._problem_at + 1) % len(problems)
        problem = problems[self._problem_at]
        headings = headings_of(self.sheet, self.matching)
        if problem.place.column in headings:
            self.view.selectRow(headings.index(problem.place.column))
        self.unread.setText(f"{self._problem_at + 1} / {len(problems)} · {problem.words}")

    # What is matched

    def _take_sheet(self, at: int) -> None:
        if not 0 <= at < len(self._sheets):
            return
        self.sheet, self._chosen = self._sheets[at], set()
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
        self._say_unread(len(reading.problems))

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

    def _on_failed(self, error: ClinicError) -> None:
        dress(self.unread, "problem")
        self.unread.setText(str(error))

    # What is shown

    def _list(self) -> None:
        row = self._row()
        problems = self.reading.problems if self.reading else ()
        unread = Counter(each.place.column for each in problems if each.place.row)
        headings = headings_of(self.sheet, self.matching)
        self.table.set_rows([self._row_of(at, each, unread) for at, each in enumerate(headings)])
        self.said.setText(in_a_sentence(self.table.rows))
        if 0 <= row < len(self.table.rows):
            self.view.selectRow(row)

    def _row_of(self, at: int, heading: str, unread: Counter[str]) -> SourceColumn:
        target = self.matching.columns[at]
        words = self.matching.words_of(target) if target else "—"
        return SourceColumn(
            heading, self._first(at), target, words, self._standing(at), unread[heading]
        )

    def _first(self, at: int) -> list[str]:
        told = islice(values_in(self.sheet, self.matching, at), LOOKED_AT)
        return [*dict.fromkeys(told)][:FIRST_VALUES]

    def _standing(self, at: int) -> Standing:
        if self.matching.columns[at] is None:
            return Standing.OUT
        if at in self._chosen:
            return Standing.CHOSEN
        return Standing.SURE if at in self.matching.sure else Standing.GUESSED

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

    def _preview(self, reading: MatchedReading) -> None:
        told = [f"{row}:  {row_in_words(own)}" for row, own in reading.rows.items()][:PREVIEWED]
        self.preview.setText("\n".join(told) or _("No row can come in yet."))

    def _say_unread(self, n: int) -> None:
        words = ngettext(
            "{n:,} thing has to be said or corrected.",
            "{n:,} things have to be said or corrected.",
            n,
        )
        dress(self.unread, "problem" if n else "quiet")
        self.unread.setText(
            words.format(n=n) if n else _("Everything that is matched can be read.")
        )
        self.next_button.setVisible(bool(n))

    # How it looks

    def _set_up(self) -> None:
        calm(self.view, self.table, _("Columns of the sheet"))
        header = self.view.horizontalHeader()
        for place, width in enumerate(WIDTHS):
            header.resizeSection(place, width)
        header.setSectionResizeMode(len(WIDTHS), QHeaderView.ResizeMode.Stretch)
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
        below = QHBoxLayout()
        below.setSpacing(GAP)
        below.addWidget(self.main_button)
        below.addWidget(self.back_button)
        below.addWidget(self.unread, 1)
        below.addWidget(self.next_button)
        column.addLayout(below)


def _still_of(now: Matching, before: Matching) -> dict[Target, Fill]:
    """What was said before for all rows, where the sheet still has such records."""
    kinds = {target.kind for _at, target in now.matched}
    return {target: fill for target, fill in before.fills.items() if target.kind in kinds}
