"""The list of rules, section by section: cells, and what is found by what was typed."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont

from models.folding import words_of
from models.rule_book import Section
from models.rules import Rule, Standing
from models.words import N_, _
from ui.flat_table import ROW_ROLE, Column, FlatTable, Index
from ui.theme import BASE, colours, font

COLUMNS = (Column(N_("Rule")), Column(N_("Confirmed")))


class RulesTable(FlatTable[Section | Rule]):
    """A row for each section, which cannot be chosen, and below it one for each of its rules."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._confirmed: Collection[str] = ()

    def set_sections(self, sections: Sequence[Section], confirmed: Collection[str]) -> None:
        """`confirmed`: names of the rules that a clinician has confirmed."""
        self._confirmed = confirmed
        self.set_rows([row for section in sections for row in (section, *section.rules)])

    def row_of(self, name: str) -> int | None:
        rows = enumerate(self.rows)
        return next((at for at, row in rows if isinstance(row, Rule) and row.name == name), None)

    def row_near(self, row: int) -> int | None:
        """The first rule from this row on, or the last one."""
        rules = [at for at, found in enumerate(self.rows) if isinstance(found, Rule)]
        return next((at for at in rules if at >= row), rules[-1] if rules else None)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], Rule):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def cells(self, at: int) -> Sequence[str]:
        return self.rows[at].words, self._sign(self.rows[at])

    def tip(self, at: int, column: int) -> str:
        return self.rows[at].words

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.FontRole if isinstance(row, Section):
                return font(BASE, QFont.Weight.Medium)
            case Qt.ItemDataRole.ForegroundRole if column:
                return QColor(colours().beware if self._awaits(row) else colours().quiet)
            case _ if role == ROW_ROLE and isinstance(row, Section):
                return None
        return super().data(index, role)

    def _awaits(self, row: Section | Rule) -> bool:
        return isinstance(row, Rule) and row.awaits(self._confirmed)

    def _sign(self, row: Section | Rule) -> str:
        """Whether a rule from memory awaits its confirmation; nothing where none is needed."""
        if isinstance(row, Section) or row.standing is not Standing.UNVERIFIED:
            return ""
        return _("Awaits") if self._awaits(row) else _("Confirmed")


def found(sections: Sequence[Section], typed: str, wanted: Callable[[Rule], bool]) -> list[Section]:
    """Of the rules that are wanted those in which every typed word begins a word."""
    asked = words_of(typed)
    kept = [
        Section(each.title, tuple(r for r in each.rules if wanted(r) and _says(each, r, asked)))
        for each in sections
    ]
    return [section for section in kept if section.rules]


def _says(section: Section, rule: Rule, asked: Sequence[str]) -> bool:
    text = f"{section.words} {rule.words} {_(rule.statement)} {rule.source} {rule.standing.label}"
    words = words_of(text)
    return all(any(word.startswith(start) for word in words) for start in asked)
