"""One's own password: chosen when the present one was given by somebody else, or changed."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.base import ClinicError
from models.store.clinic import Clinic
from models.store.users import SamePassword
from models.words import N_, _
from ui import questions
from ui.buttons import button, on_keys
from ui.new_password import NewPassword
from ui.sheet import Part, Sheet, entry, filled, label, row_of
from ui.tasks import Tasks

DUE = N_(
    "The present password was given to you by somebody else. Choose one that only you know: "
    "until then nothing else can be done here."
)
EXPLAINED = N_("It opens the clinic in your name. The records are not rewritten.")


class OwnPart(Part):
    """The former password, and the new one twice."""

    close_asked = Signal()

    def __init__(self, tasks: Tasks, names: Callable[[], list[str]], parent: QWidget) -> None:
        super().__init__(_("Change the password"), parent)
        self.former = entry(_("Present password"), self, secret=True)
        self.password = NewPassword(tasks, names, self)
        self.enter_here(self.former, *self.password.entries)
        self.close_button = button(_("Close"), self.close_asked.emit, self, tip=_("Escape"))
        self.add(self.former, *self.password.entries)
        self.add(row_of(self.main_button, self.close_button))

    def is_complete(self) -> bool:
        """All that is wrong is said at once; the first of it gets the focus."""
        good = self.password.is_good()
        return filled(self.former) and good

    def is_dirty(self) -> bool:
        return bool(self.former.line.text()) or self.password.is_typed()

    def clear(self) -> None:
        self.former.set_value(None)
        self.former.set_problem("")
        self.password.clear()

    def refuse(self, error: ClinicError) -> None:
        wrong = self.password.first if isinstance(error, SamePassword) else self.former
        wrong.set_problem(str(error))
        wrong.setFocus()
        wrong.line.selectAll()


class OwnPasswordPage(Sheet):
    """`changed`: the new password holds; `closed`: back to where the person came from."""

    changed = Signal()
    closed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(_("My password"), parent)
        self._tasks = tasks
        self._clinic: Clinic | None = None
        self.why = label("", "explained", self)
        self.part = OwnPart(tasks, self._names, self)
        self.part.close_asked.connect(self.close_page)
        self.part.asked.connect(self.submit)
        self.add(self.why, self.part)
        on_keys("Escape", self.close_page, self)

    def open(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self.forget_problem()
        self.part.clear()
        due = clinic.new_password_due
        self.set_title(_("Choose a password of your own") if due else _("My password"))
        self.why.setText(_(DUE if due else EXPLAINED))
        self.part.close_button.setHidden(due)
        self.part.former.setFocus()

    def submit(self) -> None:
        """Change it, once; off the window's thread, for a password takes its time."""
        part, clinic = self.part, self._clinic
        if clinic is None or not part.isEnabled() or not part.is_complete():
            return
        former, password = part.former.line.text(), part.password.text
        part.set_busy(_("Changing…"))

        def change() -> None:
            clinic.users.change_own_password(former, password)

        self._tasks.run(change, self._on_changed, self._on_refused)

    def close_page(self) -> None:
        due = self._clinic is not None and self._clinic.new_password_due
        if not due and self.may_leave():
            self.closed.emit()

    def may_leave(self) -> bool:
        """Whether nothing that was typed would be lost; asks where something would be."""
        if not self.part.isEnabled():
            return False
        if self.part.is_dirty() and not self.ask_to_discard():
            return False
        self.part.clear()
        return True

    def ask_to_discard(self) -> bool:
        return questions.ask_to_discard(self, _("my password"))

    def _names(self) -> list[str]:
        return [self._clinic.user, self._clinic.name] if self._clinic else []

    def _on_changed(self, _nothing: None) -> None:
        self.part.set_busy("")
        self.part.clear()
        self.changed.emit()

    def _on_refused(self, error: ClinicError) -> None:
        self.part.set_busy("")
        self.part.refuse(error)
