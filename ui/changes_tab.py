"""History: who entered, corrected or removed what, when and why, with old and new values."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTableView,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from models.roles import May
from models.store.audit import Action
from models.store.changed import changed_values
from models.store.clinic import Change
from models.value_words import Names
from models.words import _
from ui.allowed import needs
from ui.buttons import button
from ui.calm_table import calm
from ui.change_in_html import change_in_html
from ui.changes_table import ChangesTable, FoundChanges
from ui.flat_table import ROW_ROLE
from ui.search_line import SearchLine
from ui.sheet import label
from ui.theme import GAP, MARGIN

WIDTHS = (136, 72, 88, 128, 400, 120)


class ChangesTab(QWidget):
    """`take_back_asked`: the chosen correction or removal is to be undone; `readers_asked`: who has
    read this patient is to be shown.
    """

    take_back_asked = Signal(object)
    readers_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = ChangesTable(self)
        self.found = FoundChanges(self.table, self)
        self._names: Names = {}
        tip = _("Words in any column: a kind of record, a user, a value, a reason")
        self.search = SearchLine(_("Filter the history"), _("Filter"), tip, self)
        self.only = label("", "quiet", self)
        self.all_button = button(_("Show all changes"), self.show_all, self)
        tip = _("What was corrected goes back to its old values; what was removed stands again")
        back = button(_("Take this back"), self._ask, self, tip=tip)
        self.back_button = needs(May.RECORD, back)
        tip = _("The audit log: who has read, printed or exported her records")
        who = button(_("Who has read this patient"), self.readers_asked.emit, self, "link", tip)
        self.readers_button = needs(May.ADMINISTER, who)
        self.view = QTableView(self)
        self.details = QTextBrowser(self)
        self._set_up()
        self._lay_out()
        self.show_record(None)

    def set_changes(self, changes: Sequence[Change], names: Names) -> None:
        self._names = names
        self.table.set_changes(changes, names)
        self._on_chosen()

    def show_record(self, record: uuid.UUID | None, title: str = "") -> None:
        """Only the changes of one record, or all."""
        self.search.clear()
        self.found.show_record(record)
        self.only.setText(_("Only: {title}").format(title=title) if record else "")
        self.all_button.setVisible(record is not None)
        if self.found.rowCount():
            self.view.selectRow(0)
        self._on_chosen()

    def show_all(self) -> None:
        self.show_record(None)
        self.view.setFocus()

    @property
    def chosen(self) -> Change | None:
        rows = self.view.selectionModel().selectedRows()
        change: Change | None = rows[0].data(ROW_ROLE) if rows else None
        return change

    def _ask(self) -> None:
        if self.chosen is not None:
            self.take_back_asked.emit(self.chosen)

    def _on_chosen(self) -> None:
        change = self.chosen
        can = change is not None and change.action in {Action.CORRECTED, Action.REMOVED}
        self.back_button.setEnabled(can)
        values = changed_values(change, self._names) if change else []
        self.details.setHtml(change_in_html(change, values) if change else "")

    def _set_up(self) -> None:
        calm(self.view, self.found, _("History of changes"))
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(WIDTHS):
            self.view.setColumnWidth(column, width)
        self.view.selectionModel().selectionChanged.connect(self._on_chosen)
        self.search.textChanged.connect(self.found.setFilterFixedString)
        self.search.left_below.connect(self.view.setFocus)
        self.details.setPlaceholderText(_("Choose a change to see it field by field."))
        self.details.setAccessibleName(_("The chosen change, field by field"))
        self.details.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.search, 1)
        top.addWidget(self.only, 1)
        for each in (self.readers_button, self.all_button, self.back_button):
            top.addWidget(each)
        splitter = QSplitter(self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.view)
        splitter.addWidget(self.details)
        splitter.setHandleWidth(GAP)
        splitter.setSizes([900, 400])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        whole.setSpacing(GAP)
        whole.addLayout(top)
        whole.addWidget(splitter, 1)
