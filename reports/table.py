"""A table on paper: headings repeated on every page, rows that are never torn apart."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import Protocol, Self, runtime_checkable

from reportlab.platypus import Flowable

from models.words import _
from reports.drawing import Anchor
from reports.flow import ABOVE_HEADING
from reports.palette import PAPER
from reports.paper_canvas import PaperCanvas
from reports.type import BODY_BOLD, PLAIN, QUIET, Look, fitting, wrapped, write

GAP = 8.0
ABOVE, BELOW = 2.0, 3.0
MOST_LINES, FEWEST_LINES = 36, 3


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in points; without one it takes its `share` of what the others leave. A line break
    in its title is kept.
    """

    title: str = ""
    width: float = 0.0
    share: float = 1.0
    right: bool = False


Place = tuple[Column, float, float]
"""A column with its left edge and its width."""


@runtime_checkable
class Part(Protocol):
    """What a cell holds one below the other."""

    def laid(self, width: float) -> "Sequence[Laid]":
        """It in pieces of which none is torn apart."""


class Laid(Protocol):
    """A piece of a cell."""

    @property
    def height(self) -> float: ...

    def draw(
        self, canvas: PaperCanvas, x: float, top: float, width: float, right: bool
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Words:
    """Text in a cell."""

    text: str
    look: Look = PLAIN

    def laid(self, width: float) -> Sequence[Laid]:
        return _lines(self.text, width, self.look)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    look: Look

    @property
    def height(self) -> float:
        return self.look.leading

    def draw(self, canvas: PaperCanvas, x: float, top: float, width: float, right: bool) -> None:
        y = top - self.look.drop
        if right:
            write(canvas, x + width, y, self.text, self.look, to=Anchor.END)
        else:
            write(canvas, x, y, self.text, self.look)


@dataclass(frozen=True, slots=True)
class TickBox:
    """An empty box, to be ticked by hand."""

    height: float = 11.0

    def laid(self, width: float) -> Sequence[Laid]:
        return [self]

    def draw(self, canvas: PaperCanvas, x: float, top: float, width: float, right: bool) -> None:
        canvas.pen(PAPER.text, 0.8)
        canvas.rect(x + 0.4, top - 9.6, 8.5, 8.5)


@dataclass(frozen=True, slots=True)
class WritingLine:
    """A line to be written on by hand."""

    height: float = 16.0

    def laid(self, width: float) -> Sequence[Laid]:
        return [self]

    def draw(self, canvas: PaperCanvas, x: float, top: float, width: float, right: bool) -> None:
        canvas.pen(PAPER.edge, 0.8)
        canvas.line(x, top - self.height + 2, x + width, top - self.height + 2)


Cell = str | Part | Sequence[Part]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right; `anchor`: what a link elsewhere in the file leads to."""

    cells: tuple[Cell, ...]
    anchor: str = ""


@dataclass(frozen=True)
class _Set:
    """A row as it will be drawn, or what of it stands on one page."""

    cells: tuple[Sequence[Laid], ...]
    padding: float
    anchor: str = ""
    ends: bool = True

    @cached_property
    def height(self) -> float:
        cells = (sum(piece.height for piece in cell) for cell in self.cells)
        return max(cells, default=0.0) + self.padding

    @property
    def is_long(self) -> bool:
        return any(len(cell) > MOST_LINES for cell in self.cells)

    def torn(self, room: float) -> "list[_Set]":
        """What fits into the room, and what goes over; nothing where only a few lines would fit."""
        fitting = [_fitting(cell, room - self.padding) for cell in self.cells]
        if max(fitting, default=0) < FEWEST_LINES:
            return []
        pairs = [*zip(self.cells, fitting, strict=True)]
        upper, lower = ([cell[:n] for cell, n in pairs], [cell[n:] for cell, n in pairs])
        return [
            replace(self, cells=tuple(upper), ends=False),
            replace(self, cells=tuple(lower), anchor=""),
        ]


def _fitting(cell: Sequence[Laid], room: float) -> int:
    used = accumulate(piece.height for piece in cell)
    return sum(height <= room for height in used)


class Table(Flowable):
    """Rows under repeated headings; the title is repeated too, and stands in the file's outline."""

    ruled = True
    padding = (ABOVE, BELOW)

    def __init__(
        self, columns: Sequence[Column], rows: Sequence[Row | tuple[Cell, ...]], title: str = ""
    ) -> None:
        super().__init__()
        self.columns, self.title = tuple(columns), title
        self.rows = [row if isinstance(row, Row) else Row(tuple(row)) for row in rows]
        self.continued = False
        self.laid: list[_Set] = []
        self._set_for = 0.0

    def getSpaceBefore(self) -> float:  # noqa: N802
        return ABOVE_HEADING if self.title else 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._lay_out(width)
        self.height = self._head + sum(row.height for row in self.laid)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """As many rows as fit stay, at least one; a row is torn only where a page has no room for
        it, or where it has very many lines.
        """
        self._lay_out(width)
        used, stay = self._head, 0
        while stay < len(self.laid) and used + self.laid[stay].height <= height:
            used += self.laid[stay].height
            stay += 1
        rows, over = self.laid[:stay], self.laid[stay:]
        tears = over and (over[0].is_long or (self._is_at_the_head and not rows))
        if tears and (torn := over[0].torn(height - used)):
            rows, over = [*rows, torn[0]], [torn[1], *over[1:]]
        if not rows or not over:
            return []
        return [self._part(rows), self._part(over, continued=True)]

    @property
    def _is_at_the_head(self) -> bool:
        """Of a page: ReportLab marks what it has sent to the next page once."""
        return hasattr(self, "_postponed")

    def draw(self) -> None:
        places = [*self._places()]
        top = self._draw_head(self.height, places)
        for row in self.laid:
            self._draw_row(row, top, places)
            top -= row.height

    def _part(self, rows: list[_Set], *, continued: bool = False) -> Self:
        part = copy(self)
        part.__dict__.pop("_postponed", None)
        part.laid, part.continued = rows, self.continued or continued
        return part

    @property
    def _head(self) -> float:
        above = BODY_BOLD.leading + 2 if self.title else 0.0
        titles = self._titles
        return above + (titles * QUIET.leading + ABOVE + BELOW if titles else 0.0)

    @property
    def _titles(self) -> int:
        """How many lines the headings take."""
        return max(len(column.title.split("\n")) if column.title else 0 for column in self.columns)

    def _lay_out(self, width: float) -> None:
        if self._set_for == width:
            return
        self._set_for, widths = width, self._widths(width)
        self.laid = [self._laid_out(row, widths) for row in self.rows]

    def _laid_out(self, row: Row, widths: Sequence[float]) -> _Set:
        cells = [_laid(cell, width) for cell, width in zip(row.cells, widths, strict=True)]
        return _Set(tuple(cells), sum(self.padding), row.anchor)

    def _widths(self, width: float) -> list[float]:
        gaps = GAP * (len(self.columns) - 1)
        left = width - gaps - sum(column.width for column in self.columns)
        shares = sum(column.share for column in self.columns if not column.width) or 1.0
        return [column.width or left * column.share / shares for column in self.columns]

    def _places(self) -> Iterator[Place]:
        x = 0.0
        for column, width in zip(self.columns, self._widths(self._set_for), strict=True):
            yield column, x, width
            x += width + GAP

    def _draw_head(self, top: float, places: Sequence[Place]) -> float:
        if self.title:
            told = _("{title} (continued)") if self.continued else "{title}"
            words = fitting(told.format(title=self.title), self._set_for, BODY_BOLD)
            write(self.canv, 0, top - BODY_BOLD.drop, words, BODY_BOLD)
            if not self.continued:
                self.canv.enter_in_outline(self.title, top)
            top -= BODY_BOLD.leading + 2
        if not any(column.title for column in self.columns):
            return top
        foot = top - ABOVE - self._titles * QUIET.leading
        for column, x, width in places:
            anchor = Anchor.END if column.right else Anchor.START
            for place, line in enumerate(reversed(column.title.split("\n")), start=1):
                y = foot + place * QUIET.leading - QUIET.drop
                words = fitting(line, width, QUIET)
                write(self.canv, x + (width if column.right else 0), y, words, QUIET, to=anchor)
        top = foot - BELOW
        self._line(top)
        return top

    def _draw_row(self, row: _Set, top: float, places: Sequence[Place]) -> None:
        if row.anchor:
            self.canv.bookmarkHorizontal(row.anchor, 0, top)
        for (column, x, width), cell in zip(places, row.cells, strict=True):
            below = top - self.padding[0]
            for piece in cell:
                piece.draw(self.canv, x, below, width, column.right)
                below -= piece.height
        if row.ends and self.ruled:
            self._line(top - row.height)

    def _line(self, y: float) -> None:
        self.canv.pen(PAPER.line, 0.35)
        self.canv.line(0, y, self._set_for, y)


def _lines(text: str, width: float, look: Look) -> Sequence[_Line]:
    return [_Line(line, look) for line in wrapped(text, width, look)]


def _laid(cell: Cell, width: float) -> Sequence[Laid]:
    if isinstance(cell, str):
        return _lines(cell, width, PLAIN) if cell else []
    parts: Sequence[Part] = [cell] if isinstance(cell, Part) else cell
    return [piece for part in parts for piece in part.laid(width)]
