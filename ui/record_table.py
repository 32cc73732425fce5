"""One table for any kind of record."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from PySide6.QtCore import QAbstractTableModel, QObject, QSortFilterProxyModel, Qt

from models.base import FieldWords, Record, described_fields, worked_out_fields
from models.told import Told, told_fields
from models.value_words import Names, in_words
from models.values import Choice, PartialDate
from ui.flat_table import NOWHERE, ROW_ROLE, Index, aligned

RECORD_ROLE = ROW_ROLE
MOST_COLUMNS = 6


class RecordTable(QAbstractTableModel):
    """Records by row, fields by column, every value in words; removed records are absent."""

    def __init__(
        self,
        record_class: type[Record],
        columns: Sequence[str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        beside = told_fields(record_class)
        fields = [*described_fields(record_class), *worked_out_fields(record_class), *beside]
        described = {words.name: words for words in fields}
        names = columns or useful_columns(record_class)
        self.columns: list[FieldWords] = [described[name] for name in names]
        self._records: list[Record] = []
        self._sorted_by, self._order = -1, Qt.SortOrder.AscendingOrder
        self._names: Names = {}
        self._beside = {words.name for words in beside}
        self._told: Mapping[uuid.UUID, Told] = {}

    def set_records(
        self,
        records: Iterable[Record],
        names: Names | None = None,
        told: Mapping[uuid.UUID, Told] | None = None,
    ) -> None:
        """`names`: what the records are called to which these refer; `told`: see `models.told`."""
        self.beginResetModel()
        self._records = [record for record in records if record.removed_at is None]
        self._names, self._told = names or {}, told or {}
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By the values themselves, not by their words; what is empty counts as the least."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        records = [self._records[each.row()] for each in before]
        self._sorted_by, self._order = column, order
        self._arrange()
        rows = {record.id: row for row, record in enumerate(self._records)}
        pairs = zip(records, before, strict=True)
        after = [self.index(rows[record.id], each.column()) for record, each in pairs]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        if self._sorted_by >= 0:
            backwards = self._order is Qt.SortOrder.DescendingOrder
            self._records.sort(key=self._sort_key, reverse=backwards)

    def _sort_key(self, record: Record) -> tuple[bool, float | str]:
        value = native(self._value(record, self.columns[self._sorted_by].name), self._names)
        return value is not None, 0 if value is None else value

    def record(self, row: int) -> Record:
        return self._records[row]

    def row_of(self, record_id: uuid.UUID) -> int | None:
        rows = (row for row, record in enumerate(self._records) if record.id == record_id)
        return next(rows, None)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record = self._records[index.row()]
        value = self._value(record, self.columns[index.column()].name)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return in_words(value, self._names)
            case Qt.ItemDataRole.ToolTipRole:
                return in_words(value, self._names) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return aligned(is_number(self.columns[index.column()].annotation))
            case _ if role == RECORD_ROLE:
                return record
        return None

    def _value(self, record: Record, name: str) -> Any:
        if name in self._beside:
            return self._told.get(record.id, {}).get(name)
        return getattr(record, name)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.columns[section].help or self.columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return aligned(is_number(self.columns[section].annotation))
        return None


class SortedRecords(QSortFilterProxyModel):
    """Filters by any column's words, and leaves sorting to the table, which knows the values."""

    def __init__(self, table: RecordTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSourceModel(table)
        self.setFilterKeyColumn(-1)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.sourceModel().sort(column, order)


def useful_columns(record_class: type[Record]) -> list[str]:
    """The record's date, then what every such record has, then other short fields."""
    short = [words for words in described_fields(record_class) if not words.multiline]
    dated = [words for words in short if words.name == record_class.dated_by]
    needed = [words for words in short if words.required and words not in dated]
    other = [words for words in short if words not in dated + needed]
    chosen = [words.name for words in (*dated, *needed, *other)][:MOST_COLUMNS]
    in_order = [words.name for words in short if words.name in chosen]
    return sorted(in_order, key=lambda name: name != record_class.dated_by)


def native(value: Any, names: Names) -> float | str | None:
    """What sorts as the value does: numbers as numbers, dates in time, choices as declared."""
    match value:
        case None:
            return None
        case PartialDate() | dt.date():
            return str(value)
        case Choice():
            return list(type(value)).index(value)
        case int() | float():
            return value
    return in_words(value, names).casefold()


def is_number(annotation: Any) -> bool:
    return bool({annotation, *get_args(annotation)} & {int, float})
