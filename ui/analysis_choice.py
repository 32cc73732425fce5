"""What is chosen above an analysis, and the way to what it needs."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from models.words import _
from ui.buttons import button
from ui.choice_editor import Combo, narrow_combo
from ui.theme import dress


def add_choice(
    row: QHBoxLayout,
    title: str,
    options: Iterable[tuple[Any, str]],
    changed: Callable[[], object],
    parent: QWidget,
) -> Combo:
    """`title`: with its mnemonic, as `&By`; what is chosen is the list's `currentData`, which of a
    `Choice` is its mere word.
    """
    name, combo = QLabel(title, parent), narrow_combo(parent)
    dress(name, "quiet")
    name.setBuddy(combo)
    combo.setAccessibleName(title.replace("&", ""))
    combo.setMinimumContentsLength(12)
    for value, words in options:
        combo.addItem(words, value)
    combo.activated.connect(lambda _at: changed())
    row.addWidget(name)
    row.addWidget(combo)
    return combo


def origin_button(asked: Callable[[], object], parent: QWidget) -> QPushButton:
    tip = _("What is told counts from the start of a treatment line from then on")
    return button(_("Count from the start of a line"), asked, parent, tip=tip)
