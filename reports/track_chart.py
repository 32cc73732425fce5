"""One track drawn: its bars, its marks with what is written at them, and its name."""

from collections.abc import Iterator, Sequence

from models.lanes import Bar, LaneKey, Mark, Point, Track
from reports.drawing import Line, Rect, Spot, Text
from reports.layout import Sheet
from reports.marks import (
    bar_height,
    colour_of,
    draw_bar,
    draw_mark,
    draw_ring,
    is_patterned,
    tint,
)
from reports.palette import on
from reports.placing import BIOPSY_MARKS, Placed, Side, Span, mark_width

VISITS = frozenset({Mark.VISIT_DONE, Mark.VISIT_MISSED, Mark.VISIT_PLANNED})
READABLE = 0.35
"""Of a mark's size: how near two visits come before one is lifted."""
LIFTS = (0.0, -0.62, 0.62)
"""Of a mark's size: the rows of visits of one time."""


def draw_track(placed: Placed, y: float, key: LaneKey, sheet: Sheet) -> None:
    """A track centred on `y`."""
    track = placed.track
    for bar, span in zip(track.bars, placed.bars, strict=True):
        if span[1] > span[0]:
            _draw_bar(bar, span, track, y, sheet)
    if placed.label and placed.side is Side.PLATE:
        _draw_plate(placed, y, sheet)
    if track.points:
        _draw_points(placed, y, key, sheet)
    if placed.label and placed.side is not Side.PLATE:
        _draw_label(placed, y, sheet)


def letters_fit(bar: Bar, span: Span, sheet: Sheet) -> bool:
    return sheet.width_of(bar.letters, True) + sheet.style.gap * 2 <= span[1] - span[0]


def draw_letters(row: Sequence[Placed], y: float, sheet: Sheet) -> None:
    """Centred on `y`, above a row: the letters of its marks and of bars too short, as fits."""
    free, right = float("-inf"), sheet.plane.right
    for x, letters, of_bar in sorted(_above(row, sheet)):
        width = sheet.width_of(letters)
        wanted = min(x, right - width)
        start = max(wanted, free) if of_bar and free - wanted <= width else wanted
        if free <= start <= right - width:
            sheet.label(start, y, letters, sheet.style.palette.quiet)
            free = start + width + sheet.style.gap


def _above(row: Sequence[Placed], sheet: Sheet) -> Iterator[tuple[float, str, bool]]:
    """Where letters begin, and whether they are those of a bar, which may move a little."""
    for placed in row:
        for bar, span in zip(placed.track.bars, placed.bars, strict=True):
            if bar.letters and not letters_fit(bar, span, sheet):
                yield span[0], bar.letters, True
        if not placed.track.bars:
            pairs = zip(placed.marks, placed.track.points, strict=True)
            yield from ((x, point.letters, False) for x, point in pairs if point.letters)


def _draw_bar(bar: Bar, span: Span, track: Track, y: float, sheet: Sheet) -> None:
    style, (left, right) = sheet.style, span
    sheet.drawing.add(*draw_bar(bar, left, right, y, style))
    height = bar_height(bar.fill, style)
    if track.record:
        spot = Spot(left, y - height / 2, right - left, height, track.record)
        sheet.drawing.spots.append(spot)
    if not bar.letters or not letters_fit(bar, span, sheet):
        return
    colour = on(colour_of(bar.fill, style.palette))
    if is_patterned(bar):
        colour = style.palette.text
        wide = sheet.width_of(bar.letters, True) + style.gap * 2
        sheet.drawing.add(Rect(left, y - height / 2, wide, height, tint(bar, style)))
    baseline = y + style.small * 0.36
    sheet.drawing.add(Text(left + style.gap, baseline, bar.letters, style.small, colour, True))


