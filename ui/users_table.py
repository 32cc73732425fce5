"""The table of users behind the page: cells and order."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt

from models.account import Account
from models.folding import folded
from models.roles import Role
from models.words import N_, _, moment_words
from ui.flat_table import SORT_ROLE, FlatTable, Index

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


class UsersTable(FlatTable[Account]):
    """Users by row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._last: Moments = {}

    def set_last(self, last: Moments) -> None:
        """When each of them came in last."""
        self._last = last
        if self.rows:
            self.say_anew(0, len(self.rows) - 1)

    def row_of(self, name: str) -> int | None:
        return next((at for at, who in enumerate(self.rows) if who.name == name), None)

    def cells(self, at: int) -> Sequence[str]:
        return [column.words(self.rows[at], self._last) for column in COLUMNS]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == SORT_ROLE and index.isValid():
            column = COLUMNS[index.column()]
            return (column.native or column.words)(self.rows[index.row()], self._last)
        return super().data(index, role)
