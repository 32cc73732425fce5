"""Entering a new patient."""

from PySide6.QtCore import Signal

from models.patient import Patient
from models.words import _
from ui.questions import Leaving
from ui.record_form import RecordForm


class NewPatientPage(RecordForm):
    cancelled = Signal()
    record_class = Patient

    def start(self) -> None:
        """An empty form, ready to be typed in."""
        self.form.load(None)
        self.pane.show_record(_("New patient"))
        self.form.focus_first()

    def cancel(self) -> None:
        if self.leave() is Leaving.DISCARD:
            self.cancelled.emit()
