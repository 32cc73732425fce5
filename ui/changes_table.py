"""The changes of a patient's records, a row for each: cells, and what a filter leaves of them."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt

from models.store.changed import kind_in_words, values_in_words
from models.store.clinic import Change
from models.value_words import Names
from models.words import N_, moment_words
from ui.flat_table import ROW_ROLE, Column, FlatTable, Index

COLUMNS = (
    *(Column(N_("When")), Column(N_("Who")), Column(N_("Did"))),
    *(Column(N_("What")), Column(N_("Values")), Column(N_("Reason"))),
)


class ChangesTable(FlatTable[Change]):
    """One change a row, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._names: Names = {}

    def set_changes(self, changes: Sequence[Change], names: Names) -> None:
        """`names`: what the records are called to which others refer."""
        self._names = names
        self.set_rows(changes)

    def cells(self, at: int) -> Sequence[str]:
        change = self.rows[at]
        return (
            moment_words(change.at),
            change.user,
            change.action.label,
            kind_in_words(change),
            values_in_words(change, self._names),
            change.reason or "",
        )


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
        change: Change = self.sourceModel().index(row, 0).data(ROW_ROLE)
        wanted = self.record in {None, change.record_id}
        return wanted and super().filterAcceptsRow(row, parent)
