"""Whether anybody still uses the program: after some minutes without a key or a touch it tells."""

import math
import time
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

TICK_MS = 1000
LONGEST_WAIT = 3600  # seconds; whoever went home during a long run is not waited for all night
Kind = QEvent.Type
USE = frozenset({
    Kind.KeyPress,
    Kind.ShortcutOverride,
    Kind.InputMethod,
    Kind.MouseButtonPress,
    Kind.MouseButtonDblClick,
    Kind.MouseMove,
    Kind.Wheel,
    Kind.TouchBegin,
    Kind.TouchUpdate,
    Kind.NativeGesture,
    Kind.TabletPress,
    Kind.TabletMove,
    Kind.DragMove,
})  # fmt: skip
BEFORE_SEEN = frozenset({
    Kind.Expose,
    Kind.UpdateRequest,
    Kind.WindowActivate,
    Kind.ApplicationStateChange,
})  # fmt: skip
WATCHED = USE | BEFORE_SEEN


def both_clocks() -> tuple[float, ...]:
    """In seconds: one that nobody can set but that may stand still while the computer sleeps, and
    the computer's own, which goes on.
    """
    return time.monotonic(), time.time()


class Idle(QObject):
    """`expired`: nobody has used the program for so long; `ticked`: every second, the seconds left.

    The clock that says that more time went by is believed: who sets the computer's own forward has
    to sign in once more, and setting it back keeps nothing open. What woke the computer is no use
    of the program: it is locked first.
    """

    expired = Signal()
    ticked = Signal(int)

    def __init__(self, parent: QObject, clocks: Callable[[], tuple[float, ...]] = both_clocks):
        super().__init__(parent)
        self.clocks = clocks
        self._limit, self._last = 0, clocks()
        self._waking = False
        self._reasons: list[Callable[[], bool]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, minutes: int) -> None:
        """From now on; or, where it is watching, with another number of minutes."""
        self._limit = 60 * minutes
        if not self._timer.isActive():
            self._last = self.clocks()
            self._timer.start()
            cast(QApplication, QApplication.instance()).installEventFilter(self)

    def rest(self) -> None:
        self._timer.stop()
        cast(QApplication, QApplication.instance()).removeEventFilter(self)

    def postpone_while(self, at_work: Callable[[], bool]) -> None:
        """Wait for what runs by itself, for an hour at most."""
        self._reasons.append(at_work)

    @property
    def remaining(self) -> int:
        """Seconds."""
        return max(0, math.ceil(self._limit - self.unused))

    def look(self) -> None:
        """Tell where the time is over, else how much is left."""
        if self._is_over():
            self.rest()
            self.expired.emit()
        else:
            self.ticked.emit(self.remaining)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in WATCHED:
            return False
        if self._waking:
            return kind in USE
        if self._is_over():
            self._wake()
            return kind in USE
        if kind in USE:
            self._last = self.clocks()
        return False

    def _wake(self) -> None:
        """Tell, and keep the rest of the same key or touch from what is shown then."""
        self.look()
        self._waking = True
        cast(QApplication, QApplication.instance()).installEventFilter(self)
        QTimer.singleShot(0, self, self._woken)

    def _woken(self) -> None:
        self._waking = False
        if not self._timer.isActive():
            self.rest()

    @property
    def unused(self) -> float:
        """For how many seconds."""
        return max(now - last for now, last in zip(self.clocks(), self._last, strict=True))

    def _is_over(self) -> bool:
        beyond = self.unused - self._limit
        waits = 0 <= beyond < LONGEST_WAIT and any(at_work() for at_work in self._reasons)
        return beyond >= 0 and not waits
