"""A line for work that takes its time: what is done, how far it is, a way out, and the result."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from models.base import ClinicError
from models.progress import Progress
from models.words import _
from ui.buttons import button
from ui.long_work import LongWork
from ui.sheet import label
from ui.tasks import Tasks
from ui.theme import GAP, dress

BAR_WIDTH = 200


class WorkStrip(QWidget):
    """One work at a time; `busy`: whether one is under way."""

    busy = Signal(bool)

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._work: LongWork | None = None
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(BAR_WIDTH)
        self.said = label("", "quiet", self)
        self.cancel_button = button(_("Cancel"), self.cancel, self, tip=_("Escape"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.bar)
        row.addWidget(self.said, 1)
        row.addWidget(self.cancel_button)
        self._show_state()

    @property
    def running(self) -> bool:
        return self._work is not None

    def run(self, doing: str, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        """Do `work` on the worker, then call `done`; what goes wrong is said here."""
        self._work = LongWork(self._tasks, work, self)
        self._work.advanced.connect(self._on_advanced)
        self._work.done.connect(self._end)
        self._work.done.connect(done)
        self._work.failed.connect(self._on_failed)
        self._work.stopped.connect(self._on_stopped)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(doing)
        self.say(doing)
        self._show_state()
        self._work.start()

    def cancel(self) -> None:
        if self._work:
            self._work.stop()
            self.cancel_button.setEnabled(False)
            self.say(_("Stopping …"))

    def stop_or(self, leave: Callable[[], object]) -> None:
        """What runs is ended first; asked again, one leaves."""
        if self.running:
            self.cancel()
        else:
            leave()

    def say(self, text: str, role: str = "quiet") -> None:
        dress(self.said, role)
        self.said.setText(text)
        self.setVisible(bool(text))

    def _on_advanced(self, done: int, whole: int) -> None:
        self.bar.setRange(0, whole)
        self.bar.setValue(done)

    def _on_failed(self, error: ClinicError) -> None:
        self._end()
        self.say(str(error), "problems")

    def _on_stopped(self) -> None:
        self._end()
        self.say(_("Stopped."))

    def _end(self) -> None:
        if self._work:
            self._work.deleteLater()
        self._work = None
        self.say("")
        self._show_state()

    def _show_state(self) -> None:
        for part in (self.bar, self.cancel_button):
            part.setVisible(self.running)
        self.cancel_button.setEnabled(self.running)
        self.setVisible(bool(self.said.text()))
        self.busy.emit(self.running)
