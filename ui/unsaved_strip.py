"""One line over a page: what was typed and is not saved yet, and what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from models.store.drafts import Draft
from models.words import _
from ui.buttons import button
from ui.drafts_in_words import form_words
from ui.sheet import label
from ui.theme import MARGIN, dress


class UnsavedStrip(QFrame):
    """`go_on_asked`, `discard_asked`: with the latest draft, which is the first that it names."""

    go_on_asked = Signal(object)
    discard_asked = Signal(object)

    def __init__(self, parent: QWidget, *, discards: bool = False) -> None:
        super().__init__(parent)
        self._latest: Draft | None = None
        dress(self, "unsaved")
        self._words = label("", "beware", self)
        self.go_on_button = button(_("Go on"), self._go_on, self, "link")
        self.discard_button = button(_("Discard…"), self._discard, self, "link")
        self.discard_button.setVisible(discards)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(MARGIN)
        row.addWidget(self._words, 1)
        row.addWidget(self.go_on_button)
        row.addWidget(self.discard_button)
        self.hide()

    @property
    def said(self) -> str:
        return "" if self.isHidden() else self._words.text()

    def show_drafts(self, drafts: Sequence[Draft], words: str) -> None:
        """Say these words of them; without a draft the line is not there."""
        self._latest = next(iter(drafts), None)
        self._words.setText(words)
        self.setVisible(self._latest is not None)
        if self._latest is not None:
            what = form_words(self._latest)
            self.go_on_button.setToolTip(_("Back to what you typed ({what})").format(what=what))
            self.discard_button.setToolTip(_("Forget what you typed ({what})").format(what=what))

    def forget(self) -> None:
        self.show_drafts([], "")

    def _go_on(self) -> None:
        self.go_on_asked.emit(self._latest)

    def _discard(self) -> None:
        self.discard_asked.emit(self._latest)
