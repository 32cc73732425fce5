"""The changes of a patient's records, a row for each: cells, and what a filter leaves of them."""

import uuid
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, QSortFilterProxyModel, Qt

from models.store.changed import kind_in_words, values_in_words
from models.store.clinic import Change
from models.value_words import Names
from models.words import _, moment_words
from ui.record_table import NOWHERE, Index

CHANGE_ROLE = Qt.ItemDataRole.UserRole


class ChangesTable(QAbstractTableModel):
    """One change a row, the newest first; a row is put into words when it is looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes: Sequence[Change] = ()
        self._names: Names = {}
        self._cells: dict[int, tuple[str, ...]] = {}
        self._titles = (_("When"), _("Who"), _("Did"), _("What"), _("Values"), _("Reason"))

    def set_changes(self, changes: Sequence[Change], names: Names) -> None:
        """`names`: what the records are called to which others refer."""
        self.beginResetModel()
        self._changes, self._names, self._cells = changes, names, {}
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._changes)

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
            return self._row(index.row())[index.column()]
        return self._changes[index.row()] if role == CHANGE_ROLE else None

    def _row(self, row: int) -> tuple[str, ...]:
        if row not in self._cells:
            self._cells[row] = _row(self._changes[row], self._names)
        return self._cells[row]


class FoundChanges(QSortFilterProxyModel):
    """Those of one record, or of all, in which the typed words stand."""

    def __init__(self, table: ChangesTable, parent: QObject) -> None:
        super().__init__(parent)
        self.setSourceModel(table)
        self.setFilterKeyColumn(-1)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.record: uuid.UUID | None = None

    def show_record(self, record: uuid.UUID | None) -> None:
        self.record = record
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        change: Change = self.sourceModel().index(row, 0).data(CHANGE_ROLE)
        wanted = self.record in {None, change.record_id}
        return wanted and super().filterAcceptsRow(row, parent)


def _row(change: Change, names: Names) -> tuple[str, ...]:
    return (
        moment_words(change.at),
        change.user,
        change.action.label,
        kind_in_words(change),
        values_in_words(change, names),
        change.reason or "",
    )
