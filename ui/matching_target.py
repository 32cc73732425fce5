"""The line in which a person says what a column holds: typing finds it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from models.exchange.matching.targets import Target
from models.words import _
from ui.theme import dress

TARGET = Qt.ItemDataRole.UserRole
SHOWN = 10


class TargetLine(QLineEdit):
    """`chosen`: with a target, or None for a column that is left out."""

    chosen = Signal(object)

    def __init__(self, targets: Sequence[Target], parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = ""
        self._model = QStandardItemModel(self)
        for target in (None, *targets):
            item = QStandardItem(words_of(target))
            item.setData(target, TARGET)
            self._model.appendRow(item)
        self._list = QListView()
        dress(self._list, "completer")
        completer = QCompleter(self._model, self)
        completer.setPopup(self._list)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(SHOWN)
        completer.activated.connect(self._choose)
        self.setCompleter(completer)
        self.setAccessibleName(_("What the column holds"))
        self.setPlaceholderText(_("Type to find a field"))
        self.setToolTip(_("Type to find a field, Down for all of them"))
        self.returnPressed.connect(self._on_return)
        self.editingFinished.connect(self._on_left)

    def show_target(self, target: Target | None) -> None:
        self._shown = words_of(target)
        self.setText(self._shown)
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.completer().setCompletionPrefix("" if self._is_told() else self.text())
            self.completer().complete()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def _is_told(self) -> bool:
        return self.text() == self._shown

    def _choose(self, words: str) -> None:
        for row in range(self._model.rowCount()):
            item = self._model.item(row)
            if item.text().casefold() == words.strip().casefold():
                self._shown = item.text()
                self.chosen.emit(item.data(TARGET))
                return

    def _on_return(self) -> None:
        """The first that is found; what stands there already is confirmed."""
        self._list.hide()
        self.completer().setCompletionPrefix(self.text())
        if self.completer().completionCount():
            self._choose(self.completer().currentCompletion())

    def _on_left(self) -> None:
        """What is typed in full counts as chosen; anything else was no choice."""
        if self._list.isVisible() or self._is_told():
            return
        self._choose(self.text())
        self.setText(self._shown)


def words_of(target: Target | None) -> str:
    """Without the number of the record, which is chosen beside it."""
    return target.every.words if target else _("Left out")
