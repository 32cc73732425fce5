"""Opening the clinic: who, and with which password; or with the printed recovery key."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from models.errors import ClinicError
from models.store.failures import BackupNeeded, NotLetIn
from models.store.folder import is_demo, users_of
from models.store.tries import TooEarly, Tries
from models.words import _
from ui.buttons import button, on_keys
from ui.caps_lock import CapsLockHint
from ui.choice_editor import Combo
from ui.new_password import NewPassword
from ui.sheet import Part, Sheet, entry, filled, label, row_of, titled
from ui.tasks import Tasks
from ui.theme import MARGIN, dress

if TYPE_CHECKING:
    from models.store.clinic import Clinic

SECOND_MS = 1000


def _clinic() -> "type[Clinic]":
    """Loaded while the password is typed."""
    from models.store.clinic import Clinic  # noqa: PLC0415 - the page is painted without it

    return Clinic


class PasswordPart(Part):
    """Who signs in, and the password.

    `who` is trying, for the wait after failures; `said`: the entry below which it is told.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Sign in"), parent)
        self._expected = ""
        self.demo = label(_("Demo clinic: user demo, password demo."), "explained", self)
        self.user = Combo(self)
        user = titled(_("User"), self.user, self)
        self.password = self.said = entry(_("Password"), self, secret=True)
        self.enter_here(self.password)
        hint = CapsLockHint(self, self.password.line)
        self.add(self.demo, user, self.password, hint, row_of(self.main_button))

    @property
    def who(self) -> str:
        return self.user.currentText()

    def is_complete(self) -> bool:
        return filled(self.password)

    def expect(self, user: str) -> None:
        """Somebody is likely to sign in again."""
        self._expected = user
        self.user.setCurrentText(user)

    def focus_first(self) -> None:
        several = self.user.count() > 1 and not (self.password.line.text() or self._expected)
        (self.user if several else self.password).setFocus()

    def open(self, folder: Path) -> "Callable[[], Clinic]":
        user, password = self.user.currentText(), self.password.line.text()
        return lambda: _clinic().open(folder, user, password)

    def clear(self) -> None:
        self.password.set_value(None)


class RecoveryPart(Part):
    """The printed key, and who signs in from now on with which password.

    `who`: nobody as yet, for the wait after failures; `said`: the entry below which it is told.
    """

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(_("Set password and sign in"), parent)
        self.key = self.said = entry(
            _("Recovery key"),
            self,
            help=_("From the printed sheet; capital letters and dashes do not matter."),
        )
        becomes = _("One of the users, or a new one; becomes an administrator.")
        self.user = entry(_("User"), self, help=becomes)
        self.password = NewPassword(tasks, lambda: [self.user.line.text()], self)
        entries = (self.key, self.user, *self.password.entries)
        self.enter_here(*entries)
        hint = CapsLockHint(self, *(each.line for each in self.password.entries))
        self.add(*entries, hint, row_of(self.main_button))

    who = None

    def is_complete(self) -> bool:
        return filled(self.key, self.user) and self.password.is_good()

    def focus_first(self) -> None:
        self.key.setFocus()

    def open(self, folder: Path) -> "Callable[[], Clinic]":
        key, user = self.key.line.text(), self.user.line.text()
        password = self.password.text
        return lambda: _clinic().recover(folder, key, user=user, password=password)

    def clear(self) -> None:
        self.key.set_value(None)
        self.password.clear()


