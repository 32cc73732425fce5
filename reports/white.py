"""White between the parts of a cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.paper_canvas import PaperCanvas
from reports.table import Laid


@dataclass(frozen=True, slots=True)
class White:
    """`height` in points."""

    height: float

    def laid(self, width: float) -> Sequence[Laid]:
        return [self]

    def draw(self, canvas: PaperCanvas, x: float, top: float, width: float, right: bool) -> None:
        """It is white already."""
