"""One line over a page, once in a sitting: that backups fail, or that the last one is old."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from models.words import _
from ui.buttons import button
from ui.sheet import label
from ui.theme import MARGIN, dress


class BackupStrip(QFrame):
    """`backups_asked`: an administrator wants to see to it."""

    backups_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._told = self._covered = False
        dress(self, "unsaved")
        self._words = label("", "beware", self)
        tip = _("Look at the backups, and choose where they go")
        self.see_button = button(_("Backups"), self.backups_asked.emit, self, "link", tip)
        tip = _("The status bar goes on saying it")
        self.hide_button = button(_("Hide"), partial(self.say, ""), self, "link", tip)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(MARGIN)
        row.addWidget(self._words, 1)
        row.addWidget(self.see_button)
        row.addWidget(self.hide_button)
        self.begin(may_see=False)

    @property
    def said(self) -> str:
        return "" if self.isHidden() else self._words.text()

    def begin(self, *, may_see: bool) -> None:
        """Another sitting; `may_see`: of somebody who can do something about it."""
        self._told = False
        self.see_button.setVisible(may_see)
        self.say("")

    def say(self, words: str) -> None:
        """What is wrong, or nothing; once it was hidden it stays so in this sitting."""
        if not words or self._words.text() or not self._told:
            self._words.setText(words)
            self._told = self._told or bool(words)
        self._show()

    def cover(self, covered: bool) -> None:
        """Whether a page is shown that says it itself."""
        self._covered = covered
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._words.text()) and not self._covered)
