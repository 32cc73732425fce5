"""Smooth curves through given points, and the closed outlines that they make together.

A curve is a run of cubic Béziers: a start, then two handles and an end for every stretch.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

Point = tuple[float, float]
Curve = tuple[Point, ...]
STEEP = 0.5


def smooth(*knots: Point) -> Curve:
    """Through the knots without a corner; the handles reach a third of each stretch."""
    drawn = [knots[0]]
    for (here, leaving), (there, arriving) in pairwise(zip(knots, _headings(knots), strict=True)):
        reach = math.dist(here, there) / 3
        drawn += [_moved(here, leaving, reach), _moved(there, arriving, -reach), there]
    return tuple(drawn)


def chain(*pieces: Sequence[Point]) -> tuple[Curve, ...]:
    """Pieces of one smooth curve; each begins where the one before it ends."""
    whole = smooth(*(knot for piece in pieces for knot in piece))
    cut, start = [], 0
    for place, piece in enumerate(pieces):
        end = start + 3 * (len(piece) - (place == 0))
        cut.append(whole[start : end + 1])
        start = end
    return tuple(cut)


def straight(*points: Point) -> Curve:
    """From point to point with corners."""
    drawn = [points[0]]
    for (x1, y1), (x2, y2) in pairwise(points):
        drawn += [(x1 + (x2 - x1) / 3, y1 + (y2 - y1) / 3)]
        drawn += [(x1 + (x2 - x1) * 2 / 3, y1 + (y2 - y1) * 2 / 3), (x2, y2)]
    return tuple(drawn)


def bowed(one: Point, other: Point, by: float) -> Curve:
    """From point to point, sagging by this much half-way."""
    return smooth(one, ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2 + by), other)


def loop(*curves: Curve) -> Curve:
    """A closed outline: each curve is turned so as to begin near the end of the one before it.

    What does not meet is joined by a straight line.
    """
    drawn = list(_turned(curves[0], curves[1]) if len(curves) > 1 else curves[0])
    for curve in curves[1:]:
        nearer = min(curve, curve[::-1], key=lambda each: math.dist(drawn[-1], each[0]))
        _join(drawn, nearer)
    _join(drawn, (drawn[0],))
    return tuple(drawn)


def mirrored(curve: Curve) -> Curve:
    """The same on the other side of the midline."""
    return tuple((-x, y) for x, y in curve)


def stretches(curve: Curve) -> Iterator[tuple[Point, Point, Point]]:
    """The two handles and the end of each Bézier, after the start."""
    return zip(curve[1::3], curve[2::3], curve[3::3], strict=True)


def _turned(first: Curve, second: Curve) -> Curve:
    ends = (second[0], second[-1])
    return max(first[::-1], first, key=lambda each: -min(math.dist(each[-1], end) for end in ends))


def _join(drawn: list[Point], curve: Curve) -> None:
    if math.dist(drawn[-1], curve[0]) > 1e-6:
        drawn += straight(drawn[-1], curve[0])[1:]
    drawn += curve[1:]


def _headings(knots: Sequence[Point]) -> list[float]:
    """The angle at which the curve passes each knot: the nearer neighbour has the larger say.

    Where it reaches the midline it does so level, so that the mirrored half goes on smoothly.
    """
    if len(knots) == 2:
        return [_angle(*knots)] * 2
    inner = [_passing(*three) for three in zip(knots, knots[1:], knots[2:], strict=False)]
    first, last = _angle(knots[0], knots[1]), _angle(knots[-2], knots[-1])
    return [_at_end(knots[0], first, inner[0]), *inner, _at_end(knots[-1], last, inner[-1])]


def _at_end(knot: Point, chord: float, inner: float) -> float:
    sideways = math.cos(chord)
    if knot[0] == 0 and abs(sideways) > STEEP:
        return 0 if sideways > 0 else math.pi
    return 2 * chord - inner


def _passing(before: Point, at: Point, after: Point) -> float:
    here, there = math.dist(before, at) ** 2, math.dist(at, after) ** 2
    x = (at[0] - before[0]) * there + (after[0] - at[0]) * here
    y = (at[1] - before[1]) * there + (after[1] - at[1]) * here
    return math.atan2(y, x)


def _angle(one: Point, other: Point) -> float:
    return math.atan2(other[1] - one[1], other[0] - one[0])


def _moved(point: Point, heading: float, by: float) -> Point:
    return point[0] + by * math.cos(heading), point[1] + by * math.sin(heading)
