"""A CTCAE term, found by the patient's own words."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from models.base import FieldWords
from models.ctcae import canonical
from models.ctcae_words import proposed_terms, said_for, unmistakable
from models.words import _
from ui.editor import LineEditor
from ui.read_line import ReadLine
from ui.theme import MARGIN, dress

TERM = Qt.ItemDataRole.UserRole
NAMED = 3
BY_HAND = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.MouseFocusReason,
)


class TermEditor(LineEditor):
    """Offers the terms of the form's version of CTCAE that fit; any other may be typed as well.

    While the field is empty, it tells which terms fit the patient's words. When these are left and
    mean one term without doubt, that is filled in, and the note says so; it goes again with the
    words that it came from, until somebody types another.
    """

    follows = ("verbatim", "ctcae_version")
    _verbatim = _proposed_from = ""
    _version: str | None = None
    _proposal: str | None = None

    def __init__(self, words: FieldWords, parent: QWidget | None = None) -> None:
        line = TermLine(parent)
        super().__init__(words, line, parent)
        self._terms = line
        line.textEdited.connect(self._offer)
        line.entered.connect(self._on_entered)
        line.list_asked.connect(self._on_list_asked)
        line.typed.connect(self._note_again)

    def set_value(self, value: Any) -> None:
        self._proposal, self._proposed_from = None, ""
        super().set_value(value)

    def follow(self, values: Mapping[str, Any]) -> None:
        self._verbatim = values.get("verbatim") or ""
        self._version = values.get("ctcae_version")
        self._note_again()

    def followed_left(self, name: str) -> None:
        """Fill in what the words mean without doubt, unless a person chose a term."""
        if name != "verbatim" or (self.line.text() and not self._is_proposal()):
            return
        before, term = self.value(), unmistakable(self._verbatim, self._version)
        self._proposal, self._proposed_from = term, self._verbatim
        if term != before:
            self.line.set_value(term)
            self.changed.emit()
        self._note_again()

    def note(self) -> str:
        if self._is_proposal():
            return _("Proposed from “{words}”.").format(words=self._proposed_from)
        if not self._verbatim or self.line.text():
            return super().note()
        fitting = proposed_terms(self._verbatim, self._version)
        if not fitting:
            return _("No term fits these words: type one, or press Down for the list.")
        named = ", ".join(fitting[:NAMED]) + (", …" if len(fitting) > NAMED else "")
        return _("Fits: {terms}").format(terms=named)

    def _is_proposal(self) -> bool:
        return self._proposal is not None and self.line.text() == self._proposal

    def _note_again(self) -> None:
        self.set_problem(self.problem)

    def _on_entered(self) -> None:
        if self._verbatim and not self.line.text():
            self._offer(self._verbatim)
            self._terms.show_list()

    def _on_list_asked(self) -> None:
        """What fits the words, or all terms where none does."""
        words = self.line.text() or self._verbatim
        self._offer(words if proposed_terms(words, self._version) else "")
        self._terms.show_list()

    def _offer(self, words: str) -> None:
        fitting = proposed_terms(words, self._version)
        self._terms.offer([(term, said_for(term, words) if words else "") for term in fitting])


class TermLine(ReadLine):
    """A line with a list of terms below it, each with what is said for it: `Pruritus — itch`."""

    entered = Signal()
    list_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(canonical, str, parent)
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setUniformItemSizes(True)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(TERM)
        completer.setPopup(self._list)
        dress(self._list, "completer")
        self.setCompleter(completer)

    def offer(self, terms: Sequence[tuple[str, str]]) -> None:
        self._model.clear()
        items = []
        for term, said in terms:
            item = QStandardItem(f"{term} — {said}" if said else term)
            item.setData(term, TERM)
            items.append(item)
        self._model.invisibleRootItem().appendRows(items)
        longest = max((item.text() for item in items), key=len, default="")
        width = self._list.fontMetrics().horizontalAdvance(longest)
        self._list.setMinimumWidth(width + 4 * MARGIN)

    def show_list(self) -> None:
        if self._model.rowCount():
            self.completer().complete()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in BY_HAND:
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.list_asked.emit()
        else:
            super().keyPressEvent(event)
