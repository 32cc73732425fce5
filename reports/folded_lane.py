"""A folded lane: a thin strip with its name, how many marks it holds, and a hint of each."""

import uuid
from collections.abc import Iterator

from models.lanes import Lane, Track
from models.words import _
from reports.drawing import Line, Rect, Spot, Text
from reports.layout import Sheet, shortened
from reports.marks import colour_of


def strip_height(sheet: Sheet) -> float:
    """Just high enough for the small name."""
    return sheet.style.small * 1.45


def draw_folded(lane: Lane, top: float, sheet: Sheet) -> None:
    """The strip of a lane below `top`."""
    middle = top + strip_height(sheet) / 2
    _title(lane, middle, sheet)
    if lane.curve is not None:
        for value in lane.curve.values:
            _tick(sheet.plane.x(value.on), middle, value.record, sheet)
    for track in lane.tracks:
        _hint(track, middle, sheet)


def marks_in(lane: Lane) -> int:
    """How many records are drawn in a lane."""
    return len(set(_records(lane)))


def _records(lane: Lane) -> Iterator[uuid.UUID]:
    for track in lane.tracks:
        if track.bars and track.record:
            yield track.record
        yield from (point.record for point in track.points)
    if lane.curve is not None:
        yield from (value.record for value in lane.curve.values)


def _title(lane: Lane, middle: float, sheet: Sheet) -> None:
    style, count = sheet.style, marks_in(lane)
    told = _("{lane} · {n}").format(lane=lane.title, n=count or _("none"))
    words = shortened(told, style.label_column - style.gap, style.small, sheet.measure)
    colour = style.palette.text if count else style.palette.quiet
    sheet.labels.add(Text(0, middle + style.small * 0.36, words, style.small, colour))


def _hint(track: Track, y: float, sheet: Sheet) -> None:
    """A thin bar in the bar's own colour, a short tick where a mark stands."""
    style, plane = sheet.style, sheet.plane
    high = style.mark * 0.4
    for bar in track.bars:
        left, right = plane.begin(bar.start), plane.end(bar.end)
        wide = max(right - left, style.outline)
        colour = colour_of(bar.fill, style.palette)
        sheet.drawing.add(Rect(left, y - high / 2, wide, high, colour))
        if track.record:
            sheet.drawing.spots.append(Spot(left, y - high, wide, 2 * high, track.record))
    for point in track.points:
        _tick(plane.middle(point.on), y, point.record, sheet)


def _tick(x: float, y: float, record: uuid.UUID, sheet: Sheet) -> None:
    style, half = sheet.style, sheet.style.mark * 0.3
    sheet.drawing.add(Line(x, y - half, x, y + half, style.palette.text, style.hairline))
    sheet.drawing.spots.append(Spot(x - half, y - half, 2 * half, 2 * half, record))
