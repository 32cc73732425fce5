"""Confidence bands that seem to lie over one another: where they meet, their tints are mixed."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from models.cohort.survival_result import Group
from reports.drawing import Polygon, mixed
from reports.palette import Palette
from reports.step_curve import Frame, Numbers

MOST_BANDS = 3
"""Of more curves than these the bands would hide each other; the tables tell their intervals."""
TINT = 0.16


def bands(groups: Sequence[Group], frame: Frame, palette: Palette) -> Iterator[Polygon]:
    if len(groups) > MOST_BANDS:
        return
    columns = np.linspace(0, frame.days, max(int(frame.width), 2))
    limits = [_limits(group, columns) for group in groups]
    for n in range(1, len(groups) + 1):
        for some in combinations(range(len(groups)), n):
            fill = palette.ground
            for each in some:
                fill = mixed(palette.groups[groups[each].place], fill, TINT)
            low = np.max([limits[each][0] for each in some], axis=0)
            high = np.min([limits[each][1] for each in some], axis=0)
            yield from _filled(frame, columns, low, high, fill)


def _limits(group: Group, columns: Numbers) -> tuple[Numbers, Numbers]:
    """Of the band on each day; no number where there is none."""
    curve = group.curve
    places = np.searchsorted(curve.days, columns, side="right")
    found = []
    for line in (curve.low, curve.high):
        limit = np.concatenate(([np.nan], line))[places]
        limit[columns > curve.last] = np.nan
        found.append(limit)
    return found[0], found[1]


def _filled(
    frame: Frame, columns: Numbers, low: Numbers, high: Numbers, fill: str
) -> Iterator[Polygon]:
    """A polygon for each stretch in which there is something between the limits."""
    there = np.flatnonzero(high > low)
    for stretch in np.split(there, np.flatnonzero(np.diff(there) > 1) + 1):
        if len(stretch) > 1:
            xs = [frame.x(day) for day in columns[stretch].tolist()]
            above = _edge(xs, [frame.y(share) for share in high[stretch].tolist()])
            below = _edge(xs, [frame.y(share) for share in low[stretch].tolist()])
            yield Polygon((*above, *reversed(below)), fill)


def _edge(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float]]:
    """Steps along the columns; only their corners."""
    points = [(xs[0], ys[0])]
    for x, y in zip(xs[1:], ys[1:], strict=True):
        if y != points[-1][1]:
            points += [(x, points[-1][1]), (x, y)]
    return [*points, (xs[-1], points[-1][1])]
