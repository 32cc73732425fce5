"""A drawing: a few kinds of shapes on a plane whose y runs downwards, painted by screen and paper.

Lengths are in the painter's own unit (points on paper, pixels at 100 % on screen). Shapes are
tuples: a chart makes thousands of them at every step of a zoom.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum, auto
from functools import cache
from itertools import pairwise
from math import ceil, hypot
from typing import NamedTuple

Measure = Callable[[str, float, bool], float]
"""Width of a text at a size, regular or medium."""
REACH, ON_A_LINE = 6.0, 2.0
"""So near to a line the pointer means it; nearer than the other, it means no box around it."""


class Anchor(StrEnum):
    START = auto()
    MIDDLE = auto()
    END = auto()


class Rect(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0
    radius: float = 0


class Line(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    thickness: float
    dashes: tuple[float, ...] = ()


class Polygon(NamedTuple):
    """Straight lines from point to point; closed where it is filled."""

    points: tuple[tuple[float, float], ...]
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0
    closed: bool = True
    dashes: tuple[float, ...] = ()


class Circle(NamedTuple):
    x: float
    y: float
    radius: float
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0


class Text(NamedTuple):
    """One line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    strong: bool = False
    anchor: Anchor = Anchor.START


Shape = Rect | Line | Polygon | Circle | Text


class Spot(NamedTuple):
    """Where a record lies on the drawing."""

    x: float
    y: float
    width: float
    height: float
    record: uuid.UUID

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True, slots=True)
class Area:
    """Where a figure lies on the drawing, what is said of it there, and the patients behind it.

    `path`: of a line, which is all that counts within the box; without it, the box is the figure.
    """

    x: float
    y: float
    width: float
    height: float
    who: tuple[uuid.UUID, ...]
    words: str
    path: tuple[tuple[float, float], ...] = ()

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height

    def away(self, x: float, y: float) -> float | None:
        """How far a place is from it, None where it is out of reach. A box gives way to a line that
        is hit, and of two lines the nearer counts.
        """
        if not self.holds(x, y):
            return None
        if not self.path:
            return ON_A_LINE
        nearest = min(_apart(x, y, one, other) for one, other in pairwise(self.path))
        return nearest if nearest <= REACH else None


def _apart(x: float, y: float, one: tuple[float, float], other: tuple[float, float]) -> float:
    """From a place to the nearest one on a straight line, which is level or upright."""
    across = max(min(one[0], other[0]) - x, 0, x - max(one[0], other[0]))
    up = max(min(one[1], other[1]) - y, 0, y - max(one[1], other[1]))
    return hypot(across, up)


@dataclass(slots=True)
class Drawing:
    """Shapes in the order of painting, the spots that lead to records, and the areas of figures."""

    width: float
    height: float = 0
    shapes: list[Shape] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        self.shapes.extend(shapes)

    def texts(self) -> Iterator[Text]:
        return (shape for shape in self.shapes if isinstance(shape, Text))


def diagonals(box: Rect, gap: float, stroke: str, thickness: float) -> Iterator[Line]:
    """Rising lines at 45° within a box, `gap` apart along its edge; a box beside it goes on."""
    foot = box.y + box.height
    first, beyond = ceil((box.x + box.y) / gap), ceil((box.x + box.width + foot) / gap)
    for number in range(first, beyond):
        low, high = number * gap - foot, number * gap - box.y
        left, right = max(low, box.x), min(high, box.x + box.width)
        if right > left:
            bottom = box.y + box.height
            yield Line(
                left, bottom - (left - low), right, bottom - (right - low), stroke, thickness
            )


def crosses(box: Rect, gap: float, stroke: str, thickness: float) -> Iterator[Line]:
    """Rising and falling lines within a box."""
    for line in diagonals(box, gap, stroke, thickness):
        yield line
    turned = Rect(box.x, -box.y - box.height, box.width, box.height)
    for line in diagonals(turned, gap, stroke, thickness):
        yield Line(line.x1, -line.y1, line.x2, -line.y2, stroke, thickness)


def dots(box: Rect, gap: float, fill: str, radius: float) -> Iterator[Circle]:
    """Dots in staggered columns within a box."""
    columns = int((box.width - gap) / gap) + 1
    for column in range(columns):
        x = box.x + gap * (column + 0.7)
        for share in (0.25, 0.75) if column % 2 else (0.5,):
            if x + radius < box.x + box.width:
                yield Circle(x, box.y + box.height * share, radius, fill)


@cache
def mixed(colour: str, ground: str, share: float) -> str:
    """`share` of a colour on a ground, both `#RRGGBB`."""
    pairs = [(int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)
