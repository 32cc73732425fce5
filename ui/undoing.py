"""Undo and redo: what was turned back is told with the patient's name, and shown."""

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from models.base import ClinicError
from models.patient import Patient
from models.store.undoing import Doing
from models.words import _

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Undoing:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def undo(self) -> None:
        """Take back the last save or removal of this sitting."""
        if self._window.clinic is not None:
            told = _("Undone: {what}. Do it again with Ctrl+Shift+Z.")
            self._turn_back(self._window.clinic.undo, told, _("There is nothing to undo."))

    def redo(self) -> None:
        if self._window.clinic is not None:
            told = _("Done again: {what}. Undo with Ctrl+Z.")
            self._turn_back(self._window.clinic.redo, told, _("There is nothing to do again."))

    def _turn_back(self, turn: Callable[[], Doing | None], told: str, nothing: str) -> None:
        """What is half typed might be a correction of the very record: it goes first."""
        if self._window.stack.currentWidget() is self._window.patient and self._is_typed():
            self._window.tell(_("What is typed here is not saved yet: save or leave it first."))
            return
        try:
            doing = turn()
        except ClinicError as error:
            self._window.tell_error(error)
            return
        if doing is None:
            self._window.tell(nothing)
            return
        name = self._window.at_hand.name_of(doing.patient)
        self._show(doing, on_file=bool(name))
        what = f"{doing.words}, {name}" if name else doing.words
        self._window.tell(told.format(what=what))

    def _is_typed(self) -> bool:
        return any(keeper.can_keep() for keeper in self._window.patient.drafts.keepers())

    def _show(self, doing: Doing, *, on_file: bool) -> None:
        """The page that is shown, as the records are now, or the patient whom it concerns."""
        window, patient = self._window, doing.patient
        page = window.stack.currentWidget()
        about_patients = any(deed.kind is Patient for deed in doing.deeds)
        if page is window.patient and self._open_patient() == patient:
            window.patient.show_anew() if on_file else window.leave_removed_patient()
        elif patient is not None and on_file and (about_patients or page not in window.lists):
            if window.may_leave():
                window.open_patient(patient)
        else:
            window.show_anew()

    def _open_patient(self) -> uuid.UUID | None:
        history = self._window.patient.history
        return history.patient.id if history else None
