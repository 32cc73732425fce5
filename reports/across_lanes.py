"""What goes through the lanes: the grid, the end of the course, what explains what."""

from collections.abc import Iterator, Mapping, Sequence

from models.lanes import LaneKey
from models.timeline import LastKnown
from reports.axis_chart import grid
from reports.drawing import Drawing, Line, Text
from reports.layout import Sheet
from reports.marks import bar_height
from reports.placing import Placed

Rows = Sequence[tuple[float, Sequence[Placed]]]
"""Tracks by row, with the middle of the row."""

TICKS_DOWN = 2.0
BELOW_LABELS = 0.8
"""From the middle of a row to where a line strikes none of its labels, in heights of small type."""


def draw_grid(tops: Sequence[float], height: float, sheet: Sheet) -> Drawing:
    """Years from top to bottom, and a line above every lane."""
    style, plane = sheet.style, sheet.plane
    behind, colour = grid(plane, height, style), style.palette.line
    for y in tops:
        behind.add(Line(style.label_column, y, plane.right, y, colour, style.hairline))
        sheet.labels.add(Line(0, y, style.label_column, y, colour, style.hairline))
    return behind


def foot_height(known: LastKnown | None, sheet: Sheet) -> float:
    """What the words at the foot of the lanes take."""
    return sheet.style.small * 1.9 if _is_shown(known, sheet) else 0.0


def _is_shown(known: LastKnown | None, sheet: Sheet) -> bool:
    return known is not None and known.on.last >= sheet.plane.axis.first


def draw_last_known(
    known: LastKnown | None, top: float, foot: float, behind: Drawing, sheet: Sheet
) -> None:
    """A line through all lanes at death, a quiet one at the last contact, and what it is."""
    if known is None or not _is_shown(known, sheet):
        return
    style, plane, palette = sheet.style, sheet.plane, sheet.style.palette
    x = min(plane.end(known.on) if known.died else plane.middle(known.on), plane.right)
    down = foot + style.small * 0.5
    sheet.lines.append((x, top, down))
    if known.died:
        behind.add(Line(x, top, x, down, palette.text, style.outline))
    else:
        dash = (style.outline * TICKS_DOWN, style.outline * TICKS_DOWN)
        behind.add(Line(x, top, x, down, palette.quiet, style.outline * 0.75, dash))
    width = sheet.width_of(known.words)
    start = x + style.gap if x + style.gap + width <= plane.right else x - style.gap - width
    colour = palette.text if known.died else palette.quiet
    baseline = foot + style.small * 1.25
    sheet.drawing.add(Text(max(start, plane.left), baseline, known.words, style.small, colour))


def draw_explained(rows: Mapping[LaneKey, Rows], behind: Drawing, sheet: Sheet) -> None:
    """A thin line from biopsies up to the event they explain."""
    events = {
        placed.track.record: (y, placed)
        for y, row in rows.get(LaneKey.EVENTS, ())
        for placed in row
    }
    found = [
        (y, biopsies, events[biopsies.track.explains])
        for y, row in rows.get(LaneKey.BIOPSIES, ())
        for biopsies in row
        if biopsies.track.explains in events
    ]
    for y, biopsies, (level, event) in found:
        lines = [*_link(biopsies, y, event, level, sheet)]
        sheet.lines += [(line.x1, line.y2, line.y1) for line in lines]
        behind.add(*lines)


def _link(biopsies: Placed, y: float, event: Placed, level: float, sheet: Sheet) -> Iterator[Line]:
    """Straight up from the biopsy nearest to the event; or below its row, and then up to it."""
    style, (left, right) = sheet.style, event.span
    x = min(biopsies.marks, key=lambda x: max(left - x, x - right, 0.0))
    colour, thin = style.palette.edge, style.outline * 0.75
    foot = level + bar_height(event.track.bars[0].fill, style) / 2
    if event.left <= x <= event.right:
        yield Line(x, y, x, foot, colour, thin)
        return
    below = level + style.small * BELOW_LABELS
    end = left if x < left else right
    yield Line(x, y, x, below, colour, thin)
    yield Line(x, below, end, below, colour, thin)
    yield Line(end, below, end, foot, colour, thin)
