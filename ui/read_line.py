"""A line of text that stands for a value: read when asked, shown in words when left."""

from collections.abc import Callable
from typing import Any, cast

from pydantic import ValidationError
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from ui.theme import dress
from ui.undo_keys import is_the_windows


class ReadLine(QLineEdit):
    """`read` raises `ValueError` in words; an untouched line answers exactly what was set."""

    typed = Signal()
    left = Signal()

    def __init__(
        self,
        read: Callable[[str], Any],
        write: Callable[[Any], str],
        parent: QWidget | None = None,
        unit: str = "",
    ) -> None:
        super().__init__(parent)
        self._read, self._write = read, write
        self._value: Any = None
        self._shown = ""
        self.textChanged.connect(self._on_typed)
        self.editingFinished.connect(self._on_left)
        if unit:
            self._show_unit(unit)

    def value(self) -> Any:
        """None when empty or unreadable."""
        return self._reading()[0]

    def unreadable(self) -> str:
        return self._reading()[1]

    def set_value(self, value: Any) -> None:
        self._show(value)
        self.setCursorPosition(0)

    def state(self) -> str:
        """The text as it stands once the line is left: tomorrow `-3` would be another day."""
        value, problem = self._reading()
        as_typed = problem or value is None or self.text() == self._shown
        return self.text() if as_typed else self._write(value)

    def restore(self, state: str) -> None:
        """Put a text back as if it had been typed, silently."""
        blocker = QSignalBlocker(self)
        self.setText(state)
        blocker.unblock()

    def event(self, event: QEvent) -> bool:
        """Escape closes the list of suggestions first, and only then leaves the form."""
        if is_the_windows(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return False
        escape = event.type() is QEvent.Type.ShortcutOverride and (
            cast(QKeyEvent, event).key() == Qt.Key.Key_Escape
        )
        if escape and self._suggests():
            event.accept()
            return True
        return super().event(event)

    def _suggests(self) -> bool:
        popup = self.completer().popup() if self.completer() else None
        return popup is not None and popup.isVisible()

    def _show(self, value: Any) -> None:
        blocker = QSignalBlocker(self)
        self.setText("" if value is None else self._write(value))
        blocker.unblock()
        self._value, self._shown = value, self.text()

    def _reading(self) -> tuple[Any, str]:
        text = self.text()
        if text == self._shown:
            return self._value, ""
        if not text.strip():
            return None, ""
        try:
            return self._read(text), ""
        except ValidationError as error:
            from models.base import problems_in_words  # noqa: PLC0415 - not to sign in

            return None, " ".join(problems_in_words(error).values())
        except ValueError as error:
            return None, str(error)

    def _on_typed(self) -> None:
        self.typed.emit()

    def _on_left(self) -> None:
        value, problem = self._reading()
        if not problem and self.text() != self._shown:
            self._show(value)
        self.left.emit()

    def _show_unit(self, unit: str) -> None:
        label = QLabel(unit, self)
        dress(label, "unit")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addStretch()
        inside.addWidget(label)
        self.setTextMargins(0, 0, label.sizeHint().width() + 8, 0)
