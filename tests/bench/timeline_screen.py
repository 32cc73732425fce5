"""How long the timeline on screen takes: its first paint, zoom, pan and hover.

Beside it a bare QPainter that repaints the very same lines, shapes and texts, recorded before.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, cycle
from typing import cast

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.base import PatientRecord
from models.history import History
from models.timeline import Timeline, timeline
from tests.bench.figures import Figure, Work, in_turns, median, percentile
from tests.models import builders as a
from tests.models.long_course import AS_OF, long_course
from ui import theme
from ui.qt_painter import QtPainter
from ui.timeline_paint import TimelinePaint
from ui.timeline_scene import Scene
from ui.timeline_view import TimelineView

COURSES = {"600 records": 600, "1,000 marks": 1_250, "5,000 records": 5_000}
QUICK = {"600 records": 600, "1,000 marks": 1_250}
FRAME, FIRST_PAINT = 16, 100
ACROSS, DOWN = 1366, 600
PAN, PAN_AT = 60, 8.0
BARE = "a bare QPainter"


def figures(quick: bool) -> Iterator[Figure]:
    """From a history to painted lanes, then frame by frame."""
    app = QApplication.instance() or QApplication([])
    theme.load_fonts()
    runs, steps = (3, 30) if quick else (15, 120)
    for at, count in (QUICK if quick else COURSES).items():
        records = long_course(count)
        yield worked_out(records, at, runs)
        view = TimelineView()
        view.resize(ACROSS, DOWN)
        view.show()
        app.processEvents()
        yield first_paint(view, records, at, runs)
        yield from moved(view, timeline(a.history(*records), AS_OF), at, steps)
        view.close()
    yield at_twice_the_size(timeline(a.history(*long_course(1_250)), AS_OF), runs)


def worked_out(records: Sequence[PatientRecord], at: str, runs: int) -> Figure:
    histories = unread(records)
    taken = in_turns({"ours": lambda: timeline(next(histories), AS_OF)}, runs)
    return median("the course worked out", at, taken["ours"])


def unread(records: Sequence[PatientRecord]) -> Iterator[History]:
    """Histories of which nothing was worked out before."""
    while True:
        yield a.history(*records)


def first_paint(view: TimelineView, records: Sequence[PatientRecord], at: str, runs: int) -> Figure:
    """From a history, with working out its course."""
    histories = unread(records)

    def ours() -> None:
        view.set_timeline(timeline(next(histories), AS_OF))
        view.viewport().repaint()

    ours()
    taken = in_turns({"ours": ours, "bare": bare(view)}, runs)
    return median(
        "first paint, from the records",
        at,
        taken["ours"],
        beside=BARE,
        reference=median("", "", taken["bare"]).value,
        at_most=FIRST_PAINT,
    )


def bare(view: TimelineView) -> Work:
    """The same shapes and texts once more, all of them, and nothing else."""
    chart = view.chart
    assert chart
    recorder = Recorder()
    for drawing in (chart.drawing, chart.labels, chart.head):
        QtPainter(cast(QPainter, recorder)).paint(drawing)
    picture = QPixmap(ACROSS, math.ceil(chart.drawing.height))

    def repaint() -> None:
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for name, given in recorder.calls:
            getattr(painter, name)(*given)
        painter.end()

    return repaint


class Recorder:
    """What is asked of a painter, in order."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[object, ...]]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *given: self.calls.append((name, given))


def moved(view: TimelineView, course: Timeline, at: str, steps: int) -> Iterator[Figure]:
    """Each frame until it is painted."""
    view.set_timeline(course)
    told: dict[str, Callable[[], Work]] = {
        "a step of the zoom": lambda: zooming(view),
        "a frame of a zoom that rests": lambda: resting(view),
        f"a step of a pan at {PAN_AT:.0f} times": lambda: panning(view),
        "the pointer goes to another place": lambda: hovering(view),
    }
    for what, begin in told.items():
        view.fit()
        view.set_timeline(course)
        taken = in_turns({"ours": begin()}, steps)["ours"]
        yield percentile(what, at, taken, at_most=FRAME)


def zooming(view: TimelineView) -> Work:
    """In and out again, five steps each."""
    steps = cycle([view.zoom_in] * 5 + [view.zoom_out] * 5)

    def step() -> None:
        next(steps)()
        view.viewport().repaint()

    return step


def resting(view: TimelineView) -> Work:
    """The chart is laid out anew in one frame, and painted in those that follow."""
    steps = cycle([view.zoom_in] * 5 + [view.zoom_out] * 5)

    def frame() -> None:
        if view.painted:
            next(steps)()
            view.settle()
        view.viewport().repaint()

    return frame


def panning(view: TimelineView) -> Work:
    view.zoom_to(PAN_AT, 0.5)
    assert view.chart
    bar = view.horizontalScrollBar()
    places = cycle(chain(range(0, bar.maximum(), PAN), range(bar.maximum(), 0, -PAN)))

    def step() -> None:
        bar.setValue(next(places))
        view.viewport().repaint()

    return step


def hovering(view: TimelineView) -> Work:
    places = cycle(QPoint(180 + 28 * step, 90 + 7 * step) for step in range(40))
    return lambda: QTest.mouseMove(view.viewport(), next(places))


def at_twice_the_size(course: Timeline, runs: int) -> Figure:
    """Painted for a screen at 200 %, the course worked out before."""
    picture = QPixmap(2 * ACROSS, 2 * DOWN)
    picture.setDevicePixelRatio(2.0)

    def paint() -> None:
        scene = Scene()
        scene.width = float(ACROSS - 2 * theme.MARGIN)
        scene.show(course)
        painter = QPainter(picture)
        TimelinePaint(scene).paint(painter, QRectF(0, 0, ACROSS, DOWN), QPointF(), None)
        painter.end()

    taken = in_turns({"ours": paint}, runs)["ours"]
    return median("laid out and painted at 200 %", "1,000 marks", taken, at_most=FIRST_PAINT)
