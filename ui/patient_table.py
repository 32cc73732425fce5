"""The table of patients behind the page: cells, order, search and filter."""

import uuid
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt

from models.store.finding import Matching
from models.summary import CareStatus, Summary
from ui.flat_table import SORT_ROLE, FlatTable, Index
from ui.patient_columns import COLUMNS


class PatientTable(FlatTable[Summary]):
    """Patients by row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)

    def patient(self, row: int) -> uuid.UUID:
        return self.rows[row].history.patient.id

    def row_of(self, patient: uuid.UUID | None) -> int | None:
        ids = (summary.history.patient.id for summary in self.rows)
        return next((row for row, found in enumerate(ids) if found == patient), None)

    def cells(self, at: int) -> Sequence[str]:
        return [column.words(self.rows[at]) for column in COLUMNS]

    def tip(self, at: int, column: int) -> str:
        declared = COLUMNS[column]
        return (declared.tip or declared.words)(self.rows[at])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == SORT_ROLE and index.isValid():
            return COLUMNS[index.column()].native(self.rows[index.row()])
        return super().data(index, role)


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
        wanted = self._status in {None, self._table.rows[row].status}
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
