"""What is seen of a timeline: its zoom, its scroll bars, its folded lanes, and what lies where."""

import datetime as dt
import uuid

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from models.lanes import Lane, LaneKey
from models.timeline import Timeline
from reports.drawing import Spot
from reports.timeline_chart import TimelineChart
from ui import theme, timeline_folds
from ui.timeline_paint import TimelinePaint
from ui.timeline_scene import Scene

MOST_ZOOM = 40.0
STEP = 1.25
REST = 80
"""Milliseconds after which a zoom rests and many marks are laid out anew."""


class TimelineCanvas(QAbstractScrollArea):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.current: uuid.UUID | None = None
        self.scene = Scene()
        self.scene.folded = timeline_folds.folded_lanes()
        self._paint = TimelinePaint(self.scene)
        self._rest = QTimer(self, interval=REST, singleShot=True)
        self._rest.timeout.connect(self.settle)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.viewport().update)

    def set_timeline(self, timeline: Timeline) -> None:
        self.scene.show(timeline)
        self.settle()

    def set_current(self, record: uuid.UUID | None) -> None:
        """Ring the marks of a record, and bring them into view."""
        self.current = record
        spot = self.scene.steps.spot_of(record) if record else None
        if spot:
            self._reveal(spot)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(900, self.height_needed())

    def height_needed(self) -> int:
        """What all lanes take, in pixels at 100 %."""
        chart = self.chart
        lanes = chart.drawing.height if chart else 0.0
        return round(lanes) + 2 * theme.GAP + 2 * self.frameWidth()

    @property
    def chart(self) -> TimelineChart | None:
        """The chart at the zoom of now; its places are those of the lanes, not scrolled."""
        return self.scene.chart

    @property
    def painted(self) -> bool:
        """Whether what is laid out now is what was painted last."""
        return self._paint.shows(self.scene.laid)

    # Zoom and pan

    def fit(self) -> None:
        self.zoom_to(1.0, 0.5)

    def zoom_in(self) -> None:
        self.zoom_to(self.scene.zoom * STEP, 0.5)

    def zoom_out(self) -> None:
        self.zoom_to(self.scene.zoom / STEP, 0.5)

    def zoom_to_year(self) -> None:
        """Show about one year, the last one."""
        if self.scene.timeline is None:
            return
        axis = self.scene.timeline.axis
        share = 1.0 - axis.at(axis.after - dt.timedelta(days=365))
        self.zoom_to(1.0 / max(share, 1e-3), 1.0)
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum())

    def zoom_to(self, zoom: float, about: float) -> None:
        """Zoom, keeping what lies at `about` (a share of the lanes' width) in its place."""
        zoom, scene = min(max(zoom, 1.0), MOST_ZOOM), self.scene
        bar, across = self.horizontalScrollBar(), scene.across
        place = (bar.value() + about * across) / (across * scene.zoom)
        scene.zoom = zoom
        self._fit_across()
        bar.setValue(round(place * across * zoom - about * across))
        if scene.laid and scene.laid.dense:
            self._rest.start()
            self.viewport().update()
        else:
            self.settle()

    def settle(self) -> None:
        """Lay out what is to be seen."""
        self._fit_across()
        height = (self.chart.drawing.height if self.chart else 0) + 2 * theme.GAP
        down = self.verticalScrollBar()
        down.setRange(0, max(round(height) - self.viewport().height(), 0))
        down.setPageStep(self.viewport().height())
        down.setSingleStep(theme.ROW)
        self.viewport().update()

    def _fit_across(self) -> None:
        scene, bar = self.scene, self.horizontalScrollBar()
        scene.width = float(self.viewport().width() - 2 * theme.MARGIN)
        bar.setRange(0, round(scene.across * (scene.zoom - 1.0)))
        bar.setPageStep(round(scene.across))
        bar.setSingleStep(theme.ROW)

    def _reveal(self, spot: Spot) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        x, y = (QPointF(*spot.centre) + self._origin()).toTuple()
        left, right = self._column(), self._column() + self.scene.across
        if not (left <= x <= right or (left <= x + spot.width / 2 and x - spot.width / 2 <= right)):
            across.setValue(round(across.value() + x - (left + right) / 2))
        room = self.viewport().height()
        if not self._head() + spot.height <= y <= room - spot.height:
            down.setValue(round(y + down.value() - (self._head() + room) / 2))

    # Lanes that fold

    def set_folded(self, folded: frozenset[LaneKey]) -> None:
        """Fold these lanes and no others; remembered for all patients."""
        self.scene.folded = folded
        timeline_folds.remember(folded)
        self.settle()
        self.set_current(self.current)

    # Painting

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self.scene.laid = None
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stands at the left of the lanes stays there."""
        super().resizeEvent(event)
        bar, before = self.horizontalScrollBar(), self.scene.across
        shift = bar.value()
        self.settle()
        bar.setValue(round(shift * self.scene.across / before))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = QPainter(self.viewport()), QRectF(self.viewport().rect())
        self._paint.paint(painter, room, self._scrolled(), self.current)
        if self._paint.waiting:
            self.viewport().update()

    # What lies where

    def spots_at(self, place: QPointF) -> list[Spot]:
        """The marks under a place of the viewport, the topmost first; marks before bars."""
        on_lanes = place.y() >= self._head() and place.x() >= self._column()
        return self.scene.spots_at(place - self._origin()) if on_lanes else []

    def spot_at(self, place: QPointF) -> Spot | None:
        return next(iter(self.spots_at(place)), None)

    def lane_at(self, place: QPointF) -> Lane | None:
        band = self.scene.band_at((place - self._origin()).y())
        return band.lane if band and place.y() >= self._head() else None

    def name_at(self, place: QPointF) -> Lane | None:
        """The lane whose name is there, if it can be folded."""
        lane = self.lane_at(place) if place.x() < self._column() else None
        return lane if lane and not lane.empty else None

    def day_at(self, place: QPointF) -> dt.date | None:
        on_lanes = place.x() >= self._column()
        return self.scene.day_at((place - self._origin()).x()) if on_lanes else None

    def share_at(self, place: QPointF) -> float:
        """How far across the lanes a place is, from 0 to 1."""
        return min(max((place.x() - self._column()) / self.scene.across, 0.0), 1.0)

    def _column(self) -> float:
        """Where the names end and the lanes begin."""
        return theme.MARGIN + self.scene.style.label_column

    def _head(self) -> float:
        """Where the axis ends, which stays when the lanes scroll."""
        return theme.GAP + (self.chart.axis_height if self.chart else 0.0)

    def _scrolled(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _origin(self) -> QPointF:
        """Where the chart begins in the viewport, scrolled as it is."""
        return QPointF(theme.MARGIN, theme.GAP) - self._scrolled()
