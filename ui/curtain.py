"""What stands over the window goes when it is locked: questions, menus, lists, tool tips."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QThread, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

AGAIN_MS = 20
OUTERMOST = 1


def somebody_is_asked() -> bool:
    """Whether something waits for an answer, as a dialog or a menu does."""
    return QThread.currentThread().loopLevel() > OUTERMOST


class Curtain(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def fall(self, then: Callable[[], None]) -> None:
        """Close all that is open over the window, as if nobody had answered.

        `then` follows once whoever asked has got that answer, and needs its page no more.
        """
        over = self._over_it()
        for each in over:
            if isinstance(each, QDialog):
                each.reject()
            each.hide()
        asked = any(isinstance(each, QDialog) for each in over)
        if asked or somebody_is_asked():
            QTimer.singleShot(AGAIN_MS, self, partial(self.fall, then))
        else:
            then()

    def _over_it(self) -> list[QWidget]:
        found = QApplication.topLevelWidgets()
        return [each for each in found if each.isVisible() and each is not self._window]


def forget_copied() -> None:
    """Empty the clipboard, and what X11 keeps of a selection."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
