"""What follows from a form being filled in, beside it; what to look at before it is saved."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from models.words import _
from ui.theme import GAP, MARGIN, dress


class WhatFollows(QScrollArea):
    """Sentences below each other; those to beware of come first, in a frame of their own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.warning, self.told = self._label("warning"), self._label("explained")
        self.warning.setAccessibleName(_("To be checked"))
        self.told.setAccessibleName(_("Worked out"))
        sheet = QWidget(self)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.told)
        column.addWidget(self.warning)
        column.addStretch()
        self.setWidget(sheet)

    def show_lines(self, told: Sequence[str], warning: Sequence[str]) -> None:
        for label, lines in ((self.told, told), (self.warning, warning)):
            label.setText("\n\n".join(lines))
            label.setVisible(bool(lines))

    def _label(self, role: str) -> QLabel:
        made = QLabel(self)
        made.setWordWrap(True)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        dress(made, role)
        return made
