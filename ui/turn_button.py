"""A small button that turns a photograph: an arrow around, drawn in the colours of the theme."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton, QWidget

from ui.theme import colours

RADIUS, OPEN = 6.0, 100
TIP = [QPointF(-3.5, -3.5), QPointF(0, 0), QPointF(-3.5, 3.5)]


class TurnButton(QToolButton):
    """`quarters`: 1 clockwise, −1 the other way round."""

    def __init__(self, quarters: int, words: str, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._quarters = quarters
        self.setToolTip(f"{words} ({keys})")
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QRectF(self.rect()).center())
        painter.scale(self._quarters, 1)
        colour = colours().text if self.isEnabled() else colours().line
        painter.setPen(QPen(QColor(colour), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        circle = QRectF(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS)
        painter.drawArc(circle, 16 * 90, 16 * (360 - OPEN))
        painter.translate(0, -RADIUS)
        painter.drawPolyline(TIP)
