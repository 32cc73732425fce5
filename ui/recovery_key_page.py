"""A new recovery key: made, printed or written down, and only then put in place of the former."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.base import ClinicError
from models.store.clinic import Clinic
from models.store.recovery import new_recovery_key
from models.words import N_, _
from ui import questions
from ui.buttons import button, on_keys
from ui.key_part import KeyPart, Made, made
from ui.printing import now
from ui.sheet import Part, Sheet, label, row_of
from ui.tasks import Tasks

BEFORE = (
    N_("Renew it when its sheet was lost, or seen by somebody who should not have it."),
    N_(
        "The new key is shown once, to be printed or written down. The former key holds until you "
        "press Continue after that; then only the new one opens the clinic."
    ),
    N_("Backups made before open with the former key: keep its sheet as long as you keep them."),
)
NOT_YET = N_("The former key still holds. Press Continue once the new one is safe.")


class RecoveryKeyPage(Sheet):
    """`renewed`: the new key holds; `closed`: back to the users, by whichever way."""

    renewed = Signal()
    closed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(_("Renew the recovery key"), parent)
        self._tasks = tasks
        self._clinic: Clinic | None = None
        self._key = ""
        self.before = Part(_("Make a new key"), self)
        self.close_button = button(_("Close"), self.close_page, self, tip=_("Escape"))
        self.before.add(*(label(_(each), "", self) for each in BEFORE))
        self.before.add(row_of(self.before.main_button, self.close_button))
        self.not_yet = label(_(NOT_YET), "explained", self)
        self.key_part = KeyPart(tasks, self)
        self.cancel_button = button(_("Keep the former key"), self.close_page, self, "link")
        self.add(self.before, self.not_yet, self.key_part, row_of(self.cancel_button))
        self.before.asked.connect(self.make)
        self.key_part.asked.connect(self.renew)
        on_keys("Escape", self.close_page, self)
        self._show(self.before)

    def open(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self.forget_problem()
        self._forget_key()
        self._show(self.before)
        self.before.main_button.setFocus()

    def make(self) -> None:
        """A key and its sheet; nothing is changed by it yet."""
        if self._clinic is not None and self.before.isEnabled():
            self.forget_problem()
            self.before.set_busy(_("Making…"))
            self._tasks.run(_making(self._clinic), self._on_made, self._on_failed)

    def renew(self) -> None:
        """From now on the key that is shown opens the clinic."""
        if self._clinic is not None and self._key and self.key_part.isEnabled():
            self.forget_problem()
            self.key_part.set_busy(_("Renewing…"))
            self.cancel_button.setEnabled(False)
            work = partial(self._clinic.users.put_recovery_key, self._key)
            self._tasks.run(work, self._on_renewed, self._on_failed)

    def close_page(self) -> None:
        if self.may_leave():
            self.closed.emit()

    def may_leave(self) -> bool:
        """Whether no new key would be lost that may be on paper already."""
        if not (self.before.isEnabled() and self.key_part.isEnabled()):
            return False
        if self._key and not self.ask_to_keep_the_former():
            return False
        self._forget_key()
        return True

    def ask_to_keep_the_former(self) -> bool:
        return questions.ask_to_keep_the_former_key(self)

    def _show(self, part: Part) -> None:
        self.before.setVisible(part is self.before)
        for each in (self.not_yet, self.key_part, self.cancel_button):
            each.setVisible(part is self.key_part)

    def _forget_key(self) -> None:
        self._key = ""
        self.key_part.clear()

    def _on_made(self, made: Made) -> None:
        self.before.set_busy("")
        self._key = made.key
        self._show(self.key_part)
        self.key_part.show_key(made)

    def _on_renewed(self, _nothing: None) -> None:
        self._busy_no_more()
        self._forget_key()
        self.renewed.emit()

    def _on_failed(self, error: ClinicError) -> None:
        self._busy_no_more()
        self.tell(error)

    def _busy_no_more(self) -> None:
        self.before.set_busy("")
        self.key_part.set_busy("")
        self.cancel_button.setEnabled(True)


def _making(clinic: Clinic) -> Callable[[], Made]:
    at = now()

    def work() -> Made:
        return made(clinic, new_recovery_key(), at)

    return work
