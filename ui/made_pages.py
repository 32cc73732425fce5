"""Pages inside the window that are made when they are first asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.main_window import MainWindow

W = TypeVar("W", bound=QWidget)


class MadePages(QObject):
    """`made`: those that were asked for, by name; they go when the window is locked."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._today, self._save = window.at_hand.today, window.at_hand.save
        self.made: dict[str, QWidget] = {}

    def forget(self) -> None:
        """Whoever dropped the pages gets new ones when they are asked for."""
        self.made.clear()

    def _page(self, name: str, make: Callable[[], W]) -> W:
        if name not in self.made:
            self.made[name] = make()
            self._window.take_in(self.made[name])
        return cast(W, self.made[name])
