"""Tables of figures: what stands there, who stands behind it, and what is copied."""

import uuid

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from models.cohort.figure_table import Figure, FigureTable
from ui.figure_view import FigureGrid, FigureTableView

WHO = (uuid.UUID(int=1), uuid.UUID(int=2))
TABLE = FigureTable(
    "best",
    "Best response",
    ("", "n", "Share"),
    (
        (Figure("Complete"), Figure("2", WHO), Figure("2 of 5 (40 %)")),
        (Figure("None"), Figure("0")),
    ),
    "Exact intervals.",
)


@pytest.fixture
def view(qtbot: QtBot) -> FigureTableView:
    made = FigureTableView()
    qtbot.addWidget(made)
    made.set_tables([TABLE, TABLE])
    made.resize(600, 500)
    made.show()
    return made


def click(grid: FigureGrid, row: int, column: int) -> None:
    place = grid.visualRect(grid.figures.index(row, column)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_or_enter_on_a_figure_asks_who_stands_behind_it(view: FigureTableView) -> None:
    asked: list[tuple[str, object]] = []
    view.who_asked.connect(lambda words, who: asked.append((words, who)))
    grid = view.tables[0]
    click(grid, 0, 1)
    assert asked == [("Complete · n: 2", WHO)]
    click(grid, 0, 2)
    click(grid, 1, 2)
    assert len(asked) == 1
    grid.setCurrentIndex(grid.figures.index(0, 1))
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert len(asked) == 2
    assert grid.figures.tip(0, 1) == "2\nClick: the 2 patients"
    assert grid.figures.tip(0, 2) == "2 of 5 (40 %)"


def test_all_rows_are_seen_and_figures_stand_at_the_right(view: FigureTableView) -> None:
    grid = view.tables[1]
    below = grid.visualRect(grid.figures.index(1, 0)).bottom()
    assert 0 < below < grid.viewport().height() <= below + 4
    right = grid.figures.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight
    assert grid.figures.index(1, 2).data() == ""


def test_what_is_selected_is_copied_as_text_and_else_all_of_it(view: FigureTableView) -> None:
    grid = view.tables[0]
    QTest.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    whole = "\tn\tShare\nComplete\t2\t2 of 5 (40 %)\nNone\t0\t"
    assert QGuiApplication.clipboard().text() == whole
    grid.setCurrentIndex(grid.figures.index(0, 0))
    QTest.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Complete\t2"


def test_other_tables_take_the_place_of_those_before(view: FigureTableView, qtbot: QtBot) -> None:
    view.set_tables([TABLE])
    qtbot.waitUntil(lambda: len(view.findChildren(FigureGrid)) == 1)
    view.set_tables([])
    assert view.tables == []


def test_the_figure_that_the_keys_reach_is_brought_into_view(
    view: FigureTableView, qtbot: QtBot
) -> None:
    around = QScrollArea()
    qtbot.addWidget(around)
    around.setWidgetResizable(True)
    around.setWidget(view)
    around.resize(600, 100)
    around.show()
    grid = view.tables[1]
    grid.setCurrentIndex(grid.figures.index(0, 0))
    QTest.keyClick(grid, Qt.Key.Key_Down)
    reached = grid.visualRect(grid.currentIndex()).center()
    place = grid.viewport().mapTo(around.viewport(), reached)
    assert around.viewport().rect().contains(place)
    around.takeWidget()


def test_few_figures_stay_near_their_words_and_long_words_give_way_to_many(qtbot: QtBot) -> None:
    long = Figure("Skin and subcutaneous tissue disorders, other than those named above")
    many = FigureTable("many", "Many", ("", *"abcd"), ((long, *[Figure("12 (34 %)")] * 4),))
    view = FigureTableView()
    qtbot.addWidget(view)
    view.set_tables([TABLE, many])
    view.resize(1000, 400)
    view.show()
    few, wide = view.tables
    assert (few.x(), few.width(), wide.width()) == (0, 640, 1000)
    view.resize(500, 400)
    qtbot.waitUntil(lambda: wide.width() == 500)
    assert few.width() == 500
    assert sum(wide.columnWidth(at) for at in range(5)) == wide.viewport().width()
    assert wide.columnWidth(0) < wide.sizeHintForColumn(0)
    assert wide.figures.tip(0, 0) == long.words
