"""Large type, for a reader at home: a heading at the left, and beside it text, points and lines."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from reportlab.platypus import Flowable, FrameBreak

from reports.palette import PAPER
from reports.paper_canvas import PaperCanvas, ink
from reports.table import Laid, Part, Words, WritingLine
from reports.type import Look, wrapped, write

READING, READING_STRONG = Look(13.0), Look(13.0, strong=True)
CHAPTER, NUMBER = Look(16.0, strong=True), Look(16.0)
HEADING_WIDTH, GUTTER = 130.0, 12.0
ABOVE, BETWEEN, BETWEEN_POINTS = 17.0, 8.0, 4.0
HIGHEST_BLOCK = 560.0
INDENT = 14.0
LINE_HEIGHT, FEWEST_LINES, MOST_LINES = 28.0, 2, 8


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a list."""

    text: str

    def laid(self, width: float) -> Sequence[Laid]:
        lines = wrapped(self.text, width - INDENT, READING)
        return [_PointLine(line, number == 0) for number, line in enumerate(lines)]


@dataclass(frozen=True, slots=True)
class _PointLine:
    text: str
    first: bool
    height: float = field(default=READING.leading)

    def draw(self, canvas: PaperCanvas, x: float, top: float, width: float, right: bool) -> None:
        y = top - READING.drop
        if self.first:
            canvas.setFillColor(ink(PAPER.text))
            canvas.circle(x + 4, y + READING.size * 0.33, 1.9, stroke=0, fill=1)
        write(canvas, x + INDENT, y, self.text, READING)


Block = Sequence[Part]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece with the gap above it; `begins`: a page may end above it.

    `lead`: the words that open the list of which it is a point; repeated where it begins a page.
    """

    laid: Laid
    gap: float = 0.0
    begins: bool = False
    lead: Sequence[Laid] = ()

    @property
    def height(self) -> float:
        return self.laid.height + self.gap


class Chapter(Flowable):
    """A heading with an entry in the file's outline, and blocks beside it.

    A page ends between two blocks or points; only what is too high for a page is torn apart.
    """

    def __init__(self, title: str, blocks: Sequence[Block]) -> None:
        super().__init__()
        self.title, self.blocks, self.continued = title, blocks, False
        self._pieces: Sequence[_Piece] = ()

    def getSpaceBefore(self) -> float:  # noqa: N802
        return ABOVE

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self._heading = wrapped(self.title, HEADING_WIDTH, CHAPTER)
        self._pieces = self._pieces or [*_pieces(self.blocks, width - HEADING_WIDTH - GUTTER)]
        text = sum(piece.height for piece in self._pieces)
        self.height: float = max(text, len(self._heading) * CHAPTER.leading)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        stay = self._fitting(height)
        if not stay:
            return []
        rest = self._part(self._pieces[stay:], continued=True)
        return [self._part(self._pieces[:stay]), FrameBreak(), rest]

    def draw(self) -> None:
        y = self.height - CHAPTER.drop
        for line in self._heading:
            write(self.canv, 0, y, line, CHAPTER)
            y -= CHAPTER.leading
        if not self.continued:
            self.canv.enter_in_outline(self.title, self.height)
        x, top = HEADING_WIDTH + GUTTER, self.height - (CHAPTER.drop - READING.drop)
        for piece in self._pieces:
            top -= piece.gap
            piece.laid.draw(self.canv, x, top, self.width - x, right=False)
            top -= piece.laid.height

    def _fitting(self, height: float) -> int:
        """How many pieces stay on a page; 0 where all of it goes to the next."""
        ends = [*accumulate(piece.height for piece in self._pieces)]
        fit = bisect_right(ends, height)
        if height < CHAPTER.leading * len(self._heading) or fit == len(ends):
            return 0
        borders = [place for place, piece in enumerate(self._pieces) if piece.begins and place]
        before = [place for place in borders if place <= fit]
        if before:
            return before[-1]
        first_ends = ends[borders[0] - 1] if borders else ends[-1]
        return fit if first_ends > HIGHEST_BLOCK and fit > 1 else 0

    def _part(self, pieces: Sequence[_Piece], *, continued: bool = False) -> "Chapter":
        part = Chapter(self.title, ())
        first, *others = pieces
        gap = BETWEEN_POINTS if first.lead else 0.0
        part._pieces = [*map(_Piece, first.lead), _Piece(first.laid, gap), *others]
        part.continued = self.continued or continued
        return part


class Questions(Chapter):
    """Lines to write on, as far as the page has room for them; with less room nothing.

    The white above it is its own, so that it never begins a page.
    """

    def __init__(self, title: str) -> None:
        super().__init__(title, ())

    def getSpaceBefore(self) -> float:  # noqa: N802
        return 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        lines = min(int((height - ABOVE) / LINE_HEIGHT), MOST_LINES)
        self._pieces = [_Piece(WritingLine(LINE_HEIGHT))] * lines
        super().wrap(width, height)
        self.height = self.height + ABOVE if lines >= FEWEST_LINES else 0.0
        return width, self.height

    def draw(self) -> None:
        if self.height:
            self.height -= ABOVE
            super().draw()


def _pieces(blocks: Sequence[Block], width: float) -> Iterator[_Piece]:
    """A block, and a point that is not the first of its block, may begin a page."""
    for number, block in enumerate(blocks):
        opening: Sequence[Laid] = ()
        for place, part in enumerate(block):
            gap = BETWEEN if number and not place else 0.0
            first, *others = laid = part.laid(width)
            if not place and not isinstance(part, Point):
                opening = laid
            if place and isinstance(part, Point):
                yield _Piece(first, BETWEEN_POINTS, begins=place > 1, lead=opening)
            else:
                yield _Piece(first, gap, begins=not place)
            yield from map(_Piece, others)


def reading(text: str) -> Words:
    return Words(text, READING)
