"""The shortcuts, listed by where they work, for whoever presses F1."""

from collections.abc import Collection, Mapping, Sequence
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.roles import May
from models.words import _
from ui.buttons import button
from ui.theme import GAP, MARGIN

Shortcuts = Sequence[tuple[str, str]]
Rows = Sequence[tuple[str, str] | tuple[str, str, May]]
SIZE = (920, 720)
IN_THE_FIRST = 3


def shortcuts(
    actions: Sequence[QAction], allowed: Collection[May] = tuple(May)
) -> dict[str, Shortcuts]:
    """By place: what is allowed, and with which keys; those of the menu as the menu has them."""
    native = QKeySequence.SequenceFormat.NativeText
    of_the_menu = [
        (action.text().replace("&", "").rstrip("…"), action.shortcut().toString(native))
        for action in actions
        if action.isVisible() and not action.shortcut().isEmpty()
    ]
    there = {
        place: [(row[0], row[1]) for row in rows if {*row[2:]} <= {*allowed}]
        for place, rows in _rows().items()
    }
    return {_("Everywhere"): of_the_menu, **there}


def _rows() -> dict[str, Rows]:
    """By place, what is always the same; some needs a role that allows it."""
    return {
        _("In a form"): (
            (_("Save"), "Ctrl+Enter", May.RECORD),
            (_("Leave it; asks where something is not saved"), "Escape"),
            (_("Show or hide the password that is typed"), "Ctrl+Shift+H"),
            (_("To the next field, and back"), "Tab  Shift+Tab"),
            (_("Same as last time (treatment day)"), "Ctrl+D", May.RECORD),
        ),
        _("In a table of records"): (
            (_("Open the chosen row"), "Enter"),
            (_("Remove the chosen row"), "Delete", May.RECORD),
            (_("Adverse events: grade from today on"), "1 2 3 4 5", May.RECORD),
            (_("Adverse events: resolved today"), "0", May.RECORD),
        ),
        _("Today"): (
            (_("Open what is due"), "Enter"),
            (_("Put off, take up again"), "S  U", May.RECORD),
            (_("Find in the list"), "F"),
            (_("Fold and open a group"), "←  →"),
        ),
        _("Timeline"): (
            (_("From mark to mark"), "← → ↑ ↓"),
            (_("To the first and the last mark of the lane"), "Home  End"),
            (_("To the form of the mark; back by way of the table"), _("Enter, Escape Escape")),
            (_("Fold the lane of the mark, or open it"), _("Space")),
            (_("Open all lanes"), _("Shift+Space")),
            (_("Zoom in, out, whole course"), "+  −  0"),
            (_("Zoom about the pointer"), _("Ctrl+wheel")),
        ),
        _("Cohort"): (
            (_("Through a figure, and to the patients behind it"), "← → Enter"),
            (_("Back from them to all; end what is being read"), "Escape"),
            (_("Copy a table, or what is selected of it"), "Ctrl+C"),
            (_("Print, export the tables"), "Ctrl+P  Ctrl+E"),
        ),
        _("Where things stand"): ((_("From rule to rule, and open it"), "← → Enter"),),
        _("Files"): (
            (_("Paste a photograph or copied files"), "Ctrl+V", May.RECORD),
            (_("Turn the photograph left, right"), "L  R", May.RECORD),
            (_("Compared photographs: zoom in, out, whole"), "+  −  0"),
        ),
        _("Print preview"): (
            (_("Print, save as PDF"), "Ctrl+P  Ctrl+S"),
            (_("Choose another report"), "Alt+R"),
            (_("Pages larger, smaller"), "Ctrl++  Ctrl+−"),
        ),
    }


class ShortcutsDialog(QDialog):
    """Two columns of groups; Escape or Enter closes it."""

    def __init__(self, parent: QWidget, groups: Mapping[str, Shortcuts]) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{_('Shortcuts')} – {QApplication.applicationName()}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(QSize(*SIZE).boundedTo(parent.size()))
        sheet = QWidget(self)
        columns = QHBoxLayout(sheet)
        columns.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        columns.setSpacing(3 * MARGIN)
        each = list(groups.items())
        for some in (each[:IN_THE_FIRST], each[IN_THE_FIRST:]):
            label = QLabel("".join(_group(title, rows) for title, rows in some), sheet)
            column = QVBoxLayout()
            column.addWidget(label)
            column.addStretch()
            columns.addLayout(column)
        columns.addStretch()
        scroll = QScrollArea(self)
        scroll.setWidget(sheet)
        scroll.setWidgetResizable(True)
        close = QHBoxLayout()
        close.addStretch()
        close.addWidget(button(_("Close"), self.accept, self, "primary", _("Escape")))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, MARGIN, MARGIN)
        whole.setSpacing(GAP)
        whole.addWidget(scroll, 1)
        whole.addLayout(close)


def show_shortcuts(parent: QWidget, actions: Sequence[QAction], allowed: Collection[May]) -> None:
    ShortcutsDialog(parent, shortcuts(actions, allowed)).exec()


def _group(title: str, rows: Shortcuts) -> str:
    cells = "".join(
        f"<tr><td style='padding:2px 24px 2px 0'>{escape(what)}</td>"
        f"<td style='padding:2px 0'><b>{escape(keys)}</b></td></tr>"
        for what, keys in rows
    )
    return f"<h4>{escape(title)}</h4><table>{cells}</table>"
