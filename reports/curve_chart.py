"""A curve of measurements: its own scale, thresholds, first value, nadir and last value."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.lanes import Curve, Value
from models.words import _, day_words, number_words
from reports.drawing import Anchor, Circle, Line, Polygon, Spot, Text
from reports.layout import Sheet
from reports.scale import Scale, scale_of, ticks

Box = tuple[float, float, float, float]
Place = tuple[float, float]
CROSSED, NEAR_LINE = 100.0, 8.0


def draw_curve(curve: Curve, sheet: Sheet, top: float, height: float) -> float:
    """A curve in the lane below `top`; returns where its scale begins in the column of names."""
    style, palette, plane = sheet.style, sheet.style.palette, sheet.plane
    head, foot = top + style.small * 1.2, top + height - style.gap * 2
    scale = scale_of(curve, head, foot, style.small * 1.4)
    begins = _draw_scale(curve, scale, sheet)
    places = tuple((plane.x(item.on), scale.y(item.value)) for item in curve.values)
    if len(places) > 1:
        sheet.drawing.add(Polygon(places, None, palette.text, style.outline * 1.2, closed=False))
    for item, (x, y) in zip(curve.values, places, strict=True):
        _point(item, x, y, sheet)
    levels = [scale.foot, *(scale.y(value) for _name, value in curve.thresholds)]
    room = (plane.left + 1, top + 1, plane.right - 1, top + height - 1)
    upright = [x for x, above, below in sheet.lines if above < foot and below > head]
    _write_values(curve, _Free(places, levels, upright, room, []), sheet)
    return begins


def _draw_scale(curve: Curve, scale: Scale, sheet: Sheet) -> float:
    style, palette, plane = sheet.style, sheet.style.palette, sheet.plane
    edge, begins = style.label_column, style.label_column
    for tick in ticks(curve, scale, style.small * 1.1, style.small * 1.4):
        y = scale.y(tick.value)
        x = edge - style.gap * 1.2
        baseline = tick.y + style.small * 0.36
        sheet.labels.add(
            Text(x, baseline, tick.words, style.small, palette.quiet, anchor=Anchor.END),
            Line(edge - style.gap * 0.7, y, edge, y, palette.edge, style.hairline),
        )
        begins = min(begins, x - sheet.width_of(tick.words))
    dash = (style.hairline * 5, style.hairline * 5)
    for _name, value in curve.thresholds:
        if value <= scale.top:
            y = scale.y(value)
            line = Line(plane.left, y, plane.right, y, palette.edge, style.hairline, dash)
            sheet.drawing.add(line)
    foot = Line(plane.left, scale.foot, plane.right, scale.foot, palette.edge, style.hairline)
    sheet.drawing.add(foot)
    return begins


def _point(item: Value, x: float, y: float, sheet: Sheet) -> None:
    style, half = sheet.style, sheet.style.mark / 2
    sheet.drawing.add(Circle(x, y, style.outline * 1.4, style.palette.text))
    sheet.drawing.spots.append(Spot(x - half, y - half, style.mark, style.mark, item.record))


def _write_values(curve: Curve, free: "_Free", sheet: Sheet) -> None:
    """The first value and the nadir; the last one where there is room."""
    style, nadir = sheet.style, curve.nadir
    low = curve.values.index(nadir) if nadir else None
    if nadir and low:
        _nadir_mark(free.places[low], sheet)
        x, y = free.places[low]
        half = style.mark * 0.28
        free.taken.append((x - half, y - style.gap - half * 1.5, x + half, y - style.gap))
        _write(_("nadir {value}").format(value=number_words(nadir.value)), low, free, sheet)
    _write(number_words(curve.values[0].value), 0, free, sheet)
    last = len(curve.values) - 1
    if last and curve.values[last] != nadir and curve.values[last].value > curve.lowest:
        _write(number_words(curve.values[last].value), last, free, sheet, optional=True)
    if curve.earlier:
        _write_first(curve.earlier[0], free, sheet)


def _write_first(first: Value, free: "_Free", sheet: Sheet) -> None:
    """The first value of all, at the left edge where it lies before what is shown."""
    words = _("first {value}, {date}")
    words = words.format(value=number_words(first.value), date=day_words(first.on))
    left, low, _right, foot = free.room
    left, height = left + sheet.style.gap, sheet.style.small
    right = left + sheet.width_of(words)
    tops = (low + height * step / 2 for step in range(max(int((foot - low) / height * 2) - 1, 1)))
    _put(words, ((left, top, right, top + height) for top in tops), free, sheet)


def _nadir_mark(place: Place, sheet: Sheet) -> None:
    """A small triangle on the lowest value."""
    style, (x, y) = sheet.style, place
    half, tip = style.mark * 0.28, y - style.gap
    triangle = ((x, tip), (x - half, tip - half * 1.5), (x + half, tip - half * 1.5))
    sheet.drawing.add(Polygon(triangle, style.palette.text))


def _write(text: str, at: int, free: "_Free", sheet: Sheet, *, optional: bool = False) -> None:
    """A value beside its point."""
    style = sheet.style
    width, height = sheet.width_of(text), style.small
    ends = {0: -1, len(free.places) - 1: 1}
    boxes = _around(free.places[at], width, height, style.gap * 1.2, ends.get(at, 0))
    _put(text, boxes, free, sheet, optional=optional)


def _put(
    text: str, boxes: Iterable[Box], free: "_Free", sheet: Sheet, *, optional: bool = False
) -> None:
    """Into the box that meets least; of equal ones the first."""
    style = sheet.style
    costs = [(free.cost(box) + order, order, box) for order, box in enumerate(boxes)]
    cost, _order, box = min(costs)
    if optional and cost >= NEAR_LINE:
        return
    box = free.within(box)
    free.taken.append(box)
    middle = (box[1] + box[3]) / 2
    if cost >= NEAR_LINE:
        sheet.plate(box[0], middle, text, style.palette.ground)
    sheet.label(box[0], middle, text, style.palette.text)


def _around(place: Place, width: float, height: float, gap: float, end: int) -> Iterator[Box]:
    """Boxes around a point, the best first: before the first one (-1), after the last one (1)."""
    x, y = place
    left, right, middle = x - gap - width, x + gap, x - width / 2
    above, level, below = y - gap - height, y - height / 2, y + gap
    found = [(right, above), (middle, above), (right, level), (left, above), (right, below)]
    found += [(middle, below), (left, below), (left, level)]
    found += [(start, above - height * step) for step in (1, 2) for start in (right, middle, left)]
    if end:
        found.insert(0, (right if end > 0 else left, level))
    for start, top in found:
        yield start, top, start + width, top + height


@dataclass(frozen=True, slots=True)
class _Free:
    """What a value must not be written on: the curve, lines across and upright, other values."""

    places: Sequence[Place]
    levels: Sequence[float]
    upright: Sequence[float]
    room: Box
    taken: list[Box]

    def cost(self, box: Box) -> float:
        """0 where nothing is met."""
        left, top, right, bottom = box
        low, high, most, foot = self.room
        if left < low or top < high or right > most or bottom > foot:
            return 4 * CROSSED
        met = sum(_meet(box, other) for other in self.taken)
        places = self._about(left - 1, right + 1)
        met += any(_crosses(a, b, box) for a, b in pairwise(places))
        met += any(left - 1 < x < right + 1 and top - 1 < y < bottom + 1 for x, y in places)
        near = sum(top - 1 < level < bottom + 1 for level in self.levels)
        near += 2 * sum(left - 1 < x < right + 1 for x in self.upright)
        return CROSSED * met + NEAR_LINE * near

    def _about(self, left: float, right: float) -> Sequence[Place]:
        """The points of the curve from `left` to `right`, with one more on either side."""
        first = bisect_left(self.places, left, key=_across)
        return self.places[max(first - 1, 0) : bisect_right(self.places, right, key=_across) + 1]

    def within(self, box: Box) -> Box:
        """The box, moved into the room."""
        left, top, right, bottom = box
        low, high, most, foot = self.room
        across = max(low - left, 0.0) or min(most - right, 0.0)
        down = max(high - top, 0.0) or min(foot - bottom, 0.0)
        return left + across, top + down, right + across, bottom + down


def _across(place: Place) -> float:
    return place[0]


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] + 1 and other[0] < one[2] + 1 and one[1] < other[3] and other[1] < one[3]
    )


def _crosses(start: Place, end: Place, box: Box) -> bool:
    """Whether a straight line passes through a box."""
    left, top, right, bottom = box
    if end[0] <= left or start[0] >= right:
        return False
    slope = (end[1] - start[1]) / ((end[0] - start[0]) or 1e-9)
    ys = [start[1] + slope * (min(max(x, start[0]), end[0]) - start[0]) for x in (left, right)]
    return max(ys) > top and min(ys) < bottom
