"""A photograph in a cell of a table, in proportion, or a frame that says why there is none."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from reportlab.lib.utils import ImageReader

from models.words import _
from reports.palette import PAPER
from reports.paper_canvas import PaperCanvas
from reports.pictures import HIGHEST, Picture
from reports.table import Laid
from reports.type import QUIET, wrapped, write

BELOW, FRAME_SHAPE, LOWEST = 4.0, 3.0, 40.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in a cell, or a quiet frame that says why there is none.

    All of a row are drawn to one height, that of the widest over the whole width of its column,
    unless that would make the others very small. `highest` in points.
    """

    picture: Picture | None
    row: tuple[Picture, ...]
    highest: float = HIGHEST

    @classmethod
    def side_by_side(
        cls, pictures: Sequence[Picture | None], highest: float = HIGHEST
    ) -> list[Self]:
        row = tuple(each for each in pictures if each)
        return [cls(each, row, highest) for each in pictures]

    def laid(self, width: float) -> Sequence[Laid]:
        if not self.row:
            return [_Framed(width / FRAME_SHAPE)]
        widest = max(each.shape for each in self.row)
        high = min(self.highest, max(width / widest, self.highest / 2))
        sizes = [each.within(width, high) for each in self.row]
        row_height = max([LOWEST, *(down for _across, down in sizes)])
        if self.picture is None:
            return [_Framed(row_height)]
        return [_Drawn(self.picture, *self.picture.within(width, high), row_height)]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """It stands on the line on which all of its row stand."""

    picture: Picture
    across: float
    down: float
    high: float

    @property
    def height(self) -> float:
        return self.high + BELOW

    def draw(self, canvas: PaperCanvas, x: float, top: float, width: float, right: bool) -> None:
        image = ImageReader(io.BytesIO(self.picture.jpeg))
        canvas.drawImage(image, x, top - self.high, self.across, self.down)


@dataclass(frozen=True, slots=True)
class _Framed:
    high: float

    @property
    def height(self) -> float:
        return self.high + BELOW

    def draw(self, canvas: PaperCanvas, x: float, top: float, width: float, right: bool) -> None:
        canvas.pen(PAPER.line, 0.35)
        canvas.rect(x, top - self.high, width, self.high)
        words = _("This photograph cannot be shown: its file is missing, damaged or no picture.")
        lines = wrapped(words, width - 20, QUIET)
        y = top - self.high / 2 + len(lines) * QUIET.leading / 2 - QUIET.drop
        for line in lines:
            write(canvas, x + 10, y, line, QUIET)
            y -= QUIET.leading
