"""The swimmer plot of a cohort, some lanes at a time."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from models.cohort.choices import Choices
from models.cohort.selection import Selection
from models.cohort.swimmer import Order, SwimmerFigures, swimmer
from models.words import _
from reports.swimmer_chart import draw_swimmer
from ui.analysis_choice import add_choice
from ui.analysis_tab import AnalysisTab
from ui.buttons import button
from ui.chart_view import ChartView
from ui.sheet import label
from ui.tasks import Tasks
from ui.theme import GAP

LANES = 100


class SwimmerTab(AnalysisTab[SwimmerFigures]):
    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._figures, self._first = SwimmerFigures(), 0
        orders = [(each, _(each.value)) for each in Order]
        self.order = add_choice(self.choices, _("Sorted &by"), orders, self.changed, self)
        self.shown = label("", "quiet", self)
        self.shown.setWordWrap(False)
        back, more = _("The lanes before these"), _("The lanes after these")
        self.back = button(_("&Back"), partial(self._turn, -LANES), self, "link", back)
        self.more = button(_("&More"), partial(self._turn, LANES), self, "link", more)
        self.choices.addStretch(1)
        for part in (self.shown, self.back, self.more):
            self.choices.addWidget(part)
            part.hide()
        self.choices.addSpacing(GAP)
        self.setTabOrder(self.more, self.origin_button)
        self.chart = ChartView(_("Swimmer plot"), self)
        self.note = label("", "quiet", self)
        for each in (self.chart, self.note):
            self.body.addWidget(each)
        self.chart.who_asked.connect(self.who_asked)

    def work(self) -> Callable[[Selection], SwimmerFigures]:
        return partial(swimmer, order=Order(self.order.currentData()))

    def choose(self, choices: Choices) -> Choices:
        return replace(choices, lanes=Order(self.order.currentData()))

    def show_result(self, result: SwimmerFigures) -> None:
        self._figures, self._first = result, 0
        self.origin_button.setVisible(not result.by_line)
        self.note.setText(result.note)
        self.note.setVisible(bool(result.note))
        self._show()

    def _turn(self, by: int) -> None:
        self._first += by
        self._show()

    def _show(self) -> None:
        every, first = len(self._figures.lanes), self._first
        last = min(first + LANES, every)
        self.chart.setVisible(every > 0)
        self.chart.set_chart(
            partial(draw_swimmer, self._figures.part(first, LANES)) if every else None
        )
        words = _("Lines {first} to {last} of {n}")
        self.shown.setText(words.format(first=first + 1, last=last, n=every))
        for part in (self.shown, self.back, self.more):
            part.setVisible(every > LANES)
        self.back.setEnabled(first > 0)
        self.more.setEnabled(last < every)
