"""The columns of a clinic's own spreadsheet: what stands in each, and what it is matched with."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from models.exchange.matching.targets import Target
from models.words import N_, _, ngettext
from ui.flat_table import Column, FlatTable, Index
from ui.theme import colours


class Standing(Enum):
    """How sure it is what a column holds."""

    SURE = N_("✓ known")
    GUESSED = N_("? guessed")
    CHOSEN = N_("✓ chosen")
    OUT = N_("left out")


@dataclass(frozen=True)
class SourceColumn:
    """A column of the sheet; `unread`: how many of its cells cannot be read as they are matched."""

    heading: str
    values: Sequence[str]
    target: Target | None
    words: str
    standing: Standing
    unread: int = 0


COLUMNS = (Column(N_("Column")), Column(N_("First values")), Column(N_("Is")), Column(""))
SIGN = 3


class MatchingTable(FlatTable[SourceColumn]):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)

    def cells(self, at: int) -> Sequence[str]:
        row = self.rows[at]
        return (row.heading, " · ".join(row.values), row.words, _sign(row))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid():
            return self._colour(self.rows[index.row()], index.column())
        return super().data(index, role)

    def _colour(self, row: SourceColumn, column: int) -> QColor | None:
        if column == SIGN and (row.unread or row.standing is Standing.GUESSED):
            return QColor(colours().wrong if row.unread else colours().beware)
        if row.standing is Standing.OUT or column in {1, SIGN}:
            return QColor(colours().quiet)
        return None


def _sign(row: SourceColumn) -> str:
    if row.unread:
        return ngettext("✗ {n} unread", "✗ {n} unread", row.unread).format(n=row.unread)
    return _(row.standing.value)


def in_a_sentence(rows: Sequence[SourceColumn]) -> str:
    """`14 columns are known, 2 guessed: look at them; 3 are left out.`"""
    counts = Counter(row.standing for row in rows)
    known = counts[Standing.SURE] + counts[Standing.CHOSEN]
    said = [ngettext("{n} column is known", "{n} columns are known", known).format(n=known)]
    if counts[Standing.GUESSED]:
        words = _("{n} guessed: look at them")
        said.append(words.format(n=counts[Standing.GUESSED]))
    if counts[Standing.OUT]:
        said.append(_("{n} left out").format(n=counts[Standing.OUT]))
    return ", ".join(said) + "."
