"""Paints a drawing on a ReportLab canvas: vectors and embedded type, nothing rastered."""

from reports.drawing import Circle, Drawing, Line, Polygon, Rect, Text
from reports.paper_canvas import PaperCanvas, ink
from reports.type import Look, write


class PdfPainter:
    """Paints at an offset; a drawing's y runs downwards, the canvas's upwards."""

    def __init__(self, canvas: PaperCanvas, left: float, top: float) -> None:
        self.canvas, self.left, self.top = canvas, left, top

    def paint(self, drawing: Drawing) -> None:
        for shape in drawing.shapes:
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

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + x, self.top - y

    def _pens(
        self, fill: str | None, stroke: str | None, thickness: float, dashes: tuple[float, ...] = ()
    ) -> dict[str, int]:
        if fill:
            self.canvas.setFillColor(ink(fill))
        if stroke:
            self.canvas.pen(stroke, thickness, dashes)
        return {"fill": int(fill is not None), "stroke": int(stroke is not None)}

    def _rect(self, shape: Rect) -> None:
        pens = self._pens(shape.fill, shape.stroke, shape.thickness)
        x, y = self._at(shape.x, shape.y + shape.height)
        self.canvas.rect(x, y, shape.width, shape.height, **pens)

    def _line(self, shape: Line) -> None:
        self._pens(None, shape.stroke, shape.thickness, shape.dashes)
        self.canvas.line(*self._at(shape.x1, shape.y1), *self._at(shape.x2, shape.y2))

    def _polygon(self, shape: Polygon) -> None:
        pens = self._pens(shape.fill, shape.stroke, shape.thickness, shape.dashes)
        path = self.canvas.beginPath()
        path.moveTo(*self._at(*shape.points[0]))
        for point in shape.points[1:]:
            path.lineTo(*self._at(*point))
        if shape.closed:
            path.close()
        self.canvas.drawPath(path, **pens)

    def _circle(self, shape: Circle) -> None:
        pens = self._pens(shape.fill, shape.stroke, shape.thickness)
        self.canvas.circle(*self._at(shape.x, shape.y), shape.radius, **pens)

    def _text(self, shape: Text) -> None:
        look = Look(shape.size, shape.strong, shape.colour)
        write(self.canvas, *self._at(shape.x, shape.y), shape.text, look, to=shape.anchor)
