"""Paints a drawing with Qt: the same shapes that go on paper."""

from functools import singledispatchmethod
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from reports.drawing import Anchor, Circle, Drawing, Line, Polygon, Rect, Text
from ui.theme import font


def measure(text: str, size: float, strong: bool = False) -> float:
    """Width in pixels at 100 %."""
    return QFontMetricsF(_font(size, strong)).horizontalAdvance(text)


def _font(size: float, strong: bool) -> QFont:
    return font(round(size), QFont.Weight.Medium if strong else QFont.Weight.Normal)


class QtPainter:
    def __init__(self, painter: QPainter) -> None:
        self.painter = painter

    def paint(self, drawing: Drawing) -> None:
        for shape in drawing.shapes:
            self._paint(shape)

    def _pens(
        self, fill: str | None, stroke: str | None, thickness: float, dashes: tuple[float, ...] = ()
    ) -> None:
        self.painter.setBrush(QBrush(QColor(fill)) if fill else Qt.BrushStyle.NoBrush)
        if not stroke:
            self.painter.setPen(Qt.PenStyle.NoPen)
            return
        pen = QPen(QColor(stroke), thickness)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dashes:
            pen.setDashPattern([dash / thickness for dash in dashes])
        self.painter.setPen(pen)

    @singledispatchmethod
    def _paint(self, shape: Any) -> None:
        raise TypeError(shape)

    @_paint.register
    def _rect(self, shape: Rect) -> None:
        self._pens(shape.fill, shape.stroke, shape.thickness)
        self.painter.drawRect(QRectF(shape.x, shape.y, shape.width, shape.height))

    @_paint.register
    def _line(self, shape: Line) -> None:
        self._pens(None, shape.stroke, shape.thickness, shape.dashes)
        self.painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))

    @_paint.register
    def _polygon(self, shape: Polygon) -> None:
        self._pens(shape.fill, shape.stroke, shape.thickness, shape.dashes)
        points = QPolygonF([QPointF(x, y) for x, y in shape.points])
        draw = self.painter.drawPolygon if shape.closed else self.painter.drawPolyline
        draw(points)

    @_paint.register
    def _circle(self, shape: Circle) -> None:
        self._pens(shape.fill, shape.stroke, shape.thickness)
        self.painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)

    @_paint.register
    def _text(self, shape: Text) -> None:
        chosen = _font(shape.size, shape.strong)
        width = QFontMetricsF(chosen).horizontalAdvance(shape.text)
        shift = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[shape.anchor]
        self.painter.setFont(chosen)
        self.painter.setPen(QColor(shape.colour))
        self.painter.drawText(QPointF(shape.x - shift, shape.y), shape.text)
