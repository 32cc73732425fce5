"""Rows of a form that come and go with what has to be asked; the keyboard stays where it was."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFormLayout, QLayoutItem, QWidget

from ui.theme import GAP


class AskedRows(QWidget):
    """`ask` shows other rows: each a label and an input, whose accessible name tells them apart.

    `after`: what has the keyboard once the last of them is gone.
    """

    def __init__(self, after: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._after = after
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setSpacing(GAP)
        self.inputs: list[QWidget] = []

    def ask(self, rows: Sequence[tuple[QWidget, QWidget | None]]) -> None:
        """A row without an input is a sentence."""
        focused = self.window().focusWidget()
        named = focused.accessibleName() if focused and focused in self.inputs else None
        taken = [self._form.takeRow(0) for _row in range(self._form.rowCount())]
        self.inputs = [asked for _label, asked in rows if asked is not None]
        for words, asked in rows:
            if asked is None:
                self._form.addRow(words)
            else:
                self._form.addRow(words, asked)
                asked.show()
        self.setVisible(bool(rows))
        if named is not None:
            same = (each for each in self.inputs if each.accessibleName() == named)
            next(same, next(iter(self.inputs), self._after)).setFocus()
        for row in taken:
            _drop(row.labelItem)
            _drop(row.fieldItem)


def _drop(item: QLayoutItem | None) -> None:
    """Not at once: it may be telling of what a person just did."""
    widget = item.widget() if item else None
    if widget is not None:
        widget.hide()
        widget.deleteLater()
