"""How every table of the window looks and behaves: whole rows, no grid, one row at a time."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.theme import ROW

ARRIVING = frozenset(
    {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End}
    | {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}
)


class CalmTable(QTableView):
    """The first key chooses a row: the one that has the focus is not chosen yet."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self.model().rowCount()
        if event.key() in ARRIVING and rows and not self.selectionModel().hasSelection():
            self.selectRow(rows - 1 if event.key() == Qt.Key.Key_End else 0)
        else:
            super().keyPressEvent(event)


def calm(view: QTableView, model: QAbstractItemModel, name: str) -> None:
    """Set up a table on its model; `name` is what a screen reader says."""
    view.setModel(model)
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(ROW)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