def _draw_points(placed: Placed, y: float, key: LaneKey, sheet: Sheet) -> None:
    points, style = placed.track.points, sheet.style
    if points[0].mark in BIOPSY_MARKS:
        _join(placed.marks, y, sheet)
    if key is LaneKey.INFUSIONS:
        _draw_planned(placed, y, sheet)
    lifts = _lifts(placed.marks, sheet) if points[0].mark in VISITS else [0.0] * len(points)
    for point, x, lift in zip(points, placed.marks, lifts, strict=True):
        letters = point.letters if point.mark is Mark.GRADE else ""
        sheet.drawing.add(*draw_mark(point.mark, x, y + lift, style, letters))
        if placed.track.bars and placed.track.bars[0].serious:
            sheet.drawing.add(draw_ring(x, y, style))
        half = max(mark_width(point.mark, style), style.mark) / 2
        spot = Spot(x - half, y + lift - half, 2 * half, 2 * half, point.record)
        sheet.drawing.spots.append(spot)
    if key is LaneKey.STAGE:
        _draw_stages(points, placed.marks, y, sheet)


def _join(marks: Sequence[float], y: float, sheet: Sheet) -> None:
    """Biopsies that explain one event hang together."""
    style = sheet.style
    sheet.drawing.add(Line(marks[0], y, marks[-1], y, style.palette.edge, style.outline))


def _lifts(marks: Sequence[float], sheet: Sheet) -> list[float]:
    """Visits of one day stand above each other."""
    mark, lifts = sheet.style.mark, []
    ends = [float("-inf")] * len(LIFTS)
    for x in marks:
        row = next((row for row, end in enumerate(ends) if x - end >= mark * READABLE), 0)
        ends[row] = x
        lifts.append(LIFTS[row] * mark)
    return lifts


def _draw_planned(placed: Placed, y: float, sheet: Sheet) -> None:
    """Under the infusions as given a rule of the days as planned; what was late is led back."""
    style, plane = sheet.style, sheet.plane
    top, foot = y + style.mark * 0.62, y + style.mark * 0.9
    edge, late = style.palette.edge, style.palette.beware
    for point, x in zip(placed.track.points, placed.marks, strict=True):
        if point.planned is None or plane.axis.first > point.planned:
            continue
        planned = plane.x(point.planned)
        sheet.drawing.add(Line(planned, top, planned, foot, edge, style.hairline * 1.5))
        if point.mark is not Mark.OMITTED and point.planned < point.on.first:
            sheet.drawing.add(Line(planned, top, x, top, late, style.hairline * 1.5))


def _draw_stages(points: Sequence[Point], marks: Sequence[float], y: float, sheet: Sheet) -> None:
    """The stage and its classes as far as there is room between its neighbours."""
    reach = sheet.style.mark * 0.3 + sheet.style.gap
    limits = [*(x - reach for x in marks[1:]), sheet.plane.right]
    free = sheet.plane.left
    for point, x, limit in zip(points, marks, limits, strict=True):
        told = [" · ".join(filter(None, (point.letters, point.more))), point.letters]
        for words, start in _beside(told, x, reach, sheet):
            end = start + sheet.width_of(words)
            if free <= start and end <= limit:
                sheet.label(start, y, words, sheet.style.palette.text)
                free = end + sheet.style.gap
                break
        free = max(free, x + reach)


def _beside(
    told: Sequence[str], x: float, reach: float, sheet: Sheet
) -> Iterator[tuple[str, float]]:
    """Words and where they may begin: to the right of a mark, to its left; the longest first."""
    for words in told:
        yield words, x + reach
        yield words, x - reach - sheet.width_of(words)


def _draw_plate(placed: Placed, y: float, sheet: Sheet) -> None:
    """A name that breaks its bar."""
    bar, palette = placed.track.bars[0], sheet.style.palette
    thin = bar_height(bar.fill, sheet.style) < sheet.style.small
    ground = palette.ground if thin else tint(bar, sheet.style)
    sheet.plate(placed.label_x, y, placed.label, ground)
    baseline = y + sheet.style.small * 0.36
    words = Text(placed.label_x, baseline, placed.label, sheet.style.small, palette.text)
    sheet.drawing.add(words)


def _draw_label(placed: Placed, y: float, sheet: Sheet) -> None:
    style = sheet.style
    if placed.side is Side.BESIDE:
        sheet.label(placed.label_x, y, placed.label, style.palette.text)
        return
    colour = on(colour_of(placed.track.bars[0].fill, style.palette))
    baseline = y + style.small * 0.36
    sheet.drawing.add(Text(placed.label_x, baseline, placed.label, style.small, colour))
