"""What stands in the place of the table of patients: why nobody is shown, and what to do next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.errors import ClinicError
from models.roles import May
from models.words import _
from ui.allowed import may
from ui.buttons import button
from ui.sheet import Notice


class PatientsNotice(Notice):
    """`everybody_asked`: without search and status; `again_asked`: another try."""

    everybody_asked = Signal()
    again_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        self.button = button("", self._on_pressed, parent)
        self._failed = False
        super().__init__(self.button, parent)

    def say_waiting(self) -> None:
        self._say(_("Reading the patients …"))

    def say_failed(self, error: ClinicError) -> None:
        self._say(str(error), _("Try again"), "problems")
        self._failed = True

    def say_empty(self, total: int) -> None:
        """`total`: how many there are that search and status leave out."""
        if total:
            words = _("No patient is found by this search and status.")
            self._say(words, _("Show all patients"))
        elif may(self, May.RECORD):
            self._say(_("No patients yet. Press New patient to enter the first one."))
        else:
            self._say(_("No patients yet."))

    def _say(self, words: str, action: str = "", role: str = "quiet") -> None:
        self._failed = False
        self.say(words, role)
        self.button.setText(action)
        self.button.setVisible(bool(action))

    def _on_pressed(self) -> None:
        if self._failed:
            self.say_waiting()
            self.again_asked.emit()
        else:
            self.everybody_asked.emit()
