"""The timeline on screen: hover for words, click for the record, zoom, pan, step by key."""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import partial
from itertools import groupby

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from models.lanes import Lane
from models.timeline import Timeline
from models.words import _
from reports.axis_chart import grid
from reports.drawing import Spot
from reports.style import Style, on_screen
from reports.timeline_chart import TimelineChart, View, draw_timeline
from ui import theme
from ui.qt_painter import QtPainter, measure

MOST_ZOOM = 40.0
STEP = 1.25
WIDE = 200_000


class TimelineView(QAbstractScrollArea):
    """`chosen`: a mark was clicked or stepped to; `opened`: Enter was pressed on it.

    `add_asked`: a lane was double-clicked on a day; `pointed`: what the pointer is on, in words.
    """

    chosen = Signal(object)
    opened = Signal(object)
    add_asked = Signal(object, object)
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._timeline: Timeline | None = None
        self._zoom = 1.0
        self.current: uuid.UUID | None = None
        self._pointed = ""
        self._pressed: QPointF | None = None
        self._dragged_from = 0
        self._drawn: tuple[object, TimelineChart] | None = None
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.viewport().update)

    def set_timeline(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._drawn = None
        self._fit_bars()
        self.viewport().update()

    def set_current(self, record: uuid.UUID | None) -> None:
        """Ring the marks of a record, and bring them into view."""
        self.current = record
        chart = self.chart
        spots = chart.drawing.spots if chart else []
        spot = next((spot for spot in spots if spot.record == record), None)
        if spot:
            self._reveal(spot)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(900, self.height_needed())

    def height_needed(self) -> int:
        """What all lanes take, in pixels at 100 %."""
        chart = self.chart
        lanes = chart.drawing.height if chart else 0.0
        return round(lanes) + 2 * theme.GAP + self.horizontalScrollBar().sizeHint().height()

    @property
    def chart(self) -> TimelineChart | None:
        """The chart as it is drawn now, worked out again only when what it depends on changes."""
        if self._timeline is None:
            return None
        width = float(self.viewport().width() - 2 * theme.MARGIN)
        view = View(width, None, True, self._zoom, float(self.horizontalScrollBar().value()))
        key = (view, id(theme.colours()))
        if self._drawn is None or self._drawn[0] != key:
            chart = draw_timeline(self._timeline, view, self._style, measure)
            self._drawn = (key, chart)
        return self._drawn[1]

    @property
    def _style(self) -> Style:
        return on_screen(theme.colours())

    # Zoom and pan

    def fit(self) -> None:
        self._zoom_to(1.0, 0.5)

    def zoom_in(self) -> None:
        self._zoom_to(self._zoom * STEP, 0.5)

    def zoom_out(self) -> None:
        self._zoom_to(self._zoom / STEP, 0.5)

    def zoom_to_year(self) -> None:
        """Show about one year, the last one."""
        if self._timeline is None:
            return
        axis = self._timeline.axis
        share = 1.0 - axis.at(axis.after - dt.timedelta(days=365))
        self._zoom_to(1.0 / max(share, 1e-3), 1.0)
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum())

    def _zoom_to(self, zoom: float, about: float) -> None:
        """Zoom, keeping what lies at `about` (a share of the lanes' width) in its place."""
        zoom = min(max(zoom, 1.0), MOST_ZOOM)
        bar, across = self.horizontalScrollBar(), self._across()
        place = (bar.value() + about * across) / (across * self._zoom)
        self._zoom = zoom
        self._fit_bars()
        bar.setValue(round(place * across * zoom - about * across))
        self.viewport().update()

    def _across(self) -> float:
        return max(self.viewport().width() - 2 * theme.MARGIN - self._style.label_column, 1.0)

    def _fit_bars(self) -> None:
        hidden = round(self._across() * (self._zoom - 1.0))
        self.horizontalScrollBar().setRange(0, hidden)
        self.horizontalScrollBar().setPageStep(round(self._across()))
        chart = self.chart
        height = (chart.drawing.height if chart else 0) + 2 * theme.GAP
        below = max(round(height) - self.viewport().height(), 0)
        self.verticalScrollBar().setRange(0, below)
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(theme.ROW)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        chart = self.chart
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), QColor(theme.colours().ground))
        if chart is None or self._timeline is None:
            return
        painter.save()
        painter.translate(self._origin())
        self._paint_lanes(painter, chart)
        self._paint_current(painter, chart)
        painter.restore()
        if self._timeline.empty:
            self._paint_empty(painter, chart)

    def _paint_lanes(self, painter: QPainter, chart: TimelineChart) -> None:
        """The lanes, clipped by their names and the axis; then the names; then the axis."""
        column, head = self._style.label_column, chart.axis_height
        below = head + self.verticalScrollBar().value()
        painter.setClipRect(QRectF(column - 1, below, WIDE, WIDE))
        QtPainter(painter).paint(chart.drawing)
        painter.setClipRect(QRectF(-WIDE, below, 2 * WIDE, WIDE))
        QtPainter(painter).paint(chart.labels)
        painter.setClipRect(QRectF(column - 1, -WIDE, WIDE, WIDE + below))
        painter.translate(0, self.verticalScrollBar().value())
        QtPainter(painter).paint(grid(chart.plane, head, self._style))
        QtPainter(painter).paint(chart.head)
        painter.translate(0, -self.verticalScrollBar().value())

    def _paint_current(self, painter: QPainter, chart: TimelineChart) -> None:
        painter.setPen(QPen(QColor(theme.colours().accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        below = chart.axis_height + self.verticalScrollBar().value()
        painter.setClipRect(QRectF(self._style.label_column - 4, below, WIDE, WIDE))
        ring = QRectF()
        for spot in chart.drawing.spots:
            if spot.record == self.current:
                ring |= QRectF(spot.x, spot.y, spot.width, spot.height)
        if not ring.isEmpty():
            painter.drawRoundedRect(ring.adjusted(-3, -3, 3, 3), 4, 4)

    def _paint_empty(self, painter: QPainter, chart: TimelineChart) -> None:
        painter.setPen(QColor(theme.colours().quiet))
        painter.setFont(theme.font())
        box = QRectF(self._style.label_column, 0, self._across(), chart.drawing.height)
        words = _("Nothing to draw yet. Press Ctrl+N to add a record.")
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _head(self) -> float:
        """The height of the axis, which stays when the lanes scroll."""
        return theme.GAP + (self.chart.axis_height if self.chart else 0.0)

    def _origin(self) -> QPointF:
        return QPointF(theme.MARGIN, theme.GAP - self.verticalScrollBar().value())

    # What lies where

    def spot_at(self, place: QPointF) -> Spot | None:
        """The topmost mark under a place of the viewport; marks before bars."""
        chart = self.chart
        if chart is None:
            return None
        point = place - self._origin()
        if point.x() < self._style.label_column or place.y() < self._head():
            return None
        found = [spot for spot in chart.drawing.spots if spot.holds(point.x(), point.y())]
        return min(found, key=lambda spot: spot.width * spot.height, default=None)

    def lane_at(self, place: QPointF) -> Lane | None:
        chart = self.chart
        y = (place - self._origin()).y()
        bands = chart.bands if chart else []
        return next((band.lane for band in bands if band.top <= y < band.bottom), None)

    def day_at(self, place: QPointF) -> dt.date | None:
        chart = self.chart
        x = (place - self._origin()).x()
        if chart is None or self._timeline is None or x < self._style.label_column:
            return None
        plane = chart.plane
        return self._timeline.axis.day_at((x - plane.left) / (plane.right - plane.left))

    # Mouse and keys

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._drawn = None
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self.spot_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), spot.words if spot else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            moved = event.position().x() - self._pressed.x()
            self.horizontalScrollBar().setValue(round(self._dragged_from - moved))
            return
        spot = self.spot_at(event.position())
        cursor = Qt.CursorShape.PointingHandCursor if spot else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(cursor)
        words = spot.words if spot else ""
        if words != self._pointed:
            self._pointed = words
            self.pointed.emit(words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self._dragged_from = self.horizontalScrollBar().value()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None or (event.position() - pressed).manhattanLength() > 4:
            return
        spot = self.spot_at(event.position())
        if spot:
            self._choose(spot)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        lane, day = self.lane_at(event.position()), self.day_at(event.position())
        if lane and day and self.spot_at(event.position()) is None:
            self.add_asked.emit(lane.kind, day)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        column = theme.MARGIN + self._style.label_column
        about = min(max((event.position().x() - column) / self._across(), 0.0), 1.0)
        factor = STEP if event.angleDelta().y() > 0 else 1 / STEP
        self._zoom_to(self._zoom * factor, about)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Right: partial(self._step_across, 1),
            Qt.Key.Key_Left: partial(self._step_across, -1),
            Qt.Key.Key_Down: partial(self._step_lane, 1),
            Qt.Key.Key_Up: partial(self._step_lane, -1),
            Qt.Key.Key_Return: self._open_current,
            Qt.Key.Key_Enter: self._open_current,
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit,
        }
        if event.key() in keys:
            keys[event.key()]()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bars()

    def _rows(self) -> list[list[Spot]]:
        """The marks lane by lane, each from left to right, a record once."""
        chart = self.chart
        if chart is None:
            return []
        rows = []
        for band in chart.bands:
            within = [s for s in chart.drawing.spots if band.top <= s.centre[1] < band.bottom]
            within.sort(key=lambda spot: (spot.x, str(spot.record)))
            row = [next(same) for _record, same in groupby(within, key=lambda s: s.record)]
            if row:
                rows.append(row)
        return rows

    def _place(self) -> tuple[int, int] | None:
        for number, row in enumerate(self._rows()):
            for place, spot in enumerate(row):
                if spot.record == self.current:
                    return number, place
        return None

    def _step_across(self, step: int) -> None:
        rows, place = self._rows(), self._place()
        if place is not None:
            row = rows[place[0]]
            self._choose(row[min(max(place[1] + step, 0), len(row) - 1)])
        elif rows:
            self._choose(rows[0][0])

    def _step_lane(self, step: int) -> None:
        rows, place = self._rows(), self._place()
        if place is not None:
            x = rows[place[0]][place[1]].centre[0]
            row = rows[min(max(place[0] + step, 0), len(rows) - 1)]
            self._choose(min(row, key=lambda spot: abs(spot.centre[0] - x)))
        elif rows:
            self._choose(rows[0][0])

    def _open_current(self) -> None:
        if self.current is not None and self._place() is not None:
            self.opened.emit(self.current)

    def _reveal(self, spot: Spot) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        column, (x, y) = self._style.label_column, spot.centre
        if spot.x + spot.width < column or spot.x > column + self._across():
            across.setValue(round(across.value() + x - column - self._across() / 2))
        top, room = y + theme.GAP - down.value(), self.viewport().height()
        if not self._head() + theme.ROW <= top <= room - theme.ROW:
            down.setValue(round(y + theme.GAP - room / 2))

    def _choose(self, spot: Spot) -> None:
        """Select a record and say it in words."""
        self.set_current(spot.record)
        self.pointed.emit(spot.words)
        place = self._origin() + QPointF(*spot.centre)
        QToolTip.showText(self.viewport().mapToGlobal(_point(place)), spot.words, self.viewport())
        self.chosen.emit(spot.record)


def _point(place: QPointF) -> QPoint:
    return QPoint(round(place.x()), round(place.y()) + theme.ROW)
