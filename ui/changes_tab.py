"""History: who entered, corrected or removed what, when and why, with old and new values."""

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from models.base import BOOKKEEPING, FieldWords, described_fields
from models.records import BY_NAME
from models.store.clinic import Change
from models.words import _, capitalised, day_words
from ui.calm_table import calm
from ui.in_words import Names, in_words

NOWHERE = QModelIndex()
EMPTY: tuple[Any, ...] = (None, [], {})
Index = QModelIndex | QPersistentModelIndex


class ChangesTable(QAbstractTableModel):
    """One change a row, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes: Sequence[Change] = ()
        self._names: Names = {}
        self._titles = (_("When"), _("Who"), _("Did"), _("What"), _("Values"), _("Reason"))

    def set_changes(self, changes: Sequence[Change], names: Names) -> None:
        """`names`: what the records are called to which others refer."""
        self.beginResetModel()
        self._changes, self._names = changes, names
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
        words = _cells(self._changes[index.row()], self._names)[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return words
        return None


def _cells(change: Change, names: Names) -> tuple[str, ...]:
    kind = BY_NAME.get(change.kind or "")
    moment = change.at.astimezone()
    return (
        f"{day_words(moment.date())} {moment:%H:%M}",
        change.user,
        change.action.label,
        capitalised(_(kind.singular)) if kind else "",
        values_in_words(change, names),
        change.reason or "",
    )


def values_in_words(change: Change, names: Names) -> str:
    """`Weight: 70 → 71; Notes: …`; for a new record its values."""
    kind = BY_NAME.get(change.kind or "")
    if kind is None:
        return ""
    old, new = change.old or {}, change.new or {}
    parts = []
    for field in described_fields(kind):
        if field.name in BOOKKEEPING or field.name not in new:
            continue
        after = _shown(field, new[field.name], names)
        if field.name in old:
            parts.append(f"{field.title}: {_shown(field, old[field.name], names)} → {after}")
        elif new[field.name] not in EMPTY:
            parts.append(f"{field.title}: {after}")
    return "; ".join(parts)


def _shown(field: FieldWords, value: Any, names: Names) -> str:
    """A value of the trail as the form would show it; as it stands where it no longer fits."""
    if value in EMPTY:
        return _("empty")
    try:
        return in_words(TypeAdapter(field.annotation).validate_python(value), names) or str(value)
    except ValidationError:
        return str(value)


class ChangesTab(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = ChangesTable(self)
        self.view = QTableView(self)
        calm(self.view, self.table, _("History of changes"))
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate((150, 90, 100, 150, 400, 200)):
            self.view.setColumnWidth(column, width)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.view)

    def set_changes(self, changes: Sequence[Change], names: Names) -> None:
        self.table.set_changes(changes, names)
