"""Every patient of the clinic in one table: search, filter, sort, open."""

import uuid
from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.errors import ClinicError
from models.roles import May
from models.store.finding import Matching
from models.store.roll import Roll
from models.summary import CareStatus
from models.words import _, ngettext
from ui.allowed import needs
from ui.buttons import button, on_keys
from ui.calm_table import calm
from ui.choice_editor import Combo
from ui.flat_table import Index
from ui.patient_columns import COLUMNS, Worked
from ui.patient_table import PatientTable
from ui.patients_notice import PatientsNotice
from ui.search_line import SearchLine
from ui.sheet import label
from ui.theme import GAP, MARGIN


class PatientsPage(QWidget):
    """`opened`: the id of the patient who is to be shown; `new_asked`: one is to be entered;
    `print_asked`: a report of each of these patients; `export_asked`: their records as data;
    `wanted`: the ids of a few whose records are to be worked out, which `tell` answers;
    `again_asked`: another try to read who they are; `failed`: the records cannot be read. Until
    `set_patients` it says that it waits.

    `matching` tells whom a text finds, by the same rules as everywhere in the program.
    """

    opened = Signal(object)
    new_asked = Signal()
    print_asked = Signal(object)
    export_asked = Signal(object)
    wanted = Signal(object)
    again_asked = Signal()
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = PatientTable(self)
        self.has_list = False
        """Whether it is known by now who the patients are."""
        self._chosen_before: set[bytes] = set()
        self.matching: Callable[[str], Matching | None] = lambda _text: None
        words = _("Show only… name, MRN, birth date")
        tip = _("Words in any order; accents, case and one typing error are forgiven")
        self.search = SearchLine(_("Show only patients with"), words, tip, self)
        self.status = Combo(self)
        self.count = label("", "quiet", self)
        new = button(_("New patient"), self.new_asked.emit, self, "primary")
        self.new_button = needs(May.RECORD, new)
        tip = _("Ctrl+P; of the chosen patients (Ctrl or Shift chooses several), or of all shown")
        self.print_button = button(_("Print pages…"), self._ask_for_pages, self, tip=tip)
        tip = _("Of the chosen patients (Ctrl or Shift chooses several), as files")
        export = button(_("Export…"), self._ask_for_export, self, tip=tip)
        self.export_button = needs(May.EXPORT, export)
        self.view = QTableView(self)
        self.notice = PatientsNotice(self)
        self._ordering = QWidget(self)
        self._ordering_said = label("", "quiet", self)
        self._ordering_said.setWordWrap(False)
        tip = _("The table stays in the order of names")
        self.cancel_button = button(_("Cancel"), self.order_by_name, self, tip=tip)
        self._stack = QStackedWidget(self)
        self.setFocusProxy(self.search)
        self._set_up_search()
        self._set_up_view()
        self._lay_out()
        self._refresh()
        self.notice.say_waiting()

    def set_patients(self, everybody: Roll) -> None:
        """Show these patients; search, order and the selected patient stay."""
        self.has_list = True
        self._count_statuses(everybody)
        self.table.set_patients(everybody, self._matching())

    def say_failed(self, error: ClinicError) -> None:
        """Who they are cannot be read: said in their place."""
        self.notice.say_failed(error)

    def tell(self, worked: Sequence[Worked]) -> None:
        """What the records tell of those who were wanted."""
        self.table.tell(worked)

    @property
    def selected(self) -> uuid.UUID | None:
        """The patient on whose row the table stands."""
        rows = self._chosen
        return self.table.id_at(rows[0]) if rows else None

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def look_for(self, text: str) -> None:
        """Show all whom a text finds, whatever their status."""
        self.status.setCurrentIndex(0)
        self.search.setText(text)
        self.focus_search()

    def clear(self) -> None:
        """Forget search and filter."""
        self.status.setCurrentIndex(0)
        self.search.clear()
        self.search.setFocus()

    def _into_the_table(self) -> None:
        if self.table.rowCount():
            self.view.setFocus()
            self._go_to(self.table.index(0, 0))

    def _go_to(self, index: Index) -> None:
        how = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(index, how.ClearAndSelect | how.Rows)

    def _look(self) -> None:
        """What is typed before they are known is looked for when they are."""
        if self.has_list:
            self.table.show_matching(self._matching())

    def _matching(self) -> Matching | None:
        text = self.search.text()
        return self.matching(text) if text.strip() else None

    def _on_status(self) -> None:
        self.table.show_status(self.status.currentData())

    def _on_enter(self) -> None:
        """The only one found, or the first."""
        if self.table.rowCount():
            self._on_activated(self.table.index(0, 0))

    def _on_activated(self, index: Index) -> None:
        self.opened.emit(self.table.id_at(index.row()))

    def _ask_for_pages(self) -> None:
        """Of those who are chosen, in the order of the table; else of all who are shown."""
        rows = self._chosen or range(self.table.rowCount())
        if rows:
            self.print_asked.emit([*map(self.table.row_at, rows)])

    def _ask_for_export(self) -> None:
        self.export_asked.emit([*map(self.table.id_at, self._chosen)])

    @property
    def _chosen(self) -> list[int]:
        """In which rows they stand, in order; Qt is slow to tell rows, and quick to tell ranges."""
        chosen = self.view.selectionModel().selection()
        ranges = map(chosen.at, range(chosen.count()))
        return sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})

    def _remember_chosen(self) -> None:
        self._chosen_before = self.table.keys_of(self._chosen)

    def _on_shown_anew(self) -> None:
        """Who was chosen stays so as long as she is shown."""
        if self._chosen_before:
            self._choose(self.table.rows_of(self._chosen_before))
        self._refresh()

    def _choose(self, rows: Sequence[int]) -> None:
        """Neighbours at once."""
        how = QItemSelectionModel.SelectionFlag
        chosen = QItemSelection()
        for _apart, few in groupby(enumerate(rows), lambda each: each[1] - each[0]):
            neighbours = [row for _place, row in few]
            first, last = self.table.index(neighbours[0], 0), self.table.index(neighbours[-1], 0)
            chosen.select(first, last)
        if rows:
            self._go_to(self.table.index(rows[0], 0))
            self.view.selectionModel().select(chosen, how.ClearAndSelect | how.Rows)

    def _count_statuses(self, everybody: Roll) -> None:
        for place, status in enumerate((None, *CareStatus)):
            text = self._words_of(status)
            n = everybody.how_many(status) if status else len(everybody)
            self.status.setItemText(place, f"{text} ({n})")

    def _words_of(self, status: CareStatus | None) -> str:
        return status.label if status else _("All")

    def _refresh(self) -> None:
        shown, total = self.table.rowCount(), len(self.table.everybody)
        found = _("{n} of {total}").format(n=shown, total=total)
        words = [found if shown < total else "", self._otherwise()]
        self.count.setText(" · ".join(filter(None, words)))
        self._stack.setCurrentWidget(self.view if shown else self.notice)
        self.print_button.setEnabled(shown > 0)
        self.export_button.setEnabled(shown > 0)
        for each in (self.search, self.status):
            each.setEnabled(total > 0 or not self.has_list)
        if self.has_list:
            self.notice.say_empty(total)

    def _on_far(self, done: int, whole: int) -> None:
        """How far it is with what the table is to be ordered by."""
        self._ordering.setVisible(done < whole)
        words = _("Reading the records for this order: {done} of {whole}")
        self._ordering_said.setText(words.format(done=done, whole=whole))

    def say_records_failed(self, error: ClinicError) -> None:
        """Nothing more can be told of the records before the patients are shown anew."""
        self.table.stop()
        self.order_by_name()
        self.failed.emit(error)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.go_on()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.table.rest()

    def order_by_name(self) -> None:
        """Without waiting any longer for another order."""
        self.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)

    def _otherwise(self) -> str:
        """Which rows are found only despite a typing error."""
        n = self.table.spelled_otherwise
        if n in {0, self.table.rowCount()}:
            return _("spelled otherwise") if n else ""
        words = ngettext(
            "the last one is spelled otherwise", "the last {n} are spelled otherwise", n
        )
        return words.format(n=n)

    def _set_up_search(self) -> None:
        self.search.textChanged.connect(self._look)
        self.search.returnPressed.connect(self._on_enter)
        self.search.left_below.connect(self._into_the_table)
        self.status.setAccessibleName(_("Status"))
        for status in (None, *CareStatus):
            self.status.addItem(self._words_of(status), status)
        self.status.currentIndexChanged.connect(self._on_status)

    def _set_up_view(self) -> None:
        view = self.view
        calm(view, self.table, _("Patients"))
        view.setSortingEnabled(True)
        view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        header = view.horizontalHeader()
        header.setSelectionModel(QItemSelectionModel(self.table, header))
        header.setStretchLastSection(True)
        for place, column in enumerate(COLUMNS):
            header.resizeSection(place, column.width)
        view.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        view.activated.connect(self._on_activated)
        self.notice.everybody_asked.connect(self.clear)
        self.notice.again_asked.connect(self.again_asked)
        on_keys("Ctrl+P", self._ask_for_pages, self)
        self.table.modelAboutToBeReset.connect(self._remember_chosen)
        self.table.shown_anew.connect(self._on_shown_anew)
        self.table.wanted.connect(self.wanted)
        self.table.far.connect(self._on_far)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.search, 2)
        top.addWidget(self.status)
        top.addWidget(self.count, 1)
        top.addWidget(self.print_button)
        top.addWidget(self.export_button)
        top.addWidget(self.new_button)
        ordering = QHBoxLayout(self._ordering)
        ordering.setContentsMargins(0, 0, 0, 0)
        ordering.setSpacing(GAP)
        ordering.addWidget(self._ordering_said)
        ordering.addWidget(self.cancel_button)
        ordering.addStretch(1)
        self._ordering.hide()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.notice)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addWidget(self._ordering)
        whole.addWidget(self._stack, 1)
