"""Where things lie on a timeline: days across, and tracks packed into rows that do not overlap."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from models.lanes import Bar, Mark, Point, Track
from models.time_axis import TimeAxis
from models.values import PartialDate
from reports.drawing import Drawing, Measure, Rect, Text
from reports.style import Style


@dataclass(frozen=True, slots=True)
class Plane:
    """The room of the lanes: the axis between two edges."""

    axis: TimeAxis
    left: float
    right: float

    def x(self, day: dt.date) -> float:
        return self.left + self.axis.at(day) * (self.right - self.left)

    def middle(self, date: PartialDate) -> float:
        """The middle of the time that a date may mean."""
        return (self.x(date.first) + self.x(date.last)) / 2

    def begin(self, date: PartialDate) -> float:
        return self.x(date.first)

    def end(self, date: PartialDate) -> float:
        """The end of a bar that lasted into this date: the evening of its last day."""
        return self.x(date.last + dt.timedelta(days=1))


@dataclass(slots=True)
class Sheet:
    """What every part of a chart draws on, and with.

    On screen `head`, the axis, never scrolls down, and `labels`, the lanes' names, never across.
    """

    drawing: Drawing
    labels: Drawing
    head: Drawing
    plane: Plane
    style: Style
    measure: Measure

    def width_of(self, text: str, strong: bool = False) -> float:
        """Width of a text in the small size, in which all labels are written."""
        return self.measure(text, self.style.small, strong)

    def label(self, x: float, y: float, text: str, colour: str) -> None:
        """A label centred on `y`, on a plate that keeps the grid from crossing it."""
        style, ground = self.style, self.style.palette.ground
        height = style.small * 1.15
        self.drawing.add(
            Rect(x - 1, y - height / 2, self.width_of(text) + 2, height, ground),
            Text(x, y + style.small * 0.36, text, style.small, colour),
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A track with the room it takes and where its label goes (None: inside its bar)."""

    track: Track
    left: float
    right: float
    label_x: float
    label_inside: bool
    label: str


def place(track: Track, sheet: Sheet) -> Placed:
    """The label goes inside a plain bar that has room, else to the right, else to the left."""
    plane, style = sheet.plane, sheet.style
    left, right = extent(track, plane, style)
    if not track.label:
        return Placed(track, left, right, left, False, "")
    width, gap = sheet.width_of(track.label), style.gap * 1.3
    if holds_label(track) and width + 2 * gap <= right - left:
        return Placed(track, left, right, (left + right) / 2, True, track.label)
    if right + gap + width <= plane.right:
        return Placed(track, left, right + gap + width, right + gap, False, track.label)
    label = shortened(track.label, left - gap - plane.left, style.small, sheet.measure)
    start = left - gap - sheet.width_of(label)
    return Placed(track, start, right, start, False, label)


def extent(track: Track, plane: Plane, style: Style) -> tuple[float, float]:
    """The room taken by bars and marks."""
    edges = [edge for bar in track.bars for edge in _bar_edges(bar, plane, style)]
    edges += [edge for point in track.points for edge in point_edges(point, plane, style)]
    return min(edges), max(edges)


def _bar_edges(bar: Bar, plane: Plane, style: Style) -> tuple[float, float]:
    beyond = style.row * 0.4 if bar.open_end or bar.ended_by_death else 0.0
    return plane.begin(bar.start), plane.end(bar.end) + beyond


def point_edges(point: Point, plane: Plane, style: Style) -> tuple[float, float]:
    """A grade's disc begins on its day, or as little before as keeps it left of the plane's end."""
    if point.mark is Mark.GRADE:
        left = min(plane.begin(point.on), plane.right - 2 * style.disc)
        return left, left + 2 * style.disc
    middle = plane.middle(point.on)
    return middle - style.mark / 2, middle + style.mark / 2


def holds_label(track: Track) -> bool:
    return len(track.bars) == 1 and not track.points and not track.bars[0].elsewhere


def shortened(text: str, room: float, size: float, measure: Measure) -> str:
    """The text, cut at the end with an ellipsis where it is wider than the room."""
    if measure(text, size, False) <= room:
        return text
    while text and measure(text + "…", size, False) > room:
        text = text[:-1]
    return text.rstrip() + "…"


T = TypeVar("T")


def packed(
    items: Sequence[T], extent_of: Callable[[T], tuple[float, float]], gap: float
) -> list[list[T]]:
    """Rows in which no two items come nearer than `gap`; each goes into the first that has room."""
    rows: list[list[T]] = []
    ends: list[float] = []
    for item in items:
        left, right = extent_of(item)
        row = next((place for place, end in enumerate(ends) if end + gap <= left), None)
        if row is None:
            rows.append([item])
            ends.append(right)
        else:
            rows[row].append(item)
            ends[row] = right
    return rows
