"""The swimmer plot of a cohort: a lane for each line, what it achieved and what befell it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.cohort.swimmer import Held, Swim, SwimmerFigures
from models.lanes import Mark
from models.response import RESPONDING, Response
from models.values import DAYS_PER_MONTH
from models.words import _
from reports.drawing import (
    Anchor,
    Area,
    Drawing,
    Line,
    Measure,
    Polygon,
    Rect,
    Shape,
    Text,
)
from reports.layout import shortened, spread
from reports.legend import Painter, flowing
from reports.marks import colour_of, draw_mark
from reports.response_fill import fill_box, pattern_gap, samples
from reports.style import Style

MONTH_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)
ORDER = (Response.CR, Response.VGPR, Response.PR, Response.SD, Response.PD, Response.RELAPSE)
THICK, THIN, PITCH = 0.72, 0.3, 1.5
"""Of a row: a bar under treatment, one after it, and a lane with the room around it."""
SHORTEST = 92
"""In days: no axis is shorter."""


@dataclass(frozen=True, slots=True)
class _Water:
    """Where the lanes lie: days across."""

    left: float
    right: float
    last: int
    style: Style

    def x(self, day: float) -> float:
        return self.left + day / self.last * (self.right - self.left)


def draw_swimmer(
    figures: SwimmerFigures, style: Style, width: float, height: float, measure: Measure
) -> Drawing:
    """As high as its lanes; `height` is not needed."""
    drawing = flowing(_legend(figures, style), width, style, measure)
    drawing.width = width
    head, pitch = drawing.height + style.small * 3.6, style.row * PITCH
    water = _water(figures, style, width, measure)
    foot = head + pitch * len(figures.lanes)
    _draw_axis(water, head, foot, drawing, measure)
    middles = [head + pitch * (place + 0.5) for place in range(len(figures.lanes))]
    filled = [list(_boxes(lane, y, water)) for lane, y in zip(figures.lanes, middles, strict=True)]
    gap = pattern_gap((box for boxes in filled for box, _response in boxes), style)
    for lane, boxes, y in zip(figures.lanes, filled, middles, strict=True):
        drawing.add(*_course(lane, y, water))
        for box, response in boxes:
            drawing.add(*fill_box(box, response, gap, style))
        drawing.add(*_end(lane, y, water), *_marks(lane, y, water))
        label = shortened(lane.label, water.left - style.gap * 2, style.small, measure)
        baseline = y + style.small * 0.36
        drawing.add(Text(0, baseline, label, style.small, style.palette.text))
        words = f"{lane.label}: {lane.words}"
        drawing.areas.append(Area(0, y - pitch / 2, width, pitch, lane.who, words))
    drawing.height = foot + style.small * 1.8
    return drawing


def lanes_that_fit(
    figures: SwimmerFigures, style: Style, width: float, height: float, measure: Measure
) -> int:
    """How many lanes a page of this height holds, at least one."""
    above = flowing(_legend(figures, style), width, style, measure).height + style.small * 5.4
    return max(int((height - above) / (style.row * PITCH)), 1)


def _water(figures: SwimmerFigures, style: Style, width: float, measure: Measure) -> _Water:
    widest = max((measure(lane.label, style.small, False) for lane in figures.lanes), default=0)
    left = min(widest, style.label_column) + style.gap * 2
    return _Water(left, width - style.mark * 1.2, max(figures.last, SHORTEST), style)


def _draw_axis(water: _Water, head: float, foot: float, drawing: Drawing, measure: Measure) -> None:
    style, palette = water.style, water.style.palette
    months, title = water.last / DAYS_PER_MONTH, _("Months since the start of the line")
    widest = measure("000", style.small, False) + style.gap * 3
    room = max((water.right - water.left) / widest, 1)
    step = next((each for each in MONTH_STEPS if months / each <= room), MONTH_STEPS[-1])
    above, below = head - style.small * 0.7, foot + style.small * 1.3
    drawing.add(Text(water.left, above - style.small * 1.4, title, style.small, palette.quiet))
    for month in range(0, int(months) + 1, step):
        x, words = water.x(month * DAYS_PER_MONTH), str(month)
        ink = palette.edge if month == 0 else palette.line
        drawing.add(Line(x, head - style.gap, x, foot, ink, style.hairline))
        for baseline in (above, below):
            size, colour = style.small, palette.quiet
            drawing.add(Text(x, baseline, words, size, colour, anchor=Anchor.MIDDLE))


def _boxes(lane: Swim, y: float, water: _Water) -> Iterator[tuple[Rect, Response]]:
    """The states of the disease: thick under treatment, thin after it."""
    style = water.style
    for held in lane.held:
        for first, last, share in _parts(held, lane.treated):
            high, left = style.row * share, water.x(first)
            wide = max(water.x(last) - left, style.outline)
            yield Rect(left, y - high / 2, wide, high), held.response


def _parts(held: Held, treated: int) -> Iterator[tuple[int, int, float]]:
    if held.first < treated:
        yield held.first, min(held.last, treated), THICK
    if held.last > treated or held.first >= treated:
        yield max(held.first, treated), held.last, THIN


def _course(lane: Swim, y: float, water: _Water) -> Iterator[Shape]:
    """On treatment, off it, and after the next treatment had begun."""
    style, edge = water.style, water.style.palette.edge
    high, start, stop = style.row * THICK, water.x(0), water.x(lane.treated)
    told = water.x(lane.last if lane.following is None else lane.following)
    if told > stop:
        yield Line(stop, y, told, y, edge, style.outline)
    if lane.treated:
        ground = style.palette.ground
        yield Rect(start, y - high / 2, stop - start, high, ground, edge, style.hairline)
    if lane.following is not None:
        yield from _next_line(told, max(told, stop), water.x(lane.last), y, style)


def _next_line(x: float, after: float, end: float, y: float, style: Style) -> Iterator[Shape]:
    """A tick where the next treatment began, and dashes from then on."""
    edge, half, dash = style.palette.edge, style.row * 0.3, style.gap
    yield Line(x, y - half, x, y + half, edge, style.outline)
    if end > after:
        yield Line(after, y, end, y, edge, style.outline, (dash, dash))


def _end(lane: Swim, y: float, water: _Water) -> Iterator[Shape]:
    style, palette = water.style, water.style.palette
    if lane.died:
        yield from draw_mark(Mark.DEATH, water.x(lane.last), y, style)
    elif lane.ongoing:
        yield _arrow(water.x(lane.treated), y, palette.text, style)
    elif _responds_still(lane):
        last = lane.held[-1]
        yield _arrow(water.x(last.last), y, colour_of(last.response, palette), style)


def _responds_still(lane: Swim) -> bool:
    return bool(lane.held) and lane.following is None and lane.held[-1].response in RESPONDING


def _arrow(x: float, y: float, colour: str, style: Style) -> Polygon:
    half = style.row * 0.3
    return Polygon(((x, y - half), (x + style.head * 1.2, y), (x, y + half)), colour)


def _marks(lane: Swim, y: float, water: _Water) -> Iterator[Shape]:
    """Above the bar how the disease turned, on it events and biopsies, moved apart."""
    style = water.style
    above = y - style.row * THICK / 2 - style.hairline
    for day, draw in (
        (lane.responded if lane.responded != lane.complete else None, _responded),
        (lane.complete, _complete),
        (lane.progressed, _progressed),
    ):
        if day is not None:
            yield draw(water.x(day), above, style)
    mark = style.disc * 2
    lefts = [water.x(each.day) - mark / 2 for each in lane.noted]
    placed = spread(lefts, mark, water.left - mark / 2, water.right + mark / 2)
    for each, left in zip(lane.noted, placed, strict=True):
        yield from draw_mark(each.mark, left + mark / 2, y, style, each.letters)


def _responded(x: float, foot: float, style: Style) -> Polygon:
    palette = style.palette
    return Polygon(_upwards(x, foot, style), palette.ground, palette.text, style.outline * 0.75)


def _complete(x: float, foot: float, style: Style) -> Polygon:
    colour = style.palette.text
    return Polygon(_upwards(x, foot, style), colour, colour, style.outline * 0.75)


def _progressed(x: float, foot: float, style: Style) -> Polygon:
    half, high, colour = style.mark * 0.32, style.mark * 0.5, style.palette.wrong
    points = ((x - half, foot - high), (x + half, foot - high), (x, foot))
    return Polygon(points, colour, colour, style.outline * 0.75)


def _upwards(x: float, foot: float, style: Style) -> tuple[tuple[float, float], ...]:
    half, high = style.mark * 0.32, style.mark * 0.5
    return ((x - half, foot), (x, foot - high), (x + half, foot))


def _legend(figures: SwimmerFigures, style: Style) -> Iterator[tuple[Painter, str]]:
    """Only what stands on the lanes."""
    lanes = figures.lanes
    used = {held.response for lane in lanes for held in lane.held}
    yield from samples([each for each in ORDER if each in used], style)
    for told, words, paint in (
        (any(lane.treated for lane in lanes), _("on treatment, not assessed"), _on_treatment),
        (any(lane.following is not None for lane in lanes), _("next treatment"), _following),
        (any(_goes_on(lane) for lane in lanes), _("goes on"), _going_on),
        (any(lane.died for lane in lanes), _("death"), _mark(Mark.DEATH)),
        (_any_day(lanes, "responded"), _("first response"), _turn(_responded)),
        (_any_day(lanes, "complete"), _("complete response"), _turn(_complete)),
        (_any_day(lanes, "progressed"), _("progression"), _turn(_progressed)),
    ):
        if told:
            yield _bound(paint, style), words
    marks = {each.mark for lane in lanes for each in lane.noted}
    for mark in Mark:
        if mark in marks:
            words = (
                _("grade of rash, or of an event from grade 3")
                if mark is Mark.GRADE
                else _(mark.value)
            )
            yield _bound(_mark(mark, "3"), style), words


def _any_day(lanes: Sequence[Swim], name: str) -> bool:
    return any(getattr(lane, name) is not None for lane in lanes)


def _goes_on(lane: Swim) -> bool:
    return not lane.died and (lane.ongoing or _responds_still(lane))


Sample = Callable[[float, float, float, Style], Iterator[Shape]]


def _bound(sample: Sample, style: Style) -> Painter:
    return lambda x, y, wide: sample(x, y, wide, style)


def _on_treatment(x: float, y: float, wide: float, style: Style) -> Iterator[Shape]:
    high = style.row * THICK
    yield Rect(x, y - high / 2, wide, high, None, style.palette.edge, style.hairline)


def _following(x: float, y: float, wide: float, style: Style) -> Iterator[Shape]:
    yield from _next_line(x + style.gap, x + style.gap, x + wide, y, style)


def _going_on(x: float, y: float, wide: float, style: Style) -> Iterator[Shape]:
    yield Line(x, y, x + wide / 2, y, style.palette.edge, style.outline)
    yield _arrow(x + wide / 2, y, style.palette.text, style)


def _mark(mark: Mark, letters: str = "") -> Sample:
    def paint(x: float, y: float, wide: float, style: Style) -> Iterator[Shape]:
        yield from draw_mark(mark, x + wide / 2, y, style, letters)

    return paint


def _turn(draw: Callable[[float, float, Style], Polygon]) -> Sample:
    def paint(x: float, y: float, wide: float, style: Style) -> Iterator[Shape]:
        yield draw(x + wide / 2, y + style.mark * 0.25, style)

    return paint
