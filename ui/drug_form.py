"""A drug or procedure of the clinic's own: added, corrected or removed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.base import ClinicError
from models.drug import Drug
from models.store.clinic import Clinic
from models.store.drafts import Draft
from models.words import _, capitalised
from ui import errors, questions
from ui.date_editor import Today
from ui.questions import Leaving
from ui.record_form import RecordForm


class DrugForm(RecordForm):
    """`removed`: the one that stood here; `closed`: nothing is typed, back to the list."""

    removed = Signal()
    closed = Signal()
    record_class = Drug
    hidden = ("notes",)

    def __init__(self, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(today, self._save_drug, parent)
        self._clinic: Clinic | None = None
        self.pane.remove_asked.connect(self.remove)

    def open(self, clinic: Clinic) -> None:
        """What was typed here and not saved is shown again."""
        self.keeper.end()
        self._clinic = clinic
        self.show_drug(None)
        self.go_on(clinic)

    def show_drug(self, drug: Drug | None) -> None:
        """This one, to be corrected; None: a new one."""
        self.on_file = drug
        self.form.load(drug)
        self.pane.show_record(self.title(drug))

    def title(self, record: Drug | None) -> str:
        return capitalised(record.name) if record else _("New drug or procedure")

    def show_after(self, saved: Drug) -> None:
        self.show_drug(saved)

    def resume(self, draft: Draft) -> None:
        if self._clinic is not None:
            own = self._clinic.vocabularies.drugs()
            self.show_drug(next((drug for drug in own if drug.id == draft.record), None))
        super().resume(draft)

    def remove(self) -> None:
        drug, clinic = self.on_file, self._clinic
        why = self.ask_why() if drug is not None and clinic is not None else None
        if why is None or drug is None or clinic is None:
            return
        try:
            clinic.remove(drug, why)
        except ClinicError as error:
            errors.show_error(self, error)
        else:
            self.show_drug(None)
            self.removed.emit()

    def ask_why(self) -> str | None:
        return questions.ask_why(self, _(Drug.singular), _("the audit log"))

    def cancel(self) -> None:
        if self.leave() is not Leaving.KEEP_EDITING:
            self.closed.emit()

    def _save_drug(self, drug: Drug, *, reason: str) -> Drug:
        if self._clinic is None:
            raise RuntimeError("no clinic is open")
        return self._clinic.vocabularies.save_drug(drug, reason=reason)
