"""Choosing one of some values, or any of them, or none."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QStyleOptionComboBox, QWidget

from models.field_words import FieldWords
from models.words import _
from ui.editor import Editor

Options = Sequence[tuple[Any, str]]
ELIDED, BESIDE_THE_WORDS = Qt.TextElideMode.ElideRight, 48


class Combo(QComboBox):
    """A combo box that a passing mouse wheel does not change; long words end in dots."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        room = self.width() - BESIDE_THE_WORDS
        elided = self.fontMetrics().elidedText(self.currentText(), ELIDED, room)
        option.currentText = elided


def narrow_combo(parent: QWidget) -> Combo:
    """One that takes the width that there is, however long its choices."""
    made = Combo(parent)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(8)
    return made


class ChoiceEditor(Editor):
    """One of some values, or none: the list starts with an empty line; typing selects."""

    def __init__(self, words: FieldWords, options: Options, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._options: list[tuple[Any, str]] = []
        self._values: list[Any] = []
        self.combo = narrow_combo(self)
        self.combo.activated.connect(self._on_activated)
        self.row.addWidget(self.combo)
        self.hold(self.combo)
        self.set_options(options)

    def set_options(self, options: Options) -> None:
        """Offer these; what is chosen stays chosen."""
        chosen = self.value()
        self._options = list(options)
        self.set_value(chosen)

    def value(self) -> Any:
        at = self.combo.currentIndex()
        return self._values[at] if at >= 0 else None

    def set_value(self, value: Any) -> None:
        offered = [(None, ""), *self._options]
        if value not in [each for each, label in offered]:
            offered.append((value, _("(no longer in the list)")))
        self._values = [each for each, label in offered]
        self.combo.clear()
        self.combo.addItems([label for each, label in offered])
        self.combo.setCurrentIndex(self._values.index(value))

    def told(self) -> str:
        return self.combo.currentText()

    def _on_activated(self) -> None:
        self.changed.emit()
        self.left.emit()


class ChecksEditor(Editor):
    """Any of some values, those that were loaded first and in their order."""

    wide = True

    def __init__(self, words: FieldWords, options: Options, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._loaded: list[Any] = []
        self.boxes = {value: QCheckBox(label, self) for value, label in options}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, box in enumerate(self.boxes.values()):
            box.clicked.connect(self.changed)
            box.setAccessibleName(f"{words.title}: {box.text()}")
            grid.addWidget(box, *divmod(place, 3))
        self.row.addLayout(grid)
        self.hold(*self.boxes.values())

    def value(self) -> list[Any] | None:
        ticked = [value for value, box in self.boxes.items() if box.isChecked()]
        kept = [value for value in self._loaded if value in ticked]
        return kept + [value for value in ticked if value not in kept] or None

    def set_value(self, value: Sequence[Any] | None) -> None:
        self._loaded = list(value or ())
        for option, box in self.boxes.items():
            box.setChecked(option in self._loaded)
