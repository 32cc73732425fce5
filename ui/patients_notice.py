"""What stands in the place of the table of patients: why nobody is shown, and what to do next."""

from PySide6.QtCore import Signal

from models.errors import ClinicError
from models.roles import May
from models.words import _
from ui.allowed import may
from ui.sheet import ChangingNotice


class PatientsNotice(ChangingNotice):
    """`everybody_asked`: without search and status; `again_asked`: another try."""

    everybody_asked = Signal()
    again_asked = Signal()

    def say_waiting(self) -> None:
        self.offer(_("Reading the patients …"))

    def say_failed(self, error: ClinicError) -> None:
        self.offer(str(error), _("Try again"), self._try_again, "problems")

    def say_empty(self, total: int) -> None:
        """`total`: how many there are that search and status leave out."""
        if total:
            words = _("No patient is found by this search and status.")
            self.offer(words, _("Show all patients"), self.everybody_asked.emit)
        elif may(self, May.RECORD):
            self.offer(_("No patients yet. Press New patient to enter the first one."))
        else:
            self.offer(_("No patients yet."))

    def _try_again(self) -> None:
        self.say_waiting()
        self.again_asked.emit()
