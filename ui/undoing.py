"""Undo and redo: what was turned back is told with the patient's name, and shown."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from models.base import ClinicError
from models.patient import Patient
from models.progress import Progress, unseen
from models.store.undoing import Doing
from models.words import _

if TYPE_CHECKING:
    from ui.main_window import MainWindow

MANY = 100
"""Records that take long enough for a page which says how far it is."""


@dataclass(frozen=True)
class _Turn:
    """One way: how many records it changes, and what is said meanwhile and then."""

    turn: Callable[[Progress], Doing | None]
    records: int
    doing: str
    told: str
    nothing: str


class Undoing:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def undo(self) -> None:
        """Take back the last save, removal or import of this sitting."""
        clinic = self._window.clinic
        if clinic is not None:
            told = _("Undone: {what}. Do it again with Ctrl+Shift+Z.")
            nothing = _("There is nothing to undo.")
            self._turn_back(_Turn(clinic.undo, clinic.to_undo, _("Undoing"), told, nothing))

    def redo(self) -> None:
        clinic = self._window.clinic
        if clinic is not None:
            told = _("Done again: {what}. Undo with Ctrl+Z.")
            nothing = _("There is nothing to do again.")
            self._turn_back(_Turn(clinic.redo, clinic.to_redo, _("Doing again"), told, nothing))

    def _turn_back(self, way: _Turn) -> None:
        """What is half typed might be a correction of the very record: it goes first."""
        if self._window.shows_patient and self._is_typed():
            self._window.tell(_("What is typed here is not saved yet: save or leave it first."))
            return
        then = partial(self._turned, way)
        if way.records >= MANY:
            self._window.at_work.run(way.doing, way.turn, then, self._window.tell_error)
            return
        try:
            doing = way.turn(unseen)
        except ClinicError as error:
            self._window.tell_error(error)
        else:
            then(doing)

    def _turned(self, way: _Turn, doing: Doing | None) -> None:
        if doing is None:
            self._window.tell(way.nothing)
            return
        name = self._window.at_hand.name_of(doing.patient)
        self._show(doing, on_file=bool(name))
        what = f"{doing.words}, {name}" if name else doing.words
        self._window.tell(way.told.format(what=what))

    def _is_typed(self) -> bool:
        return any(keeper.can_keep() for keeper in self._window.patient.drafts.keepers())

    def _show(self, doing: Doing, *, on_file: bool) -> None:
        """The page that is shown, as the records are now, or the patient whom it concerns."""
        window, patient = self._window, doing.patient
        page = window.stack.currentWidget()
        about_patients = any(deed.kind is Patient for deed in doing.deeds)
        if window.shows_patient and (doing.of_many or self._open_patient() == patient):
            on_file = bool(window.at_hand.name_of(self._open_patient()))
            window.patient.show_anew() if on_file else window.leave_removed_patient()
        elif patient is not None and on_file and (about_patients or page not in window.lists.pages):
            if window.may_leave():
                window.open_patient(patient)
        else:
            window.show_anew()

    def _open_patient(self) -> uuid.UUID | None:
        history = self._window.history
        return history.patient.id if history else None
