"""The audit log as a table: an entry a row, the newest first, further ones as they are wanted."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from models.store.changed import deed_in_words, values_in_words
from models.store.trail_rows import Row
from models.words import _, moment_words
from ui.record_table import NOWHERE, Index

ROW_ROLE = Qt.ItemDataRole.UserRole


class AuditTable(QAbstractTableModel):
    """`more_asked`: the end of the rows is reached, and there are more."""

    more_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.found, self._waits = 0, False
        self._cells: dict[int, tuple[str, ...]] = {}
        self._titles = (_("Entry"), _("When"), _("Who"), _("What"), _("Patient"), _("Changed"))

    def set_rows(self, rows: Sequence[Row], found: int) -> None:
        """The first of those that were found."""
        self.beginResetModel()
        self.rows, self.found, self._waits, self._cells = [*rows], found, False, {}
        self.endResetModel()

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Those after the last one; none where there turned out to be no more."""
        self._waits = False
        if not rows:
            self.found = len(self.rows)
            return
        self.beginInsertRows(NOWHERE, len(self.rows), len(self.rows) + len(rows) - 1)
        self.rows += rows
        self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._waits and 0 < len(self.rows) < self.found

    def fetchMore(self, parent: Index) -> None:
        self._waits = True
        self.more_asked.emit()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        return self._titles[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._words(index.row())[index.column()]
        return self.rows[index.row()] if role == ROW_ROLE else None

    def _words(self, row: int) -> tuple[str, ...]:
        """Put into words when it is looked at."""
        if row not in self._cells:
            self._cells[row] = _cells(self.rows[row])
        return self._cells[row]


def unreadable() -> str:
    return _("This entry cannot be read: it was edited behind the program's back.")


def _cells(row: Row) -> tuple[str, ...]:
    change = row.change
    if change is None:
        return str(row.sequence), "", "", "", row.name, unreadable()
    return (
        str(row.sequence),
        moment_words(change.at),
        change.user,
        deed_in_words(change),
        row.name,
        values_in_words(change, row.names) or change.reason or "",
    )
