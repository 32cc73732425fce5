"""The patient's own particulars: a form that corrects them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.base import ClinicError, InvalidRecord
from models.history import History
from models.patient import Patient
from models.words import _
from ui import errors, questions
from ui.buttons import on_keys
from ui.date_editor import Today
from ui.form import Form
from ui.questions import Leaving
from ui.record_pane import RecordPane


class PatientDetails(QWidget):
    """`save` returns the patient as it now stands, or raises `ClinicError`."""

    saved = Signal(object)

    def __init__(
        self, today: Today, save: Callable[[Any], Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._save = save
        self.form = Form(Patient, today, parent=self)
        self.pane = RecordPane(self.form, None, self)
        self.pane.save_asked.connect(self.save)
        self.pane.cancel_asked.connect(self.cancel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pane)
        for keys, slot in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Escape", self.cancel),
        ):
            on_keys(keys, slot, self)

    def set_history(self, history: History) -> None:
        """Show a patient; what is being typed about the same patient stays."""
        shown = self.form.record
        if shown is None or shown.id != history.patient.id or not self.form.is_dirty():
            self._show(history.patient)

    def save(self) -> bool:
        """Whether what stands in the form is saved now."""
        if not self.form.is_dirty():
            return True
        try:
            patient = self._save(self.form.build())
        except InvalidRecord as error:
            self.form.show_problems(error.problems)
            return False
        except ClinicError as error:
            errors.show_error(self, error)
            return False
        self._show(patient)
        self.saved.emit(patient)
        return True

    def cancel(self) -> None:
        self.may_leave()

    def may_leave(self) -> bool:
        """Whether nothing that was typed would be lost; asks where something would be."""
        if not self.form.is_dirty():
            return True
        answer = self.ask_to_leave()
        if answer is Leaving.SAVE:
            return self.save()
        if answer is Leaving.DISCARD:
            self._show(self.form.record)
        return answer is Leaving.DISCARD

    def ask_to_leave(self) -> Leaving:
        return questions.ask_to_leave(self, _(Patient.singular))

    def _show(self, patient: Any) -> None:
        self.form.load(patient)
        self.pane.show_record(patient.name)
        self.pane.remove_button.hide()
