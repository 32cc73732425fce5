"""The body with the 18 regions of a skin score, filled by the share that is involved."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from models.skin import Lesions, Region
from models.value_words import number_text
from models.words import _
from reports.body_figure import Part, View
from reports.drawing import mixed
from ui.body_view import BodyView
from ui.theme import colours

LIGHTEST, DARKEST = 0.2, 0.85


class RegionBody(BodyView):
    """`picked`: the region that was clicked; the keyboard stays in the table beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(((View.FRONT,), (View.BACK,)), _region_of, told, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._regions: Mapping[Region, Lesions] = {}

    def show_lesions(self, regions: Mapping[Region, Lesions]) -> None:
        """The darker, the more of the region; the number is the % of the whole body."""
        self._regions = regions
        palette = colours()
        fills = {
            region: QColor(mixed(palette.accent, palette.surface, _shade(region, lesions)))
            for region, lesions in regions.items()
            if lesions.involved
        }
        notes = {region: number_text(regions[region].involved) for region in fills}
        self.fill(fills, notes)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.show_lesions(self._regions)

    def sizeHint(self) -> QSize:
        return QSize(200, 220)


def told(region: Region) -> str:
    """`left forearm, 3 % of the body`."""
    return _("{region}, {percent} % of the body").format(
        region=_(region.value), percent=number_text(region.percent)
    )


def _shade(region: Region, lesions: Lesions) -> float:
    share = min(lesions.involved / region.percent, 1)
    return LIGHTEST + (DARKEST - LIGHTEST) * share


def _region_of(part: Part) -> Region:
    return part.region
