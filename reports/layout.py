"""Where things lie on a timeline: days across, and tracks packed into rows that do not overlap."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

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
        if date.exact:
            return self.x(date.first)
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
    `lines`: the upright lines that go through lanes, each with its x, top and bottom.
    """

    drawing: Drawing
    labels: Drawing
    head: Drawing
    plane: Plane
    style: Style
    measure: Measure
    lines: list[tuple[float, float, float]] = field(default_factory=list)

    def width_of(self, text: str, strong: bool = False) -> float:
        """Width of a text in the small size, in which all labels are written."""
        return self.measure(text, self.style.small, strong)

    def label(self, x: float, y: float, text: str, colour: str) -> None:
        """A label centred on `y`; where a line goes through it, on a plate."""
        right, half = x + self.width_of(text), self.style.small * 0.6
        if any(
            x - 1 < line < right + 1 and top < y + half and bottom > y - half
            for line, top, bottom in self.lines
        ):
            self.plate(x, y, text, self.style.palette.ground)
        baseline = y + self.style.small * 0.36
        self.drawing.add(Text(x, baseline, text, self.style.small, colour))

    def plate(self, x: float, y: float, text: str, ground: str) -> None:
        """It keeps what lies behind a label from crossing it."""
        height = self.style.small * 1.15
        self.drawing.add(Rect(x - 1, y - height / 2, self.width_of(text) + 2, height, ground))


def shortened(text: str, room: float, size: float, measure: Measure) -> str:
    """The text on one line, cut at the end with an ellipsis where it is wider than the room."""
    text = " ".join(text.split()) if not text.isprintable() else text
    if measure(text, size, False) <= room:
        return text
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        tried = (fits + too_long) // 2
        if measure(text[:tried] + "…", size, False) <= room:
            fits = tried
        else:
            too_long = tried
    return text[:fits].rstrip() + "…"


def spread(lefts: Sequence[float], width: float, low: float, high: float) -> list[float]:
    """Left edges of things of one width, in their order and moved apart so that none overlap.

    They move to the right where they must, and back from `high`; where they are more than the room
    from `low` to `high` holds, they overlap evenly.
    """
    if not lefts:
        return []
    step, placed, free = min(width, (high - low) / len(lefts)), [], low
    for left in lefts:
        placed.append(max(left, free))
        free = placed[-1] + step
    bound = high - width + step
    for place in reversed(range(len(placed))):
        placed[place] = bound = min(placed[place], bound - step)
    return placed


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
