"""How long the timeline on screen takes to paint, pan, zoom and hover, with about 1,000 marks."""

import os
import statistics
import time
from collections.abc import Callable
from itertools import cycle

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.timeline import Timeline, timeline
from tests.bench.long_course import AS_OF, fifteen_years
from ui import theme
from ui.timeline_view import TimelineView

TIMES = 40


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    theme.load_fonts()
    course = timeline(fifteen_years(), AS_OF)
    view = TimelineView()
    view.resize(1366, 600)
    view.show()
    app.processEvents()
    say("first paint", [first_paint(view, course) for _time in range(TIMES // 4)])
    chart = view.chart
    print(f"  marks on it {len(chart.drawing.spots) if chart else 0}")
    say("a step of the zoom, stretched", frames(view, zooming(view)))
    say("a zoom that rests, laid out", frames(view, zooming(view, rested=True)))
    view.zoom_to(8.0, 0.5)
    view.set_timeline(course)
    say("a step of a pan at 8 times", frames(view, panning(view)))
    view.fit()
    view.set_timeline(course)
    say("the pointer goes to another place", hovers(view))
    view.close()


def first_paint(view: TimelineView, course: Timeline) -> float:
    """From a course that was worked out to lanes on the screen."""
    began = time.perf_counter()
    view.set_timeline(course)
    view.viewport().repaint()
    return 1000 * (time.perf_counter() - began)


def frames(view: TimelineView, step: Callable[[], None]) -> list[float]:
    taken = []
    for _time in range(TIMES):
        began = time.perf_counter()
        step()
        view.viewport().repaint()
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def zooming(view: TimelineView, *, rested: bool = False) -> Callable[[], None]:
    """In and out again, five steps each."""
    steps = cycle([view.zoom_in] * 5 + [view.zoom_out] * 5)

    def step() -> None:
        next(steps)()
        if rested:
            assert view.chart

    return step


def panning(view: TimelineView) -> Callable[[], None]:
    bar = view.horizontalScrollBar()
    bar.setValue(0)
    return lambda: bar.setValue(bar.value() + 60)


def hovers(view: TimelineView) -> list[float]:
    taken = []
    for place in range(TIMES):
        began = time.perf_counter()
        QTest.mouseMove(view.viewport(), QPoint(180 + 28 * place, 90 + 7 * place))
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def say(what: str, taken: list[float]) -> None:
    least, middle, most = min(taken), statistics.median(taken), max(taken)
    words = f"timeline on screen: {what}"
    print(f"{words:52} {middle:8.1f} ms   ({least:.1f} to {most:.1f})")


if __name__ == "__main__":
    main()
