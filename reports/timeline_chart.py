"""The timeline drawn: lanes of bars, marks and curves under one axis, for screen and paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.lanes import Bar, Lane, LaneKey, Mark, Point, Track
from models.timeline import Timeline
from models.words import ngettext
from reports.axis_chart import draw_axis, grid
from reports.curve_chart import draw_curve
from reports.drawing import Anchor, Drawing, Line, Measure, Rect, Spot, Text
from reports.folded_lane import draw_folded, strip_height
from reports.layout import Placed, Plane, Sheet, packed, place, point_edges, shortened
from reports.marks import bar_height, colour_of, draw_bar, draw_mark, is_patterned, tint
from reports.palette import on
from reports.style import Style

BIOPSY_MARKS = {Mark.ACTIVE_DISEASE, Mark.DRUG_RELATED, Mark.OTHER_RESULT, Mark.AWAITED}
CURVE_GROWS_TO = 1.8

Rows = list[list[Placed]]


@dataclass(slots=True)
class Band:
    """Where a lane lies in a drawing."""

    lane: Lane
    top: float
    bottom: float
    folded: bool = False


@dataclass(slots=True)
class TimelineChart:
    """A drawn timeline: lanes, their names and the axis, their bands, and the plane of the days."""

    drawing: Drawing
    labels: Drawing
    head: Drawing
    plane: Plane
    axis_height: float = 0.0
    bands: list[Band] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class View:
    """What part of a timeline is drawn.

    `room`: the greatest height; where rows need more, the lanes with most rows show fewer and say
    how many more there are, and where they need less the curves grow. `every_lane`: empty lanes
    too. `folded`: these are thin strips. `zoom` widens the axis.
    """

    width: float
    room: float | None = None
    every_lane: bool = False
    folded: frozenset[LaneKey] = frozenset()
    zoom: float = 1.0


def draw_timeline(timeline: Timeline, view: View, style: Style, measure: Measure) -> TimelineChart:
    """Draw a timeline as large as the view says."""
    left, across = style.label_column, (view.width - style.label_column) * view.zoom
    plane = Plane(timeline.axis, left, left + across)
    drawings = Drawing(view.width), Drawing(style.label_column), Drawing(view.width)
    sheet = Sheet(*drawings, plane, style, measure)
    chart = TimelineChart(*drawings, plane)
    lanes = [lane for lane in timeline.lanes if view.every_lane or not lane.empty]
    opened = [lane for lane in lanes if lane.key not in view.folded]
    rows = {lane.key: _rows(lane, sheet) for lane in opened}
    top = chart.axis_height = draw_axis(sheet)
    most, curve = _fitted(opened, rows, style, None if view.room is None else view.room - top)
    for lane in lanes:
        if lane.key in view.folded:
            bottom = top + strip_height(sheet)
            draw_folded(lane, top, sheet)
        else:
            bottom = top + _lane_height(lane, min(len(rows[lane.key]), most), style, curve)
            _draw_lane(lane, rows[lane.key], most, Band(lane, top, bottom), sheet)
        chart.bands.append(Band(lane, top, bottom, lane.key in view.folded))
        top = bottom
    sheet.drawing.height = top
    _draw_behind(chart, sheet)
    return chart


def _draw_behind(chart: TimelineChart, sheet: Sheet) -> None:
    """The grid, and a line above every lane."""
    style, plane = sheet.style, sheet.plane
    behind = grid(plane, sheet.drawing.height, style)
    for band in chart.bands:
        y, colour = band.top, style.palette.line
        behind.add(Line(style.label_column, y, plane.right, y, colour, style.hairline))
        sheet.labels.add(Line(0, y, style.label_column, y, colour, style.hairline))
    sheet.drawing.shapes[:0] = behind.shapes


def _rows(lane: Lane, sheet: Sheet) -> Rows:
    placed = [place(track, sheet) for track in lane.tracks]
    if lane.key is LaneKey.RESPONSE:
        return [placed] if placed else []
    return packed(placed, lambda item: (item.left, item.right), sheet.style.gap * 2)


def _lane_height(lane: Lane, rows: int, style: Style, curve: float) -> float:
    if lane.curve is not None:
        return curve
    lettered = style.small * 1.1 if lane.key is LaneKey.INFUSIONS and rows else 0.0
    return max(rows, 1) * style.row + style.lane_gap + lettered


def _fitted(
    lanes: Sequence[Lane], rows: dict[LaneKey, Rows], style: Style, room: float | None
) -> tuple[int, float]:
    """The most rows of a lane, and the height of a curve, with which all lanes fill the room."""
    most = max((len(found) for found in rows.values()), default=1)
    if room is None:
        return most, style.curve

    def needed(most: int) -> float:
        shown = {lane.key: min(len(rows[lane.key]), most) for lane in lanes}
        return sum(_lane_height(lane, shown[lane.key], style, style.curve) for lane in lanes)

    while most > 1 and needed(most) > room:
        most -= 1
    curves = sum(lane.curve is not None for lane in lanes) or 1
    grown = style.curve + max(room - needed(most), 0) / curves
    return most, min(grown, style.curve * CURVE_GROWS_TO)


def _draw_lane(lane: Lane, rows: Rows, most: int, band: Band, sheet: Sheet) -> None:
    shown, hidden = rows[:most], rows[most:]
    _title(lane, sum(map(len, hidden)), band.top, sheet)
    if lane.curve is not None:
        draw_curve(lane.curve, sheet, band.top, band.bottom - band.top)
        return
    style = sheet.style
    centre = band.bottom - style.lane_gap / 2 - style.row * (max(len(shown), 1) - 0.5)
    for row in shown:
        for placed in row:
            _draw_track(placed, centre, sheet)
        centre += style.row


def _title(lane: Lane, hidden: int, top: float, sheet: Sheet) -> None:
    """The lane's name, and under it the curve's unit or how many tracks found no room."""
    style, room = sheet.style, sheet.style.label_column - sheet.style.gap * 5
    baseline = top + style.lane_gap / 2 + style.row * 0.5 + style.text * 0.36
    name = shortened(lane.title, room, style.text, sheet.measure)
    sheet.labels.add(Text(0, baseline, name, style.text, style.palette.text))
    below = lane.curve.unit if lane.curve else ""
    if hidden:
        below = ngettext("{n} more listed", "{n} more listed", hidden).format(n=hidden)
    if below:
        words = shortened(below, room, style.small, sheet.measure)
        baseline += style.small * 1.3
        sheet.labels.add(Text(0, baseline, words, style.small, style.palette.quiet))


def _draw_track(placed: Placed, y: float, sheet: Sheet) -> None:
    track = placed.track
    for bar in track.bars:
        _draw_bar(bar, track, y, sheet)
    if track.points and track.points[0].mark in BIOPSY_MARKS:
        _join(track.points, y, sheet)
    _draw_points(track.points, y, sheet)
    _draw_label(placed, y, sheet)


def _draw_bar(bar: Bar, track: Track, y: float, sheet: Sheet) -> None:
    style = sheet.style
    left, right = sheet.plane.begin(bar.start), sheet.plane.end(bar.end)
    sheet.drawing.add(*draw_bar(bar, left, right, y, style))
    if track.record:
        height = bar_height(bar.fill, style)
        spot = Spot(left, y - height / 2, right - left, height, track.record, track.words)
        sheet.drawing.spots.append(spot)
    wide = sheet.width_of(bar.letters, True)
    if not bar.letters or wide + style.gap * 2 > right - left:
        return
    colour = on(colour_of(bar.fill, style.palette))
    if is_patterned(bar):
        colour, height = style.palette.text, bar_height(bar.fill, style)
        plate = Rect(left, y - height / 2, wide + style.gap * 2, height, tint(bar, style))
        sheet.drawing.add(plate)
    baseline = y + style.small * 0.36
    sheet.drawing.add(Text(left + style.gap, baseline, bar.letters, style.small, colour, True))


def _join(points: Sequence[Point], y: float, sheet: Sheet) -> None:
    """Biopsies that explain one event hang together."""
    first, last = sheet.plane.middle(points[0].on), sheet.plane.middle(points[-1].on)
    sheet.drawing.add(Line(first, y, last, y, sheet.style.palette.edge, sheet.style.outline))


def _draw_points(points: Sequence[Point], y: float, sheet: Sheet) -> None:
    """Marks, and above them the letters that have room (every fifth cycle)."""
    style, plane = sheet.style, sheet.plane
    free_from = float("-inf")
    for point in points:
        left, right = point_edges(point, plane, style)
        x, half = (left + right) / 2, (right - left) / 2
        sheet.drawing.add(*draw_mark(point.mark, x, y, style, point.letters))
        spot = Spot(x - half, y - half, 2 * half, 2 * half, point.record, point.words)
        sheet.drawing.spots.append(spot)
        if point.letters and point.mark is not Mark.GRADE and x >= free_from:
            baseline = y - style.mark / 2 - style.gap * 0.6
            words = Text(x, baseline, point.letters, style.small, style.palette.quiet)
            sheet.drawing.add(words)
            free_from = x + sheet.width_of(point.letters) + style.gap


def _draw_label(placed: Placed, y: float, sheet: Sheet) -> None:
    style = sheet.style
    if not placed.label:
        return
    if not placed.label_inside:
        sheet.label(placed.label_x, y, placed.label, style.palette.text)
        return
    colour = on(colour_of(placed.track.bars[0].fill, style.palette))
    baseline = y + style.small * 0.36
    text = Text(placed.label_x, baseline, placed.label, style.small, colour, anchor=Anchor.MIDDLE)
    sheet.drawing.add(text)
