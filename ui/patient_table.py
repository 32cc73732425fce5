"""The table of patients behind the page: cells, order, search and filter."""

import uuid
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, QSortFilterProxyModel, Qt

from models.store.finding import Matching
from models.summary import CareStatus, Summary
from ui.patient_columns import COLUMNS
from ui.record_table import NOWHERE, SORT_ROLE, Index, aligned
from ui.table_heading import heading

SUMMARY_ROLE = Qt.ItemDataRole.UserRole


class PatientTable(QAbstractTableModel):
    """Patients by row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._summaries: list[Summary] = []

    def set_summaries(self, summaries: Sequence[Summary]) -> None:
        self.beginResetModel()
        self._summaries = list(summaries)
        self.endResetModel()

    def summary(self, row: int) -> Summary:
        return self._summaries[row]

    def patient(self, row: int) -> uuid.UUID:
        return self._summaries[row].history.patient.id

    def row_of(self, patient: uuid.UUID | None) -> int | None:
        ids = (summary.history.patient.id for summary in self._summaries)
        return next((row for row, found in enumerate(ids) if found == patient), None)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._summaries)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        summary, column = self._summaries[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.words(summary)
            case Qt.ItemDataRole.ToolTipRole:
                return (column.tip or column.words)(summary) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return aligned(column.number)
            case _ if role == SUMMARY_ROLE:
                return summary
            case _ if role == SORT_ROLE:
                return column.native(summary)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return heading(COLUMNS, section, orientation, role)


class FoundPatients(QSortFilterProxyModel):
    """Those with a status whom a search found; last, who is spelled otherwise, and the empty."""

    def __init__(self, table: PatientTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._matching: Matching | None = None
        self._status: CareStatus | None = None
        self.setSortRole(SORT_ROLE)
        self.setSourceModel(table)

    def show_matching(self, matching: Matching | None) -> None:
        """Only those; None: everybody."""
        self._matching = matching
        self.invalidate()

    def show_status(self, status: CareStatus | None) -> None:
        self._status = status
        self.invalidate()

    @property
    def spelled_otherwise(self) -> int:
        """How many of those shown are found only despite an error; they are the last."""
        rows = (self.index(row, 0) for row in range(self.rowCount()))
        return sum(self._is_spelled_otherwise(self.mapToSource(row)) for row in rows)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        wanted = self._status in {None, self._table.summary(row).status}
        return wanted and (self._matching is None or self._table.patient(row) in self._matching)

    def lessThan(self, left: Index, right: Index) -> bool:
        descending = self.sortOrder() is Qt.SortOrder.DescendingOrder
        last, other_last = (self._is_spelled_otherwise(index) for index in (left, right))
        if last != other_last:
            return other_last is not descending
        one, other = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if one is None or other is None:
            return one != other and (other is None) is not descending
        return bool(one < other)

    def _is_spelled_otherwise(self, index: Index) -> bool:
        patient = self._table.patient(index.row())
        return self._matching is not None and patient in self._matching.forgiven
