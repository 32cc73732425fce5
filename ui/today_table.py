"""The rows of the day: a heading for each group, and below it what is due."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QIcon

from models.words import N_, _, capitalised, day_words, short_weekday
from models.worklist import Group, Item, Worklist, when_words
from reports.palette import DARK
from ui.flat_table import FlatTable, Index
from ui.theme import BASE, ICONS, colours, font


@dataclass(frozen=True, slots=True)
class Heading:
    """Over the items of a group, or (None) over what is put off; a folded one stands for them."""

    group: Group | None
    items: Sequence[Item]
    folded: bool

    @property
    def words(self) -> str:
        title = self.group.label if self.group else _("Put off")
        return _("{title} ({n})").format(title=title, n=len(self.items))


Row = Heading | Item


@dataclass(frozen=True)
class Column:
    title: str
    width: int
    words: Callable[[Item, Worklist], str]
    number: bool = False


def when(item: Item, worklist: Worklist) -> str:
    """`Mon 4 May 2020 · in 4 days`; until when it is put off."""
    if item.snooze:
        return _("Put off until {date}").format(date=day_words(item.snooze.until))
    on = item.due.on
    day = f"{short_weekday(on)} {day_words(on)}"
    return _("{date} · {when}").format(date=day, when=when_words(on, worklist.today))


def why(item: Item, worklist: Worklist) -> str:
    if item.snooze is None:
        return capitalised(item.due.why)
    late = f" ({when_words(item.due.on, worklist.today)})" if item.overdue else ""
    return f"{capitalised(item.snooze.reason)}{late}"


COLUMNS = (
    Column(N_("Patient"), 176, lambda item, _list: item.patient.name),
    Column(
        N_("Age"),
        48,
        lambda item, _list: str(item.patient.age),
        number=True,
    ),
    Column(N_("MRN"), 88, lambda item, _list: item.patient.mrn),
    Column(N_("What is due"), 216, lambda item, _list: capitalised(item.due.what)),
    Column(N_("When"), 256, when),
    Column(N_("Why"), 100, why),
)
WHEN = next(place for place, column in enumerate(COLUMNS) if column.words is when)


class TodayTable(FlatTable[Row]):
    """Open headings cannot be chosen; a folded one can, so that the keyboard opens it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._worklist: Worklist

    def set_worklist(self, worklist: Worklist, folded: Collection[Group | None]) -> None:
        self._worklist = worklist
        self.set_rows([*_rows(worklist, folded)])

    def can_be_chosen(self, row: int) -> bool:
        found = self.rows[row]
        return isinstance(found, Item) or found.folded

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.can_be_chosen(index.row()):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def cells(self, at: int) -> Sequence[str]:
        row = self.rows[at]
        if isinstance(row, Heading):
            return row.words, *[""] * (len(COLUMNS) - 1)
        return [column.words(row, self._worklist) for column in COLUMNS]

    def tip(self, at: int, column: int) -> str:
        row = self.rows[at]
        if isinstance(row, Heading):
            return _("Opens the group (→)") if row.folded else _("Folds the group (←)")
        reasons = (capitalised(row.due.why), capitalised(row.put_off_words))
        return "\n".join(each for each in reasons if each)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if isinstance(row, Heading):
            own = _of_heading(row, column, role)
        else:
            own = _late(row) if role == Qt.ItemDataRole.ForegroundRole and column == WHEN else None
        return super().data(index, role) if own is None else own


def _rows(worklist: Worklist, folded: Collection[Group | None]) -> Iterator[Row]:
    sections: list[tuple[Group | None, list[Item]]] = [
        (group, [item for item in worklist.due if item.group is group]) for group in Group
    ]
    sections.append((None, [*worklist.put_off]))
    for group, items in sections:
        if items:
            yield Heading(group, items, group in folded)
            yield from () if group in folded else items


def _of_heading(row: Heading, column: int, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.words}, {_('folded') if row.folded else _('open')}"
        case Qt.ItemDataRole.FontRole:
            return font(BASE, QFont.Weight.Medium)
        case Qt.ItemDataRole.ForegroundRole:
            return QColor(colours().text)
        case Qt.ItemDataRole.DecorationRole if not column:
            return _icon("chevron-right" if row.folded else "chevron", colours() is DARK)
    return None


def _late(item: Item) -> QColor | None:
    return QColor(colours().beware) if item.overdue and not item.snooze else None


@cache
def _icon(name: str, dark: bool) -> QIcon:
    return QIcon(str(ICONS / f"{name}-{'dark' if dark else 'light'}.svg"))
