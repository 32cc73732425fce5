"""What was noticed when the clinic was opened, over the page until somebody has read it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from models.words import _
from ui.buttons import button
from ui.sheet import label
from ui.theme import GAP, MARGIN, dress


class NoticesStrip(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        dress(self, "unsaved")
        self.words = label("", "beware", self)
        tip = _("These sentences stand in the audit log, too")
        self.close_button = button(_("Close"), self.forget, self, "link", tip)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        row.setSpacing(MARGIN)
        row.addWidget(self.words, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, notices: Sequence[str]) -> None:
        """Each on a line of its own; without any the strip is not there."""
        self.words.setText("\n".join(notices))
        self.setVisible(bool(notices))

    def forget(self) -> None:
        self.say([])
