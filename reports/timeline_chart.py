"""The timeline drawn: lanes of bars, marks and curves under one axis, for screen and paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from models.lanes import Lane, LaneKey
from models.timeline import Timeline
from models.words import _, ngettext
from reports.across_lanes import draw_explained, draw_grid, draw_last_known, foot_height
from reports.axis_chart import draw_axis
from reports.curve_chart import draw_curve
from reports.drawing import Drawing, Measure, Text
from reports.folded_lane import draw_folded, strip_height
from reports.layout import Plane, Sheet, packed, shortened
from reports.placing import Placed, place
from reports.style import Style
from reports.track_chart import draw_letters, draw_track, letters_fit

LOWEST_CURVE, HIGHEST_CURVE = 0.8, 1.8
"""Of a curve's usual height, where there is little room and where there is much."""


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

    `room`: the greatest height; where rows need more, the lanes with most rows show the fullest
    ones and say how many more there are. `every_lane`: empty lanes too. `folded`: these are thin
    strips. `zoom` widens the axis. `grown`: curves grow to fill the room.
    """

    width: float
    room: float | None = None
    every_lane: bool = False
    folded: frozenset[LaneKey] = frozenset()
    zoom: float = 1.0
    grown: bool = True


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a lane: those with room on the page, and how many tracks have none.

    `lettered`: whether letters stand above the first row.
    """

    shown: list[list[Placed]]
    hidden: int = 0
    lettered: bool = False


def draw_timeline(timeline: Timeline, view: View, style: Style, measure: Measure) -> TimelineChart:
    """Draw a timeline as large as the view says."""
    chart, rows, sheet = _laid_out(timeline, view, style, measure)
    _draw_lanes(chart, rows, timeline, sheet)
    return chart


def height_of(timeline: Timeline, view: View, style: Style, measure: Measure) -> float:
    """How high it will be drawn."""
    chart, _rows_of_lanes, _sheet = _laid_out(timeline, view, style, measure)
    return chart.drawing.height


def _laid_out(
    timeline: Timeline, view: View, style: Style, measure: Measure
) -> tuple[TimelineChart, dict[LaneKey, _Rows], Sheet]:
    """The bands, and what will be drawn in them."""
    left, across = style.label_column, (view.width - style.label_column) * view.zoom
    plane = Plane(timeline.axis, left, left + across)
    drawings = Drawing(view.width), Drawing(style.label_column), Drawing(view.width)
    sheet = Sheet(*drawings, plane, style, measure)
    chart = TimelineChart(*drawings, plane)
    lanes = [lane for lane in timeline.lanes if view.every_lane or not lane.empty]
    opened = [lane for lane in lanes if lane.key not in view.folded]
    chart.axis_height = draw_axis(sheet)
    below = foot_height(timeline.last_known, sheet) if lanes else 0.0
    room = None if view.room is None else view.room - chart.axis_height - below
    rows, curve = _fitted(opened, _rows(opened, sheet), style, room, grown=view.grown)
    top = chart.axis_height
    for lane in lanes:
        folded = lane.key in view.folded
        high = strip_height(sheet) if folded else _height(lane, rows[lane.key], style, curve)
        chart.bands.append(Band(lane, top, top + high, folded))
        top += high
    sheet.drawing.height = top + below
    return chart, rows, sheet


def _draw_lanes(
    chart: TimelineChart, rows: dict[LaneKey, _Rows], timeline: Timeline, sheet: Sheet
) -> None:
    """What lies behind, then lane by lane."""
    middles = {
        band.lane.key: _middles(rows[band.lane.key], band, sheet.style)
        for band in chart.bands
        if not band.folded
    }
    foot = chart.bands[-1].bottom if chart.bands else chart.axis_height
    behind = draw_grid([band.top for band in chart.bands], foot, sheet)
    if chart.bands:
        top = chart.axis_height
        draw_last_known(timeline.last_known, top, foot, behind, sheet)
    draw_explained(middles, behind, sheet)
    sheet.drawing.shapes[:0] = behind.shapes
    for band in chart.bands:
        if band.folded:
            draw_folded(band.lane, band.top, sheet)
        else:
            _draw_lane(band, rows[band.lane.key], middles[band.lane.key], sheet)


def _rows(lanes: Sequence[Lane], sheet: Sheet) -> dict[LaneKey, _Rows]:
    """The tracks of each lane in rows; those that explain each other lie next to each other."""
    explained = {track.explains for lane in lanes for track in lane.tracks if track.explains}
    return {lane.key: _packed(lane, explained, sheet) for lane in lanes}


