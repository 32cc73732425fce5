"""Beside a password: show what is typed, until the page is left."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton

from models.words import _
from ui.theme import dress

KEYS = "Ctrl+Shift+H"


class ShowToggle(QToolButton):
    """Within the line, out of the way of Tab; its keys work while the line has the focus."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(_("Show the password"))
        self.setToolTip(_("Show or hide what is typed ({keys})").format(keys=KEYS))
        dress(self, "within")
        shortcut = QShortcut(QKeySequence(KEYS), line)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.toggle)
        self.toggled.connect(self._show)
        self._show(False)
        self._lay_out()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.setChecked(False)

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode
        self._line.setEchoMode(mode.Normal if shown else mode.Password)
        self.setText(_("Hide") if shown else _("Show"))

    def _lay_out(self) -> None:
        inside = QHBoxLayout(self._line)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.addStretch()
        inside.addWidget(self)
        self._line.setTextMargins(0, 0, self.sizeHint().width() + 8, 0)
