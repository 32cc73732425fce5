"""Opening the clinic: who, and with which password; or with the printed recovery key."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from models.base import ClinicError
from models.store.clinic import Clinic, is_demo, users_of
from models.words import _
from ui.buttons import button, on_keys
from ui.choice_editor import Combo
from ui.sheet import NewPassword, Part, Sheet, entry, filled, label, row_of, titled
from ui.tasks import Tasks
from ui.theme import MARGIN


class PasswordPart(Part):
    """Who signs in, and the password."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Sign in"), parent)
        self._expected = ""
        self.demo = label(_("Demo clinic: user demo, password demo."), "explained", self)
        self.user = Combo(self)
        user = titled(_("User"), self.user, self)
        self.password = entry(_("Password"), self, secret=True)
        self.enter_here(self.password)
        self.add(self.demo, user, self.password, row_of(self.main_button))

    def is_complete(self) -> bool:
        return filled(self.password)

    def expect(self, user: str) -> None:
        """Somebody is likely to sign in again."""
        self._expected = user
        self.user.setCurrentText(user)

    def focus_first(self) -> None:
        several = self.user.count() > 1 and not (self.password.line.text() or self._expected)
        (self.user if several else self.password).setFocus()

    def open(self, folder: Path) -> Callable[[], Clinic]:
        user, password = self.user.currentText(), self.password.line.text()
        return lambda: Clinic.open(folder, user, password)

    def refuse(self, error: ClinicError) -> None:
        self.password.set_problem(str(error))
        self.password.setFocus()
        self.password.line.selectAll()

    def clear(self) -> None:
        self.password.set_value(None)


class RecoveryPart(Part):
    """The printed key, and who signs in from now on with which password."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Set password and sign in"), parent)
        self.key = entry(
            _("Recovery key"),
            self,
            help=_("From the printed sheet; capital letters and dashes do not matter."),
        )
        self.user = entry(_("User"), self, help=_("One of the users, or a new one."))
        self.password = NewPassword(self)
        entries = (self.key, self.user, self.password.first, self.password.again)
        self.enter_here(*entries)
        self.add(*entries, row_of(self.main_button))

    def is_complete(self) -> bool:
        return filled(self.key, self.user) and self.password.is_good()

    def focus_first(self) -> None:
        self.key.setFocus()

    def open(self, folder: Path) -> Callable[[], Clinic]:
        key, user = self.key.line.text(), self.user.line.text()
        password = self.password.text
        return lambda: Clinic.recover(folder, key, user=user, password=password)

    def refuse(self, error: ClinicError) -> None:
        self.key.set_problem(str(error))
        self.key.setFocus()
        self.key.line.selectAll()

    def clear(self) -> None:
        for each in (self.key, self.password.first, self.password.again):
            each.set_value(None)


class SignInPage(Sheet):
    """Hands over the open clinic; what fails is said here, and what was typed stays.

    `locked_by`: who worked here last and is expected back.
    """

    opened = Signal(object)
    other_folder_asked = Signal()

    def __init__(
        self, folder: Path, tasks: Tasks, parent: QWidget | None = None, *, locked_by: str = ""
    ) -> None:
        super().__init__(_("Locked") if locked_by else _("Sign in"), parent)
        self._folder, self._tasks = folder, tasks
        self.by_password = PasswordPart(self)
        self.by_key = RecoveryPart(self)
        self._part: PasswordPart | RecoveryPart = self.by_password
        self.way_button = button("", self.other_way, self, "link")
        self.folder_button = button(
            _("Open another folder…"), self.other_folder_asked.emit, self, "link"
        )
        self.add(label(str(folder), "quiet", self))
        if locked_by:
            self.add(label(_("What was typed is kept. Sign in to go on."), "explained", self))
        self.add(self.by_password, self.by_key)
        self.add(row_of(self.way_button, self.folder_button, gap=MARGIN))
        for part in (self.by_password, self.by_key):
            part.asked.connect(self.submit)
        on_keys("Escape", lambda: self._show(self.by_password), self)
        self._show(self.by_password)
        self._read_users()
        self.by_password.expect(locked_by)

    def submit(self) -> None:
        """Open the clinic with what was typed, once."""
        if self._part.isEnabled() and self._part.is_complete():
            self.forget_problem()
            self._busy(True)
            self._tasks.run(self._part.open(self._folder), self._on_opened, self._on_refused)

    def other_way(self) -> None:
        """From password to recovery key, and back."""
        if self._part is self.by_password:
            self.by_key.user.set_value(self.by_password.user.currentText())
            self._show(self.by_key)
        else:
            self._show(self.by_password)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._part.focus_first()

    def _show(self, part: PasswordPart | RecoveryPart) -> None:
        self._part = part
        for each in (self.by_password, self.by_key):
            each.setVisible(each is part)
        by_password = part is self.by_password
        self.way_button.setText(
            _("Use the recovery key…") if by_password else _("Sign in with a password")
        )
        part.focus_first()

    def _read_users(self) -> None:
        try:
            self.by_password.user.addItems(users_of(self._folder))
            self.by_password.demo.setVisible(is_demo(self._folder))
        except ClinicError as error:
            self.tell(error)
            self.by_password.hide()
            self.way_button.hide()

    def _busy(self, busy: bool) -> None:
        self._part.set_busy(_("Opening…") if busy else "")
        for each in (self.way_button, self.folder_button):
            each.setEnabled(not busy)

    def _on_opened(self, clinic: Clinic) -> None:
        self._busy(False)
        self.by_password.clear()
        self.by_key.clear()
        self.opened.emit(clinic)

    def _on_refused(self, error: ClinicError) -> None:
        self._busy(False)
        self._part.refuse(error)
