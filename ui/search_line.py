"""The line above a list in which a person types what is looked for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

WIDEST = 320
INTO_THE_LIST = {Qt.Key.Key_Down, Qt.Key.Key_PageDown}


class SearchLine(QLineEdit):
    """`left_below`: a person goes down into what was found."""

    left_below = Signal()

    def __init__(self, name: str, placeholder: str, tip: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setToolTip(tip)
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(WIDEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in INTO_THE_LIST:
            self.left_below.emit()
        else:
            super().keyPressEvent(event)
