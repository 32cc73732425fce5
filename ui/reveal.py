"""Bringing into view what the keys have reached in a part that is taller than its page."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import ROW


def reveal(widget: QWidget, place: QRect) -> None:
    """Scroll whatever holds the widget so far that this place of it is seen."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        inside = widget.mapTo(around.widget() or widget, place.center())
        around.ensureVisible(
            inside.x(), inside.y(), place.width() // 2 + ROW, place.height() // 2 + ROW
        )
