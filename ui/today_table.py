"""The rows of the day: a heading for each group, and below it what is due."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QColor, QFont, QIcon

from models.words import N_, _, capitalised, day_words, short_weekday
from models.worklist import Group, Item, Worklist, when_words
from reports.palette import DARK
from ui.record_table import NOWHERE, Index, aligned
from ui.table_heading import heading
from ui.theme import BASE, ICONS, colours, font

ROW_ROLE = Qt.ItemDataRole.UserRole


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
        lambda item, worklist: str(item.patient.age_on(worklist.today)),
        number=True,
    ),
    Column(N_("MRN"), 88, lambda item, _list: item.patient.mrn),
    Column(N_("What is due"), 216, lambda item, _list: capitalised(item.due.what)),
    Column(N_("When"), 256, when),
    Column(N_("Why"), 100, why),
)
WHEN = next(place for place, column in enumerate(COLUMNS) if column.words is when)


class TodayTable(QAbstractTableModel):
    """Open headings cannot be chosen; a folded one can, so that the keyboard opens it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worklist: Worklist | None = None
        self._rows: list[Row] = []

    def set_worklist(self, worklist: Worklist, folded: Collection[Group | None]) -> None:
        self.beginResetModel()
        self._worklist = worklist
        self._rows = [*_rows(worklist, folded)]
        self.endResetModel()

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def can_be_chosen(self, row: int) -> bool:
        found = self._rows[row]
        return isinstance(found, Item) or found.folded

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.can_be_chosen(index.row()):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._worklist is None:
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if isinstance(row, Heading):
            return _of_heading(row, index.column(), role)
        return _of_item(row, self._worklist, index.column(), role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return heading(COLUMNS, section, orientation, role)


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
        case Qt.ItemDataRole.DisplayRole:
            return "" if column else row.words
        case Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.words}, {_('folded') if row.folded else _('open')}"
        case Qt.ItemDataRole.ToolTipRole:
            return _("Opens the group (→)") if row.folded else _("Folds the group (←)")
        case Qt.ItemDataRole.FontRole:
            return font(BASE, QFont.Weight.Medium)
        case Qt.ItemDataRole.ForegroundRole:
            return QColor(colours().text)
        case Qt.ItemDataRole.DecorationRole if not column:
            return _icon("chevron-right" if row.folded else "chevron", colours() is DARK)
    return None


def _of_item(item: Item, worklist: Worklist, column: int, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return COLUMNS[column].words(item, worklist)
        case Qt.ItemDataRole.ToolTipRole:
            reasons = (capitalised(item.due.why), capitalised(item.put_off_words))
            return "\n".join(each for each in reasons if each)
        case Qt.ItemDataRole.TextAlignmentRole:
            return aligned(COLUMNS[column].number)
        case Qt.ItemDataRole.ForegroundRole if column == WHEN and item.overdue and not item.snooze:
            return QColor(colours().beware)
    return None


@cache
def _icon(name: str, dark: bool) -> QIcon:
    return QIcon(str(ICONS / f"{name}-{'dark' if dark else 'light'}.svg"))
