"""Charts: what is told under the pointer or the keys, and who stands behind it."""

import uuid
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reports.drawing import Area, Drawing, Measure, Rect
from reports.palette import DARK, LIGHT
from reports.style import Style
from ui import theme
from ui.chart_view import ChartView

WHO = (uuid.UUID(int=1),)


class Bars:
    """Draws two bars, the second for nobody, and remembers in which colours and how wide."""

    def __init__(self) -> None:
        self.drawn: list[tuple[str, float]] = []

    def __call__(self, style: Style, width: float, height: float, measure: Measure) -> Drawing:
        self.drawn.append((style.palette.ground, width))
        made = Drawing(width, height)
        for place, (words, who) in enumerate((("17 of 46", WHO), ("nobody", ()))):
            made.add(Rect(100 * place, 0, 80, height, style.palette.accent))
            made.areas.append(Area(100 * place, 0, 80, height, who, words))
        return made


@pytest.fixture
def bars() -> Bars:
    return Bars()


@pytest.fixture
def view(qtbot: QtBot, bars: Bars) -> Iterator[ChartView]:
    made = ChartView("Bars", height=200)
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.set_chart(bars)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.setFocus()
    yield made
    theme.apply(QApplication.instance(), dark=False)  # type: ignore[arg-type]


def asked_of(view: ChartView) -> list[tuple[str, object]]:
    asked: list[tuple[str, object]] = []
    view.who_asked.connect(lambda words, who: asked.append((words, who)))
    return asked


def test_a_click_asks_for_the_patients_behind_it_where_there_are_any(view: ChartView) -> None:
    asked = asked_of(view)
    for x in (90, 120, 40):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(x, 50))
    assert asked == [("17 of 46", WHO)]
    assert view.accessibleDescription() == "17 of 46"


def test_keys_step_through_the_areas_and_enter_asks(view: ChartView) -> None:
    asked = asked_of(view)
    assert "Arrow keys" in view.accessibleDescription()
    steps = [Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End]
    told = []
    for key in (*steps, Qt.Key.Key_Home):
        QTest.keyClick(view, key)
        told.append(view.accessibleDescription())
    assert told == ["17 of 46", "nobody", "nobody", "17 of 46", "nobody", "17 of 46"]
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert asked == [("17 of 46", WHO)]


def test_it_is_drawn_anew_for_another_width_and_another_theme(view: ChartView, bars: Bars) -> None:
    view.resize(500, 200)
    assert bars.drawn[-1] == (LIGHT.ground, 500)
    theme.apply(QApplication.instance(), dark=True)  # type: ignore[arg-type]
    assert bars.drawn[-1][0] == DARK.ground
    image = view.grab().toImage()
    scale = image.devicePixelRatio()
    assert image.pixelColor(round(40 * scale), round(50 * scale)).name().upper() == DARK.accent


def test_without_a_chart_there_is_nothing_to_tell(view: ChartView) -> None:
    view.set_chart(None)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert (view.drawing, view.current, view.accessibleDescription()) == (None, None, "")
