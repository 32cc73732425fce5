"""The bar beside the menu: the pages of several patients, and Find at the other end."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenuBar, QToolButton, QWidget

from models.roles import May
from models.words import _
from ui.icons import icon
from ui.theme import GAP, MARGIN, dress


def with_margins(widget: QWidget) -> QWidget:
    """In a corner of the menu bar, as high as the navigation at the other end."""
    around = QWidget(widget.parentWidget())
    row = QHBoxLayout(around)
    row.setContentsMargins(GAP, 4, MARGIN, 4)
    row.addWidget(widget)
    return around


class Navigation(QWidget):
    """One button for each page; the one that is shown is marked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QToolButton] = {}
        self._may: dict[str, May] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MARGIN - GAP, 4, GAP, 4)
        self._row.setSpacing(4)

    def add(
        self, name: str, words: str, keys: str, go: Callable[[], object], may: May = May.READ
    ) -> None:
        """`name` is that of its icon; `may`: what the role must allow, or it is not there."""
        made = QToolButton(self)
        made.setText(words)
        made.setToolTip(f"{words} ({keys})")
        made.setAccessibleName(_("Go to: {page}").format(page=words))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setIcon(icon(name))
        made.clicked.connect(lambda: go())  # noqa: PLW0108 - without what Qt sends along
        dress(made, "page")
        self._buttons[name], self._may[name] = made, may
        self._row.addWidget(made)

    def allow(self, allowed: Collection[May]) -> None:
        for name, button in self._buttons.items():
            button.setVisible(self._may[name] in allowed)
        bar = self.parentWidget()
        if isinstance(bar, QMenuBar):  # it gives its corners their room only when it is resized
            QApplication.sendEvent(bar, QResizeEvent(bar.size(), bar.size()))

    def show_page(self, name: str, *, inside: bool) -> None:
        """Mark the page that is shown; nothing can be chosen before a clinic is open."""
        for each, button in self._buttons.items():
            button.setEnabled(inside)
            dress(button, "page-shown" if each == name else "page")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for name, button in self._buttons.items():
                button.setIcon(icon(name))
