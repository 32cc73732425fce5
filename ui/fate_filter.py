"""How many rows of a file have which fate; a press shows only those."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from models.exchange.fates import ORDER, TITLES, Line
from models.words import _
from ui.theme import GAP, dress


class FateFilter(QWidget):
    """`changed`: with the fates that are to be shown."""

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.all_button = self._button(0)
        self.buttons = {fate: self._button(at) for at, fate in enumerate(ORDER, start=1)}
        self._group.idClicked.connect(self._on_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for each in (self.all_button, *self.buttons.values()):
            row.addWidget(each)
        row.addStretch()
        self.setFocusProxy(self.all_button)

    def count(self, lines: Sequence[Line]) -> None:
        """All are shown; a fate that none has is not offered."""
        counts = Counter(line.fate for line in lines)
        self._say(self.all_button, _("All"), len(lines))
        for fate, button in self.buttons.items():
            self._say(button, _(TITLES[fate]), counts[fate])
            button.setVisible(counts[fate] > 0)
        self.all_button.setChecked(True)

    def _say(self, button: QToolButton, title: str, n: int) -> None:
        button.setText(f"{title} {n:,}")
        button.setAccessibleName(_("Show only: {what}").format(what=button.text()))

    def _on_chosen(self, place: int) -> None:
        self.changed.emit(ORDER[place - 1 : place] if place else ORDER)

    def _button(self, place: int) -> QToolButton:
        made = QToolButton(self)
        made.setCheckable(True)
        dress(made, "choice")
        self._group.addButton(made, place)
        return made
