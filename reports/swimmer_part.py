"""A swimmer plot on as many pages as it needs."""

from reportlab.platypus import Flowable

from models.cohort.swimmer import SwimmerFigures
from reports.fonts import measure
from reports.pdf_painter import PdfPainter
from reports.style import ON_PAPER
from reports.swimmer_chart import draw_swimmer, lanes_that_fit

FEWEST = 6
"""Fewer lanes are not left alone on a page."""


class SwimmerPart(Flowable):
    """Split between lanes; the legend and the scale stand above each part."""

    def __init__(self, figures: SwimmerFigures) -> None:
        super().__init__()
        self.figures = figures

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.drawing = draw_swimmer(self.figures, ON_PAPER, width, height, measure)
        self.height = self.drawing.height
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        n = len(self.figures.lanes)
        fit = min(lanes_that_fit(self.figures, ON_PAPER, width, height, measure), n - FEWEST)
        if fit < FEWEST:
            return []
        return [SwimmerPart(self.figures.part(0, fit)), SwimmerPart(self.figures.part(fit, n))]

    def draw(self) -> None:
        PdfPainter(self.canv, 0, self.height).paint(self.drawing)