def _packed(lane: Lane, explained: set[UUID], sheet: Sheet) -> _Rows:
    placed = [place(track, sheet) for track in lane.tracks]
    if lane.key is LaneKey.RESPONSE:
        return _Rows([placed] if placed else [], lettered=not _all_lettered(placed, sheet))
    rows = packed(placed, lambda item: (item.left, item.right), sheet.style.gap * 2)
    if lane.key is LaneKey.EVENTS:
        rows.sort(key=lambda row: any(item.track.record in explained for item in row))
    if lane.key is LaneKey.BIOPSIES:
        rows.sort(key=lambda row: not any(item.track.explains for item in row))
    return _Rows(rows, lettered=lane.key is LaneKey.INFUSIONS and bool(rows))


def _all_lettered(row: Sequence[Placed], sheet: Sheet) -> bool:
    """Whether the letters of each bar fit into it."""
    return all(
        letters_fit(bar, span, sheet)
        for placed in row
        for bar, span in zip(placed.track.bars, placed.bars, strict=True)
    )


def _height(lane: Lane, rows: _Rows, style: Style, curve: float, most: int | None = None) -> float:
    """Of a lane that shows `most` of its rows, else all."""
    if lane.curve is not None:
        return curve
    shown = len(rows.shown) if most is None else min(len(rows.shown), most)
    above = style.small * 1.1 if rows.lettered else 0.0
    return max(shown, 1) * style.row + style.lane_gap + above


def _fitted(
    lanes: Sequence[Lane],
    rows: dict[LaneKey, _Rows],
    style: Style,
    room: float | None,
    *,
    grown: bool,
) -> tuple[dict[LaneKey, _Rows], float]:
    """The rows for which there is room, and the height of a curve."""
    if room is None:
        return rows, style.curve
    most = max((len(found.shown) for found in rows.values()), default=1)
    lowest = style.curve * LOWEST_CURVE

    def needed(most: int) -> float:
        return sum(_height(lane, rows[lane.key], style, lowest, most) for lane in lanes)

    while most > 1 and needed(most) > room:
        most -= 1
    curves = sum(lane.curve is not None for lane in lanes) or 1
    highest = style.curve * (HIGHEST_CURVE if grown else 1.0)
    curve = min(lowest + max(room - needed(most), 0) / curves, highest)
    return {key: _fullest(found, most) for key, found in rows.items()}, curve


def _fullest(rows: _Rows, most: int) -> _Rows:
    """The rows that hold most tracks, in their order; of equal ones those that come last, as what
    a biopsy explains does.
    """
    if len(rows.shown) <= most:
        return rows
    fullest = sorted(range(len(rows.shown)), key=lambda at: (-len(rows.shown[at]), -at))
    kept = [rows.shown[at] for at in sorted(fullest[:most])]
    return _Rows(kept, sum(map(len, rows.shown)) - sum(map(len, kept)), rows.lettered)


def _middles(rows: _Rows, band: Band, style: Style) -> list[tuple[float, list[Placed]]]:
    """Each row with the middle of its height."""
    first = band.bottom - style.lane_gap / 2 - style.row * (max(len(rows.shown), 1) - 0.5)
    return [(first + style.row * place, row) for place, row in enumerate(rows.shown)]


def _draw_lane(
    band: Band, rows: _Rows, middles: list[tuple[float, list[Placed]]], sheet: Sheet
) -> None:
    lane, style = band.lane, sheet.style
    if lane.curve is not None:
        scale = draw_curve(lane.curve, sheet, band.top, band.bottom - band.top)
        beside = _("log scale") if lane.curve.logarithmic else ""
        _title(lane, [lane.curve.unit], scale - style.gap, band.top, sheet, beside=beside)
        return
    hidden = ngettext("{n} more listed", "{n} more listed", rows.hidden).format(n=rows.hidden)
    below = [lane.note, hidden if rows.hidden else ""]
    _title(lane, below, style.label_column - style.gap, band.top, sheet)
    if rows.lettered and middles:
        draw_letters(middles[0][1], middles[0][0] - style.mark / 2 - style.small * 0.6, sheet)
    for y, row in middles:
        for placed in row:
            draw_track(placed, y, lane.key, sheet)


def _title(
    lane: Lane, below: list[str], room: float, top: float, sheet: Sheet, *, beside: str = ""
) -> None:
    """The lane's name, and under it a unit, a note, or how many tracks found no room."""
    style = sheet.style
    baseline = top + style.lane_gap / 2 + style.row * 0.5 + style.text * 0.36
    name = shortened(lane.title, room, style.text, sheet.measure)
    sheet.labels.add(Text(0, baseline, name, style.text, style.palette.text))
    if beside:
        x = sheet.measure(name, style.text, False) + style.gap
        sheet.labels.add(Text(x, baseline, beside, style.small, style.palette.quiet))
    for told in filter(None, below):
        words = shortened(told, room, style.small, sheet.measure)
        baseline += style.small * 1.3
        sheet.labels.add(Text(0, baseline, words, style.small, style.palette.quiet))
