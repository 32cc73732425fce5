"""The changes of a patient's records, a row for each: cells, and what a filter leaves of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import QAbstractTableModel, QObject, QSortFilterProxyModel, Qt

from models.base import FieldWords, described_fields
from models.records import BY_NAME
from models.store.clinic import Change
from models.words import _, capitalised, day_words
from ui.in_words import Names, in_words
from ui.record_table import NOWHERE, Index

EMPTY: tuple[Any, ...] = (None, [], {})
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


@dataclass(frozen=True)
class ChangedValue:
    """One field of a change in words; `old`: None where nothing stood there to be replaced."""

    field: str
    old: str | None
    new: str

    def __str__(self) -> str:
        values = " → ".join(value for value in (self.old, self.new) if value)
        return f"{self.field}: {values}"


def changed_values(change: Change, names: Names) -> list[ChangedValue]:
    """Field by field what was replaced by what; of a new record its values."""
    kind = BY_NAME.get(change.kind or "")
    if kind is None:
        return []
    found = []
    for field in described_fields(kind):
        if field.name in change.old and field.name in change.new:
            old = _shown(field, change.old[field.name], names)
            found.append(
                ChangedValue(field.title, old, _shown(field, change.new[field.name], names))
            )
        elif field.name in change.new and change.new[field.name] not in EMPTY:
            found.append(
                ChangedValue(field.title, None, _shown(field, change.new[field.name], names))
            )
        elif field.name in change.old and change.old[field.name] not in EMPTY:
            old = _shown(field, change.old[field.name], names)
            found.append(ChangedValue(field.title, old, ""))
    return found


def values_in_words(change: Change, names: Names) -> str:
    """`Weight: 70 → 71; Notes: …`; of a new or a removed record its values."""
    found = changed_values(change, names)
    return "; ".join(map(str, found)) or (
        names.get(change.record_id, "") if change.record_id else ""
    )


def kind_in_words(change: Change) -> str:
    kind = BY_NAME.get(change.kind or "")
    return capitalised(_(kind.singular)) if kind else ""


def moment_in_words(change: Change) -> str:
    moment = change.at.astimezone()
    return f"{day_words(moment.date())} {moment:%H:%M}"


def _row(change: Change, names: Names) -> tuple[str, ...]:
    return (
        moment_in_words(change),
        change.user,
        change.action.label,
        kind_in_words(change),
        values_in_words(change, names),
        change.reason or "",
    )


def _shown(field: FieldWords, value: Any, names: Names) -> str:
    """A value of the trail as the form would show it; as it stands where it no longer fits."""
    if value in EMPTY:
        return _("empty")
    try:
        return in_words(_adapter(field.annotation).validate_python(value), names) or str(value)
    except ValidationError:
        return str(value)


@cache
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    return TypeAdapter(annotation)
