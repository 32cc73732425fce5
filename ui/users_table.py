"""The table of users behind the page: cells and order."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from models.account import Account
from models.folding import folded
from models.roles import Role
from models.words import N_, _, moment_words
from ui.record_table import NOWHERE, SORT_ROLE, Index
from ui.table_heading import heading

ACCOUNT_ROLE = Qt.ItemDataRole.UserRole
Moments = Mapping[str, dt.datetime]
"""When each of them came in last, by name; empty while that is not known."""
Words = Callable[[Account, Moments], str]


@dataclass(frozen=True)
class Column:
    """`native`: what it sorts by where that is not the words."""

    title: str
    width: int
    words: Words
    native: Callable[[Account, Moments], Any] | None = None
    number: bool = False


def _last(account: Account, last: Moments) -> str:
    at = last.get(account.name)
    return moment_words(at) if at else _("Never") if last else ""


def _when(account: Account, last: Moments) -> str:
    at = last.get(account.name)
    return at.isoformat() if at else ""


def _due(account: Account, last: Moments) -> str:
    if account.removed_at is not None:
        return ""
    return _("To be chosen") if account.new_password_due else _("Own")


COLUMNS = (
    Column(N_("Name"), 144, lambda who, _at: who.name, lambda who, _at: folded(who.name)),
    Column(
        N_("Role"), 104, lambda who, _at: who.role.label, lambda who, _at: [*Role].index(who.role)
    ),
    Column(N_("Last signed in"), 136, _last, _when),
    Column(N_("Password"), 104, _due),
    Column(N_("State"), 112, lambda who, _at: who.state),
)


class UsersTable(QAbstractTableModel):
    """Users by row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._accounts: Sequence[Account] = ()
        self._last: Moments = {}

    def set_accounts(self, accounts: Sequence[Account]) -> None:
        self.beginResetModel()
        self._accounts = accounts
        self.endResetModel()

    def set_last(self, last: Moments) -> None:
        """When each of them came in last."""
        self._last = last
        if self._accounts:
            end = self.index(len(self._accounts) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), end)

    def row_of(self, name: str) -> int | None:
        return next((at for at, who in enumerate(self._accounts) if who.name == name), None)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._accounts)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        who, column = self._accounts[index.row()], COLUMNS[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return column.words(who, self._last)
        if role == SORT_ROLE:
            return (column.native or column.words)(who, self._last)
        return who if role == ACCOUNT_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return heading(COLUMNS, section, orientation, role)
