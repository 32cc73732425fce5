"""Entering a new patient, with a warning where somebody like that is on file already."""

import uuid
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.base import ClinicError
from models.likeness import Likeness, who
from models.patient import Patient
from models.store.drafts import Draft
from models.words import _
from ui import questions
from ui.date_editor import Today
from ui.likeness_card import Likely, LikenessCard
from ui.questions import Leaving
from ui.record_form import RecordForm

LEFT = {Leaving.DISCARD, Leaving.KEEP_FOR_LATER}
IDENTIFYING = {"mrn", "family_name", "given_name", "birth_date", "sex"}


class NewPatientPage(RecordForm):
    """`likely`: who on file is like what was typed; `open_asked`: the id of one of them."""

    cancelled = Signal()
    open_asked = Signal(object)
    record_class = Patient

    def __init__(
        self,
        today: Today,
        save: Callable[..., Any],
        likely: Likely,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(today, save, parent)
        self._likely = likely
        self._known_as_others: set[uuid.UUID] = set()
        self.card = LikenessCard(lambda: likely(self.form.values()), self)
        self.card.open_asked.connect(self._open)
        self.form.changed.connect(self.card.look_soon)
        self.put_beside(self.card)

    def start(self) -> None:
        """An empty form, ready to be typed in."""
        self._known_as_others.clear()
        self.keeper.end()
        self.form.load(None)
        self.pane.show_record(self.title(None))
        self.card.look()
        self.form.focus_first()

    def save(self) -> bool:
        """Whether the patient is saved now; whoever is likely on file already is asked about."""
        return self._is_another() and super().save()

    def title(self, record: Patient | None) -> str:
        return _("New patient")

    def resume(self, draft: Draft) -> None:
        super().resume(draft)
        self.card.look()

    def cancel(self) -> None:
        if self.leave(later=True) in LEFT:
            self.cancelled.emit()

    def ask_whether_new(self, like: Likeness) -> bool:
        return questions.ask_whether_new(self, who(like.patient), like.why)

    def _is_another(self) -> bool:
        """Each likeness is asked about once, and only where the patient could be saved."""
        try:
            mrn = self.form.build().model_dump()["mrn"]
            found = self._likely(self.form.values())
        except ClinicError:
            return True
        likely = {each.patient.id: each for each in found if each.likely}
        new = [each for key, each in likely.items() if key not in self._known_as_others]
        taken = any(each.patient.mrn == mrn for each in found)
        if new and not taken and not self.ask_whether_new(new[0]):
            return False
        self._known_as_others.update(likely)
        return True

    def _open(self, likeness: Likeness) -> None:
        """The one who is on file already; what is typed besides is asked about."""
        if self._is_on_file(likeness.patient):
            self.revert()
        elif self.leave(later=True) not in LEFT:
            return
        self.open_asked.emit(likeness.patient.id)

    def _is_on_file(self, patient: Patient) -> bool:
        """Whether nothing was typed that is not known of the patient, but for what identifies."""
        values = self.form.values().items()
        beside = {name: value for name, value in values if value and name not in IDENTIFYING}
        return all(getattr(patient, name) == value for name, value in beside.items())