class SignInPage(Sheet):
    """Hands over the open clinic; what fails is said here, and what was typed stays.

    `locked_by`: who worked here last and is expected back.
    """

    opened = Signal(object)
    other_folder_asked = Signal()
    restore_asked = Signal()

    def __init__(
        self, folder: Path, tasks: Tasks, parent: QWidget | None = None, *, locked_by: str = ""
    ) -> None:
        super().__init__(_("Locked") if locked_by else _("Sign in"), parent)
        self._folder, self._tasks = folder, tasks
        self.by_password = PasswordPart(self)
        self.by_key = RecoveryPart(tasks, self)
        self._part: PasswordPart | RecoveryPart = self.by_password
        self._users: list[str] = []
        self._refused, self._waits = "", False
        self._second = QTimer(self)
        self._second.setSingleShot(True)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self._look)
        self.way_button = button("", self.other_way, self, "link")
        self.folder_button = button(
            _("Open another folder…"), self.other_folder_asked.emit, self, "link"
        )
        self.restore_button = button(_("Restore a backup…"), self.restore_asked.emit, self, "link")
        self.add(label(str(folder), "quiet", self))
        if locked_by:
            self.add(label(_("What was typed is kept. Sign in to go on."), "explained", self))
        self.add(self.by_password, self.by_key)
        self.add(row_of(self.way_button, self.restore_button, self.folder_button, gap=MARGIN))
        for part in (self.by_password, self.by_key):
            part.asked.connect(self.submit)
        on_keys("Escape", lambda: self._show(self.by_password), self)
        self._show(self.by_password)
        self._read_users()
        self.by_password.expect(locked_by)
        self.by_password.user.currentTextChanged.connect(self._start_anew)
        self._look()

    def submit(self) -> None:
        """Open the clinic with what was typed, once."""
        self._look()
        if self._part.isEnabled() and not self._waits and self._part.is_complete():
            self.forget_problem()
            self._busy(True)
            self._tasks.run(self._part.open(self._folder), self._on_opened, self._on_refused)

    def other_way(self) -> None:
        """From password to recovery key, and back."""
        if self._part is self.by_password:
            self._show(self.by_key)
        else:
            self._show(self.by_password)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._part.isHidden():
            self.restore_button.setFocus()
        else:
            self._part.focus_first()

    def _show(self, part: PasswordPart | RecoveryPart) -> None:
        self._part = part
        for each in (self.by_password, self.by_key):
            each.setVisible(each is part)
        by_password = part is self.by_password
        self.way_button.setText(
            _("Use the recovery key…") if by_password else _("Sign in with a password")
        )
        self._start_anew()
        part.focus_first()

    def _start_anew(self) -> None:
        """Somebody else, or another way: what was refused before is not said of that."""
        self._refused = ""
        self._part.said.set_problem("")
        self._look()

    def _look(self) -> None:
        """Whether anything may be tried now; how long that is to be waited for is counted down."""
        tries = Tries(self._folder, self._users)
        try:
            tries.refuse_too_early(self._part.who, dt.datetime.now(dt.UTC))
        except TooEarly as error:
            words = f"{self._refused} {error.next_step}" if self._refused else str(error)
            self._wait(words)
        else:
            if self._waits:
                self._wait("")

    def _wait(self, words: str) -> None:
        self._waits = bool(words)
        self._part.said.set_problem(words or self._refused)
        self._part.main_button.setEnabled(not words)
        if words:
            self._second.start()

    def _read_users(self) -> None:
        try:
            self._users = users_of(self._folder)
            self.by_password.user.addItems(self._users)
            self.by_password.demo.setVisible(is_demo(self._folder))
        except ClinicError as error:
            self.tell(error)
            self.by_password.hide()
            self.way_button.hide()
            self._offer_backup(error)

    def _busy(self, busy: bool) -> None:
        self._part.set_busy(_("Opening…") if busy else "")
        for each in (self.way_button, self.folder_button, self.restore_button):
            each.setEnabled(not busy)

    def _on_opened(self, clinic: "Clinic") -> None:
        self._busy(False)
        self.by_password.clear()
        self.by_key.clear()
        self.opened.emit(clinic)

    def _on_refused(self, error: ClinicError) -> None:
        self._busy(False)
        if isinstance(error, NotLetIn | TooEarly):
            self._refused = "" if isinstance(error, TooEarly) else str(error)
            self._part.said.set_problem(str(error))
        else:
            self.tell(error)
        self._part.said.setFocus()
        self._part.said.line.selectAll()
        self._offer_backup(error)
        self._look()

    def _offer_backup(self, error: ClinicError) -> None:
        """Where nothing else helps, before all else."""
        if isinstance(error, BackupNeeded):
            for part in (self.by_password, self.by_key):
                dress(part.main_button, "")
            dress(self.restore_button, "primary")
            self.restore_button.setFocus()
