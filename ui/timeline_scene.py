"""A timeline as it is laid out on screen now, and what lies where in it."""

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF

from models.lanes import LaneKey
from models.timeline import Timeline
from reports.drawing import Spot
from reports.layout import Plane
from reports.style import Style, on_screen
from reports.timeline_chart import Band, TimelineChart, View, draw_timeline
from ui import theme
from ui.qt_painter import measure
from ui.timeline_steps import Steps

MANY_MARKS = 250


@dataclass
class LaidOut:
    """A chart with what it was drawn from."""

    chart: TimelineChart
    timeline: Timeline
    made_from: object
    zoom: float

    def stretches_to(self, other: "LaidOut") -> bool:
        """Whether the two are of one timeline and differ by nothing but their zoom."""
        return self.timeline is other.timeline and self.made_from == other.made_from

    @property
    def dense(self) -> bool:
        """Whether it has so many marks that laying it out and painting it takes several frames."""
        return len(self.chart.drawing.spots) > MANY_MARKS

    @cached_property
    def steps(self) -> Steps:
        return Steps(self.chart)

    def box_of(self, record: uuid.UUID | None) -> QRectF:
        """What the marks of a record take; empty where it has none."""
        box = QRectF()
        for spot in self.chart.drawing.spots if record else ():
            if spot.record == record:
                box |= QRectF(spot.x, spot.y, spot.width, spot.height)
        return box


class Scene:
    """Lays out again only when the timeline, the width, the zoom, a fold or the theme changes.

    Places are those of the chart: lanes' names are left of `style.label_column`, the axis is above.
    """

    def __init__(self) -> None:
        self.timeline: Timeline | None = None
        self.width = 0.0
        self.zoom = 1.0
        self.folded: frozenset[LaneKey] = frozenset()
        self.laid: LaidOut | None = None

    def show(self, timeline: Timeline) -> None:
        self.timeline, self.laid = timeline, None

    @property
    def style(self) -> Style:
        return on_screen(theme.colours())

    @property
    def across(self) -> float:
        """The width of the lanes, of which the zoomed axis is a part."""
        return max(self.width - self.style.label_column, 1.0)

    @property
    def chart(self) -> TimelineChart | None:
        now = self.laid_out()
        return now.chart if now else None

    @property
    def steps(self) -> Steps:
        now = self.laid_out()
        return now.steps if now else Steps(None)

    @property
    def out_of_date(self) -> bool:
        """Whether another zoom was laid out than is asked for now, and nothing else changed."""
        laid, asked = self.laid, self._asked()
        return laid is not None and laid.made_from == asked and laid.zoom != self.zoom

    def plane(self, shift: float) -> Plane | None:
        """Where the days lie in the window, scrolled by `shift`."""
        if self.timeline is None:
            return None
        left = self.style.label_column - shift
        return Plane(self.timeline.axis, left, left + self.across * self.zoom)

    def _asked(self) -> object:
        return self.width, self._thin(), id(theme.colours())

    def _thin(self) -> frozenset[LaneKey]:
        """Folded lanes, and empty ones: there is nothing in them to be seen."""
        lanes = self.timeline.lanes if self.timeline else ()
        return self.folded | {lane.key for lane in lanes if lane.empty}

    def laid_out(self) -> LaidOut | None:
        """As it is asked for now; None without a timeline."""
        if self.timeline is None:
            return None
        laid, asked = self.laid, self._asked()
        if laid is None or laid.made_from != asked or laid.zoom != self.zoom:
            view = View(self.width, None, True, self._thin(), self.zoom)
            chart = draw_timeline(self.timeline, view, self.style, measure)
            laid = self.laid = LaidOut(chart, self.timeline, asked, self.zoom)
        return laid

    def spots_at(self, point: QPointF) -> list[Spot]:
        """The marks at a place, each record once, the topmost first; marks before bars."""
        chart = self.chart
        found = [s for s in chart.drawing.spots if s.holds(point.x(), point.y())] if chart else []
        found.sort(key=lambda spot: spot.width * spot.height)
        return list({spot.record: spot for spot in reversed(found)}.values())[::-1]

    def band_at(self, y: float) -> Band | None:
        bands = self.chart.bands if self.chart else []
        return next((band for band in bands if band.top <= y < band.bottom), None)

    def day_at(self, x: float) -> dt.date | None:
        plane = self.plane(0.0)
        if plane is None or x < self.style.label_column:
            return None
        return plane.axis.day_at((x - plane.left) / (plane.right - plane.left))
