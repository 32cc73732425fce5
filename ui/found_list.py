"""The list below the Find line: who is found, and what else can be done. It takes no focus."""

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from models.words import _, day_words
from ui.theme import BASE, GAP, ROW, SMALL, colours, dress, font

if TYPE_CHECKING:
    from models.store.finding import Found
    from models.store.typed_letters import Span

ROLE = Qt.ItemDataRole.UserRole
WIDTH, TALL_ROW, INSET, BELOW = 560, 44, 12, 4
MRN, BORN, SEX_AND_AGE = 104, 88, 100  # the widths of the columns beside the name

Index = QModelIndex | QPersistentModelIndex


class Offer(Enum):
    """What can be done besides opening one of those who are listed."""

    ALL = auto()
    NEW = auto()


Taken: TypeAlias = "Found | Offer"
Row: TypeAlias = "tuple[str, Taken | None]"


class FoundList(QListWidget):
    """`taken`: a row was clicked that can be taken."""

    taken = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Patients found"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Rows(self))
        dress(self, "completer")
        self.itemClicked.connect(self._on_clicked)
        self.hide()

    @property
    def current(self) -> "Taken | None":
        """What Enter takes."""
        item = self.currentItem()
        found: Taken | None = item.data(ROLE) if item else None
        return found

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Rows in words, with what is taken by them; one without is only said."""
        self.clear()
        for words, taken in rows:
            item = QListWidgetItem(words, self)
            item.setData(ROLE, taken)
            tall = taken is not None and not isinstance(taken, Offer) and taken.why
            item.setSizeHint(QSize(0, TALL_ROW if tall else ROW))
            if taken is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        height = sum(self.sizeHintForRow(place) for place in range(self.count()))
        self.resize(WIDTH, height + 2 * self.frameWidth())

    def choose_first(self) -> None:
        self._choose(range(self.count()))

    def step(self, by: int) -> None:
        """To the next row that can be taken, down or up."""
        at = self.currentRow()
        self._choose(range(at + 1, self.count()) if by > 0 else range(at - 1, -1, -1))

    def _choose(self, places: Sequence[int]) -> None:
        able = (place for place in places if self.item(place).data(ROLE) is not None)
        self.setCurrentRow(next(able, self.currentRow()))

    def _on_clicked(self, item: QListWidgetItem) -> None:
        if item.data(ROLE) is not None:
            self.taken.emit()


class _Rows(QStyledItemDelegate):
    """Name, sex and age, birth date and MRN in columns; what was typed in bold; why, below."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        taken: Taken | None = index.data(ROLE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, QColor(colours().accent))
        room = option.rect.adjusted(INSET, 0, -INSET, 0)
        if taken is None or isinstance(taken, Offer):
            _write(painter, room, index.data(), _colour("accent" if taken else "quiet", chosen))
        else:
            _paint_found(painter, room, taken, chosen=chosen)
        painter.restore()


def _paint_found(painter: QPainter, room: QRect, found: "Found", *, chosen: bool) -> None:
    strong, quiet = _colour("text", chosen), _colour("quiet", chosen)
    day = day_words(found.birth_date)
    sex_and_age = _("{sex}, {age} y").format(sex=_(found.sex.value), age=found.age)
    line = QRect(room.topLeft(), QSize(room.width(), ROW))
    for width, text, colour, spans in (
        (MRN, found.mrn, strong, found.in_mrn),
        (BORN, day, strong, [(0, len(day))] if found.by_birth_date else []),
        (SEX_AND_AGE, sex_and_age, quiet, []),
    ):
        column = QRect(line.right() - width + 1, line.top(), width, ROW)
        _write(painter, column, text, colour, spans)
        line.setRight(column.left() - GAP)
    _write(painter, line, found.name, strong, found.in_name)
    _write(painter, room.adjusted(0, ROW - BELOW, 0, -BELOW), found.why, quiet, size=SMALL)


def _colour(role: str, chosen: bool) -> QColor:
    return QColor(colours().on_accent if chosen else getattr(colours(), role))


def _write(
    painter: QPainter,
    room: QRect,
    text: str,
    colour: QColor,
    spans: "Sequence[Span]" = (),
    *,
    size: int = BASE,
) -> None:
    """One line with these letters in bold, elided where it does not fit."""
    widest = QFontMetrics(font(size, QFont.Weight.Bold if spans else QFont.Weight.Normal))
    elided = widest.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    layout = QTextLayout(elided, font(size))
    layout.setFormats([_bold(*span) for span in spans])
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    if line.isValid():
        painter.setPen(colour)
        above = (room.height() - line.height()) / 2
        layout.draw(painter, QPointF(room.left(), room.top() + above))


def _bold(start: int, end: int) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, end - start
    made.format = QTextCharFormat()
    made.format.setFontWeight(QFont.Weight.Bold)
    return made
