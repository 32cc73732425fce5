"""Work that takes its time: how far it is, and a way to end it early."""

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Signal

from models.base import ClinicError
from models.progress import Progress, Stopped
from ui.tasks import Tasks


class LongWork(QObject):
    """`advanced`: how much is done, and of how much; then one of the others, on this thread.

    `done`: the result; `failed`: the `ClinicError`; `stopped`: nobody wanted it any more. Nothing
    is heard of it once its parent is gone.
    """

    advanced = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, tasks: Tasks, work: Callable[[Progress], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._work, self._unwanted = tasks, work, Event()
        self._far, self._on_its_way = (0, 0), False

    def start(self) -> None:
        self._tasks.run(partial(self._work, self._progress), self._on_done, self._on_failed)

    def stop(self) -> None:
        """Soon; what is half done is undone by whoever does it."""
        self._unwanted.set()

    def _progress(self, done: int, whole: int) -> None:
        """On the worker's thread; until the window has listened it is not told again."""
        if self._unwanted.is_set():
            raise Stopped
        self._far = (done, whole)
        if not self._on_its_way:
            self._on_its_way = True
            self._tasks.tell(self._on_advanced, None)

    def _on_advanced(self, _told: None) -> None:
        self._on_its_way = False
        self.advanced.emit(*self._far)

    def _on_done(self, result: Any) -> None:
        self.done.emit(result)

    def _on_failed(self, error: ClinicError) -> None:
        if isinstance(error, Stopped):
            self.stopped.emit()
        else:
            self.failed.emit(error)
