"""How far ahead the day looks: one of a few numbers of days, remembered."""

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from models.words import _
from ui.sheet import label
from ui.theme import CONTROL, GAP, dress

OFFERED = (0, 7, 14, 28)
USUAL, FURTHEST = 7, max(OFFERED)
REMEMBERED = "look_ahead"


class LookAhead(QWidget):
    """`chosen`: so many days; the arrow keys step from one to the next."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        title = label(_("Look ahead"), "label", self)
        title.setWordWrap(False)
        row.addWidget(title)
        row.addSpacing(GAP - 4)
        self._group = QButtonGroup(self)
        for days in OFFERED:
            row.addWidget(self._button(days))
        self._group.button(self._remembered()).setChecked(True)
        self._group.idToggled.connect(self._on_toggled)

    @property
    def days(self) -> int:
        return self._group.checkedId()

    def choose(self, days: int) -> None:
        self._group.button(days).setChecked(True)

    def _button(self, days: int) -> QToolButton:
        made = QToolButton(self)
        made.setText(_("{n} days").format(n=days) if days else _("Today"))
        made.setCheckable(True)
        made.setFixedHeight(CONTROL)
        made.setAccessibleName(_("Look ahead: {days}").format(days=made.text()))
        made.setToolTip(_("What is overdue is always shown"))
        dress(made, "choice")
        self._group.addButton(made, days)
        return made

    def _remembered(self) -> int:
        kept = str(QSettings().value(REMEMBERED))
        return next((days for days in OFFERED if str(days) == kept), USUAL)

    def _on_toggled(self, days: int, on: bool) -> None:
        if on:
            QSettings().setValue(REMEMBERED, days)
            self.chosen.emit(days)
