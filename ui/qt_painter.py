"""Paints a drawing with Qt: the same shapes that go on paper."""

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from reports.drawing import Anchor, Circle, Drawing, Line, Polygon, Rect, Shape, Text
from ui.theme import font, load_fonts


@lru_cache(maxsize=4096)
def measure(text: str, size: float, strong: bool = False) -> float:
    """Width in pixels at 100 %."""
    return QFontMetricsF(_font(size, strong)).horizontalAdvance(text)


@lru_cache(maxsize=16)
def _font(size: float, strong: bool) -> QFont:
    load_fonts()
    return font(round(size), QFont.Weight.Medium if strong else QFont.Weight.Normal)


@lru_cache(maxsize=256)
def _brush(fill: str | None) -> QBrush:
    return QBrush(QColor(fill)) if fill else QBrush(Qt.BrushStyle.NoBrush)


@lru_cache(maxsize=256)
def _pen(stroke: str | None, thickness: float, dashes: tuple[float, ...]) -> QPen:
    if not stroke:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(QColor(stroke), thickness)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashes:
        pen.setDashPattern([dash / thickness for dash in dashes])
    return pen


class QtPainter:
    def __init__(self, painter: QPainter) -> None:
        self.painter = painter

    def paint(self, drawing: Drawing) -> None:
        self.paint_shapes(drawing.shapes)

    def paint_shapes(self, shapes: Iterable[Shape]) -> None:
        for shape in shapes:
            self._paint(shape)

    def _paint(self, shape: Shape) -> None:
        match shape:
            case Line():
                self._line(shape)
            case Rect():
                self._rect(shape)
            case Text():
                self._text(shape)
            case Circle():
                self._circle(shape)
            case Polygon():
                self._polygon(shape)

    def _pens(
        self, fill: str | None, stroke: str | None, thickness: float, dashes: tuple[float, ...] = ()
    ) -> None:
        self.painter.setBrush(_brush(fill))
        self.painter.setPen(_pen(stroke, thickness, dashes))

    def _rect(self, shape: Rect) -> None:
        self._pens(shape.fill, shape.stroke, shape.thickness)
        self.painter.drawRect(QRectF(shape.x, shape.y, shape.width, shape.height))

    def _line(self, shape: Line) -> None:
        self.painter.setPen(_pen(shape.stroke, shape.thickness, shape.dashes))
        self.painter.drawLine(QLineF(shape.x1, shape.y1, shape.x2, shape.y2))

    def _polygon(self, shape: Polygon) -> None:
        self._pens(shape.fill, shape.stroke, shape.thickness, shape.dashes)
        points = QPolygonF([QPointF(x, y) for x, y in shape.points])
        draw = self.painter.drawPolygon if shape.closed else self.painter.drawPolyline
        draw(points)

    def _circle(self, shape: Circle) -> None:
        self._pens(shape.fill, shape.stroke, shape.thickness)
        self.painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)

    def _text(self, shape: Text) -> None:
        shift = 0.0
        if shape.anchor is not Anchor.START:
            width = measure(shape.text, shape.size, shape.strong)
            shift = width / 2 if shape.anchor is Anchor.MIDDLE else width
        self.painter.setFont(_font(shape.size, shape.strong))
        self.painter.setPen(QColor(shape.colour))
        self.painter.drawText(QPointF(shape.x - shift, shape.y), shape.text)
