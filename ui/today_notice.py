"""What stands in the place of an empty list: why it is empty, and what to do next."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.base import ClinicError
from models.roles import May
from models.words import _
from models.worklist import Worklist
from ui.allowed import may
from ui.buttons import button
from ui.look_ahead import FURTHEST
from ui.sheet import Notice


class TodayNotice(Notice):
    """`new_asked`: a patient; `again_asked`: another try; `everything_asked`: without a search;

    `further_asked`: as many days ahead as can be looked.
    """

    new_asked = Signal()
    again_asked = Signal()
    everything_asked = Signal()
    further_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        self.button = button("", self._on_pressed, parent, "primary")
        self._pressed: Callable[[], object] | None = None
        super().__init__(self.button, parent)

    def say_waiting(self, done: int = 0, whole: int = 0) -> None:
        """`done`: of so many of all patients who are looked at; 0 where that is not known yet."""
        words = _("Working out what is due …")
        if done:
            words = _("Working out what is due … {done} of {whole} patients")
        self._say(words.format(done=done, whole=whole))

    def say_failed(self, error: ClinicError) -> None:
        self._say(str(error), _("Try again"), self.again_asked.emit, "problems")

    def say_empty(self, shown: Worklist, furthest: Worklist, *, searched: bool) -> None:
        """`furthest`: what is due as far ahead as can be looked."""
        if not shown.patients and not may(self, May.RECORD):
            self._say(_("No patients yet."))
        elif not shown.patients:
            words = _("No patients yet. Enter the first one; what is due then shows here.")
            self._say(words, _("New patient"), self.new_asked.emit)
        elif searched:
            words = _("Nothing that is due is found by this search.")
            self._say(words, _("Show everything that is due"), self.everything_asked.emit)
        elif furthest.due:
            words = _("{nothing} Find a patient with Ctrl+K, or look further ahead.")
            ahead = _("Look {n} days ahead").format(n=FURTHEST)
            self._say(words.format(nothing=shown.words), ahead, self.further_asked.emit)
        elif not may(self, May.RECORD):
            self._say(shown.words)
        else:
            words = _("{nothing} Find a patient with Ctrl+K to record something else.")
            self._say(words.format(nothing=shown.words))

    def _say(
        self,
        words: str,
        action: str = "",
        pressed: Callable[[], object] | None = None,
        role: str = "quiet",
    ) -> None:
        self.say(words, role)
        self._pressed = pressed
        self.button.setText(action)
        self.button.setVisible(bool(action))

    def _on_pressed(self) -> None:
        if self._pressed:
            self._pressed()
