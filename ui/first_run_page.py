"""The first start: making the clinic, then putting its recovery key in a safe place."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMessageBox,
    QWidget,
)

from models.base import ClinicError
from models.store.clinic import Clinic
from models.store.folder import is_clinic
from models.words import N_, _
from ui.buttons import button
from ui.key_part import KeyPart, Made, made
from ui.new_password import NewPassword
from ui.sheet import Part, Sheet, entry, filled, label, row_of, titled
from ui.tasks import Tasks
from ui.theme import MARGIN, dress
from ui.unclaimed import Unclaimed

OWN_FOLDER = "CTCL Follow-up"
WHAT_FOR = N_(
    "Follows patients with cutaneous T-cell lymphoma: records, timeline, printed page."
    " Everything is encrypted and stays on this computer."
)


class ClinicPart(Part):
    """Where the records will lie, what the clinic is called, and who comes first."""

    found = Signal(object)

    def __init__(self, folder: Path, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(_("Create the clinic"), parent)
        self.folder = folder
        self.place = label(str(folder), "", self)
        self.folder_button = button(
            _("Other folder…"), self.choose_folder, self, tip=_("A new one, or a clinic's own")
        )
        self.name = entry(_("Name of the clinic"), self, help=_("Stands on every printed page."))
        self.user = entry(_("Your name"), self, help=_("You sign in with it."))
        self.password = NewPassword(tasks, self.names, self)
        entries = (self.name, self.user, *self.password.entries)
        self.enter_here(*entries)
        self.add(label(_(WHAT_FOR), "quiet", self))
        self.add(titled(_("Folder for the records"), self.place, self))
        self.add(row_of(self.folder_button))
        self.add(*entries, row_of(self.main_button))

    def ask_folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Folder for the records"), str(self.folder.parent)
        )
        return Path(chosen) if chosen else None

    def choose_folder(self) -> None:
        """A clinic's folder is opened; in another one the clinic will be made."""
        chosen = self.ask_folder()
        if chosen is None:
            return
        folder = own_folder(chosen)
        if is_clinic(folder):
            self.found.emit(folder)
        else:
            self.folder = folder
            self.place.setText(str(folder))

    def names(self) -> list[str]:
        return [self.user.line.text(), self.name.line.text()]

    def is_complete(self) -> bool:
        return filled(self.name, self.user) and self.password.is_good()

    def make(self, unclaimed: Unclaimed[Clinic]) -> Callable[[], Made]:
        """What makes the clinic, on the worker; it is `unclaimed` from the start."""
        name, user = self.name.line.text(), self.user.line.text()
        folder, password = self.folder, self.password.text
        now = dt.datetime.now().astimezone()

        def work() -> Made:
            clinic, key = Clinic.create(folder, name=name, user=user, password=password)
            unclaimed.keep(clinic)
            return made(clinic, key, now)

        return work

    def focus_first(self) -> None:
        self.name.setFocus()

    def clear(self) -> None:
        self.password.clear()


class FirstRunPage(Sheet):
    """Hands over the open clinic once its key is safe; what fails is said here.

    `clinic_found`: the folder that was chosen already holds a clinic; `restore_asked`: a backup is
    to be put there.
    """

    created = Signal(object)
    demo_asked = Signal()
    restore_asked = Signal(object)
    clinic_found = Signal(object)

    def __init__(self, folder: Path, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(_("CTCL Follow-up"), parent)
        self._tasks = tasks
        self._unclaimed: Unclaimed[Clinic] = Unclaimed()
        self.clinic_part = ClinicPart(folder, tasks, self)
        self.key_part = KeyPart(tasks, self)
        self.key_part.hide()
        self.demo_button = button(_("Open the demo clinic"), self.demo_asked.emit, self, "link")
        self.restore_button = button(
            _("Restore a backup…"),
            self._ask_to_restore,
            self,
            "link",
            _("On a new computer: with the backup and a password, or the recovery key"),
        )
        others = row_of(self.demo_button, self.restore_button, gap=MARGIN)
        self.add(self.clinic_part, self.key_part, others)
        self.clinic_part.asked.connect(self.submit)
        self.clinic_part.found.connect(self.clinic_found)
        self.key_part.asked.connect(self._on_continue)

    def submit(self) -> None:
        """Create the clinic with what was typed, once."""
        part = self.clinic_part
        if part.isEnabled() and part.is_complete():
            self.forget_problem()
            self._busy(True)
            self._unclaimed = Unclaimed()
            self.destroyed.connect(partial(Unclaimed.close, self._unclaimed))
            self._tasks.run(part.make(self._unclaimed), self._on_made, self._on_failed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.clinic_part.focus_first()

    def may_leave(self) -> bool:
        """Whether no recovery key would be lost; a clinic not handed on is closed on leaving."""
        if not self.clinic_part.isEnabled():
            self.tell(_being_created())
            return False
        kept = self.key_part.kept.isChecked()
        if self._unclaimed.waits() and not kept and not self.ask_to_leave():
            return False
        self.close_unclaimed()
        return True

    def ask_to_leave(self) -> bool:
        """Whether to go without the recovery key."""
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(QApplication.applicationName())
        box.setText(_("The recovery key has not been printed or written down."))
        box.setInformativeText(_("It is shown only this once."))
        again = box.addButton(_("Show the key again"), QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton(_("Leave without it"), QMessageBox.ButtonRole.DestructiveRole)
        dress(again, "primary")
        box.setDefaultButton(again)
        box.setEscapeButton(again)
        box.exec()
        return box.clickedButton() is leave

    def close_unclaimed(self) -> None:
        """Close the clinic that was made and not handed on, or is still being made."""
        self._unclaimed.close()

    def _busy(self, busy: bool) -> None:
        self.clinic_part.set_busy(_("Creating…") if busy else "")
        for each in (self.demo_button, self.restore_button):
            each.setEnabled(not busy)

    def _on_made(self, made: Made) -> None:
        self._busy(False)
        self.forget_problem()
        self.clinic_part.clear()
        for each in (self.clinic_part, self.demo_button, self.restore_button):
            each.hide()
        self.set_title(_("The recovery key"))
        self.key_part.show()
        self.key_part.show_key(made)

    def _on_failed(self, error: ClinicError) -> None:
        self.close_unclaimed()
        self._busy(False)
        self.tell(error)

    def _ask_to_restore(self) -> None:
        self.restore_asked.emit(self.clinic_part.folder)

    def _on_continue(self) -> None:
        clinic = self._unclaimed.claim()
        if clinic is not None:
            self.created.emit(clinic)


def own_folder(chosen: Path) -> Path:
    """A clinic's or an empty folder itself; in one with other things, a folder of our own."""
    taken = not is_clinic(chosen) and chosen.is_dir() and any(chosen.iterdir())
    return chosen / OWN_FOLDER if taken else chosen


def _being_created() -> ClinicError:
    return ClinicError(
        _("The clinic is being created."),
        _("Its recovery key is shown next, only once."),
        _("Wait a moment."),
    )
