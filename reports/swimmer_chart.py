"""The swimmer plot of a cohort: a lane for each line, what it achieved and what befell it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from models.cohort.swimmer import Held, Swim, SwimmerFigures
from models.lanes import Mark
from models.response import Response
from models.values import DAYS_PER_MONTH
from models.words import _
from reports.drawing import Anchor, Area, Drawing, Line, Measure, Rect, Shape, Text
from reports.layout import shortened, spread
from reports.legend import flowing
from reports.marks import draw_mark
from reports.response_fill import fill_box, pattern_gap
from reports.style import Style
from reports.swimmer_legend import ends_open, legend
from reports.swimmer_marks import (
    ARROW,
    THICK,
    THIN,
    complete,
    last_contact,
    next_line,
    progressed,
    responded,
    response_goes_on,
    treatment_goes_on,
)

MONTH_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)
PITCH = 1.5
"""Of a row: a lane with the room around it."""
SHORTEST = 92
"""In days: no axis is shorter."""
UNDER_A_SCALE = 24
"""So many lanes at most stand under one scale: one is always in sight."""


@dataclass(frozen=True, slots=True)
class _Water:
    """Where the lanes lie: days across, and down `head` with one scale for each block of them."""

    left: float
    right: float
    head: float
    lanes: int
    last: int
    style: Style

    def x(self, day: float) -> float:
        return self.left + day / self.last * (self.right - self.left)

    @property
    def pitch(self) -> float:
        return self.style.row * PITCH

    @property
    def scale(self) -> float:
        """The height of the numbers of a scale, with the room around them."""
        return self.style.small * 1.9

    @property
    def block(self) -> int:
        """How many lanes stand under one scale: about as many under each."""
        return ceil(self.lanes / ceil(self.lanes / UNDER_A_SCALE))

    def middle(self, place: int) -> float:
        return self.head + self.pitch * (place + 0.5) + self.scale * (place // self.block)

    @property
    def blocks(self) -> Iterator[tuple[float, float]]:
        """The head and foot of each."""
        for first in range(0, self.lanes, self.block):
            last = min(first + self.block, self.lanes) - 1
            yield self.middle(first) - self.pitch / 2, self.middle(last) + self.pitch / 2

    @property
    def foot(self) -> float:
        return self.middle(self.lanes - 1) + self.pitch / 2


def draw_swimmer(
    figures: SwimmerFigures, style: Style, width: float, height: float, measure: Measure
) -> Drawing:
    """As high as its lanes; `height` is not needed."""
    drawing = flowing(legend(figures.lanes, style), width, style, measure)
    drawing.width = width
    water = _water(figures, drawing.height, style, width, measure)
    _draw_axis(water, drawing, measure)
    middles = [water.middle(place) for place in range(water.lanes)]
    filled = [list(_boxes(lane, y, water)) for lane, y in zip(figures.lanes, middles, strict=True)]
    gap = pattern_gap((box for boxes in filled for box, _response in boxes), style)
    for lane, boxes, y in zip(figures.lanes, filled, middles, strict=True):
        drawing.add(*_course(lane, y, water))
        for box, response in boxes:
            drawing.add(*fill_box(box, response, gap, style))
        drawing.add(*_turns(lane, y, water), *_marks(lane, y, water), *_end(lane, y, water))
        _name(lane, y, water, drawing, measure)
    drawing.height = water.foot + style.small * 1.8
    return drawing


def lanes_that_fit(
    figures: SwimmerFigures, style: Style, width: float, height: float, measure: Measure
) -> int:
    """How many lanes a page of this height holds, at least one."""
    above = flowing(legend(figures.lanes, style), width, style, measure).height
    water = _water(figures, above, style, width, measure)
    room = height - style.small * 1.8
    fit = (n for n in range(1, water.lanes + 1) if replace(water, lanes=n).foot <= room)
    return max(fit, default=1)


def _water(
    figures: SwimmerFigures, above: float, style: Style, width: float, measure: Measure
) -> _Water:
    """The names keep clear of a mark on the first day, and two arrows have room at the end."""
    widest = max((measure(lane.label, style.small, False) for lane in figures.lanes), default=0)
    left = min(widest, style.label_column) + style.gap * 2 + style.disc
    right, head = width - style.mark * 1.8, above + style.small * 3.6
    return _Water(left, right, head, len(figures.lanes), max(figures.last, SHORTEST), style)


def _name(lane: Swim, y: float, water: _Water, drawing: Drawing, measure: Measure) -> None:
    style = water.style
    room = water.left - style.gap * 2 - style.disc
    label = shortened(lane.label, room, style.small, measure)
    drawing.add(Text(0, y + style.small * 0.36, label, style.small, style.palette.text))
    top, words = y - water.pitch / 2, f"{lane.label}: {lane.words}"
    drawing.areas.append(Area(0, top, drawing.width, water.pitch, lane.who, words))


def _draw_axis(water: _Water, drawing: Drawing, measure: Measure) -> None:
    style, palette = water.style, water.style.palette
    months, title = water.last / DAYS_PER_MONTH, _("Months since the start of the line")
    widest = measure("000", style.small, False) + style.gap * 3
    room = max((water.right - water.left) / widest, 1)
    step = next((each for each in MONTH_STEPS if months / each <= room), MONTH_STEPS[-1])
    baseline = water.head - style.small * 2.1
    drawing.add(Text(water.left, baseline, title, style.small, palette.quiet))
    for month in range(0, int(months) + 1, step):
        x, ink = water.x(month * DAYS_PER_MONTH), palette.edge if month == 0 else palette.line
        for head, foot in water.blocks:
            drawing.add(Line(x, head - style.gap, x, foot, ink, style.hairline))
            drawing.add(_number(month, x, head - style.small * 0.7, style))
        drawing.add(_number(month, x, water.foot + style.small * 1.3, style))


def _number(month: int, x: float, baseline: float, style: Style) -> Text:
    colour = style.palette.quiet
    return Text(x, baseline, str(month), style.small, colour, anchor=Anchor.MIDDLE)


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
        yield from next_line(told, max(told, stop), water.x(lane.last), y, style)


def _end(lane: Swim, y: float, water: _Water) -> Iterator[Shape]:
    """Death, what goes on, or the last contact: no lane just stops."""
    style, end = water.style, water.x(lane.last)
    if lane.died:
        yield from draw_mark(Mark.DEATH, end, y, style)
    if lane.ongoing:
        yield treatment_goes_on(water.x(lane.treated), y, style)
    if lane.holds:
        behind = lane.ongoing and lane.treated >= lane.last
        x = end + (style.head * ARROW + style.hairline if behind else 0)
        yield response_goes_on(x, y, lane.holds, style)
    if ends_open(lane):
        yield last_contact(end, y, style)


def _turns(lane: Swim, y: float, water: _Water) -> Iterator[Shape]:
    """Above the bar: how the disease turned."""
    style = water.style
    above = y - style.row * THICK / 2 - style.hairline
    for day, draw in (
        (lane.responded if lane.responded != lane.complete else None, responded),
        (lane.complete, complete),
        (lane.progressed, progressed),
    ):
        if day is not None:
            yield draw(water.x(day), above, style)


def _marks(lane: Swim, y: float, water: _Water) -> Iterator[Shape]:
    """Events and biopsies, moved apart; from one that was moved a hairline leads to its day."""
    style, wide = water.style, water.style.disc * 2
    days = [water.x(each.day) for each in lane.noted]
    lefts = [day - wide / 2 for day in days]
    placed = spread(lefts, wide, water.left - wide / 2, water.right + wide / 2)
    middles = [left + wide / 2 for left in placed]
    foot, colour = y + style.row * 0.62, style.palette.text
    for day, x in zip(days, middles, strict=True):
        if abs(day - x) > style.hairline:
            yield Line(x, y, x, foot, colour, style.hairline)
            yield Line(x, foot, day, foot, colour, style.hairline)
            yield Line(day, foot, day, y + style.row * THICK / 2, colour, style.hairline)
    for each, x in zip(lane.noted, middles, strict=True):
        yield from draw_mark(each.mark, x, y, style, each.letters)
