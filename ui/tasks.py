"""Work off the window's thread: the only place that knows threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from models.bugs import as_told
from models.errors import ClinicError

T = TypeVar("T")


class Tasks(QObject):
    """One worker, in order; what it hands back arrives on the thread of the window.

    Callbacks are best the methods of widgets: they are dropped once their widget is gone.
    """

    _ready = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._ready.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[ClinicError], None],
    ) -> None:
        """Do `work` on the worker, then call `done` with its result or `failed` with the error."""
        if self._open:
            self._worker.submit(self._work, work, done, failed)

    def tell(self, callback: Callable[[T], None], value: T) -> None:
        """Call back on the thread of the window, from any thread: for progress."""
        self._ready.emit(partial(_call, callback, value))

    def shutdown(self) -> None:
        """Wait for what is running, drop what waits and what has not been delivered."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._open = False

    def _work(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[ClinicError], None],
    ) -> None:
        try:
            result = work()
        except Exception as error:  # handed back as a value: the worker shows nothing
            self.tell(failed, as_told(error))
        else:
            self.tell(done, result)

    def _deliver(self, call: Callable[[], None]) -> None:
        if self._open:
            call()


def _call(callback: Callable[[T], None], value: T) -> None:
    owner: Any = getattr(callback, "__self__", None)
    if not isinstance(owner, QObject) or shiboken6.isValid(owner):
        callback(value)
