"""A page that was recorded, as a picture that other programs draw: the same shapes and texts."""

from collections.abc import Iterator
from html import escape
from typing import Any

from reportlab.lib.colors import Color

from reports.fonts import STRONG
from tests.bench.floor import Recording, Step


def first_page_as_svg(recording: Recording, margin: float) -> str:
    """What lies within the margins of the first page, text as text."""
    width, height = (side - 2 * margin for side in recording.size)
    shapes = "\n".join(_Pens(recording.size[1] - margin, margin).shapes(recording))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}pt" height="{height:.2f}pt" '
        f'viewBox="0 0 {width:.2f} {height:.2f}">{shapes}</svg>'
    )


class _Pens:
    """The state of a canvas on its way down the first page."""

    def __init__(self, top: float, left: float) -> None:
        self.top, self.left = top, left
        self.x, self.y = 0.0, 0.0
        self.fill, self.stroke, self.width, self.dash = "#000000", "#000000", 1.0, ""
        self.saved: list[tuple[float, float]] = []

    def shapes(self, recording: Recording) -> Iterator[str]:
        for name, given, named in recording.calls:
            if name == "showPage":
                return
            drawn = getattr(self, f"_{name}", None)
            shape = drawn(*given, **named) if drawn else None
            if shape:
                yield shape

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return round(self.x + x - self.left, 2), round(self.top - self.y - y, 2)

    def _painted(self, stroke: int, fill: int) -> str:
        pen = f'stroke="{self.stroke}" stroke-width="{self.width:g}" {self.dash}' if stroke else ""
        return f'fill="{self.fill if fill else "none"}" {pen}'

    def _saveState(self) -> None:  # noqa: N802
        self.saved.append((self.x, self.y))

    def _restoreState(self) -> None:  # noqa: N802
        self.x, self.y = self.saved.pop()

    def _translate(self, dx: float, dy: float) -> None:
        self.x, self.y = self.x + dx, self.y + dy

    def _setFillColor(self, colour: Color, alpha: Any = None) -> None:  # noqa: N802
        self.fill = f"#{colour.hexval()[2:]}"

    def _setStrokeColor(self, colour: Color, alpha: Any = None) -> None:  # noqa: N802
        self.stroke = f"#{colour.hexval()[2:]}"

    def _setLineWidth(self, width: float) -> None:  # noqa: N802
        self.width = width

    def _setDash(self, array: Any, phase: float = 0) -> None:  # noqa: N802
        self.dash = f'stroke-dasharray="{" ".join(map(str, array))}"' if array else ""

    def _line(self, x1: float, y1: float, x2: float, y2: float) -> str:
        (a, b), (c, d) = self._at(x1, y1), self._at(x2, y2)
        return f'<line x1="{a}" y1="{b}" x2="{c}" y2="{d}" {self._painted(1, 0)}/>'

    def _rect(self, *box: float, stroke: int = 1, fill: int = 0) -> str:
        x, y, width, height = box
        (left, top), painted = self._at(x, y + height), self._painted(stroke, fill)
        return f'<rect x="{left}" y="{top}" width="{width:.2f}" height="{height:.2f}" {painted}/>'

    def _circle(self, x: float, y: float, r: float, stroke: int = 1, fill: int = 0) -> str:
        (cx, cy), painted = self._at(x, y), self._painted(stroke, fill)
        return f'<circle cx="{cx}" cy="{cy}" r="{r:.2f}" {painted}/>'

    def _drawPath(self, steps: list[Step], stroke: int = 1, fill: int = 0) -> str:  # noqa: N802
        letters = {"moveTo": "M", "lineTo": "L", "close": "Z"}
        points = [
            letters[step.name] + " ".join(map(str, self._at(*step.given) if step.given else ()))
            for step in steps
            if step.name in letters
        ]
        return f'<path d="{" ".join(points)}" {self._painted(stroke, fill)}/>'

    def _show(self, x: float, y: float, run: Any, size: float) -> str:
        (left, line), weight = self._at(x, y), 500 if run.font == STRONG else 400
        return (
            f'<text x="{left}" y="{line}" font-family="Roboto" font-weight="{weight}" '
            f'font-size="{size:g}" fill="{self.fill}">{escape(str(run.signs))}</text>'
        )
