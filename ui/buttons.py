"""Push buttons, all made alike: pressed by Enter; shortcuts that belong to one page."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from ui.theme import dress


def button(
    text: str, pressed: Callable[[], object], parent: QWidget, role: str = "", tip: str = ""
) -> QPushButton:
    """`role`: `primary` for what the page is there for, `link` for a quiet way out."""
    made = QPushButton(text, parent)
    made.setAutoDefault(True)
    made.setDefault(role == "primary")
    made.setToolTip(tip)
    made.clicked.connect(lambda _checked: pressed())
    dress(made, role)
    return made


def on_keys(keys: str, pressed: Callable[[], object], page: QWidget) -> QShortcut:
    """A shortcut that works anywhere on a page, and nowhere else."""
    shortcut = QShortcut(QKeySequence(keys), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(pressed)
    return shortcut
