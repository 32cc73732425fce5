"""A choice in the row above an analysis: its title beside a list."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

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
