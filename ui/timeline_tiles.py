"""The lanes as pictures that are painted once: panning, scrolling and zooming only move them."""

import math
import time
from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import product

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from reports.drawing import Anchor, Circle, Drawing, Line, Polygon, Rect, Shape, Text
from ui.qt_painter import QtPainter, measure

SIDE = 512
SEAM = 1
"""Pictures overlap by a pixel, so that no gap shows between them at 125 %."""
MOST = 32

Square = tuple[int, int]


class Tiles:
    """Squares of one drawing on a ground, painted when they are first seen."""

    def __init__(self, drawing: Drawing, ground: str, scale: float) -> None:
        self.drawing, self.ground, self.scale = drawing, ground, scale
        self._pictures: OrderedDict[Square, QPixmap] = OrderedDict()

    @cached_property
    def _shapes(self) -> dict[Square, list[Shape]]:
        return _by_square(self.drawing)

    def paint(self, painter: QPainter, seen: QRectF, *, ready_only: bool) -> None:
        """Paint what is seen of the drawing; `ready_only`: only what is painted already."""
        for square in _seen(seen):
            if square in self._pictures or not ready_only:
                left, top = square[0] * SIDE, square[1] * SIDE
                painter.drawPixmap(QPointF(left, top), self._picture(square))

    def prepare(self, seen: QRectF, within: float) -> bool:
        """Paint ahead what is to be seen, a square at least and no more after so many seconds;
        whether all is painted.
        """
        until = time.monotonic() + within
        missing = [square for square in _seen(seen) if square not in self._pictures]
        for done, square in enumerate(missing, start=1):
            self._picture(square)
            if time.monotonic() > until:
                return done == len(missing)
        return True

    def _picture(self, square: Square) -> QPixmap:
        if square not in self._pictures:
            self._pictures[square] = self._painted(square)
            if len(self._pictures) > MOST:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(square)
        return self._pictures[square]

    def _painted(self, square: Square) -> QPixmap:
        side = math.ceil((SIDE + SEAM) * self.scale)
        picture = QPixmap(side, side)
        picture.setDevicePixelRatio(self.scale)
        picture.fill(QColor(self.ground))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-square[0] * SIDE, -square[1] * SIDE)
        QtPainter(painter).paint_shapes(self._shapes.get(square, ()))
        painter.end()
        return picture


def _by_square(drawing: Drawing) -> dict[Square, list[Shape]]:
    """The shapes that touch each square, in the order of painting."""
    found: dict[Square, list[Shape]] = defaultdict(list)
    for shape in drawing.shapes:
        left, top, right, bottom = _edges(shape)
        for square in _squares(left - 2, top - 2, right + 2, bottom + 2):
            found[square].append(shape)
    return found


def _seen(part: QRectF) -> Iterator[Square]:
    return _squares(part.left(), part.top(), part.right(), part.bottom())


def _squares(left: float, top: float, right: float, bottom: float) -> Iterator[Square]:
    """The squares that a box touches; none lies left of the drawing or above it."""
    columns = range(max(int(left - SEAM) // SIDE, 0), int(right) // SIDE + 1)
    return product(columns, range(max(int(top - SEAM) // SIDE, 0), int(bottom) // SIDE + 1))


def _edges(shape: Shape) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a shape."""
    match shape:
        case Rect():
            return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
        case Line():
            across, down = sorted((shape.x1, shape.x2)), sorted((shape.y1, shape.y2))
            return across[0], down[0], across[1], down[1]
        case Circle():
            x, y, radius = shape.x, shape.y, shape.radius
            return x - radius, y - radius, x + radius, y + radius
        case Polygon():
            xs, ys = [x for x, _y in shape.points], [y for _x, y in shape.points]
            return min(xs), min(ys), max(xs), max(ys)
        case Text():
            return _edges_of_text(shape)


def _edges_of_text(text: Text) -> tuple[float, float, float, float]:
    width = measure(text.text, text.size, text.strong)
    left = text.x - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[text.anchor]
    return left, text.y - text.size, left + width, text.y + text.size * 0.4
