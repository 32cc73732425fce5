"""Safety: the adverse events of the lines that count, as a chart and as tables."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from models.cohort.choices import Choices
from models.cohort.incidence import Order
from models.cohort.safety import Safety, safety
from models.cohort.selection import Selection
from models.words import _
from reports.safety_chart import draw_safety
from ui.analysis_choice import add_choice
from ui.analysis_tab import AnalysisTab
from ui.chart_view import ChartView
from ui.figure_view import FigureTableView
from ui.tasks import Tasks

HIGHEST = 560


class SafetyTab(AnalysisTab[Safety]):
    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        events = [(False, _("all on treatment")), (True, _("attributed to it"))]
        self.which = add_choice(self.choices, _("E&vents"), events, self.changed, self)
        self.which.setToolTip(
            _("All that are treatment-emergent, or only those attributed to the line")
        )
        orders = [(each, _(each.value)) for each in Order]
        self.order = add_choice(self.choices, _("O&rder"), orders, self.changed, self)
        self.order.setToolTip(_("Which event stands first, in the chart and in the tables"))
        self.choices.addStretch()
        self.setTabOrder(self.order, self.origin_button)
        self.chart = ChartView(_("Adverse events by worst grade"), self, HIGHEST)
        self.tables = FigureTableView(self)
        for part in (self.chart, self.tables):
            part.who_asked.connect(self.who_asked)
            self.body.addWidget(part)

    def work(self) -> Callable[[Selection], Safety]:
        return partial(
            safety,
            attributed_only=self.which.currentData(),
            order=Order(self.order.currentData()),
        )

    def choose(self, choices: Choices) -> Choices:
        which, order = self.which.currentData(), Order(self.order.currentData())
        return replace(choices, attributed_only=which, events=order)

    def show_result(self, result: Safety) -> None:
        found = result.incidence
        self.origin_button.setVisible(not result.by_line)
        for choice in (self.which, self.order):
            choice.setEnabled(result.by_line)
        self.chart.setVisible(found is not None and bool(found.terms))
        self.chart.set_chart(partial(draw_safety, found) if found and found.terms else None)
        self.tables.set_tables(result.tables)
