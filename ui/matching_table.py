"""The columns of a clinic's own spreadsheet: what stands in each, and what it is matched with."""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from models.exchange.matching.reading import MatchedReading
from models.exchange.matching.targets import Matching, Target, headings_of, values_in
from models.exchange.tables.sheets import Sheet
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
    """A column of the sheet as it is matched.

    `unread`: how many of its cells cannot be read; `outside`: how many stay outside therefore;
    `lacking`: how many of its records lack something.
    """

    heading: str
    values: Sequence[str]
    target: Target | None
    words: str
    standing: Standing
    unread: int = 0
    lacking: int = 0
    outside: int = 0


COLUMNS = (Column(N_("Column")), Column(N_("First values")), Column(N_("Is")), Column(""))
SIGN = 3
FIRST_VALUES, LOOKED_AT = 3, 20


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
        if column == SIGN and (row.unread or row.lacking):
            return QColor(colours().wrong)
        if column == SIGN and (row.outside or row.standing is Standing.GUESSED):
            return QColor(colours().beware)
        if row.standing is Standing.OUT or column in {1, SIGN}:
            return QColor(colours().quiet)
        return None


def _sign(row: SourceColumn) -> str:
    if row.unread:
        return ngettext("✗ {n} unread", "✗ {n} unread", row.unread).format(n=row.unread)
    if row.lacking:
        words = ngettext("✗ {n} incomplete", "✗ {n} incomplete", row.lacking)
        return words.format(n=row.lacking)
    if row.outside:
        return ngettext("{n} outside", "{n} outside", row.outside).format(n=row.outside)
    return _(row.standing.value)


def columns_of(
    sheet: Sheet, matching: Matching, reading: MatchedReading | None, chosen: Set[int]
) -> list[SourceColumn]:
    """`reading`: the sheet as it is matched, once it was read; `chosen`: what a person said."""
    reading = reading or MatchedReading()
    cells = [each.place for each in reading.problems if each.place.row]
    lacking = Counter(place.column for place in cells if place in reading.lacking)
    unread = Counter(place.column for place in cells if place not in reading.lacking)
    outside = Counter(place.column for place in reading.outside)
    return [
        SourceColumn(
            heading,
            _first_values(sheet, matching, at),
            target,
            matching.words_of(target) if target else "—",
            _standing(matching, at, chosen),
            unread[heading],
            lacking[heading],
            outside[heading],
        )
        for at, (heading, target) in enumerate(
            zip(headings_of(sheet, matching), matching.columns, strict=True)
        )
    ]


def _first_values(sheet: Sheet, matching: Matching, at: int) -> list[str]:
    told = islice(values_in(sheet, matching, at), LOOKED_AT)
    return [*dict.fromkeys(told)][:FIRST_VALUES]


def _standing(matching: Matching, at: int, chosen: Set[int]) -> Standing:
    if matching.columns[at] is None:
        return Standing.OUT
    if at in chosen:
        return Standing.CHOSEN
    return Standing.SURE if at in matching.sure else Standing.GUESSED


def still_to_do(wrong: int, outside: int) -> str:
    """`wrong`: what holds up the rest; `outside`: the cells that stay outside."""
    if wrong:
        words = ngettext(
            "{n:,} thing has to be said or corrected.",
            "{n:,} things have to be said or corrected.",
            wrong,
        )
        return words.format(n=wrong)
    if outside:
        words = ngettext("{n:,} cell stays outside.", "{n:,} cells stay outside.", outside)
        return words.format(n=outside)
    return _("Everything that is matched can be read.")


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
