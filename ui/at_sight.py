"""What is done to a widget only once somebody sees it, or asks for it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

Act = Callable[[], object]


class AtSight(QObject):
    """Of what is to be done to one and the same widget the last thing counts."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[QWidget, Act] = {}

    def do(self, widget: QWidget, act: Act) -> None:
        """Now where it is seen, or else before it next is."""
        self._waiting[widget] = act
        if widget.isVisible():
            self.catch_up(widget)
        else:
            widget.installEventFilter(self)

    def catch_up(self, widget: QWidget) -> None:
        """Do now what waits for it to be seen."""
        act = self._waiting.pop(widget, None)
        if act is not None:
            widget.removeEventFilter(self)
            act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            self.catch_up(watched)
        return False
