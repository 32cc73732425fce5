"""The response of a cohort: its rates, where and how soon, and the waterfall of the skin score."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from models.cohort.choices import Choices
from models.cohort.factors import Factor
from models.cohort.response import NO_GROUPS, ResponseFigures, response
from models.cohort.selection import Selection
from models.words import _
from reports.waterfall_chart import draw_waterfall
from ui.analysis_choice import add_choice
from ui.analysis_tab import AnalysisTab
from ui.chart_view import ChartView
from ui.figure_view import FigureTableView
from ui.sheet import label
from ui.tasks import Tasks


class ResponseTab(AnalysisTab[ResponseFigures]):
    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        factors = [(each, _(each.value)) for each in Factor if each not in NO_GROUPS]
        self.by = add_choice(self.choices, _("&By"), factors, self.changed, self)
        self.choices.addStretch(1)
        self.setTabOrder(self.by, self.origin_button)
        self.heading = label(_("Skin score, line by line"), "group", self)
        self.heading.setIndent(0)
        self.chart = ChartView(_("Waterfall of the skin score"), self, height=320)
        self.none = label("", "quiet", self)
        self.tables = FigureTableView(self)
        for part in (self.heading, self.chart, self.none, self.tables):
            self.body.addWidget(part)
        self.tables.who_asked.connect(self.who_asked)
        self.chart.who_asked.connect(self.who_asked)

    def work(self) -> Callable[[Selection], ResponseFigures]:
        return partial(response, by=Factor(self.by.currentData()))

    def choose(self, choices: Choices) -> Choices:
        return replace(choices, response_by=Factor(self.by.currentData()))

    def show_result(self, result: ResponseFigures) -> None:
        falls = result.waterfall
        drawn = falls is not None and bool(falls.falls)
        self.origin_button.setVisible(not result.by_line)
        self.tables.set_tables(result.tables)
        self.heading.setVisible(result.by_line)
        self.chart.setVisible(drawn)
        self.chart.set_chart(partial(draw_waterfall, falls) if drawn and falls else None)
        self.none.setVisible(result.by_line and not drawn)
        if falls is not None and not drawn:
            why = _("No line has a skin score before its start and one under it: {why}.")
            self.none.setText(why.format(why=falls.without))
