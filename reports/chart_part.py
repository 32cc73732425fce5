"""A chart on a page: what the screen shows, painted as vectors."""

from collections.abc import Callable

from reportlab.platypus import CondPageBreak, Flowable

from reports.drawing import Drawing, Measure
from reports.flow import WITH_HEADING, section
from reports.fonts import measure
from reports.pdf_painter import PdfPainter
from reports.style import ON_PAPER, Style

Draw = Callable[[Style, float, float, Measure], Drawing]
"""It at a width and a height, in the sizes of a medium."""


class ChartPart(Flowable):
    """A chart over the whole width. `high`: how high it may be, in points."""

    def __init__(self, draw: Draw, high: float) -> None:
        super().__init__()
        self._draw, self._high = draw, high

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.drawing = self._draw(ON_PAPER, width, self._high, measure)
        self.height = self.drawing.height or self._high
        return width, self.height

    def draw(self) -> None:
        PdfPainter(self.canv, 0, self.height).paint(self.drawing)


def charted(title: str, chart: ChartPart, width: float) -> list[Flowable]:
    """A heading and its chart, on one page."""
    high = chart.wrap(width, 0)[1]
    return [CondPageBreak(WITH_HEADING + high), *section(title, chart)]
