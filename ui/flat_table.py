"""A table of flat rows: what every such model answers about its rows, columns and headings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from models.words import _

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROW_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
Row = TypeVar("Row")


class Titled(Protocol):
    """A column: its heading, not yet translated, and whether it stands on the right."""

    @property
    def title(self) -> str: ...
    @property
    def number(self) -> bool: ...


@dataclass(frozen=True)
class Column:
    title: str
    number: bool = False


class FlatTable(QAbstractTableModel, Generic[Row]):
    """`rows` below the headings of `columns`; `ROW_ROLE` answers the row itself.

    A row is put into words (`cells`) when it is first looked at.
    """

    def __init__(self, columns: Sequence[Titled], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self.rows: list[Row] = []
        self._words: dict[int, Sequence[str]] = {}

    def set_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows, self._words = [*rows], {}
        self.endResetModel()

    def add_rows(self, rows: Sequence[Row]) -> None:
        """After the last one."""
        if rows:
            self.beginInsertRows(NOWHERE, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def say_anew(self, first: int, last: int) -> None:
        """What is told of these rows is no longer what was told before."""
        self._words = {at: said for at, said in self._words.items() if not first <= at <= last}
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def row_at(self, at: int) -> Row:
        return self.rows[at]

    def cells(self, at: int) -> Sequence[str]:
        """What stands in the row at this place, column by column."""
        raise NotImplementedError

    def tip(self, at: int, column: int) -> str:
        """What is said over a cell: all of what stands there, where nothing else is."""
        return self._cells(at)[column]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        at, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cells(at)[column]
            case Qt.ItemDataRole.ToolTipRole:
                return self.tip(at, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return aligned(self.columns[column].number)
            case _ if role == ROW_ROLE:
                return self.row_at(at)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return aligned(self.columns[section].number)
        return None

    def _cells(self, at: int) -> Sequence[str]:
        if at not in self._words:
            self._words[at] = self.cells(at)
        return self._words[at]


def aligned(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
