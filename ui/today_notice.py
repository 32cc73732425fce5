"""What stands in the place of an empty list: why it is empty, and what to do next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.base import ClinicError
from models.roles import May
from models.words import _
from models.worklist import Worklist
from ui.allowed import may
from ui.look_ahead import FURTHEST
from ui.sheet import ChangingNotice


class TodayNotice(ChangingNotice):
    """`new_asked`: a patient; `again_asked`: another try; `everything_asked`: without a search;

    `further_asked`: as many days ahead as can be looked.
    """

    new_asked = Signal()
    again_asked = Signal()
    everything_asked = Signal()
    further_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "primary")

    def say_waiting(self, done: int = 0, whole: int = 0) -> None:
        """`done`: of so many of all patients who are looked at; 0 where that is not known yet."""
        words = _("Working out what is due …")
        if done:
            words = _("Working out what is due … {done} of {whole} patients")
        self.offer(words.format(done=done, whole=whole))

    def say_failed(self, error: ClinicError) -> None:
        self.offer(str(error), _("Try again"), self.again_asked.emit, "problems")

    def say_empty(self, shown: Worklist, furthest: Worklist, *, searched: bool) -> None:
        """`furthest`: what is due as far ahead as can be looked."""
        if not shown.patients and not may(self, May.RECORD):
            self.offer(_("No patients yet."))
        elif not shown.patients:
            words = _("No patients yet. Enter the first one; what is due then shows here.")
            self.offer(words, _("New patient"), self.new_asked.emit)
        elif searched:
            words = _("Nothing that is due is found by this search.")
            self.offer(words, _("Show everything that is due"), self.everything_asked.emit)
        elif furthest.due:
            words = _("{nothing} Find a patient with Ctrl+K, or look further ahead.")
            ahead = _("Look {n} days ahead").format(n=FURTHEST)
            self.offer(words.format(nothing=shown.words), ahead, self.further_asked.emit)
        elif not may(self, May.RECORD):
            self.offer(shown.words)
        else:
            words = _("{nothing} Find a patient with Ctrl+K to record something else.")
            self.offer(words.format(nothing=shown.words))
