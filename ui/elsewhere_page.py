"""The clinic is open in another window that cannot be shown from here."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from models.words import _
from ui.buttons import button
from ui.only_one import Holder
from ui.sheet import Sheet, label, row_of
from ui.theme import MARGIN


class ElsewherePage(Sheet):
    """`again_asked`: whether it is closed by now; `here_asked`: open it all the same."""

    again_asked = Signal()
    here_asked = Signal()
    other_folder_asked = Signal()

    def __init__(self, folder: str, holder: Holder, parent: QWidget | None = None) -> None:
        super().__init__(_("This clinic is open already"), parent)
        self.again_button = button(_("Try again"), self.again_asked.emit, self, "primary")
        tip = _("What both windows save is kept; a record that both change is refused to one")
        self.here_button = button(_("Open it here, too"), self.here_asked.emit, self, "link", tip)
        self.folder_button = button(
            _("Open another folder…"), self.other_folder_asked.emit, self, "link"
        )
        close = _("Close the window there, then try again.")
        gone = _("If that computer was switched off or replaced, open the clinic here.")
        self.add(label(folder, "quiet", self), label(holder.words, "explained", self))
        self.add(label(f"{close} {gone}", "", self), row_of(self.again_button))
        self.add(row_of(self.here_button, self.folder_button, gap=MARGIN))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.again_button.setFocus()
