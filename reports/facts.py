"""What is known, as labels with their values; and such blocks in two columns."""

from collections.abc import Sequence
from itertools import chain

from reportlab.platypus import Flowable

from models.words import _
from reports.palette import PAPER
from reports.table import Cell, Column, Part, Table, Words
from reports.type import PLAIN, QUIET, Look
from reports.white import White

LABEL_WIDTH = 76.0
ABOVE, BETWEEN = 8.0, 20.0
MOST_UNEVEN = 280.0
ASIDE = Look(colour=PAPER.quiet)

Fact = tuple[str, Cell | None]


def said(text: str) -> Words:
    """The text; or quietly that nothing was recorded."""
    return Words(text) if text else Words(_("not recorded"), ASIDE)


def told(words: str, *asides: str) -> list[Part]:
    """The words, and under them quietly what else is to be said, each in a line of its own."""
    return [said(words), *(Words(each, QUIET) for each in asides if each)]


def level(cell: Cell) -> Cell:
    """Smaller type set lower, so that its first line stands on the baseline of the plain type."""
    if isinstance(cell, str):
        return cell
    parts: Sequence[Part] = [cell] if isinstance(cell, Part) else cell
    first = parts[0] if parts else None
    if isinstance(first, Words) and first.look.size < PLAIN.size:
        return [White(PLAIN.drop - first.look.drop), *parts]
    return cell


class Facts(Table):
    """Each label in a column of fixed width, its value beside it; what is blank is said so.

    Split between rows; the title is repeated, and stands in the file's outline.
    """

    ruled = False
    padding = (0.0, 2.0)

    def __init__(
        self, facts: Sequence[Fact], title: str = "", label_width: float = LABEL_WIDTH
    ) -> None:
        columns = (Column(width=label_width), Column())
        rows: list[tuple[Cell, ...]] = [
            (Words(label, ASIDE), level(value or said(""))) for label, value in facts
        ]
        super().__init__(columns, rows, title)

    def getSpaceBefore(self) -> float:  # noqa: N802
        return ABOVE if self.title else 0.0


class Beside(Flowable):
    """Blocks in two columns of the same width, in each from the top down; both are split alike.

    Where one column is empty, or so much longer than the other that this saves room, all go over
    the whole width instead.
    """

    def __init__(self, *columns: Sequence[Flowable], each: float = 0.0) -> None:
        """`each`: the width of a column, once it is settled whether there are two."""
        super().__init__()
        self.columns, self._each = columns, each

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._set_in(width)
        self.height: float = max(self._heights())
        return width, self.height

    def getSpaceBefore(self) -> float:  # noqa: N802
        before: float = max(column[0].getSpaceBefore() for column in self.columns if column)
        return before

    def split(self, width: float, height: float) -> list[Flowable]:
        """Nothing, where of one of the columns nothing can stay."""
        self._set_in(width)
        torn = [_torn(column, self._each, height) for column in self.columns]
        if any(over and not stays for stays, over in torn):
            return []
        return [Beside(*columns, each=self._each) for columns in zip(*torn, strict=True)]

    def draw(self) -> None:
        for number, column in enumerate(self.columns):
            x, y = number * (self._each + BETWEEN), self.height
            for place, block in enumerate(column):
                y -= block.wrap(self._each, y)[1] + _above(block, place)
                block.drawOn(self.canv, x, y)

    def _set_in(self, width: float) -> None:
        if self._each:
            return
        self._each = (width - BETWEEN) / 2
        if not all(self.columns) or self._is_lower_in_one(width):
            self.columns, self._each = ([*chain(*self.columns)],), width

    def _is_lower_in_one(self, width: float) -> bool:
        """Whether all below each other, over the whole width, take no more than two columns."""
        heights = self._heights()
        if max(heights) - min(heights) < MOST_UNEVEN:
            return False
        return _height([*chain(*self.columns)], width) <= max(heights)

    def _heights(self) -> list[float]:
        return [_height(column, self._each) for column in self.columns]


def _above(block: Flowable, place: int) -> float:
    """The first block of a column begins at its top."""
    return float(block.getSpaceBefore()) if place else 0.0


def _height(column: Sequence[Flowable], width: float) -> float:
    return sum(
        (block.wrap(width, 0)[1] + _above(block, place) for place, block in enumerate(column)), 0.0
    )


def _torn(
    column: Sequence[Flowable], width: float, height: float
) -> tuple[Sequence[Flowable], Sequence[Flowable]]:
    """What stays and what goes over."""
    for place, block in enumerate(column):
        room = height - _above(block, place)
        high = block.wrap(width, room)[1]
        if high > room:
            above, *below = block.split(width, room) or [None, block]
            return [*column[:place], *([above] if above else [])], [*below, *column[place + 1 :]]
        height = room - high
    return column, []
