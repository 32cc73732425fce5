"""At the left of the status bar: the last save, the last backup, and when the window locks.

And, as long as there is such a thing, that something read could not be put on record.
"""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from models.store.health import Health
from models.words import _
from ui.backup_words import in_a_sentence, in_short
from ui.buttons import button
from ui.icons import icon
from ui.theme import MARGIN, dress

MINUTE = 60


class StatusStrip(QWidget):
    """Empty until it is told something; `backups_asked`: to know more about the backups."""

    backups_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._health: Health | None = None
        self.saved, self.lock, self.owed = QLabel(self), QLabel(self), QLabel(self)
        self.backup = button("", self.backups_asked.emit, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(MARGIN)
        for part in self._parts:
            row.addWidget(part)
        for part in (self.saved, self.lock):
            dress(part, "quiet")
        dress(self.owed, "beware")
        self.owed.setText(_("Not all is on record"))
        self.clear()

    def clear(self) -> None:
        """Nobody is in, and nothing is said."""
        for part in self._parts:
            part.hide()

    def say_saved(self, at: dt.datetime | None) -> None:
        """When something was last saved since somebody came in."""
        if at is not None:
            _say(self.saved, _("Saved {time}").format(time=f"{at.astimezone():%H:%M}"))

    def say_owed(self, words: str) -> None:
        """What could not be put on record so far; nothing where all is."""
        self.owed.setToolTip(words)
        self.owed.setAccessibleDescription(words)
        self.owed.setVisible(bool(words))

    def say_left(self, seconds: int) -> None:
        """Until the window locks."""
        _say(self.lock, lock_words(seconds))

    def say_health(self, health: Health, tip: str) -> None:
        """Of the backups; nothing where none are made by themselves. `tip`: who sees to them."""
        self._health = health
        if not health.automatic:
            self.backup.hide()
            return
        tip = f"{in_a_sentence(health)}\n{tip}"
        self.backup.setText(in_short(health))
        self.backup.setToolTip(tip)
        self.backup.setAccessibleDescription(tip)
        dress(self.backup, "status-beware" if health.worrying else "status")
        self._paint()
        self.backup.show()

    @property
    def _parts(self) -> Sequence[QWidget]:
        return (self.saved, self.backup, self.owed, self.lock)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._health:
            self._paint()

    def _paint(self) -> None:
        worrying = self._health is not None and self._health.worrying
        self.backup.setIcon(icon("beware", "beware") if worrying else icon("fine", "quiet"))


def lock_words(seconds: int) -> str:
    """Minutes begun, and at the end seconds: `Locks in 9 min`, `Locks in 45 s`."""
    if seconds <= MINUTE:
        return _("Locks in {n} s").format(n=max(seconds, 0))
    return _("Locks in {n} min").format(n=-(-seconds // MINUTE))


def _say(part: QLabel, words: str) -> None:
    part.setText(words)
    part.show()
