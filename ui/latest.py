"""Work of which only the last that was asked for matters: what came before it never arrives."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from models.bugs import as_told
from ui.tasks import Tasks

Answer = tuple[int, Callable[[], None]]


class Latest(QObject):
    """`done`: the result; `failed`: the `ClinicError`. What is outdated is not even begun."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._asked = tasks, 0

    def run(self, work: Callable[[], object]) -> None:
        self._asked += 1
        self._tasks.run(partial(self._attempt, self._asked, work), self._arrive, self.failed.emit)

    def forget(self) -> None:
        """Nothing that was asked for so far matters any more."""
        self._asked += 1

    def _attempt(self, number: int, work: Callable[[], object]) -> Answer:
        if number != self._asked:
            return number, lambda: None
        try:
            return number, partial(self.done.emit, work())
        except Exception as error:  # an outdated failure is as silent as an outdated result
            return number, partial(self.failed.emit, as_told(error))

    def _arrive(self, answer: Answer) -> None:
        number, tell = answer
        if number == self._asked:
            tell()
