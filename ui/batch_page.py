"""The same report of many patients: looked at one by one, then printed or saved in one run."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.store.clinic import Clinic
from models.store.listing import Person
from models.words import _, ngettext
from reports.asked import Printing
from reports.catalogue import REPORTS, TIMELINE
from reports.wanted import Wanted
from ui import questions
from ui.batch_run import BatchRun, Deliver, IntoFolder, OntoPaper, Outcome, Run, Tally
from ui.batch_table import NAME, BatchTable
from ui.buttons import button
from ui.calm_table import calm
from ui.date_editor import Today
from ui.pdf_output import OnRecord
from ui.print_preview import PrintPreview
from ui.printing import ToPrint, now, recorder
from ui.sheet import label, row_of
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN

LIST_WIDTH, LEAST_WIDTH = 400, 344
WIDTHS = {0: 44, 2: 76, 3: 76}


class BatchPage(PrintPreview):
    """The preview shows the patient chosen in the list; printing and saving take all of them."""

    def __init__(self, tasks: Tasks, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._tasks, self._today = tasks, today
        self._clinic: Clinic | None = None
        self._run: Run | None = None
        self._ran: Wanted | None = None
        self._with_list: Callable[[bytes], None] | None = None
        self.table = BatchTable(self)
        self.list = QTableView(self)
        self.bar = QProgressBar(self)
        self.told = label("", "", self)
        self.details = label("", "quiet", self)
        tip = _("The list keeps those of whom nothing was printed")
        self.left_button = button(_("Keep what is left"), self.keep_what_is_left, self, tip=tip)
        tip = _("Number, patient, MRN and what became of each page, to be printed")
        self.list_button = button(_("Print list…"), self.print_list, self, tip=tip)
        tip = _("Number, patient, MRN and what became of each page, as a file")
        self.save_list_button = button(_("Save list…"), self.save_list, self, tip=tip)
        tip = _("Stop after the page that is being made, Escape")
        self.cancel_button = button(_("Cancel"), self.cancel, self, tip=tip)
        self._add_list()

    @property
    def running(self) -> bool:
        return self._run is not None

    @property
    def tally(self) -> Tally | None:
        """Of the run that is under way."""
        return self._run.tally if self._run else None

    def offer_many(self, clinic: Clinic, patients: Sequence[Person]) -> None:
        """Show what is to be printed of these patients, the first one's page as an example."""
        self._clinic = clinic
        self._list(patients)
        first, reports = patients[0].id, tuple(REPORTS.values())
        build = partial(_page_of, clinic, first)
        title, today = _counted(patients), self._today()
        on_record = recorder(clinic, [first])
        self.offer(ToPrint(title, TIMELINE.kind, today, build, on_record, reports, whose=first))

    def save(self) -> None:
        """Each into a file of its own, in a new folder of the one that is chosen."""
        wanted = self._ready()
        chosen = wanted and QFileDialog.getExistingDirectory(self, _("Save the PDFs in a folder"))
        if wanted and chosen:
            self._begin(wanted, IntoFolder(Path(chosen), wanted, now().date()))

    def print(self) -> None:
        from reports.kit import SIZES  # noqa: PLC0415 - ReportLab only when something is printed

        wanted = self._ready()
        spooler = wanted and self.output.ask_spooler(QSizeF(*SIZES[wanted.paper]))
        if wanted and spooler:
            self._begin(wanted, OntoPaper(spooler, wanted.words))

    def cancel(self) -> None:
        """What is being made is still finished; the rest is left."""
        if self._run:
            self._run.unwanted.set()
            self.told.setText(_("Stopping …"))

    def close_report(self) -> None:
        """A run is stopped first; closing again leaves."""
        if self.running:
            self.cancel()
        else:
            self._clinic = None
            self._list([])
            super().close_report()

    def may_leave(self) -> bool:
        """Nobody leaves a run unasked: what is not printed yet would not be."""
        if self.running and questions.ask_to_stop(self, self._words):
            self.cancel()
            return True
        return not self.running

    def keep_what_is_left(self) -> None:
        self._list(self.table.left)

    def print_list(self) -> None:
        """What was printed and what failed, onto paper."""
        title = _("List of printed pages")
        self._make_list(lambda content, on_record: self.output.print(content, on_record, title))

    def save_list(self) -> None:
        """The same as a file; its name tells of nobody."""
        name = f"list-{now().date()}.pdf"
        self._make_list(lambda content, on_record: self.output.save(content, name, on_record))

    def _make_list(self, then: Callable[[bytes, OnRecord], None]) -> None:
        from reports.run_list import Ran, build_run_list  # noqa: PLC0415 - only when it is printed

        clinic, wanted, said = self._clinic, self._ran, self.told.text()
        if clinic is None or wanted is None or self.running:
            return
        ran = [
            Ran(
                patient,
                outcome.word if outcome else _("Not printed"),
                outcome.why if outcome else "",
            )
            for patient, outcome in self.table.ran
        ]

        def build() -> bytes:
            return build_run_list(wanted, said, ran, Printing.by(clinic, now(), wanted.paper))

        whose = [each.patient.id for each in ran]
        listed = partial(clinic.handing_out, whose, report="run-list")
        self._with_list = lambda content: then(content, listed)
        self._tasks.run(build, self._on_list, self._on_output_failed)

    def _on_list(self, content: bytes) -> None:
        then, self._with_list = self._with_list, None
        if then:
            then(content)

    def _ready(self) -> Wanted | None:
        """What is wanted, where it can be begun."""
        wanted = self.options.wanted()
        if wanted is None:
            self.options.focus_on_problem()
        return None if self.running or not self.table.rows else wanted

    def _begin(self, wanted: Wanted, deliver: Deliver) -> None:
        if self._clinic is None:
            return
        self.table.begin()
        run = self._run = Run(len(self.table.rows), self)
        self._ran = wanted
        run.told.connect(self._on_outcome)
        run.ended.connect(self._on_ran)
        patients = [patient.id for patient in self.table.rows]
        tell = partial(self._tasks.tell, run.tell)
        ways = (deliver, tell, run.unwanted, run.tally)
        work = BatchRun(self._clinic, wanted, patients, now(), *ways)
        self._show_state()
        self._tasks.run(work, run.end, run.fail)

    def _forget_run(self) -> None:
        """It ends, and what becomes of it is nobody's business any more."""
        self.cancel()
        if self._run:
            self._run.deleteLater()
            self._run.blockSignals(True)
            self._run = None

    def _on_outcome(self, outcome: Outcome) -> None:
        self.table.add(outcome)
        self.list.scrollTo(self.table.index(outcome.place, 0))
        self._count()

    def _on_ran(self, said: str) -> None:
        self._forget_run()
        self._show_state()
        self.told.setText(f"{self._words} {said}".strip())
        self._on_chosen()

    @property
    def _words(self) -> str:
        """`10 of 12 done. 1 has no such page. 1 is left.`"""
        n, done, left = len(self.table.rows), self.table.done, len(self.table.left)
        none = n - done - left
        words = [_("{done} of {n} done.").format(done=done, n=n)]
        if none:
            have = ngettext("{n} has no such page.", "{n} have no such page.", none)
            words.append(have.format(n=none))
        if left:
            words.append(ngettext("{n} is left.", "{n} are left.", left).format(n=left))
        return " ".join(words)

    def _count(self) -> None:
        far = len(self.table.outcomes)
        self.bar.setValue(far)
        if self._run and not self._run.unwanted.is_set():
            words = _("{done} of {whole}").format(done=far, whole=len(self.table.rows))
            self.told.setText(words)

    def _list(self, patients: Sequence[Person]) -> None:
        self._forget_run()
        self.table.set_patients(patients)
        self.bar.setRange(0, len(patients))
        self.told.clear()
        self.details.clear()
        self._title.setText(_counted(patients))
        self._show_state()

    def _show_state(self) -> None:
        running = self.running
        self.bar.setVisible(running)
        self.cancel_button.setVisible(running)
        some_left = bool(self.table.outcomes) and len(self.table.left) > 0
        self.left_button.setVisible(not running and some_left)
        for button_of_list in (self.list_button, self.save_list_button):
            button_of_list.setVisible(not running and bool(self.table.outcomes))
        for each in (self.options, self.close_button):
            each.setEnabled(not running)
        self._enable()
        self._count()

    def _may_print(self) -> bool:
        """Whoever's page is looked at, or cannot be made: the others can be printed."""
        return not self.running and bool(self.table.rows)

    def _on_chosen(self) -> None:
        """Show the page of the patient on whose row the list stands, and what became of it."""
        row = self.list.currentIndex().row()
        outcome = self.table.outcomes.get(row)
        self.details.setText(outcome.why if outcome else "")
        if self._clinic is None or self._offered is None or self.running or row < 0:
            return
        whose = self.table.rows[row].id
        build = partial(_page_of, self._clinic, whose)
        on_record = recorder(self._clinic, [whose])
        self._offered = replace(self._offered, build=build, on_record=on_record, whose=whose)
        self.draw()

    def _add_list(self) -> None:
        calm(self.list, self.table, _("Patients"))
        header = self.list.horizontalHeader()
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for place, width in WIDTHS.items():
            header.resizeSection(place, width)
        self.list.selectionModel().currentRowChanged.connect(lambda *_rows: self._on_chosen())
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far the run is"))
        beside = QWidget(self)
        beside.setMinimumWidth(LEAST_WIDTH)
        beside.setMaximumWidth(LIST_WIDTH + MARGIN)
        column = QVBoxLayout(beside)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.list, 1)
        for each in (self.details, self.bar, self.told):
            column.addWidget(each)
        column.addLayout(row_of(self.list_button, self.save_list_button, self.left_button))
        column.addLayout(row_of(self.cancel_button))
        whole = self.layout()
        if isinstance(whole, QHBoxLayout):
            whole.addWidget(beside, 1)
        self._show_state()


def _counted(patients: Sequence[Person]) -> str:
    n = len(patients)
    return ngettext("{n} patient", "{n} patients", n).format(n=n)


def _page_of(clinic: Clinic, patient: uuid.UUID, wanted: Wanted) -> bytes:
    return wanted.build(clinic.history(patient), clinic, now())
