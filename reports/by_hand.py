"""What is filled in by hand: choices to tick, forms and grids of lines to write on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from reports.facts import Facts
from reports.paper_canvas import PaperCanvas
from reports.table import GAP, Cell, Column, Laid, Table, TickBox, Words, WritingLine
from reports.type import PLAIN, width_of, write

BOX, BEHIND_BOX, BETWEEN = 9.3, 4.0, 12.0
ON_LINE = PLAIN.drop + 3.0
"""The height of a line to write on that stands level with printed words."""
ROOM = (7.2, 1.0)
"""To write in, above and below such a line: 7 mm from one to the next."""
APART = ROOM[0] + ON_LINE + ROOM[1]


@dataclass(frozen=True, slots=True)
class Choices:
    """Boxes to tick with their words behind them; what does not fit goes to another line.

    `specify`: words behind the last one, and a line to write on.
    """

    options: tuple[str, ...]
    specify: str = ""

    def laid(self, width: float) -> Sequence[Laid]:
        lines: list[list[str]] = []
        room = 0.0
        for option in self.options:
            needed = _width(option)
            if not lines or needed > room:
                lines.append([])
                room = width
            lines[-1].append(option)
            room -= needed + BETWEEN
        last = len(lines) - 1
        return [
            _Boxes(tuple(line), self.specify if place == last else "")
            for place, line in enumerate(lines)
        ]


@dataclass(frozen=True, slots=True)
class _Boxes:
    options: tuple[str, ...]
    specify: str
    height: float = 13.0

    def draw(self, canvas: PaperCanvas, x: float, top: float, width: float, right: bool) -> None:
        end = x + width
        for option in self.options:
            TickBox().draw(canvas, x, top, width, right)
            write(canvas, x + BOX + BEHIND_BOX, top - PLAIN.drop, option, PLAIN)
            x += _width(option) + BETWEEN
        if self.specify:
            Blanks(f"{self.specify} _").draw(canvas, x, top, end - x, right)


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to write on among words: `__ mL in _ min`, each as long as it has underscores."""

    pattern: str
    height: float = ON_LINE

    def laid(self, width: float) -> Sequence[Laid]:
        return [self]

    def draw(self, canvas: PaperCanvas, x: float, top: float, width: float, right: bool) -> None:
        pieces = [piece.strip() for piece in re.split("(_+)", self.pattern)]
        pieces = [piece for piece in pieces if piece]
        words = sum(width_of(piece, PLAIN) for piece in pieces if piece[0] != "_")
        room = width - words - BEHIND_BOX * (len(pieces) - 1)
        for piece in pieces:
            if piece[0] == "_":
                length = room * len(piece) / self.pattern.count("_")
                WritingLine(ON_LINE).draw(canvas, x, top, length, right)
            else:
                length = width_of(piece, PLAIN)
                write(canvas, x, top - PLAIN.drop, piece, PLAIN)
            x += length + BEHIND_BOX


def _width(option: str) -> float:
    return BOX + BEHIND_BOX + width_of(option, PLAIN)


class Form(Facts):
    """Labels with a line each to write on, or with what else stands beside them."""

    padding = ROOM

    def __init__(self, lines: Sequence[str | tuple[str, Cell]], title: str) -> None:
        beside = [(line, WritingLine(ON_LINE)) if isinstance(line, str) else line for line in lines]
        super().__init__(beside, title, label_width=66.0)


class Grid(Table):
    """Lines to write on in rows and columns."""

    ruled = False
    padding = ROOM

    def __init__(
        self, columns: Sequence[str], rows: Sequence[str], title: str, label_width: float
    ) -> None:
        headings = (Column(width=label_width), *(Column(column) for column in columns))
        cells: list[tuple[Cell, ...]] = [
            (Words(row), *(WritingLine(ON_LINE) for _column in columns)) for row in rows
        ]
        super().__init__(headings, cells, title)


class Notes(Flowable):
    """Lines to write on down to the end of the page; nothing where not even one fits."""

    def __init__(self, label: str, label_width: float) -> None:
        super().__init__()
        self.label, self.label_width, self.lines = label, label_width, 0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.lines = max(int(height / APART), 0)
        self.width, self.height = width, self.lines * APART
        return width, self.height

    def draw(self) -> None:
        x = self.label_width + GAP
        for number in range(self.lines):
            top = self.height - number * APART - ROOM[0]
            WritingLine(ON_LINE).draw(self.canv, x, top, self.width - x, False)
        if self.lines:
            write(self.canv, 0, self.height - ROOM[0] - PLAIN.drop, self.label, PLAIN)
