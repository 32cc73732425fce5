"""The table of patients behind the page: cells, order, search and filter."""

import uuid
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, QSortFilterProxyModel, Qt

from models.patient import Patient
from models.store.folding import words_of
from models.store.search import asked, searched
from models.summary import CareStatus, Summary
from models.words import _, day_words, long_day_words
from ui.patient_columns import COLUMNS
from ui.record_table import NOWHERE, SORT_ROLE, Index, aligned

SUMMARY_ROLE = Qt.ItemDataRole.UserRole


class PatientTable(QAbstractTableModel):
    """Patients by row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._summaries: list[Summary] = []
        self._words: list[str] = []

    def set_summaries(self, summaries: Sequence[Summary]) -> None:
        self.beginResetModel()
        self._summaries = list(summaries)
        self._words = [found_by(summary.history.patient) for summary in summaries]
        self.endResetModel()

    def summary(self, row: int) -> Summary:
        return self._summaries[row]

    def is_found(self, row: int, typed: Sequence[str]) -> bool:
        """Whether every typed word begins a word of the patient."""
        return all(f" {word}" in self._words[row] for word in typed)

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
        if orientation is not Qt.Orientation.Horizontal or section >= len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(COLUMNS[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return aligned(COLUMNS[section].number)
        return None


class FoundPatients(QSortFilterProxyModel):
    """Those with a status that are found by what was typed, in any order; the empty stand last."""

    def __init__(self, table: PatientTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._typed: list[str] = []
        self._status: CareStatus | None = None
        self.setSortRole(SORT_ROLE)
        self.setSourceModel(table)

    def search(self, text: str) -> None:
        self._typed = asked(text)
        self.invalidate()

    def show_status(self, status: CareStatus | None) -> None:
        self._status = status
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        wanted = self._status in {None, self._table.summary(row).status}
        return wanted and self._table.is_found(row, self._typed)

    def lessThan(self, left: Index, right: Index) -> bool:
        one, other = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if one is None or other is None:
            descending = self.sortOrder() is Qt.SortOrder.DescendingOrder
            return one != other and (other is None) is not descending
        return bool(one < other)


def found_by(patient: Patient) -> str:
    """The words a patient is found by, the birth date also as it is spoken."""
    words = searched(patient.name, patient.mrn, patient.birth_date)
    spoken = f"{day_words(patient.birth_date)} {long_day_words(patient.birth_date)}"
    return " ".join(["", *words.values(), *words_of(spoken)])
