"""Icons in the colours of the window, at any scale."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import ICONS, colours


def icon(name: str, role: str = "text") -> QIcon:
    """`name`: of its drawing; `role`: the colour, by its name in the palette."""
    return QIcon(_Drawn(name, getattr(colours(), role), colours().quiet))


class _Drawn(QIconEngine):
    """`quiet`: the colour where it is disabled."""

    def __init__(self, name: str, colour: str, quiet: str) -> None:
        super().__init__()
        self._made_of = (name, colour, quiet)
        drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
        self._usual, self._disabled = (
            QSvgRenderer(drawing.replace("currentColor", each).encode()) for each in (colour, quiet)
        )

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        drawing = self._disabled if mode is QIcon.Mode.Disabled else self._usual
        drawing.render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, made.rect(), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _Drawn(*self._made_of)
