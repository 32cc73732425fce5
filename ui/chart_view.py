"""A chart of a cohort: what is painted, what is told under the pointer, who stands behind it."""

from collections.abc import Callable
from operator import itemgetter

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from models.words import _
from reports.drawing import Area, Drawing, Measure
from reports.style import Style, on_screen
from ui import theme
from ui.qt_painter import QtPainter, measure
from ui.reveal import reveal

Draw = Callable[[Style, float, float, Measure], Drawing]
ONWARDS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
OPENING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
LEAST_WIDTH = 320


class ChartView(QWidget):
    """`who_asked`: what an area tells, and the ids of the patients behind it.

    As wide as there is room; as high as `height`, or as the drawing says it needs.
    """

    who_asked = Signal(str, object)

    def __init__(self, name: str, parent: QWidget | None = None, height: int = 360) -> None:
        super().__init__(parent)
        self.drawing: Drawing | None = None
        self.current: Area | None = None
        self._draw: Draw | None = None
        self._wanted = height
        self._picture: QPixmap | None = None
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(height)

    def set_chart(self, draw: Draw | None) -> None:
        """What is drawn from now on, at whatever size and in whatever colours; None: nothing."""
        self._draw = draw
        self._redraw()

    def set_height(self, height: int) -> None:
        """As high as this from now on, if the drawing agrees."""
        if height != self._wanted:
            self._wanted = height
            self._redraw()

    # Painting

    def _redraw(self) -> None:
        self.current = self._picture = self.drawing = None
        if self._draw and self.width() > 0:
            style = on_screen(theme.colours())
            self.drawing = self._draw(style, float(self.width()), float(self._wanted), measure)
            self.setFixedHeight(round(self.drawing.height) or self._wanted)
        self._describe()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.drawing is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted(self.drawing))
        if self.current:
            self._paint_ring(painter, self.current)

    def _painted(self, drawing: Drawing) -> QPixmap:
        scale = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != scale:
            picture = QPixmap(self.size() * scale)
            picture.setDevicePixelRatio(scale)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            QtPainter(painter).paint(drawing)
            painter.end()
            self._picture = picture
        return self._picture

    def _paint_ring(self, painter: QPainter, area: Area) -> None:
        accent = QColor(theme.colours().accent)
        wash = QColor(accent)
        wash.setAlpha(36)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if area.path:
            accent.setAlpha(96 if self.hasFocus() else 64)
            painter.setPen(_broad(accent))
            painter.drawPolyline([QPointF(*each) for each in area.path])
            return
        painter.setBrush(wash)
        painter.setPen(QPen(accent, 2) if self.hasFocus() else QPen(accent, 1))
        painter.drawRoundedRect(_box(area), 3, 3)

    # The pointer

    def area_at(self, place: QPointF) -> Area | None:
        """The nearest area there, the topmost of several."""
        areas = reversed(self.drawing.areas if self.drawing else [])
        away = [
            (found, each)
            for each in areas
            if (found := each.away(place.x(), place.y())) is not None
        ]
        return min(away, key=itemgetter(0))[1] if away else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_to(self.area_at(event.position()))
        hand = self.current is not None and bool(self.current.who)
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._go_to(self.area_at(event.position()))
            self._ask()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._go_to(None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            area = self.area_at(QPointF(event.pos()))
            if area:
                QToolTip.showText(event.globalPos(), _told(area), self, _box(area).toRect())
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    # The keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        areas = self.drawing.areas if self.drawing else []
        if event.key() in OPENING:
            self._ask()
        elif areas and event.key() in ONWARDS:
            self._step(areas, ONWARDS[Qt.Key(event.key())])
        elif areas and event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._show_current(areas[0 if event.key() == Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._go_to(None)

    def _step(self, areas: list[Area], by: int) -> None:
        if self.current in areas:
            place = areas.index(self.current) + by
        else:
            place = 0 if by > 0 else len(areas) - 1
        self._show_current(areas[min(max(place, 0), len(areas) - 1)])

    def _show_current(self, area: Area) -> None:
        self._go_to(area)
        box = _box(area).toRect()
        reveal(self, box)
        below = self.mapToGlobal(box.bottomLeft())
        QToolTip.showText(below, _told(area), self, box)

    # What is pointed at

    def _go_to(self, area: Area | None) -> None:
        if area is not self.current:
            self.current = area
            self._describe()
            self.update()

    def _describe(self) -> None:
        if self.current:
            words = self.current.words
        elif self.drawing and self.drawing.areas:
            words = _("Arrow keys step through the figure, Enter lists the patients")
        else:
            words = ""
        self.setAccessibleDescription(words)

    def _ask(self) -> None:
        if self.current and self.current.who:
            self.who_asked.emit(self.current.words, self.current.who)


def _broad(colour: QColor) -> QPen:
    """To mark a line with."""
    return QPen(colour, 10, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)


def _box(area: Area) -> QRectF:
    return QRectF(area.x, area.y, area.width, area.height)


def _told(area: Area) -> str:
    return "\n".join(filter(None, [area.words, _("Click: the patients") if area.who else ""]))
