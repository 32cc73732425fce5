"""A swimmer plot on as many pages as it needs."""

from reportlab.platypus import CondPageBreak, Flowable

from models.cohort.swimmer import SwimmerFigures
from models.words import _
from reports.flow import ABOVE_HEADING, BELOW_HEADING
from reports.fonts import measure
from reports.pdf_painter import PdfPainter
from reports.style import ON_PAPER
from reports.swimmer_chart import draw_swimmer, lanes_that_fit
from reports.type import BODY_BOLD, write

FEWEST = 6
"""Fewer lanes are not left alone on a page."""
WHOLE = 400.0
"""Lanes that are no higher stand on one page."""
TITLE = BODY_BOLD.leading + BELOW_HEADING


class SwimmerPart(Flowable):
    """Split between lanes; a title, the legend and the scale stand above each part."""

    def __init__(self, figures: SwimmerFigures, title: str, *, continued: bool = False) -> None:
        super().__init__()
        self.figures, self.title, self.continued = figures, title, continued

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.drawing = draw_swimmer(self.figures, ON_PAPER, width, height, measure)
        self.height = self.drawing.height + TITLE
        return width, self.height

    def getSpaceBefore(self) -> float:  # noqa: N802
        return ABOVE_HEADING

    def split(self, width: float, height: float) -> list[Flowable]:
        n = len(self.figures.lanes)
        room = height - TITLE
        fit = min(lanes_that_fit(self.figures, ON_PAPER, width, room, measure), n - FEWEST)
        if fit < FEWEST:
            return []
        above, below = self.figures.part(0, fit), self.figures.part(fit, n)
        return [
            SwimmerPart(above, self.title, continued=self.continued),
            SwimmerPart(below, self.title, continued=True),
        ]

    def draw(self) -> None:
        told = _("{title} (continued)") if self.continued else "{title}"
        words = told.format(title=self.title)
        write(self.canv, 0, self.height - BODY_BOLD.drop, words, BODY_BOLD)
        if not self.continued:
            self.canv.enter_in_outline(self.title, self.height)
        PdfPainter(self.canv, 0, self.height - TITLE).paint(self.drawing)


def lanes(title: str, figures: SwimmerFigures, width: float) -> list[Flowable]:
    """On one page where they are few; of many at least some stand below what came before."""
    part = SwimmerPart(figures, title)
    high = part.wrap(width, 0)[1] + ABOVE_HEADING
    return [CondPageBreak(min(high, WHOLE)), part]
