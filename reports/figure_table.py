"""A table of figures on paper: what each row is about on the left, the figures to the right."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import CondPageBreak, Flowable

from models.cohort.figure_table import FigureTable
from reports.flow import ABOVE_HEADING, Prose, section
from reports.narrow_figures import narrowed, widest
from reports.table import GAP, Column, Table
from reports.type import BODY_QUIET, PLAIN, QUIET, width_of, wrapped, write

NARROWEST_FIRST, WIDEST = 96.0, 170.0
NARROW = 0.62
"""So much of the page's width a table takes that needs no more: figures stay near their words."""
ABOVE_NOTE = 3.0
WHOLE = 190.0
"""A table lower than this is not torn; of a higher one so much stands on its first page."""

Columns = range
"""The places of the figures that stand beside each other."""


def figure_table(table: FigureTable, width: float) -> list[Flowable]:
    """It over this width; where it has no row, its title and its note alone."""
    if not table.rows:
        return section(table.title, Prose(table.note, BODY_QUIET))
    blocks = [*_blocks(table, width)]
    if len(blocks) > 1:
        table = narrowed(table)
        blocks = [*_blocks(table, width)]
    return [part for block in blocks for part in _block(table, block, width)]


def _block(table: FigureTable, block: Columns, width: float) -> list[Flowable]:
    """Some columns of it; a wide table goes on below itself."""
    if _needed(table, block) <= width * NARROW:
        width *= NARROW
    first, last = block[0] == 1, block[-1] == len(table.columns) - 1
    rows = [(row[0].words, *(row[place].words for place in block)) for row in table.rows]
    columns, note = _columns(table, block, width), table.note if last else ""
    made = _Figures(columns, rows, table.title, note, width, continued=not first)
    high = made.wrap(width, 0)[1] + ABOVE_HEADING
    return [CondPageBreak(min(high, WHOLE)), made]


class _Figures(Table):
    """With a note under its last row, from which it is not torn."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[tuple[str, ...]],
        title: str,
        note: str,
        wide: float,
        *,
        continued: bool,
    ) -> None:
        super().__init__(columns, rows, title)
        self.note, self.wide, self.continued = note, wide, continued

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        super().wrap(self.wide, height)
        self.height += self._under()
        return self.wide, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        parts = super().split(self.wide, height - self._under())
        for above in parts[:1]:
            above.note = ""
        return parts

    def draw(self) -> None:
        super().draw()
        lines = self._lines()
        for place, line in enumerate(reversed(lines)):
            write(self.canv, 0, (place + 1) * QUIET.leading - QUIET.drop, line, QUIET)

    def _under(self) -> float:
        lines = self._lines()
        return ABOVE_NOTE + len(lines) * QUIET.leading if lines else 0.0

    def _lines(self) -> list[str]:
        return wrapped(self.note, self.wide, QUIET) if self.note else []


def _blocks(table: FigureTable, width: float) -> Iterator[Columns]:
    """All columns in one where they fit; else evenly in several."""
    n, wanted = len(table.columns) - 1, _wanted(table)
    blocks = 1
    while blocks < n and not _fits(wanted, _evenly(n, blocks), width):
        blocks += 1
    return _evenly(n, blocks)


def _evenly(n: int, blocks: int) -> Iterator[Columns]:
    for block in range(blocks):
        yield range(1 + block * n // blocks, 1 + (block + 1) * n // blocks)


def _fits(wanted: Sequence[float], blocks: Iterator[Columns], width: float) -> bool:
    return all(sum(wanted[place - 1] for place in block) <= _room(block, width) for block in blocks)


def _room(block: Columns, width: float) -> float:
    """For the figures, beside what the row is about."""
    return width - NARROWEST_FIRST - GAP * len(block)


def _needed(table: FigureTable, block: Columns) -> float:
    """How wide it is with every cell on one line."""
    wanted = _wanted(table)
    about = max(width_of(row[0].words, PLAIN) for row in table.rows)
    return about + sum(wanted[place - 1] + GAP for place in block)


def _wanted(table: FigureTable) -> list[float]:
    """How wide each figure is on one line."""
    return [
        min(max(_title_width(title), *(widest(each) for each in cells)) + 1, WIDEST)
        for title, *cells in (
            (title, *(row[place].words for row in table.rows))
            for place, title in enumerate(table.columns[1:], start=1)
        )
    ]


def _title_width(title: str) -> float:
    return max(width_of(line, QUIET) for line in title.split("\n"))


def _columns(table: FigureTable, block: Columns, width: float) -> list[Column]:
    """The first one takes what the figures leave."""
    wanted, room = _wanted(table), _room(block, width)
    figures = [
        Column(table.columns[place], min(wanted[place - 1], room), right=True) for place in block
    ]
    return [Column(table.columns[0]), *figures]
