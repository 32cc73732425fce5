"""One cell of the skin score: a share of the body, typed without leaving the keyboard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from models.skin import Region
from models.value_words import typed_text
from models.words import _
from ui.numbers import read_number
from ui.read_line import ReadLine
from ui.theme import dress

WIDTH = 44


class RegionCell(ReadLine):
    """`entered`: it has the focus; `stepped`: to the cell so many rows on; `all_asked`: key `a`."""

    entered = Signal()
    stepped = Signal(int)
    all_asked = Signal()

    def __init__(self, region: Region, kind: str, parent: QWidget) -> None:
        super().__init__(read_share, typed_text, parent)
        self.region = region
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(WIDTH)
        name = _("{region}, {kind}, % of the body, at most {percent}")
        self.setAccessibleName(
            name.format(region=region.label, kind=kind, percent=typed_text(region.percent))
        )
        dress(self, "cell")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = _STEPS.get(event.key()) if plain else None
        if step:
            self.stepped.emit(step)
        elif event.text().casefold() == _("a"):
            self.all_asked.emit()
        else:
            super().keyPressEvent(event)


_STEPS: dict[int, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
    Qt.Key.Key_Up: -1,
}


def read_share(text: str) -> float:
    share = read_number(text)
    if share < 0:
        raise ValueError(_("Give 0 or more."))
    return share
