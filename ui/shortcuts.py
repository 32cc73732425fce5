"""The shortcuts, listed for whoever presses F1."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from models.words import _


def shortcuts(actions: Sequence[QAction]) -> list[tuple[str, str]]:
    """What, and with which keys."""
    listed = [(action.text().replace("&", ""), action.shortcut().toString()) for action in actions]
    return [
        *listed,
        (_("Save the form"), "Ctrl+Enter"),
        (_("Leave the form"), "Escape"),
        (_("Remove the chosen row"), "Delete"),
        (_("Save as PDF, in the print preview"), "Ctrl+S"),
        (_("From mark to mark, in the timeline"), "← → ↑ ↓"),
        (_("From a mark to its form, in the timeline"), "Enter"),
        (_("From rule to rule, where things stand; open it"), "← → Enter"),
        (_("Zoom in, out, whole course, in the timeline"), "+  −  0"),
    ]


def show_shortcuts(parent: QWidget, actions: Sequence[QAction]) -> None:
    rows = "".join(
        f"<tr><td style='padding:3px 32px 3px 0'>{what}</td><td><b>{keys}</b></td></tr>"
        for what, keys in shortcuts(actions)
    )
    box = QMessageBox(parent)
    box.setWindowTitle(QApplication.applicationName())
    box.setText(f"<table>{rows}</table>")
    box.exec()
