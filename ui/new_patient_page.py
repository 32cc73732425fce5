"""Entering a new patient."""

from PySide6.QtCore import Signal

from models.words import _
from ui.patient_form import PatientForm
from ui.questions import Leaving


class NewPatientPage(PatientForm):
    cancelled = Signal()

    def start(self) -> None:
        """An empty form, ready to be typed in."""
        self.form.load(None)
        self.pane.show_record(_("New patient"))
        self.form.focus_first()

    def cancel(self) -> None:
        if self.leave() is Leaving.DISCARD:
            self.cancelled.emit()
