"""What is chosen beside a preview: one of some values, the paper, any of the sections."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.words import _
from reports.asked import PAPERS
from reports.catalogue import Section
from ui.buttons import button
from ui.choice_editor import Combo
from ui.sheet import fill, label
from ui.theme import CONTROL, GAP, dress


class Choice(QWidget):
    """One of some values under a title; an arrow key chooses at once."""

    chosen = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.combo = Combo(self)
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(8)
        self.combo.activated.connect(self._on_activated)
        self._title = label("", "label", self)
        self._title.setBuddy(self.combo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        fill(column, (self._title, self.combo))
        self.setFocusProxy(self.combo)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """With its mnemonic."""
        self._title.setText(title)
        self.combo.setAccessibleName(title.replace("&", ""))

    def offer(self, choices: Sequence[tuple[object, str, str]]) -> None:
        """Values, words and what is said about each; the first is chosen."""
        self.combo.clear()
        for value, words, tip in choices:
            self.combo.addItem(words, value)
            self.combo.setItemData(self.combo.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self._say()

    def choose(self, value: object) -> None:
        self.combo.setCurrentIndex(self.combo.findData(value))
        self._say()

    @property
    def value(self) -> Any:
        return self.combo.currentData()

    def _on_activated(self) -> None:
        self._say()
        self.chosen.emit()

    def _say(self) -> None:
        tip = self.combo.currentData(Qt.ItemDataRole.ToolTipRole) or ""
        self.combo.setToolTip(tip)
        self.combo.setAccessibleDescription(tip)


class PaperChoice(QWidget):
    """A4 or Letter; the arrow keys step from one to the other."""

    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(label(_("Paper"), "label", self))
        row.addSpacing(GAP - 4)
        self.buttons = [self._button(*each) for each in enumerate(PAPERS.values())]
        for each in self.buttons:
            row.addWidget(each)
        row.addStretch()
        self._group.idToggled.connect(self._on_toggled)

    @property
    def value(self) -> str:
        return list(PAPERS)[self._group.checkedId()]

    def choose(self, paper: str) -> None:
        """Silently."""
        blocker = QSignalBlocker(self)
        self._group.button(list(PAPERS).index(paper)).setChecked(True)
        blocker.unblock()

    def _on_toggled(self, _number: int, on: bool) -> None:
        if on:
            self.chosen.emit()

    def _button(self, number: int, words: str) -> QToolButton:
        made = QToolButton(self)
        made.setText(words)
        made.setCheckable(True)
        made.setFixedHeight(CONTROL)
        made.setAccessibleName(_("Paper: {paper}").format(paper=words))
        made.setToolTip(_("Remembered for the next time"))
        dress(made, "choice")
        self._group.addButton(made, number)
        return made


class SectionChecks(QWidget):
    """The sections of a report, each of which can be left out; of the next patient all are there.

    `before`: after which widget Tab comes here.
    """

    changed = Signal()

    def __init__(self, before: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._before, self._kind = before, ""
        self._left_out: dict[str, frozenset[str]] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self.said = label("", "quiet", self)
        self.said.setWordWrap(False)
        tip = _("Leave nothing out")
        self.all_button = button(_("All sections"), self.take_all, self, "link", tip)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(label(_("Sections"), "label", self))
        for each in (self.said, self.all_button):
            head.addWidget(each)
        head.addStretch()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)

    def forget(self) -> None:
        """What was left out of the pages of another patient."""
        self._left_out.clear()

    def take_all(self) -> None:
        for box in self.boxes.values():
            box.setChecked(True)
        self.boxes[next(iter(self.boxes))].setFocus()
        self._on_clicked()

    def offer(self, kind: str, sections: Sequence[Section]) -> None:
        self._kind = kind
        for box in self.boxes.values():
            self._column.removeWidget(box)
            box.hide()
            box.deleteLater()
        left_out = self._left_out.get(kind, frozenset())
        self.boxes = {each.key: self._box(each, each.key not in left_out) for each in sections}
        for before, after in pairwise([self._before, self.all_button, *self.boxes.values()]):
            self.setTabOrder(before, after)
        self.setVisible(bool(sections))
        self._say()

    @property
    def left_out(self) -> frozenset[str]:
        return frozenset(key for key, box in self.boxes.items() if not box.isChecked())

    def _box(self, section: Section, checked: bool) -> QCheckBox:
        made = QCheckBox(section.words, self)
        made.setChecked(checked)
        made.setAccessibleName(_("Section: {title}").format(title=section.words))
        made.clicked.connect(self._on_clicked)
        self._column.addWidget(made)
        return made

    def _on_clicked(self) -> None:
        self._left_out[self._kind] = self.left_out
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        n = len(self.left_out)
        self.said.setText(_("{n} left out").format(n=n))
        for each in (self.said, self.all_button):
            each.setVisible(n > 0)
