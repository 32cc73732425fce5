"""The lanes as pictures that are painted once: panning and scrolling only move them."""

import math
from collections import OrderedDict, defaultdict
from collections.abc import Iterator

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
    """Squares of one drawing, painted when they are first seen."""

    def __init__(self) -> None:
        self._drawing: Drawing | None = None
        self._made_for: object = None
        self._shapes: dict[Square, list[Shape]] = {}
        self._pictures: OrderedDict[Square, QPixmap] = OrderedDict()

    def paint(
        self, painter: QPainter, drawing: Drawing, ground: str, seen: QRectF, *, ready_only: bool
    ) -> None:
        """Paint what is seen of a drawing; `ready_only`: only what is painted already."""
        scale = painter.device().devicePixelRatio()
        if self._drawing is not drawing or self._made_for != (ground, scale):
            self._drawing, self._made_for = drawing, (ground, scale)
            self._shapes = _by_square(drawing)
            self._pictures.clear()
        for square in _squares(seen.left(), seen.top(), seen.right(), seen.bottom()):
            if square in self._pictures or not ready_only:
                left, top = square[0] * SIDE, square[1] * SIDE
                painter.drawPixmap(QPointF(left, top), self._picture(square, ground, scale))

    def _picture(self, square: Square, ground: str, scale: float) -> QPixmap:
        if square not in self._pictures:
            self._pictures[square] = self._painted(square, ground, scale)
            if len(self._pictures) > MOST:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(square)
        return self._pictures[square]

    def _painted(self, square: Square, ground: str, scale: float) -> QPixmap:
        side = math.ceil((SIDE + SEAM) * scale)
        picture = QPixmap(side, side)
        picture.setDevicePixelRatio(scale)
        picture.fill(QColor(ground))
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


def _squares(left: float, top: float, right: float, bottom: float) -> Iterator[Square]:
    """The squares that a box touches; none lies left of the drawing or above it."""
    rows = range(max(int(top - SEAM) // SIDE, 0), int(bottom) // SIDE + 1)
    for column in range(max(int(left - SEAM) // SIDE, 0), int(right) // SIDE + 1):
        for row in rows:
            yield column, row


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
