"""A box filled for a response: solid, hatched, dotted, crossed; hollow where none was told."""

from collections.abc import Callable, Iterable, Iterator
from math import ceil

from models.response import Response
from models.words import _
from reports.drawing import Circle, Rect, Shape
from reports.legend import Painter
from reports.marks import colour_of, pattern, tinted
from reports.style import Style

SHAPES = 3500
"""So many strokes at most make up the patterns of a chart, however many boxes it has."""


def pattern_gap(boxes: Iterable[Rect], style: Style) -> float:
    """How far the strokes of all these lie apart: as in a timeline, wider where they are many."""
    around = sum(box.width + box.height for box in boxes)
    return max(style.row * 0.32, 2 * around / SHAPES)


def fill_box(box: Rect, response: Response, gap: float, style: Style) -> Iterator[Shape]:
    palette, colour = style.palette, colour_of(response, style.palette)
    x, y, width, height = box.x, box.y, box.width, box.height
    if response is Response.CR:
        yield Rect(x, y, width, height, colour)
        return
    if response is Response.NOT_ASSESSED:
        yield Rect(x, y, width, height, palette.ground, palette.edge, style.hairline * 2)
        return
    yield Rect(x, y, width, height, tinted(response, style))
    if response is Response.SD and height > width:
        yield from _dots_down(box, gap, colour, style)
    else:
        yield from pattern(response, box, gap, style)
    if width > style.gap * 2:
        yield Rect(x, y, width, height, None, colour, style.hairline)


def _dots_down(box: Rect, gap: float, colour: str, style: Style) -> Iterator[Circle]:
    """Dots in staggered rows, for a box that is higher than wide; they go on in a box beside it."""
    gap = max(style.row * 0.32, gap / 3)
    across, radius = gap * 1.6, style.outline * 0.8
    for row in range(ceil((box.y + radius) / gap), ceil((box.y + box.height - radius) / gap)):
        aside = row % 2 / 2
        first, beyond = (ceil(x / across - aside) for x in (box.x, box.x + box.width))
        for column in range(first, beyond):
            yield Circle((column + aside) * across, row * gap, radius, colour)


def samples(responses: Iterable[Response], style: Style) -> Iterator[tuple[Painter, str]]:
    """For a legend."""
    for each in responses:
        yield _sample(each, style), _capital(each)


def _sample(response: Response, style: Style) -> Callable[[float, float, float], Iterator[Shape]]:
    height = style.row * 0.72

    def paint(x: float, y: float, wide: float) -> Iterator[Shape]:
        yield from fill_box(
            Rect(x, y - height / 2, wide, height), response, style.row * 0.32, style
        )

    return paint


def _capital(response: Response) -> str:
    words = response.words
    told = _("{letters}: {words}")
    if words == response.value or response is Response.NOT_ASSESSED:
        return words
    return told.format(letters=response.value, words=words)
