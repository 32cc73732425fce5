"""The pages of the patients: what is due, all of them, one of them, their printed pages."""

import uuid
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.errors import ClinicError
from models.likeness import Likeness
from models.patient import Patient
from models.words import _
from ui.batch_page import BatchPage
from ui.made_pages import MadePages
from ui.merge_page import MergePage
from ui.new_patient_page import NewPatientPage
from ui.patient_page import PatientPage
from ui.patients_page import PatientsPage
from ui.print_preview import PrintPreview
from ui.today_page import TodayPage

if TYPE_CHECKING:
    from models.history import History

PATIENT, MERGE = "patient", "merge"


class PatientPages(MadePages):
    @property
    def today(self) -> TodayPage:
        return self._page("today", self._make_today)

    @property
    def patients(self) -> PatientsPage:
        return self._page("patients", self._make_patients)

    @property
    def batch(self) -> BatchPage:
        return self._page("batch", self._make_batch)

    @property
    def patient(self) -> PatientPage:
        """Of one patient, with all the forms."""
        return self._page(PATIENT, self._make_patient)

    @property
    def new_patient(self) -> NewPatientPage:
        return self._page("new patient", self._make_new_patient)

    @property
    def preview(self) -> PrintPreview:
        return self._page("preview", self._make_preview)

    @property
    def merge(self) -> MergePage:
        return self._page(MERGE, self._make_merge)

    @property
    def history(self) -> "History | None":
        """Of the patient who is open."""
        return self.patient.history if PATIENT in self.made else None

    def is_patient(self, page: QWidget | None) -> bool:
        return page is not None and page is self.made.get(PATIENT)

    def leads_back(self, page: QWidget) -> bool:
        """Whether one came there from a patient, or from where patients are chosen."""
        return page in {self.made.get(PATIENT), self.made.get(MERGE)}

    # How each is made

    def _make_today(self) -> TodayPage:
        window = self._window
        page = TodayPage(self._today, self._save, window.at_hand.remove, window)
        page.open_asked.connect(window.take_up)
        page.rule_asked.connect(window.own.show_rules)
        page.new_asked.connect(window.start_patient)
        page.print_asked.connect(window.prints.day_list)
        page.pages_asked.connect(window.prints.many)
        page.again_asked.connect(window.lists.show_today)
        page.told.connect(window.tell)
        return page

    def _make_patients(self) -> PatientsPage:
        window = self._window
        page = PatientsPage(window)
        page.matching = window.at_hand.matching
        page.opened.connect(window.open_patient)
        page.new_asked.connect(window.start_patient)
        page.wanted.connect(window.lists.tell_of_records)
        page.again_asked.connect(window.lists.show_patients)
        page.failed.connect(self._records_failed)
        page.print_asked.connect(window.prints.many)
        page.export_asked.connect(window.own.show_export)
        return page

    def _make_batch(self) -> BatchPage:
        page = BatchPage(self._window.tasks, self._today, self._window)
        page.closed.connect(self._batch_closed)
        return page

    def _make_patient(self) -> PatientPage:
        window = self._window
        page = PatientPage(self._today, window.tasks, window.stack)
        page.changes.readers_asked.connect(self._show_readers)
        page.details.card.open_asked.connect(self._open_like)
        page.details.card.merge_asked.connect(self._merge_like)
        page.print_asked.connect(window.prints.report)
        page.back_asked.connect(window.lists.show_home)
        page.told.connect(window.tell)
        page.figures.rule_asked.connect(window.own.show_rules)
        page.tabs.made.connect(window.hear)
        return page

    def _make_new_patient(self) -> NewPatientPage:
        window = self._window
        page = NewPatientPage(self._today, self._save, window.at_hand.likely, window)
        page.saved.connect(self._patient_saved)
        page.open_asked.connect(window.open_patient)
        page.cancelled.connect(window.lists.show_home)
        return page

    def _make_preview(self) -> PrintPreview:
        page = PrintPreview(self._window.tasks, self._window)
        page.closed.connect(self._preview_closed)
        return page

    def _make_merge(self) -> MergePage:
        page = MergePage(self._today, self._window)
        page.merged.connect(self._merged)
        page.closed.connect(self._window.go_back)
        return page

    # What is asked or told there

    def merge_patient(self, duplicate: uuid.UUID | None = None) -> None:
        """Merge the open patient with this one, or with one to be chosen."""
        window, clinic, history = self._window, self._window.clinic, self.history
        if clinic is not None and history is not None and window.may_leave():
            kept = history.patient.id
            window.open_page(self.merge, lambda: self.merge.open(clinic, kept, duplicate))

    def _records_failed(self, error: ClinicError) -> None:
        """Nothing is told of a clinic that was locked meanwhile."""
        if self._window.clinic is not None:
            self._window.tell_error(error)

    def _show_readers(self) -> None:
        if self.history is not None:
            self._window.own.show_audit(self.history.patient.id)

    def _open_like(self, likeness: Likeness) -> None:
        if self._window.may_leave():
            self._window.open_patient(likeness.patient.id)

    def _merge_like(self, likeness: Likeness) -> None:
        self.merge_patient(likeness.patient.id)

    def _merged(self, patient: Patient) -> None:
        self._window.open_patient(patient.id)
        self._window.tell(_("Merged. Undo with Ctrl+Z"))

    def _patient_saved(self, patient: Patient) -> None:
        self._window.open_patient(patient.id)
        self._window.say_saved()

    def _batch_closed(self) -> None:
        self._window.show_page(self._window.lists.home)

    def _preview_closed(self) -> None:
        self._window.show_page(self.patient if self.history else self._window.lists.home)
