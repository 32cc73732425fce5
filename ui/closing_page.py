"""The window closes: the backup before that, and the way out without it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from models.base import ClinicError
from models.words import _
from ui.buttons import button, on_keys
from ui.sheet import Sheet, label, row_of


class ClosingPage(Sheet):
    """`left`: the window is to close now, with or without a backup; `again_asked`: another try.

    `stay_asked`: it is not to close after all.
    """

    left = Signal()
    again_asked = Signal()
    stay_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far the backup is"))
        self.says = label("", "quiet", self)
        self.again_button = button(_("Try again"), self.again_asked.emit, self, "primary")
        self.leave_button = button("", self.left.emit, self, tip=_("Escape, or close once more"))
        stay = button(_("Keep the window open"), self.stay_asked.emit, self, "link")
        self.add(self.bar, self.says, row_of(self.again_button, self.leave_button, stay))
        on_keys("Escape", self.left.emit, self)
        self.say_waiting()

    def say_waiting(self) -> None:
        self.set_title(_("Backing up before closing …"))
        self.forget_problem()
        self.says.setText(_("The window closes by itself as soon as the backup is made."))
        self.bar.setRange(0, 0)
        self._show(waiting=True)
        self.leave_button.setText(_("Close without a backup"))
        self.leave_button.setFocus()

    def say_far(self, done: int, whole: int) -> None:
        self.bar.setRange(0, whole)
        self.bar.setValue(done)

    def say_done(self) -> None:
        """Unless somebody stayed."""
        if self.isVisible():
            self.left.emit()

    def say_failed(self, error: ClinicError) -> None:
        self.set_title(_("No backup was made"))
        self.tell(error)
        self._show(waiting=False)
        self.leave_button.setText(_("Close all the same"))
        self.again_button.setFocus()

    def _show(self, *, waiting: bool) -> None:
        for part in (self.bar, self.says):
            part.setVisible(waiting)
        self.again_button.setVisible(not waiting)
