"""The line above a list in which a person types what is looked for."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.undo_keys import is_the_windows

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

    def event(self, event: QEvent) -> bool:
        if is_the_windows(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in INTO_THE_LIST:
            self.left_below.emit()
        else:
            super().keyPressEvent(event)
