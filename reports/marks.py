"""Every mark and fill of the timeline, each with its own shape so that no colour is needed."""

from collections.abc import Callable, Iterator

from models.lanes import Bar, Fill, Mark
from models.response import RANK, Response
from models.therapies import Category
from models.values import Grade
from reports.drawing import (
    Anchor,
    Circle,
    Line,
    Polygon,
    Rect,
    Shape,
    Text,
    crosses,
    diagonals,
    dots,
    mixed,
)
from reports.palette import Palette, on
from reports.style import Style

Draw = Callable[[float, float, Style, str], Iterator[Shape]]


def draw_mark(mark: Mark, x: float, y: float, style: Style, letters: str = "") -> Iterator[Shape]:
    """A mark centred at x, y."""
    return _DRAWN[mark](x, y, style, letters)


def _tick(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    half = style.mark / 2
    yield Line(x, y - half, x, y + half, _systemic(style), style.outline)


def _half_tick(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    half = style.mark / 2
    yield Line(x, y, x, y + half, _systemic(style), style.outline)
    yield Circle(x, y, style.outline, style.palette.ground, _systemic(style), style.outline / 2)


def _arrow_tick(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    half, tip = style.mark / 2, style.mark / 4
    yield Line(x, y - half, x, y + half, _systemic(style), style.outline)
    yield Polygon(
        ((x, y - half), (x + tip, y - half + tip / 2), (x, y - half + tip)),
        fill=style.palette.beware,
        stroke=style.palette.beware,
        thickness=style.hairline,
    )


def _cross(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    arm = style.mark * 0.28
    for rise in (arm, -arm):
        yield Line(x - arm, y - rise, x + arm, y + rise, style.palette.wrong, style.outline)


def _grade(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    colour = style.palette.grades[Grade(int(letters))]
    yield Circle(x, y, style.disc, colour, style.palette.ground, style.outline)
    baseline = y + style.small * 0.36
    yield Text(x, baseline, letters, style.small, on(colour), True, Anchor.MIDDLE)


def _squared_grade(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    colour, half = style.palette.grades[Grade(int(letters))], style.disc * 0.9
    ground, size = style.palette.ground, style.small
    yield Rect(x - half, y - half, 2 * half, 2 * half, colour, ground, style.outline)
    yield Text(x, y + size * 0.36, letters, size, on(colour), True, Anchor.MIDDLE)


def draw_ring(x: float, y: float, style: Style) -> Circle:
    """Around the grade of a serious event."""
    return Circle(x, y, style.disc, None, style.palette.text, style.outline * 1.3)


def _diamond(x: float, y: float, style: Style) -> tuple[tuple[float, float], ...]:
    half = style.mark * 0.5
    return ((x, y - half), (x + half, y), (x, y + half), (x - half, y))


def _filled_diamond(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    colour = style.palette.responses[Response.PD]
    yield Polygon(_diamond(x, y, style), colour, colour, style.outline)


def _hollow_diamond(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    palette = style.palette
    yield Polygon(_diamond(x, y, style), palette.ground, palette.text, style.outline)


def _half_diamond(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    points = _diamond(x, y, style)
    yield Polygon(points, style.palette.ground, style.palette.text, style.outline)
    yield Polygon((points[0], points[2], points[3]), style.palette.text)


def _dotted_diamond(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    dash = (style.outline * 1.2, style.outline * 1.2)
    yield Polygon(
        _diamond(x, y, style),
        style.palette.ground,
        style.palette.text,
        style.outline,
        dashes=dash,
    )


def _dot(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    yield Circle(x, y, style.mark * 0.22, style.palette.text)


def _ring(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    palette = style.palette
    yield Circle(x, y, style.mark * 0.26, palette.ground, palette.text, style.outline)


def _square(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    half = style.mark * 0.25
    yield Rect(x - half, y - half, 2 * half, 2 * half, style.palette.text)


def _death(x: float, y: float, style: Style, letters: str) -> Iterator[Shape]:
    height = style.row * 0.72
    yield Rect(x - style.outline, y - height / 2, style.outline * 3, height, style.palette.text)


_DRAWN: dict[Mark, Draw] = {
    Mark.GIVEN: _tick,
    Mark.REDUCED: _half_tick,
    Mark.DELAYED: _arrow_tick,
    Mark.OMITTED: _cross,
    Mark.GRADE: _grade,
    Mark.OTHER_GRADE: _squared_grade,
    Mark.ACTIVE_DISEASE: _filled_diamond,
    Mark.DRUG_RELATED: _hollow_diamond,
    Mark.OTHER_RESULT: _half_diamond,
    Mark.AWAITED: _dotted_diamond,
    Mark.VISIT_DONE: _dot,
    Mark.VISIT_MISSED: _cross,
    Mark.VISIT_PLANNED: _ring,
    Mark.STAGED: _square,
    Mark.DEATH: _death,
}


def _systemic(style: Style) -> str:
    return style.palette.categories[Category.SYSTEMIC]


def colour_of(fill: Fill, palette: Palette) -> str:
    if isinstance(fill, Category):
        return palette.categories[fill]
    if isinstance(fill, Response):
        return palette.responses[fill]
    return palette.grades[fill]


def bar_height(fill: Fill, style: Style) -> float:
    return style.row * (0.4 if isinstance(fill, Grade) else 0.72)


def draw_bar(bar: Bar, left: float, right: float, y: float, style: Style) -> Iterator[Shape]:
    """A bar from `left` to `right`, centred on `y`: filled, ended and outlined as it is known."""
    colour = colour_of(bar.fill, style.palette)
    height = bar_height(bar.fill, style)
    box = Rect(left, y - height / 2, max(right - left, style.outline * 2), height)
    inner = _soft(bar, box)
    yield from _edges(bar, box, inner, colour, style)
    yield from _filled(bar, inner, colour, style)
    if bar.serious:
        yield Rect(box.x, box.y, box.width, height, None, style.palette.text, style.outline)
    if bar.cut:
        yield _cut(box, style)
    if bar.open_end:
        yield _open_end(box, colour, style)
    if bar.ended_by_death:
        yield from _death(right, y, style, "")


def _soft(bar: Bar, box: Rect) -> Rect:
    """The part of a bar between its soft edges: a third of it at the most on either side."""
    edge = min(box.width / 4, box.height * 1.2)
    left = 0.0 if bar.start.exact else edge
    right = 0.0 if bar.end.exact or bar.open_end else edge
    return Rect(box.x + left, box.y, box.width - left - right, box.height)


SLICES = 8


def _edges(bar: Bar, box: Rect, inner: Rect, colour: str, style: Style) -> Iterator[Shape]:
    """Where a date is partial the bar fades: slices that grow paler outwards."""
    base = mixed(colour, style.palette.ground, 0.45) if is_patterned(bar) else colour
    for begin, width, outwards in (
        (box.x, inner.x - box.x, True),
        (inner.x + inner.width, box.x + box.width - inner.x - inner.width, False),
    ):
        if width <= 0:
            continue
        step = width / SLICES
        for place in range(SLICES):
            share = (place + 0.5) / SLICES if outwards else 1 - (place + 0.5) / SLICES
            tint = mixed(base, style.palette.ground, share)
            yield Rect(begin + place * step, box.y, step + 0.05, box.height, tint)


PATTERNED = frozenset(RANK) - {Response.CR}


def is_patterned(bar: Bar) -> bool:
    return bar.elsewhere or bar.fill in PATTERNED


def tint(bar: Bar, style: Style) -> str:
    """The ground under a pattern."""
    return tinted(bar.fill, style)


def tinted(fill: Fill, style: Style) -> str:
    share = 0.14 if fill is Response.SD else 0.30
    return mixed(colour_of(fill, style.palette), style.palette.ground, share)


def _filled(bar: Bar, box: Rect, colour: str, style: Style) -> Iterator[Shape]:
    if not is_patterned(bar):
        yield Rect(box.x, box.y, box.width, box.height, colour)
        return
    yield Rect(box.x, box.y, box.width, box.height, tint(bar, style))
    yield from pattern(bar.fill, box, style.row * 0.32, style)


def pattern(fill: Fill, box: Rect, gap: float, style: Style) -> Iterator[Shape]:
    """What tells one response from another without its colour; other fills are hatched."""
    colour, thin = colour_of(fill, style.palette), style.outline * 0.9
    if fill in {Response.PD, Response.RELAPSE}:
        yield from crosses(box, gap, colour, thin)
    elif fill is Response.SD:
        yield from dots(box, gap, colour, style.outline * 0.8)
    else:
        yield from diagonals(box, gap, colour, thin)


def _open_end(box: Rect, colour: str, style: Style) -> Polygon:
    """The bar runs on: an arrow head behind its end."""
    right, half = box.x + box.width, max(box.height, style.row * 0.55) / 2
    middle = box.y + box.height / 2
    points = ((right, middle - half), (right + style.head, middle), (right, middle + half))
    return Polygon(points, fill=colour)


def _cut(box: Rect, style: Style) -> Polygon:
    """The bar began earlier: a notch in its beginning."""
    left, depth = box.x - style.hairline, min(style.head, box.width)
    middle, over = box.y + box.height / 2, style.hairline
    top, bottom = box.y - over, box.y + box.height + over
    return Polygon(((left, top), (left + depth, middle), (left, bottom)), style.palette.ground)
