"""A line below a password: Caps Lock is on. No system tells that to Qt; the first letter does."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from models.words import _
from ui.theme import dress


class CapsLockHint(QLabel):
    def __init__(self, parent: QWidget, *lines: QLineEdit) -> None:
        super().__init__(_("Caps Lock is on."), parent)
        dress(self, "beware")
        self.hide()
        for line in lines:
            line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress:
            self._look(cast(QKeyEvent, event))
        return super().eventFilter(watched, event)

    def _look(self, event: QKeyEvent) -> None:
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.hide()
        elif letter.lower() != letter.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.setVisible(letter.isupper() != shift)
