"""Practice: doses as given and as planned, reasons for stopping, how complete the records are."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from models.cohort.practice import PracticeFigures, practice
from models.cohort.selection import Selection
from ui.analysis_tab import AnalysisTab
from ui.figure_view import FigureTableView
from ui.tasks import Tasks


class PracticeTab(AnalysisTab[PracticeFigures]):
    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self.tables = FigureTableView(self)
        self.tables.who_asked.connect(self.who_asked)
        self.body.addWidget(self.tables)

    def work(self) -> Callable[[Selection], PracticeFigures]:
        return practice

    def show_result(self, result: PracticeFigures) -> None:
        self.tables.set_tables(result.tables)
