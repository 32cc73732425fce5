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

NEAR = 3
"""A stroke or an antialiased edge reaches no further beyond the edges of its shape."""
Square = tuple[int, int]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


class Tiles:
    """Squares of one drawing on a ground, painted when they are first seen."""

    def __init__(self, drawing: Drawing, ground: str, scale: float) -> None:
        self.drawing, self.ground, self.scale = drawing, ground, scale
        self._pictures: OrderedDict[Square, QPixmap] = OrderedDict()

    @cached_property
    def _columns(self) -> dict[int, list[tuple[Box, Shape]]]:
        """The shapes that touch each column of squares, in the order of painting."""
        found: dict[int, list[tuple[Box, Shape]]] = defaultdict(list)
        for shape in self.drawing.shapes:
            box = _edges(shape)
            for column in range(int(box[0] - NEAR) // SIDE, int(box[2] + NEAR) // SIDE + 1):
                found[column].append((box, shape))
        return found

    def _touching(self, square: Square) -> list[Shape]:
        column, row = square
        top, bottom = row * SIDE - NEAR, (row + 1) * SIDE + NEAR
        placed = self._columns.get(column, ())
        return [shape for box, shape in placed if box[1] < bottom and box[3] > top]

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
        QtPainter(painter).paint_shapes(self._touching(square))
        painter.end()
        return picture


def _seen(part: QRectF) -> Iterator[Square]:
    """The squares that a part touches; none lies left of the drawing or above it."""
    columns = range(max(int(part.left() - SEAM) // SIDE, 0), int(part.right()) // SIDE + 1)
    rows = range(max(int(part.top() - SEAM) // SIDE, 0), int(part.bottom()) // SIDE + 1)
    return product(columns, rows)


def _edges(shape: Shape) -> Box:
    match shape:
        case Line():
            across, down = (shape.x1, shape.x2), (shape.y1, shape.y2)
            return min(across), min(down), max(across), max(down)
        case Rect():
            return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
        case Circle():
            x, y, radius = shape.x, shape.y, shape.radius
            return x - radius, y - radius, x + radius, y + radius
        case Polygon():
            xs, ys = [x for x, _y in shape.points], [y for _x, y in shape.points]
            return min(xs), min(ys), max(xs), max(ys)
        case Text():
            return _edges_of_text(shape)


def _edges_of_text(text: Text) -> Box:
    width = measure(text.text, text.size, text.strong)
    left = text.x - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[text.anchor]
    return left, text.y - text.size, left + width, text.y + text.size * 0.4
