"""The steps of a survival curve as they lie on a chart, no finer than can be seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.cohort.survival_result import Group

Numbers = NDArray[np.float64]
Points = tuple[tuple[float, float], ...]
FINEST = 0.5
"""Steps nearer to each other than this are drawn as one."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The room of the curves; `days`: how many from its left edge to its right."""

    left: float
    top: float
    right: float
    bottom: float
    days: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def x(self, day: float) -> float:
        return self.left + self.width * day / self.days

    def y(self, share: float) -> float:
        return self.bottom - (self.bottom - self.top) * share

    def day(self, x: float) -> float:
        return (x - self.left) / self.width * self.days


@dataclass(frozen=True, eq=False)
class Run:
    """Steps too near to be told apart: of `group`, from the place `first` up to before `after`."""

    group: Group
    first: int
    after: int
    x: float
    next_x: float

    @property
    def before(self) -> float:
        """Survival before the run."""
        return float(self.group.curve.survival[self.first - 1]) if self.first else 1.0

    @property
    def days(self) -> tuple[float, float]:
        curve = self.group.curve
        return float(curve.days[self.first]), float(curve.days[self.after - 1])


def step_points(
    frame: Frame, days: Numbers, shares: Numbers, last: float, start: float = 1.0
) -> Points:
    """A line of steps from day 0 to the `last`."""
    kept = _thinned(days, frame, FINEST)
    points = [(frame.x(0), frame.y(start))]
    for day, share in zip(days[kept].tolist(), shares[kept].tolist(), strict=True):
        points.append((frame.x(day), points[-1][1]))
        points.append((frame.x(day), frame.y(share)))
    points.append((frame.x(last), points[-1][1]))
    return tuple(points)


def _thinned(days: Numbers, frame: Frame, width: float) -> NDArray[np.intp]:
    """The places of the last step in each stretch of that width."""
    columns = np.floor(days / frame.days * frame.width / width)
    return np.flatnonzero(np.diff(columns, append=np.inf))


def runs(group: Group, frame: Frame, width: float) -> Iterator[Run]:
    """The steps of a group, those together that begin within `width` of each other."""
    curve = group.curve
    starts = _starts(curve.days, frame, width)
    xs = [frame.x(day) for day in curve.days[starts].tolist()] + [frame.x(curve.last)]
    for place, first in enumerate(starts):
        after = starts[place + 1] if place + 1 < len(starts) else len(curve.days)
        yield Run(group, first, after, xs[place], xs[place + 1])


def _starts(days: Numbers, frame: Frame, width: float) -> Sequence[int]:
    """The first places of runs."""
    apart, starts, begun = frame.days * width / frame.width, [], -np.inf
    for place, day in enumerate(days.tolist()):
        if day - begun >= apart:
            starts.append(place)
            begun = day
    return starts


def levels(group: Group, days: Numbers) -> Numbers:
    """Survival on each of these days; no number after the last observation."""
    curve = group.curve
    steps = np.concatenate(([1.0], curve.survival))
    found: Numbers = steps[np.searchsorted(curve.days, days, side="right")]
    found[days > curve.last] = np.nan
    return found
