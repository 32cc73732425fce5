"""One tab of the cohort page: worked out off the window's thread while it is shown."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.base import ClinicError
from models.cohort.choices import Choices
from models.cohort.selection import Selection
from models.words import _
from ui.analysis_choice import origin_button
from ui.cautions_strip import CautionsStrip
from ui.latest import Latest
from ui.sheet import label
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN

PATIENCE_MS = 400
"""So long what was told before stays while something else is worked out."""


class Result(Protocol):
    @property
    def warnings(self) -> tuple[str, ...]: ...


R = TypeVar("R", bound=Result)


class AnalysisTab(QWidget, Generic[R]):
    """A subclass says how it is worked out (`work`) and shows it (`show_result`).

    It puts its choices into the row `choices` and its charts and tables into the column `body`,
    which scrolls. What a result warns of stands above them, and where it needs the start of a
    treatment line as the origin, `origin_button`, which the subclass shows.

    `who_asked`: the words of a figure, and the ids of the patients behind it; `asked_anew`: what
    was told answers another question; `origin_asked`: to count from the start of a line.
    """

    who_asked = Signal(str, object)
    asked_anew = Signal()
    origin_asked = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selection: Selection | None = None
        self._to_come = False
        self._latest = Latest(tasks, self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(lambda: self._say(_("Working it out …")))
        self.choices = QHBoxLayout()
        self.choices.setSpacing(GAP)
        self.choices.setContentsMargins(0, 0, GAP, 0)
        self.warning = CautionsStrip(self)
        self.notice = label("", "quiet", self)
        self.notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.origin_button = origin_button(self.origin_asked.emit, self)
        self.body = QVBoxLayout()
        self._stack = QStackedWidget(self)
        self._scrolled = QScrollArea(self)
        self._lay_out()
        self._say(_("Nothing to show yet."))

    # For subclasses

    def work(self) -> Callable[[Selection], R]:
        """A plain function with the choices of now; it is called off the window's thread."""
        raise NotImplementedError

    def show_result(self, result: R) -> None:
        raise NotImplementedError

    def remedies(self, result: R) -> Sequence[QPushButton | None]:
        """The button beside each of its warnings, as far as there are any."""
        return ()

    def choose(self, choices: Choices) -> Choices:
        """Those choices with the tab's own, as it shows them now."""
        return choices

    def settle(self) -> None:
        """Put everything into its place now, as far as it is shown."""
        self._column.activate()

    def changed(self) -> None:
        """One of the tab's own choices is another: work it out anew."""
        self.asked_anew.emit()
        self._work_anew()

    def _work_anew(self) -> None:
        self._to_come = True
        if self.isVisible():
            self._begin()

    # For the page

    def set_selection(self, selection: Selection | None) -> None:
        """Tell of these; None: nobody is known yet, and what was shown goes."""
        self.selection = selection
        if selection is None:
            self._latest.forget()
            self._say(_("Nothing to show yet."))
        self._work_anew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._to_come:
            self._begin()

    def _begin(self) -> None:
        self._to_come = False
        if self.selection is None:
            return
        if not self.selection.units:
            self._latest.forget()
            self._say(_nobody(self.selection))
            return
        self._latest.run(partial(self.work(), self.selection))
        self._patience.start()

    def _on_done(self, result: R) -> None:
        self._patience.stop()
        self.warning.show_cautions(result.warnings, self.remedies(result))
        self.show_result(result)
        self._stack.setCurrentWidget(self._scrolled)

    def _on_failed(self, error: ClinicError) -> None:
        self._say(str(error))

    def _say(self, words: str) -> None:
        self._patience.stop()
        self.notice.setText(words)
        self._stack.setCurrentWidget(self.notice)

    def _lay_out(self) -> None:
        inside = QWidget(self)
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, GAP, MARGIN)
        column.setSpacing(12)
        self.body.setSpacing(12)
        column.addWidget(self.warning)
        self.origin_button.hide()
        column.addWidget(self.origin_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self.body)
        column.addStretch()
        self._scrolled.setWidgetResizable(True)
        self._scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scrolled.setWidget(inside)
        self._stack.addWidget(self._scrolled)
        self._stack.addWidget(self.notice)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(self.choices)
        whole.addWidget(self._stack, 1)


def _nobody(selection: Selection) -> str:
    if not selection.left_out:
        return _("No patient is on file.")
    return _("Nobody belongs to this population. On the right stands who was left out, and why.")
