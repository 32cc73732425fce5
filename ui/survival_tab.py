"""The cohort's survival: the question on top, what to beware of, the curves, the figures."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from models.cohort.factors import Factor, why_not_by
from models.cohort.question import (
    USUAL_LANDMARK,
    Outcome,
    Question,
    Remedy,
    landmark_days,
    why_not_asked,
)
from models.cohort.selection import Selection
from models.population import Population
from models.words import _, capitalised, ngettext
from reports.drawing import Drawing
from reports.style import on_screen
from ui import theme
from ui.analysis_choice import add_choice
from ui.analysis_tab import AnalysisTab
from ui.buttons import button
from ui.chart_view import ChartView
from ui.choice_editor import Combo
from ui.figure_view import FigureTableView
from ui.flow import Flow
from ui.qt_painter import QtPainter
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN

if TYPE_CHECKING:
    from models.cohort.survival_result import Group, Survival

LEAST_HEIGHT, MOST_HEIGHT = 232, 440
LONGEST, LONG, SHORT = 16, 15, 6
"""Of a list: letters."""
LEAST_WIDTH = 104
LANDMARKS = (1, 2, 3, 6, 9, 12, 18, 24, 36, 60)
SAMPLE = QSize(34, 12)


class SurvivalTab(AnalysisTab["Survival"]):
    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._found: Survival | None = None
        self._hidden: set[str] = set()
        choices = Flow(across=GAP, down=GAP)
        endpoints = [(each, _(each.value)) for each in Outcome]
        self.endpoint = self._choice(choices, _("E&ndpoint"), endpoints, LONGEST)
        self.endpoint.setToolTip(_("Until what time is counted"))
        factors = [(each, _(each.value)) for each in Factor]
        self.factor = self._choice(choices, _("&By"), factors, LONG)
        self.factor.setToolTip(_("By what patients are compared"))
        landmarks = [(None, _("off")), *((each, _months(each)) for each in LANDMARKS)]
        self.landmark = self._choice(choices, _("Land&mark"), landmarks, SHORT)
        self.landmark.setToolTip(
            _("Count only those who are still there at that time, and count from then")
        )
        self.delayed_entry = QCheckBox(_("&Delayed entry"), self)
        self.delayed_entry.setToolTip(
            _("Count patients among those at risk only from when they were first seen here")
        )
        self.delayed_entry.toggled.connect(self.changed)
        self.landmark_button = button(
            _("Landmark at {months}").format(months=_months(USUAL_LANDMARK)),
            self._set_landmark,
            self,
            tip=self.landmark.toolTip(),
        )
        self.entry_button = button(
            _("With delayed entry"), self._enter_late, self, tip=self.delayed_entry.toolTip()
        )
        self.setTabOrder(self.entry_button, self.origin_button)
        self.toggles: list[QCheckBox] = []
        self.chart = ChartView(_("Survival curves"), self, MOST_HEIGHT)
        self.tables = FigureTableView(self)
        for part in (self.chart, self.tables):
            part.who_asked.connect(self.who_asked)
        choices.addWidget(self.delayed_entry)
        self._arrange(choices)

    def question(self) -> Question:
        """As it is put now."""
        months = self.landmark.currentData()
        return Question(
            Outcome(self.endpoint.currentData()),
            Factor(self.factor.currentData()),
            None if months is None else landmark_days(months),
            self.delayed_entry.isChecked(),
        )

    def set_selection(self, selection: Selection | None) -> None:
        if selection is not None:
            self._offer(selection.population)
        super().set_selection(selection)

    def work(self) -> "Callable[[Selection], Survival]":
        return partial(_survival, self.question())

    def show_result(self, result: "Survival") -> None:
        self._found = result
        self.origin_button.setVisible(result.needs_line)
        self._hidden.intersection_update(group.name for group in result.groups)
        self._make_toggles(result)
        self.tables.set_tables(result.tables)
        self._draw()
        self._fit()

    def remedies(self, result: "Survival") -> Sequence[QPushButton | None]:
        """Each beside the first caution that it takes the ground from."""
        buttons = {
            Remedy.LANDMARK: self.landmark_button,
            Remedy.DELAYED_ENTRY: self.entry_button,
        }
        return [each.remedy and buttons.pop(each.remedy, None) for each in result.cautions]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._found:
            for toggle, group in zip(self.toggles, self._found.groups, strict=False):
                toggle.setIcon(_sample(group))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The chart takes what the pane leaves it, so that its foot is seen without scrolling."""
        self.settle()
        room = self._scrolled.viewport().height() - self.chart.y() - GAP
        self.chart.set_height(min(max(room, LEAST_HEIGHT), MOST_HEIGHT))

    # The question

    def _offer(self, population: Population) -> None:
        """What is not told of this population cannot be chosen, and says why."""
        for at, endpoint in enumerate(Outcome):
            _set_reason(self.endpoint, at, why_not_asked(endpoint, population))
        for at, factor in enumerate(Factor):
            _set_reason(self.factor, at, why_not_by(factor, population))

    def _set_landmark(self) -> None:
        self.landmark.setCurrentIndex(self.landmark.findData(USUAL_LANDMARK))
        self.landmark.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed()

    def _enter_late(self) -> None:
        self.delayed_entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.delayed_entry.setChecked(True)

    # The groups

    def _make_toggles(self, result: "Survival") -> None:
        for toggle in self.toggles:
            toggle.hide()
            toggle.deleteLater()
        groups = result.groups if len(result.groups) > 1 else ()
        self.toggles = [self._toggle(group) for group in groups]
        for toggle in self.toggles:
            self._toggle_rows.addWidget(toggle)
            toggle.show()
        self._toggle_rows.invalidate()

    def _toggle(self, group: "Group") -> QCheckBox:
        made = QCheckBox(capitalised(group.name), self)
        made.setChecked(group.name not in self._hidden)
        made.setIcon(_sample(group))
        made.setIconSize(SAMPLE)
        made.setToolTip(_("Show or hide this curve"))
        made.toggled.connect(partial(self._show_group, group.name))
        return made

    def _show_group(self, name: str, shown: bool) -> None:
        if shown:
            self._hidden.discard(name)
        else:
            self._hidden.add(name)
        self._draw()

    def _draw(self) -> None:
        from reports.survival_chart import draw_survival  # noqa: PLC0415 - NumPy when it is needed

        if self._found:
            hidden = frozenset(self._hidden)
            self.chart.set_chart(partial(draw_survival, self._found, hidden=hidden))

    def _choice(
        self, row: Flow, title: str, options: Iterable[tuple[object, str]], letters: int
    ) -> Combo:
        pair = QHBoxLayout()
        pair.setSpacing(GAP)
        combo = add_choice(pair, title, options, self.changed, self)
        combo.setMinimumContentsLength(letters)
        combo.setMinimumWidth(LEAST_WIDTH)
        row.add_row(pair)
        return combo

    def _arrange(self, choices: Flow) -> None:
        self.choices.addLayout(choices, 1)
        self._toggle_rows = Flow(across=MARGIN, down=GAP)
        for each in (self.landmark_button, self.entry_button):
            each.hide()
        self.warning.grown.connect(self._fit, Qt.ConnectionType.QueuedConnection)
        self.body.addLayout(self._toggle_rows)
        self.body.addWidget(self.chart)
        self.body.addWidget(self.tables)


def _survival(question: Question, selection: Selection) -> "Survival":
    from models.cohort.survival import survival  # noqa: PLC0415 - NumPy, off the window's thread

    return survival(selection, question)


def _months(n: int) -> str:
    return ngettext("{n} month", "{n} months", n).format(n=n)


def _set_reason(combo: Combo, at: int, reason: str) -> None:
    """Why a choice is not offered; empty where it is."""
    model = cast(QStandardItemModel, combo.model())
    item = model.itemFromIndex(model.index(at, 0, QModelIndex()))
    item.setEnabled(not reason)
    item.setToolTip(reason)


def _sample(group: "Group") -> QIcon:
    """A stroke in the colour and with the dashes of the group's curve."""
    from reports.survival_chart import stroke  # noqa: PLC0415 - NumPy when it is needed

    picture = QPixmap(SAMPLE * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    drawing = Drawing(SAMPLE.width(), SAMPLE.height())
    drawing.add(
        stroke(group, on_screen(theme.colours()), SAMPLE.width() - GAP / 2, SAMPLE.height() / 2)
    )
    painter = QPainter(picture)
    QtPainter(painter).paint(drawing)
    painter.end()
    return QIcon(picture)
