"""The list of the day at the keyboard: it steps over headings; single keys act on the row."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from models.words import _
from models.worklist import Group, Item
from ui.calm_table import calm
from ui.flat_table import ROW_ROLE, Index
from ui.today_table import COLUMNS, Heading, Row, TodayTable

Action = QAbstractItemView.CursorAction
BACK = {Action.MoveUp, Action.MovePageUp, Action.MovePrevious}
ENDS = {Qt.Key.Key_Home: 1, Qt.Key.Key_End: -1}


class TodayView(QTableView):
    """`opened`: an item; `turned`: a group (None: what is put off) is to be folded or opened;

    `put_off_asked`, `take_up_asked`: of the chosen item; `find_asked`: to the search line.
    """

    opened = Signal(object)
    turned = Signal(object)
    put_off_asked = Signal()
    take_up_asked = Signal()
    find_asked = Signal()

    def __init__(self, table: TodayTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        calm(self, table, _("What is due"))
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSectionsClickable(False)
        for place, column in enumerate(COLUMNS):
            header.resizeSection(place, column.width)
        table.modelReset.connect(self._span_headings)
        self.activated.connect(self._on_activated)

    @property
    def row(self) -> Row | None:
        """The item or folded heading that is chosen."""
        index = self.currentIndex()
        found: Row | None = index.data(ROW_ROLE) if index.isValid() else None
        return found

    def choose(self, row: int) -> None:
        """The row nearest to this one that can be chosen: from it on, or else before it."""
        places = range(self._table.rowCount())
        able = [place for place in places if self._table.can_be_chosen(place)]
        if able:
            nearest = next((place for place in able if place >= row), able[-1])
            self._go_to(self._table.index(nearest, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = Qt.Key(event.key()), self.row
        keys = {Qt.Key.Key_S: self.put_off_asked, Qt.Key.Key_U: self.take_up_asked}
        keys[Qt.Key.Key_F] = self.find_asked
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in keys:
            keys[key].emit()
        elif key in ENDS:
            self.choose(0 if ENDS[key] > 0 else self._table.rowCount())
        elif key is Qt.Key.Key_Left and isinstance(row, Item):
            self.turned.emit(_group(row))
        elif key in {Qt.Key.Key_Right, Qt.Key.Key_Space} and isinstance(row, Heading):
            self.turned.emit(row.group)
        elif key not in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space}:
            super().keyPressEvent(event)

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a step ends on an open heading, it goes one further, or stays."""
        to = super().moveCursor(action, modifiers)
        if not to.isValid() or self._table.can_be_chosen(to.row()):
            return to
        step = -1 if action in BACK else 1
        beside = to.siblingAtRow(to.row() + step)
        return beside if beside.isValid() else self.currentIndex()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        heading = self._heading_under(event)
        if heading:
            self.turned.emit(heading.group)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first click has turned a heading already."""
        if not self._heading_under(event):
            super().mouseDoubleClickEvent(event)

    def _heading_under(self, event: QMouseEvent) -> Heading | None:
        row = self.indexAt(event.position().toPoint()).data(ROW_ROLE)
        return row if isinstance(row, Heading) else None

    def _on_activated(self, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, Heading):
            self.turned.emit(row.group)
        else:
            self.opened.emit(row)

    def _span_headings(self) -> None:
        self.clearSpans()
        for place, row in enumerate(self._table.rows):
            if isinstance(row, Heading):
                self.setSpan(place, 0, 1, len(COLUMNS))

    def _go_to(self, index: QModelIndex) -> None:
        how = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, how.ClearAndSelect | how.Rows)


def _group(item: Item) -> Group | None:
    """The group under whose heading the item stands."""
    return None if item.snooze else item.group
