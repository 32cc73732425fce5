"""The marks of a swimmer plot's lanes: how they turn, end and go on."""

from collections.abc import Iterator

from models.response import Response
from reports.drawing import Circle, Line, Polygon, Shape
from reports.marks import colour_of
from reports.style import Style

THICK, THIN = 0.72, 0.3
"""Of a row: a bar under treatment, and one after it."""
ARROW = 1.2
"""Of the head of an arrow."""

Points = tuple[tuple[float, float], ...]


def next_line(x: float, after: float, end: float, y: float, style: Style) -> Iterator[Shape]:
    """A tick where the next treatment began, and dashes from then on."""
    edge, half, dash = style.palette.edge, style.row * 0.3, style.gap
    yield Line(x, y - half, x, y + half, edge, style.outline)
    if end > after:
        yield Line(after, y, end, y, edge, style.outline, (dash, dash))


def treatment_goes_on(x: float, y: float, style: Style) -> Polygon:
    return Polygon(_rightwards(x, y, style), style.palette.text)


def response_goes_on(x: float, y: float, response: Response, style: Style) -> Polygon:
    """Hollow, so that it is not taken for the treatment's."""
    colour, ground = colour_of(response, style.palette), style.palette.ground
    return Polygon(_rightwards(x, y, style), ground, colour, style.outline)


def last_contact(x: float, y: float, style: Style) -> Circle:
    palette = style.palette
    return Circle(x, y, style.mark * 0.22, palette.ground, palette.edge, style.outline)


def responded(x: float, foot: float, style: Style) -> Polygon:
    palette = style.palette
    return Polygon(_upwards(x, foot, style), palette.ground, palette.text, style.outline * 0.75)


def complete(x: float, foot: float, style: Style) -> Polygon:
    colour = style.palette.text
    return Polygon(_upwards(x, foot, style), colour, colour, style.outline * 0.75)


def progressed(x: float, foot: float, style: Style) -> Polygon:
    half, high, colour = style.mark * 0.32, style.mark * 0.5, style.palette.wrong
    points = ((x - half, foot - high), (x + half, foot - high), (x, foot))
    return Polygon(points, colour, colour, style.outline * 0.75)


def _upwards(x: float, foot: float, style: Style) -> Points:
    half, high = style.mark * 0.32, style.mark * 0.5
    return ((x - half, foot), (x, foot - high), (x + half, foot))


def _rightwards(x: float, y: float, style: Style) -> Points:
    half = style.row * 0.3
    return ((x, y - half), (x + style.head * ARROW, y), (x, y + half))
