"""Texts: of several lines, and lines that suggest what is often written."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QPlainTextEdit, QWidget

from models.base import FieldWords
from ui.editor import Editor
from ui.theme import dress
from ui.undo_keys import is_the_windows

NOTHING = "\0"


def suggest(line: QLineEdit, suggestions: Sequence[str]) -> None:
    """Offer what contains the typed text, whatever its case, until it is one of them."""
    _complete(line, CompleteOnce(suggestions, line))


def suggest_items(line: QLineEdit, offered: Callable[[], Sequence[str]]) -> None:
    """The same for the last of several items separated by semicolons.

    `offered`: asked anew whenever a person types.
    """
    completer = LastItemCompleter(offered, line)
    _complete(line, completer)
    line.textEdited.connect(completer.refresh)


def _complete(line: QLineEdit, completer: QCompleter) -> None:
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    popup = QListView()
    completer.setPopup(popup)
    dress(popup, "completer")
    line.setCompleter(completer)


class CompleteOnce(QCompleter):
    """Has nothing to add to what is complete, so that no list stands in the way."""

    def __init__(self, suggestions: Sequence[str], parent: QObject) -> None:
        super().__init__(list(suggestions), parent)
        self._known = {each.casefold() for each in suggestions}

    def splitPath(self, path: str) -> list[str]:
        return [NOTHING if path.casefold() in self._known else path]


class LastItemCompleter(QCompleter):
    """Completes what stands behind the last semicolon."""

    def __init__(self, offered: Callable[[], Sequence[str]], parent: QObject) -> None:
        super().__init__(parent)
        self._offered = offered
        self._known: Sequence[str] = ()

    def refresh(self) -> None:
        """Offer what holds now."""
        offered = self._offered()
        if offered != self._known:
            self._known = offered
            self.setModel(QStringListModel([*offered], self))

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(";")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        line = self.widget()
        before = line.text().rpartition(";")[0] if isinstance(line, QLineEdit) else ""
        chosen = super().pathFromIndex(index)
        return f"{before}; {chosen}" if before else chosen


class PlainTextEditor(Editor):
    """Text of several lines; Tab moves on."""

    wide = True

    def __init__(self, words: FieldWords, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.box = QPlainTextEdit(self)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(3 * self.box.fontMetrics().lineSpacing() + 20)
        self.box.textChanged.connect(self.changed)
        self.box.installEventFilter(self)
        self._value: str | None = None
        self._shown = ""
        self.row.addWidget(self.box)
        self.hold(self.box)

    def go_on(self) -> None:
        super().go_on()
        self.box.moveCursor(QTextCursor.MoveOperation.End)

    def value(self) -> str | None:
        text = self.box.toPlainText()
        return self._value if text == self._shown else text.strip() or None

    def set_value(self, value: str | None) -> None:
        blocker = QSignalBlocker(self.box)
        self.box.setPlainText(value or "")
        blocker.unblock()
        self._value, self._shown = value, self.box.toPlainText()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.left.emit()
        text = self.box.document()
        if is_the_windows(event, undo=text.isUndoAvailable(), redo=text.isRedoAvailable()):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
