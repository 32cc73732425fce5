"""The line in which a person says what a column holds: typing finds it."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from models.exchange.matching.headings import names_of
from models.exchange.matching.targets import Target
from models.folding import folded, words_of
from models.words import _
from ui.icons import icon
from ui.theme import dress

SHOWN = 10


class TargetLine(QLineEdit):
    """`chosen`: with a target, or None for a column that is left out."""

    chosen = Signal(object)

    def __init__(self, targets: Sequence[Target], parent: QWidget) -> None:
        super().__init__(parent)
        self._targets = (None, *targets)
        self._shown = ""
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setUniformItemSizes(True)
        dress(self._list, "completer")
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setPopup(self._list)
        completer.setMaxVisibleItems(SHOWN)
        completer.activated.connect(self._on_activated)
        self.setCompleter(completer)
        self.setAccessibleName(_("What the column holds"))
        self.setPlaceholderText(_("Type to find a field"))
        self.setToolTip(_("Words in any order; Down for all fields"))
        self._arrow = self.addAction(
            icon("list", "quiet"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._arrow.setToolTip(_("All fields"))
        self._arrow.triggered.connect(lambda: self._show_list(""))
        self.textEdited.connect(self._offer)
        self.returnPressed.connect(self._on_return)
        self.editingFinished.connect(self._on_left)

    def show_target(self, target: Target | None) -> None:
        self._shown = title_of(target)
        self.setText(self._shown)
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._show_list("" if self._is_told() else self.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def _is_told(self) -> bool:
        return self.text() == self._shown

    def _show_list(self, typed: str) -> None:
        self._offer(typed)
        self.setFocus()
        self.completer().complete()

    def _offer(self, typed: str) -> None:
        self._model.clear()
        for target in found(self._targets, typed):
            self._model.appendRow(QStandardItem(title_of(target)))

    def _on_activated(self, title: str) -> None:
        self._choose(next(each for each in self._targets if title_of(each) == title))

    def _choose(self, target: Target | None) -> None:
        self.show_target(target)
        self.chosen.emit(target)

    def _on_return(self) -> None:
        """The first that is found; what stands there already is confirmed."""
        self._list.hide()
        for target in found(self._targets, self.text()):
            self._choose(target)
            return

    def _on_left(self) -> None:
        """What is typed in full counts as chosen; anything else was no choice."""
        if self._list.isVisible() or self._is_told():
            return
        typed = words_of(self.text())
        for target in self._targets:
            if words_of(title_of(target)) == typed:
                self._choose(target)
                return
        self.setText(self._shown)


def found(targets: Sequence[Target | None], typed: str) -> Iterator[Target | None]:
    """The targets in which all words that are typed stand: in their own, then in other names."""
    asked = words_of(typed)
    others = []
    for target in targets:
        own = folded(title_of(target))
        if all(word in own for word in asked):
            yield target
        elif target is not None and all(word in f"{own} {names_of(target)}" for word in asked):
            others.append(target)
    yield from others


def title_of(target: Target | None) -> str:
    """Without the number of the record, which is chosen beside it."""
    return target.every.words if target else _("Left out")
