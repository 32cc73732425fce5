"""A place for a page that is made when it is first seen or asked for."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


class WhenSeen(QWidget, Generic[W]):
    """`make` answers the page, made inside this place; it is asked once."""

    def __init__(self, make: Callable[[QWidget], W], parent: QWidget) -> None:
        super().__init__(parent)
        self._make = make
        self.held: W | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def page(self) -> W:
        """The page, from now on."""
        if self.held is None:
            self.held = self._make(self)
            self._keep_tab_order(self.held)
            self._column.addWidget(self.held)
            self.held.show()
        return self.held

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.page()

    def _keep_tab_order(self, page: QWidget) -> None:
        """What is made last would come last with the Tab key; the page comes where its place is.

        Qt moves all that a widget holds whose focus goes to a part of it, and none without focus.
        """
        page.setFocusProxy(page.findChildren(QWidget)[0])
        for each in (self, page):
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        QWidget.setTabOrder(self, page)
        for each in (self, page):
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.setFocusProxy(None)  # type: ignore[arg-type] # as Qt says: there is none then
