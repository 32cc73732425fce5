"""What is filled in by hand: choices to tick, forms and grids of lines to write on."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.facts import Facts
from reports.paper_canvas import PaperCanvas
from reports.table import Cell, Column, Laid, Table, TickBox, Words, WritingLine
from reports.type import PLAIN, width_of, write

BOX, BEHIND_BOX, BETWEEN = 9.3, 4.0, 12.0
ON_LINE = PLAIN.drop + 3.0
"""The height of a line to write on that stands level with printed words."""
ROOM = (7.2, 1.0)
"""To write in, above and below such a line: 7 mm from one to the next."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Boxes to tick with their words behind them; what does not fit goes to another line.

    `specify`: there is a line to write on behind the last one.
    """

    options: tuple[str, ...]
    specify: bool = False

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
            _Boxes(tuple(line), self.specify and place == last) for place, line in enumerate(lines)
        ]


@dataclass(frozen=True, slots=True)
class _Boxes:
    options: tuple[str, ...]
    specify: bool
    height: float = 13.0

    def draw(self, canvas: PaperCanvas, x: float, top: float, width: float, right: bool) -> None:
        end = x + width
        for option in self.options:
            TickBox().draw(canvas, x, top, width, right)
            write(canvas, x + BOX + BEHIND_BOX, top - PLAIN.drop, option, PLAIN)
            x += _width(option) + BETWEEN
        if self.specify:
            line = WritingLine(ON_LINE)
            line.draw(canvas, x - BETWEEN / 2, top, end - x + BETWEEN / 2, right)


def _width(option: str) -> float:
    return BOX + BEHIND_BOX + width_of(option, PLAIN)


class Form(Facts):
    """Labels with a line each to write on, or with what else stands beside them."""

    padding = ROOM

    def __init__(self, lines: Sequence[str | tuple[str, Cell]], title: str) -> None:
        beside = [(line, WritingLine(ON_LINE)) if isinstance(line, str) else line for line in lines]
        super().__init__(beside, title, label_width=92.0)


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
