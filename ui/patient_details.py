"""Correcting the particulars of the patient that is open."""

from typing import Any

from models.history import History
from ui.patient_form import PatientForm


class PatientDetails(PatientForm):
    def set_history(self, history: History) -> None:
        """Show a patient; what is being typed about the same patient stays."""
        shown = self.form.record
        if shown is None or shown.id != history.patient.id or not self.form.is_dirty():
            self.show_after(history.patient)

    def save(self) -> bool:
        """Whether what stands in the form is saved now."""
        return not self.form.is_dirty() or super().save()

    def show_after(self, saved: Any) -> None:
        self.form.load(saved)
        self.pane.show_record(saved.name)
        self.pane.remove_button.hide()

    def revert(self) -> None:
        self.show_after(self.form.record)
