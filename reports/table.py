"""A table on paper: headings repeated on every page, rows that are never torn apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from models.words import _
from reports.drawing import Anchor
from reports.flow import ABOVE_HEADING
from reports.palette import PAPER
from reports.type import BODY_BOLD, PLAIN, QUIET, Look, fitting, wrapped, write

GAP = 8.0
ABOVE, BELOW = 2.0, 3.0
MOST_LINES = 36


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in points; without one it takes its `share` of what the others leave."""

    title: str = ""
    width: float = 0.0
    share: float = 1.0
    right: bool = False


@runtime_checkable
class Part(Protocol):
    """What a cell holds one below the other."""

    def laid(self, width: float) -> "Sequence[Laid]":
        """It in pieces of which none is torn apart."""


class Laid(Protocol):
    """A piece of a cell."""

    @property
    def height(self) -> float: ...

    def draw(self, canvas: Canvas, x: float, top: float, width: float, right: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Words:
    """Text in a cell."""

    text: str
    look: Look = PLAIN

    def laid(self, width: float) -> Sequence[Laid]:
        return [_Line(line, self.look) for line in wrapped(self.text, width, self.look)]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    look: Look

    @property
    def height(self) -> float:
        return self.look.leading

    def draw(self, canvas: Canvas, x: float, top: float, width: float, right: bool) -> None:
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

    def draw(self, canvas: Canvas, x: float, top: float, width: float, right: bool) -> None:
        canvas.setStrokeColor(HexColor(PAPER.text))
        canvas.setLineWidth(0.8)
        canvas.setDash([])
        canvas.rect(x + 0.4, top - 9.6, 8.5, 8.5)


@dataclass(frozen=True, slots=True)
class WritingLine:
    """A line to be written on by hand."""

    height: float = 16.0

    def laid(self, width: float) -> Sequence[Laid]:
        return [self]

    def draw(self, canvas: Canvas, x: float, top: float, width: float, right: bool) -> None:
        canvas.setStrokeColor(HexColor(PAPER.edge))
        canvas.setLineWidth(0.8)
        canvas.setDash([])
        canvas.line(x, top - self.height + 2, x + width, top - self.height + 2)


Cell = str | Part | Sequence[Part]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right; `anchor`: what a link elsewhere in the file leads to."""

    cells: tuple[Cell, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class _Set:
    """A row as it will be drawn; one that is too high for a page is several of these."""

    cells: tuple[Sequence[Laid], ...]
    anchor: str = ""
    ends: bool = True
    height: float = field(default=0.0)


class Table(Flowable):
    """Rows under repeated headings; the title is repeated too, and stands in the file's outline."""

    def __init__(
        self, columns: Sequence[Column], rows: Sequence[Row | tuple[Cell, ...]], title: str = ""
    ) -> None:
        super().__init__()
        self.columns, self.title = tuple(columns), title
        self.rows = [row if isinstance(row, Row) else Row(tuple(row)) for row in rows]
        self.continued = False
        self._set: list[_Set] = []
        self._set_for = 0.0

    def getSpaceBefore(self) -> float:  # noqa: N802
        return ABOVE_HEADING if self.title else 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._lay_out(width)
        self.height = self._head + sum(row.height for row in self._set)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """As many rows as fit stay, at least one."""
        self._lay_out(width)
        used, stay = self._head, 0
        while stay < len(self._set) and used + self._set[stay].height <= height:
            used += self._set[stay].height
            stay += 1
        if not 0 < stay < len(self._set):
            return []
        return [self._part(self._set[:stay]), self._part(self._set[stay:], continued=True)]

    def draw(self) -> None:
        top = self._draw_head(self.height)
        for row in self._set:
            self._draw_row(row, top)
            top -= row.height

    def _part(self, rows: list[_Set], *, continued: bool = False) -> "Table":
        part = Table(self.columns, [], self.title)
        part._set, part._set_for = rows, self._set_for
        part.continued = self.continued or continued
        return part

    @property
    def _head(self) -> float:
        titles = any(column.title for column in self.columns)
        above = BODY_BOLD.leading + 2 if self.title else 0.0
        return above + (QUIET.leading + ABOVE + BELOW if titles else 0.0)

    def _lay_out(self, width: float) -> None:
        if self._set_for == width:
            return
        self._set_for, widths = width, self._widths(width)
        self._set = [part for row in self.rows for part in _set(row, widths)]

    def _widths(self, width: float) -> list[float]:
        gaps = GAP * (len(self.columns) - 1)
        left = width - gaps - sum(column.width for column in self.columns)
        shares = sum(column.share for column in self.columns if not column.width) or 1.0
        return [column.width or left * column.share / shares for column in self.columns]

    def _places(self) -> Iterator[tuple[Column, float, float]]:
        """Each column with its left edge and its width."""
        x = 0.0
        for column, width in zip(self.columns, self._widths(self._set_for), strict=True):
            yield column, x, width
            x += width + GAP

    def _draw_head(self, top: float) -> float:
        if self.title:
            told = _("{title} (continued)") if self.continued else "{title}"
            write(self.canv, 0, top - BODY_BOLD.drop, told.format(title=self.title), BODY_BOLD)
            if not self.continued:
                self.canv.enter_in_outline(self.title, top)
            top -= BODY_BOLD.leading + 2
        if not any(column.title for column in self.columns):
            return top
        y = top - ABOVE - QUIET.drop
        for column, x, width in self._places():
            words = fitting(column.title, width, QUIET)
            anchor = Anchor.END if column.right else Anchor.START
            write(self.canv, x + (width if column.right else 0), y, words, QUIET, to=anchor)
        top -= QUIET.leading + ABOVE + BELOW
        self._line(top)
        return top

    def _draw_row(self, row: _Set, top: float) -> None:
        if row.anchor:
            self.canv.bookmarkHorizontal(row.anchor, 0, top)
        for (column, x, width), cell in zip(self._places(), row.cells, strict=True):
            below = top - ABOVE
            for piece in cell:
                piece.draw(self.canv, x, below, width, column.right)
                below -= piece.height
        if row.ends:
            self._line(top - row.height)

    def _line(self, y: float) -> None:
        self.canv.setStrokeColor(HexColor(PAPER.line))
        self.canv.setLineWidth(0.35)
        self.canv.setDash([])
        self.canv.line(0, y, self._set_for, y)


def _set(row: Row, widths: Sequence[float]) -> Iterator[_Set]:
    """The row laid out; one of very many lines in several parts."""
    cells = [_laid(cell, width) for cell, width in zip(row.cells, widths, strict=True)]
    longest = max(map(len, cells), default=0)
    for begin in range(0, max(longest, 1), MOST_LINES):
        parts = tuple(cell[begin : begin + MOST_LINES] for cell in cells)
        height = max((sum(piece.height for piece in part) for part in parts), default=0.0)
        ends = begin + MOST_LINES >= longest
        yield _Set(parts, "" if begin else row.anchor, ends, height + ABOVE + BELOW)


def _laid(cell: Cell, width: float) -> list[Laid]:
    if isinstance(cell, str):
        return [*Words(cell).laid(width)] if cell else []
    parts: Sequence[Part] = [cell] if isinstance(cell, Part) else cell
    return [piece for part in parts for piece in part.laid(width)]
