"""Paints a drawing on a ReportLab canvas: vectors and embedded type, nothing rastered."""

from functools import singledispatchmethod
from typing import Any

from reportlab.lib.colors import HexColor

from reports.drawing import Circle, Drawing, Line, Polygon, Rect, Text
from reports.type import Look, write


class PdfPainter:
    """Paints at an offset; a drawing's y runs downwards, the canvas's upwards."""

    def __init__(self, canvas: Any, left: float, top: float) -> None:
        self.canvas, self.left, self.top = canvas, left, top

    def paint(self, drawing: Drawing) -> None:
        for shape in drawing.shapes:
            self._paint(shape)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + x, self.top - y

    def _pens(
        self, fill: str | None, stroke: str | None, thickness: float, dashes: tuple[float, ...] = ()
    ) -> dict[str, int]:
        if fill:
            self.canvas.setFillColor(HexColor(fill))
        if stroke:
            self.canvas.setStrokeColor(HexColor(stroke))
            self.canvas.setLineWidth(thickness)
            self.canvas.setDash(list(dashes))
        return {"fill": int(fill is not None), "stroke": int(stroke is not None)}

    @singledispatchmethod
    def _paint(self, shape: Any) -> None:
        raise TypeError(shape)

    @_paint.register
    def _rect(self, shape: Rect) -> None:
        pens = self._pens(shape.fill, shape.stroke, shape.thickness)
        x, y = self._at(shape.x, shape.y + shape.height)
        self.canvas.rect(x, y, shape.width, shape.height, **pens)

    @_paint.register
    def _line(self, shape: Line) -> None:
        self._pens(None, shape.stroke, shape.thickness, shape.dashes)
        self.canvas.line(*self._at(shape.x1, shape.y1), *self._at(shape.x2, shape.y2))

    @_paint.register
    def _polygon(self, shape: Polygon) -> None:
        pens = self._pens(shape.fill, shape.stroke, shape.thickness, shape.dashes)
        path = self.canvas.beginPath()
        path.moveTo(*self._at(*shape.points[0]))
        for point in shape.points[1:]:
            path.lineTo(*self._at(*point))
        if shape.closed:
            path.close()
        self.canvas.drawPath(path, **pens)

    @_paint.register
    def _circle(self, shape: Circle) -> None:
        pens = self._pens(shape.fill, shape.stroke, shape.thickness)
        self.canvas.circle(*self._at(shape.x, shape.y), shape.radius, **pens)

    @_paint.register
    def _text(self, shape: Text) -> None:
        look = Look(shape.size, shape.strong, shape.colour)
        write(self.canvas, *self._at(shape.x, shape.y), shape.text, look, to=shape.anchor)
