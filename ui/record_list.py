"""The records of one kind in a table, with a filter and a button to add one."""

import uuid
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.base import Record
from models.told import Told
from models.value_words import Names
from models.words import _, capitalised
from ui.allowed import needs
from ui.calm_table import CalmTable, calm
from ui.flat_table import NOWHERE
from ui.record_table import RECORD_ROLE, RecordTable, SortedRecords
from ui.theme import GAP, MARGIN

WIDEST_COLUMN = 240
MEASURED = 100
"""Columns are as wide as their longest text in so many rows, about those that are seen."""


class RecordList(QWidget):
    """`chosen`: a person selected a record; `opened`: wants to edit it; silent when set.

    A choice is told when the table has settled, so that an answer may change the selection.
    """

    chosen = Signal(object)
    opened = Signal()
    remove_asked = Signal()

    def __init__(
        self,
        record_class: type[Record],
        columns: Sequence[str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = RecordTable(record_class, columns, self)
        self.sorted = SortedRecords(self.table, self)
        self._changed_with = record_class.changed_with
        self.add_button = QPushButton(_("Add {kind}").format(kind=_(record_class.singular)), self)
        needs(self._changed_with, self.add_button)
        self.add_button.setToolTip(_("Ctrl+N"))
        self.add_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter the table"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.sorted.setFilterFixedString)
        self.view = CalmTable(self)
        self._shown: uuid.UUID | None = None
        self._fits = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._settling.timeout.connect(self._on_settled)
        self._set_up_view(capitalised(_(record_class.plural)))
        self._lay_out()

    def set_records(
        self,
        records: Iterable[Record],
        names: Names | None = None,
        told: Mapping[uuid.UUID, Told] | None = None,
    ) -> None:
        blocker = QSignalBlocker(self.view.selectionModel())
        self.table.set_records(records, names, told)
        blocker.unblock()
        self.filter.setVisible(self.table.rowCount() > 0)
        self._fits = False
        if self.isVisible():
            self._fit_columns()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._fits:
            self._fit_columns()

    def select(self, record_id: uuid.UUID | None) -> None:
        """Show which record stands in the form."""
        self._shown = record_id
        row = self.table.row_of(record_id) if record_id else None
        index = self.table.index(row, 0) if row is not None else NOWHERE
        shown = self.sorted.mapFromSource(index)
        selection = self.view.selectionModel()
        blocker = QSignalBlocker(selection)
        how = QItemSelectionModel.SelectionFlag
        selection.setCurrentIndex(shown, how.ClearAndSelect | how.Rows)
        blocker.unblock()
        self.view.viewport().update()
        if shown.isValid():
            self.view.scrollTo(shown)

    def add(self, button: QPushButton) -> None:
        """One more button, beside the one that adds a record."""
        self._top.insertWidget(1, button)
        QWidget.setTabOrder(self.add_button, button)

    def add_below(self, widget: QWidget) -> None:
        """Something more, under the table."""
        self._column.addWidget(widget)

    def _fit_columns(self) -> None:
        """To what stands in them: many values are measured, so only where it is seen."""
        header = self.view.horizontalHeader()
        for column in range(header.count()):
            needed = max(self._needed(column), header.sectionSizeHint(column))
            header.resizeSection(column, min(needed + 8, WIDEST_COLUMN))
        header.setStretchLastSection(True)
        self._fits = True

    def _needed(self, column: int) -> int:
        """By its longest text: Qt's own way asks for much more of every cell."""
        first = max(self.view.rowAt(0) - MEASURED // 2, 0)
        rows = range(self.sorted.rowCount())[first : first + MEASURED]
        cells = [self.sorted.index(row, column) for row in rows]
        words = self.view.fontMetrics().horizontalAdvance
        longest = max(cells, key=lambda cell: words(cell.data()), default=NOWHERE)
        return self.view.sizeHintForIndex(longest).width() + self.view.showGrid()

    def _set_up_view(self, name: str) -> None:
        view = self.view
        calm(view, self.sorted, name)
        view.setSortingEnabled(True)
        view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        view.selectionModel().selectionChanged.connect(self._settling.start)
        view.activated.connect(self.opened)
        delete = needs(self._changed_with, QShortcut(QKeySequence(Qt.Key.Key_Delete), view))
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove_asked)

    def _lay_out(self) -> None:
        top = self._top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.add_button)
        top.addWidget(self.filter, 1)
        top.addStretch()
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addWidget(self.view)

    def _on_settled(self) -> None:
        for index in self.view.selectionModel().selectedRows()[:1]:
            record = index.data(RECORD_ROLE)
            if record.id != self._shown:
                self.chosen.emit(record)
