"""Python's search for garbage, on the window's thread alone: a widget may die on no other."""

import ctypes
import gc
import math
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.curtain import somebody_is_asked

if TYPE_CHECKING:
    from ui.main_window import MainWindow

LOOK_MS = 250
ENOUGH, OFTEN = 20_000, 3
"""So many new objects are looked through at once; so many times before those that were kept are."""

ALL_AFTER, QUIET = 300, 10
"""Seconds between searches among all; and since the last key or touch, for the window halts."""


class Garbage(QObject):
    """Python's own search, which runs on any thread that makes objects, is off from here on.

    What is loaded before anybody has come in stays, and is never looked through.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        gc.disable()
        self._window = window
        self._all_at = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        window.loading.done.connect(self._begin)

    def look(self) -> None:
        """In what is new, where that is much; in all, where it is time and nobody would notice.

        Not while somebody is asked: what is to be deleted after it still needs its half in Python.
        """
        if somebody_is_asked():
            return
        new, searches, _kept = gc.get_count()
        idle = self._window.locking.idle
        if time.monotonic() - self._all_at > ALL_AFTER and idle.unused > QUIET:
            self.look_everywhere()
        elif new > ENOUGH:
            gc.collect(1 if searches >= OFTEN else 0)

    def look_everywhere(self) -> None:
        if somebody_is_asked():
            self._all_at = -math.inf  # as soon as may be
            return
        gc.collect()
        _give_back()
        self._all_at = time.monotonic()

    def _begin(self) -> None:
        if self._window.clinic is None:
            gc.freeze()
        self._window.locking.closed.connect(self.look_everywhere)
        self._timer.start()


def _give_back() -> None:
    """To the system what was freed: on Linux the C library else keeps it, some 40 MB after a lock
    in a clinic of 100,000 patients.
    """
    if sys.platform == "linux":
        getattr(ctypes.CDLL(None), "malloc_trim", int)(0)
