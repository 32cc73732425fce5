"""A drawing: a few kinds of shapes on a plane whose y runs downwards, painted by screen and paper.

Lengths are in the painter's own unit (points on paper, pixels at 100 % on screen).
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum, auto
from functools import cache

Measure = Callable[[str, float, bool], float]
"""Width of a text at a size, regular or medium."""


class Anchor(StrEnum):
    START = auto()
    MIDDLE = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    thickness: float
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Polygon:
    """Straight lines from point to point; closed where it is filled."""

    points: tuple[tuple[float, float], ...]
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0
    closed: bool = True
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Circle:
    x: float
    y: float
    radius: float
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    strong: bool = False
    anchor: Anchor = Anchor.START


Shape = Rect | Line | Polygon | Circle | Text


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record lies on the drawing, and what is said of it there."""

    x: float
    y: float
    width: float
    height: float
    record: uuid.UUID
    words: str

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True, slots=True)
class Area:
    """Where a figure lies on the drawing, what is said of it there, and the patients behind it."""

    x: float
    y: float
    width: float
    height: float
    who: tuple[uuid.UUID, ...]
    words: str

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


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
    """Rising lines at 45° within a box, `gap` apart along its edge."""
    start = box.x - box.height
    count = int((box.width + box.height) / gap) + 1
    for number in range(1, count):
        low, high = start + number * gap, start + number * gap + box.height
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
        flip = 2 * box.y + box.height
        yield Line(line.x1, flip - line.y1, line.x2, flip - line.y2, stroke, thickness)


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
