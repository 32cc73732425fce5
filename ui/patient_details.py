"""Correcting the particulars of the patient that is open."""

from models.history import History
from models.patient import Patient
from ui.record_form import CorrectionForm


class PatientDetails(CorrectionForm):
    record_class = Patient

    def set_history(self, history: History) -> None:
        """Show a patient; what is being typed about the same patient stays."""
        shown = self.form.record
        if shown is None or shown.id != history.patient.id or not self.form.is_dirty():
            self.show_after(history.patient)

    def title(self, record: Patient) -> str:
        return record.name
