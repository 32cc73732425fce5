"""Correcting the particulars of the patient that is open."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from models.history import History
from models.patient import Patient
from models.roles import May
from ui.allowed import needs
from ui.date_editor import Today
from ui.likeness_card import Likely, LikenessCard
from ui.record_form import CorrectionForm


class PatientDetails(CorrectionForm):
    """`likely`: who else on file is like what stands in the form."""

    record_class = Patient

    def __init__(
        self, today: Today, save: Callable[..., Any], likely: Likely, parent: QWidget
    ) -> None:
        super().__init__(today, save, parent)
        self.card = LikenessCard(lambda: likely(self.form.values()), self, merging=True)
        self.form.changed.connect(self.card.look_soon)
        self.put_beside(needs(May.RECORD, self.card))

    @property
    def in_use(self) -> bool:
        """Whether something is typed."""
        return self.form.is_dirty()

    def set_history(self, history: History) -> None:
        """Show a patient; what is being typed about the same patient stays."""
        same = self.form.record_id == history.patient.id
        self.on_file = history.patient
        if not same or not self.form.is_dirty():
            self.show_after(history.patient)

    def show_after(self, saved: Any) -> None:
        super().show_after(saved)
        self.card.look_soon()

    def title(self, record: Patient) -> str:
        return record.name
