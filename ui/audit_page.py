"""The audit log: who did what when, with old and new values; exported, and its chain checked."""

import uuid
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.base import ClinicError
from models.progress import Progress
from models.store.clinic import Clinic
from models.store.trail_rows import Row
from models.store.trail_search import Asked, Page
from models.words import N_, _, ngettext
from reports.writing import write_report
from ui.audit_entry import AuditEntry
from ui.audit_filters import ANYTHING, LOOKED_AT, AuditFilters
from ui.audit_table import AuditTable
from ui.buttons import button, on_keys
from ui.calm_table import CalmTable, calm
from ui.date_editor import Today
from ui.flat_table import ROW_ROLE
from ui.long_work import LongWork
from ui.pdf_output import ask_where_to_save
from ui.sheet import Notice, label
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN
from ui.work_strip import WorkStrip

WIDEST = (72, 144, 128, 184, 128)
SOUND = N_("The audit log is whole: no entry was edited, removed, moved or cut off.")


class AuditPage(QWidget):
    """`closed`: back to where the person came from. What runs is ended on leaving."""

    closed = Signal()

    def __init__(self, tasks: Tasks, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._today = tasks, today
        self._clinic: Clinic | None = None
        self._asked = Asked()
        self._looking: LongWork | None = None
        self.filters = AuditFilters(today, self)
        self.count = label("", "quiet", self)
        self.count.setWordWrap(False)
        self.all_button = button(_("Show everything"), self.filters.clear, self, "link")
        tip = _("All that is found, as a table (CSV) for a spreadsheet, Ctrl+S")
        self.export_button = button(_("Export…"), self.export, self, tip=tip)
        tip = _("Whether any entry was edited, removed, moved or cut off")
        self.check_button = button(_("Check the audit log"), self.check, self, tip=tip)
        self.close_button = button(_("Close"), self.close_page, self, tip=_("Escape"))
        self.strip = WorkStrip(tasks, self)
        self.table = AuditTable(self)
        self.view = CalmTable(self)
        self.about_action = QAction(_("All about this record"), self.view)
        self.entry = AuditEntry(self)
        self.clear_button = button(_("Show everything"), self.filters.clear, self)
        self.notice = Notice(self.clear_button, self)
        self._set_up()
        self._lay_out()
        self._connect()

    def open(self, clinic: Clinic, patient: uuid.UUID | None = None) -> None:
        """What was done, the newest first; or who has read, printed or exported a patient."""
        self._clinic = clinic
        self.strip.say("")
        self.filters.offer_users(account.name for account in clinic.users.all())
        if patient or self.filters.patient or self.filters.record:
            self.filters.clear(patient, LOOKED_AT if patient else ANYTHING)
        self._search()
        self.filters.search.setFocus()

    def may_leave(self) -> bool:
        self._stop()
        return True

    def close_page(self) -> None:
        """What runs is ended first; closing again leaves."""
        if self.strip.running:
            self.strip.cancel()
        elif self.may_leave():
            self.closed.emit()

    # What is found

    def _search(self) -> None:
        asked = self.filters.asked()
        if self._clinic is None or asked is None:
            return
        self._asked = asked
        self._look(asked, None)

    def _look(self, asked: Asked, before: int | None) -> None:
        if self._clinic is None:
            return
        self._look_no_more()
        work = self._looking = LongWork(
            self._tasks, partial(self._clinic.trail.search, asked, before), self
        )
        work.advanced.connect(self._on_advanced)
        work.done.connect(self._on_found)
        work.failed.connect(self._on_failed)
        work.start()

    def _look_further(self) -> None:
        self._look(self._asked, self.table.rows[-1].sequence)

    def _look_no_more(self) -> None:
        """What is looked for at the moment never arrives."""
        if self._looking:
            self._looking.stop()
            self._looking.blockSignals(True)
            self._looking.deleteLater()
            self._looking = None

    def _on_advanced(self, done: int, whole: int) -> None:
        if done:
            percent = round(100 * done / whole)
            self.count.setText(_("Searching… {percent} %").format(percent=percent))

    def _on_found(self, page: Page) -> None:
        self._look_no_more()
        if page.found is None:
            self.table.add_rows(page.rows)
        else:
            self.table.set_first(page.rows, page.found)
            self._stack.setCurrentWidget(self._both if page.rows else self.notice)
            self._fit_columns()
            if page.rows:
                self.view.selectRow(0)
        self._say_count()

    def _on_failed(self, error: ClinicError) -> None:
        self._look_no_more()
        self.table.set_first((), 0)
        self._say_count()
        self.strip.say(str(error), "problems")

    def _say_count(self) -> None:
        n = self.table.found
        words = ngettext("{n} entry", "{n} entries", n).format(n=n)
        if self._asked.patient and self.table.rows:
            own = (row for row in self.table.rows if row.patient == self._asked.patient)
            name = next(own, self.table.rows[0]).name
            words = _("{entries} about {name}").format(entries=words, name=name)
        elif self._asked.record:
            words = _("{entries} about one record").format(entries=words)
        self.count.setText(words)
        self.all_button.setVisible(n > 0 and self._asked != Asked())
        self.export_button.setEnabled(n > 0 and not self.strip.running)

    @property
    def chosen(self) -> Row | None:
        rows = self.view.selectionModel().selectedRows()
        row: Row | None = rows[0].data(ROW_ROLE) if rows else None
        return row

    def _on_chosen(self) -> None:
        self.entry.show_row(self.chosen)
        self.about_action.setEnabled(not self.entry.record_button.isHidden())

    def show_record(self) -> None:
        """All that was ever done to the record of the chosen entry."""
        row = self.chosen
        if row and row.change and row.change.record_id:
            self.filters.clear(record=row.change.record_id)
            self.view.setFocus()

    def _into_the_list(self) -> None:
        if self.table.rows:
            self.view.setFocus()

    # Export, and the check of the chain

    def export(self) -> None:
        """All that is found, not only what is listed so far."""
        if self._clinic is None or self.strip.running or not self.export_button.isEnabled():
            return
        path = self.ask_path(f"audit-log-{self._today()}.csv")
        if path:
            work = partial(_exported, self._clinic, self._asked, path)
            self.strip.run(_("Exporting…"), work, self.strip.say)

    def ask_path(self, file_name: str) -> Path | None:
        return ask_where_to_save(self, _("Export the audit log"), file_name)

    def check(self) -> None:
        if self._clinic is not None and not self.strip.running:
            doing = _("Checking the audit log…")
            self.strip.run(doing, self._clinic.trail.verify, self._on_checked)

    def _on_checked(self, faults: list[str]) -> None:
        n = len(faults)
        if not n:
            self.strip.say(_(SOUND))
            return
        words = ngettext("{n} fault was found.", "{n} faults were found.", n).format(n=n)
        advice = _("Keep a copy of the clinic's folder, and compare with a backup.")
        self.strip.say(f"{words} {advice}", "problems")
        self._stack.setCurrentWidget(self._both)
        self.view.clearSelection()
        self.entry.show_faults(faults)

    def _on_busy(self, busy: bool) -> None:
        if busy:
            self.strip.cancel_button.setFocus()
        self.check_button.setEnabled(not busy)
        self.export_button.setEnabled(not busy and self.table.found > 0)

    def _stop(self) -> None:
        """Nothing of the store is read any more that nobody waits for."""
        self._look_no_more()
        self.strip.cancel()

    # How it looks

    def _set_up(self) -> None:
        self.notice.say(_("Nothing was done that is found by this."))
        calm(self.view, self.table, _("Audit log"))
        header = self.view.horizontalHeader()
        last = self.table.columnCount() - 1
        header.setSectionResizeMode(last, QHeaderView.ResizeMode.Stretch)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.addAction(self.about_action)

    def _fit_columns(self) -> None:
        """To what stands in them; the last one has the rest."""
        header = self.view.horizontalHeader()
        for column, widest in enumerate(WIDEST):
            needed = max(self.view.sizeHintForColumn(column), header.sectionSizeHint(column))
            header.resizeSection(column, min(needed + GAP, widest))

    def _connect(self) -> None:
        self.filters.changed.connect(self._search)
        self.filters.search.left_below.connect(self._into_the_list)
        self.table.more_asked.connect(self._look_further)
        self.strip.busy.connect(self._on_busy)
        self.view.selectionModel().selectionChanged.connect(self._on_chosen)
        self.about_action.triggered.connect(self.show_record)
        self.entry.record_asked.connect(self.show_record)
        for keys, slot in (("Ctrl+S", self.export), ("Escape", self.close_page)):
            on_keys(keys, slot, self)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.count)
        row.addWidget(self.all_button)
        row.addStretch(1)
        for each in (self.export_button, self.check_button, self.close_button):
            row.addWidget(each)
        self._both = QSplitter(self)
        self._both.setChildrenCollapsible(False)
        self._both.setHandleWidth(GAP)
        self._both.addWidget(self.view)
        self._both.addWidget(self.entry)
        self._both.setSizes([920, 320])
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._both)
        self._stack.addWidget(self.notice)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        whole.setSpacing(12)
        whole.addWidget(self.filters)
        whole.addLayout(row)
        whole.addWidget(self.strip)
        whole.addWidget(self._stack, 1)


def _exported(clinic: Clinic, asked: Asked, path: Path, progress: Progress) -> str:
    write_report(clinic.trail.export(asked, progress), path)
    return _("Saved as {path}.").format(path=path)
