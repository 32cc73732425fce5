"""Paints a timeline: the lanes in pictures that pan, their names, the axis, and a ring."""

import uuid
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from models.words import _
from reports.axis_chart import draw_axis, grid
from reports.drawing import Drawing
from reports.layout import Sheet
from reports.timeline_chart import Band, TimelineChart
from ui import theme
from ui.qt_painter import QtPainter, measure
from ui.timeline_scene import LaidOut, Scene
from ui.timeline_tiles import Tiles

CHEVRON = 3.0
A_LITTLE = 0.004
"""Seconds of a frame for what is painted ahead."""


@dataclass
class Shown:
    """A chart that is laid out, with the pictures of its lanes."""

    laid: LaidOut
    tiles: Tiles


class TimelinePaint:
    """While somebody zooms, what was painted last is stretched; when that rests, the chart that is
    laid out anew is painted, a dense one a little in each frame until it is whole.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._shown: Shown | None = None
        self._coming: Shown | None = None

    @property
    def waiting(self) -> bool:
        """Whether there is more to paint in the next frame."""
        return self._coming is not None

    def shows(self, laid: LaidOut | None) -> bool:
        return self._shown is not None and self._shown.laid is laid

    def paint(
        self, painter: QPainter, room: QRectF, scrolled: QPointF, current: uuid.UUID | None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(room, QColor(theme.colours().ground))
        shown = self._to_show(painter.device().devicePixelRatio(), room, scrolled)
        if shown is None:
            return
        chart = shown.laid.chart
        painter.translate(theme.MARGIN, theme.GAP)
        self._paint_lanes(painter, shown, room, scrolled, current)
        self._paint_names(painter, chart, room, scrolled.y())
        self._paint_axis(painter, chart, room, scrolled.x())
        if shown.laid.timeline.empty:
            self._paint_empty(painter, chart)

    def _to_show(self, scale: float, room: QRectF, scrolled: QPointF) -> Shown | None:
        """What was shown before as long as it can be stretched and no other chart is whole."""
        scene, before = self._scene, self._shown
        laid = scene.laid if scene.out_of_date else scene.laid_out()
        if laid is None:
            return None
        if before and (before.tiles.scale != scale or not before.laid.stretches_to(laid)):
            before = None
        if before and (scene.out_of_date or before.laid is laid):
            self._coming = None
            return before
        coming = self._coming
        if coming and coming.laid is laid:
            whole = coming.tiles.prepare(self._part(laid, room, scrolled), A_LITTLE)
        else:
            coming = Shown(laid, self._tiles(laid, scale))
            whole = before is None or not laid.dense
        if whole:
            self._shown, self._coming = coming, None
            return coming
        self._coming = coming
        return before

    def _tiles(self, laid: LaidOut, scale: float) -> Tiles:
        return Tiles(laid.chart.drawing, self._scene.style.palette.ground, scale)

    def _part(self, laid: LaidOut, room: QRectF, scrolled: QPointF) -> QRectF:
        """What is seen of the lanes, in the places of their chart."""
        column, head = self._scene.style.label_column, laid.chart.axis_height
        stretch = self._scene.zoom / laid.zoom
        left, wide = column + (scrolled.x() - 1) / stretch, (room.width() - column) / stretch
        return QRectF(left, head + scrolled.y(), wide, room.height() - head)

    def _paint_lanes(
        self,
        painter: QPainter,
        shown: Shown,
        room: QRectF,
        scrolled: QPointF,
        current: uuid.UUID | None,
    ) -> None:
        column, head = self._scene.style.label_column, shown.laid.chart.axis_height
        stretch = self._scene.zoom / shown.laid.zoom
        painter.save()
        painter.setClipRect(QRectF(column - 1, head, room.width() - column, room.height() - head))
        painter.translate(column - scrolled.x(), -scrolled.y())
        painter.scale(stretch, 1.0)
        painter.translate(-column, 0)
        part = self._part(shown.laid, room, scrolled)
        shown.tiles.paint(painter, part, ready_only=stretch != 1.0)
        self._paint_ring(painter, stretch, shown.laid.box_of(current))
        painter.restore()

    def _paint_ring(self, painter: QPainter, stretch: float, box: QRectF) -> None:
        if box.isEmpty():
            return
        pen = QPen(QColor(theme.colours().accent), 2)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-3 / stretch, -3, 3 / stretch, 3), 4 / stretch, 4)

    def _paint_names(
        self, painter: QPainter, chart: TimelineChart, room: QRectF, down: float
    ) -> None:
        painter.save()
        below = room.height() - chart.axis_height
        painter.setClipRect(QRectF(-theme.MARGIN, chart.axis_height, room.width(), below))
        painter.translate(0, -down)
        QtPainter(painter).paint(chart.labels)
        for band in chart.bands:
            if not band.lane.empty:
                self._paint_chevron(painter, band)
        painter.restore()

    def _paint_chevron(self, painter: QPainter, band: Band) -> None:
        """In the margin: to the right where the lane is folded, else down."""
        style, half = self._scene.style, CHEVRON
        x, y = -theme.MARGIN / 2 - 1, (band.top + band.bottom) / 2
        if not band.folded:
            y = band.top + style.lane_gap / 2 + style.row * 0.5
        points = [(-half, -half / 2), (0.0, half / 2), (half, -half / 2)]
        if band.folded:
            points = [(-half / 2, -half), (half / 2, 0.0), (-half / 2, half)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(style.palette.quiet), style.outline))
        painter.drawPolyline(QPolygonF([QPointF(x + a, y + b) for a, b in points]))

    def _paint_axis(
        self, painter: QPainter, chart: TimelineChart, room: QRectF, shift: float
    ) -> None:
        """The axis at the zoom of now: years stay in sight while they are passed."""
        scene = self._scene
        plane, style = scene.plane(shift), scene.style
        if plane is None:
            return
        head = Drawing(scene.width)
        draw_axis(Sheet(Drawing(0), Drawing(0), head, plane, style, measure))
        column = style.label_column
        painter.save()
        painter.setClipRect(QRectF(column - 1, 0, room.width() - column, chart.axis_height))
        QtPainter(painter).paint(grid(plane, chart.axis_height, style))
        QtPainter(painter).paint(head)
        painter.restore()

    def _paint_empty(self, painter: QPainter, chart: TimelineChart) -> None:
        painter.setPen(QColor(theme.colours().quiet))
        painter.setFont(theme.font())
        column, head = self._scene.style.label_column, chart.axis_height
        box = QRectF(column, head, self._scene.across, chart.drawing.height - head)
        words = _("Nothing to draw yet. Press Ctrl+N to add a record.")
        plate = painter.boundingRect(box, Qt.AlignmentFlag.AlignCenter, words)
        margins = QMarginsF(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        painter.fillRect(plate + margins, QColor(theme.colours().ground))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
