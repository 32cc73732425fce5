"""Giving one patient's records to a colleague: what goes in, the passphrase, where, what next."""

import uuid
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from models.exchange.parcel import proposed_passphrase
from models.history import History
from models.progress import Progress
from models.store.clinic import FILE, Clinic
from models.words import N_, _
from reports.handover import PARTS, Handover, Part, file_name, problem_with_passphrase
from reports.writing import write_report
from ui.buttons import button, on_keys
from ui.pdf_output import ask_where_to_save
from ui.printing import now
from ui.sheet import Sheet, column_of, entry, label, row_of
from ui.tasks import Tasks
from ui.work_strip import WorkStrip

WHAT = N_(
    "One encrypted file with what is on file about {patient}. 7-Zip and WinZip open it under "
    "Windows, Keka under macOS; Windows Explorer does not."
)
PASSPHRASE = N_("Write it down now: it is kept nowhere. You may type another one in its place.")
NEXT = N_(
    "Saved as {path}.\n\n"
    "1. Send the file, or hand it over on a stick.\n"
    "2. Tell the passphrase by another way: by telephone or in person, never with the file.\n"
    "3. Leave this page once the passphrase is written down; it cannot be shown again."
)


class HandoverPage(Sheet):
    """`closed`: back to the patient."""

    closed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(_("Give to a colleague"), parent)
        self._clinic: Clinic | None = None
        self._history: History | None = None
        self._proposed = ""
        self.what = label("", "quiet", self)
        self.boxes = {part.key: _box(part, self) for part in PARTS}
        self.passphrase = entry(_("Passphrase"), self, help=_(PASSPHRASE))
        tip = _("Another one, made up by the program")
        self.propose_button = button(_("Propose another"), self.propose, self, "link", tip)
        self.strip = WorkStrip(tasks, self)
        self.save_button = button(
            _("Save encrypted file…"), self.save, self, "primary", _("Ctrl+Enter")
        )
        self.close_button = button(_("Close"), self.close_page, self, tip=_("Escape"))
        self.next = label("", "explained", self)
        self.strip.busy.connect(self._show_busy)
        self.passphrase.changed.connect(self.next.hide)
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            on_keys(keys, self.save, self)
        on_keys("Escape", self._escape, self)

    def open(self, clinic: Clinic, patient: uuid.UUID) -> None:
        """Offer to give this patient's records; raises `ClinicError`."""
        self._clinic, self._history = clinic, clinic.history(patient)
        self.what.setText(_(WHAT).format(patient=self._history.patient.name))
        for box in self.boxes.values():
            box.setChecked(True)
        self.strip.say("")
        self.propose()
        self.save_button.setFocus()

    @property
    def parts(self) -> list[str]:
        return [key for key, box in self.boxes.items() if box.isChecked()]

    def propose(self) -> None:
        """A passphrase that nobody can guess."""
        self._proposed = proposed_passphrase()
        self.passphrase.set_value(self._proposed)
        self.passphrase.set_problem("")
        self.next.hide()

    def save(self) -> None:
        """Ask where to, put on record that the records leave, and write the file."""
        clinic, history = self._clinic, self._history
        if clinic is None or history is None or self.strip.running or not self._is_complete():
            return
        path = self.ask_path(file_name(now().date()))
        if path:
            self.next.hide()
            handover = Handover(history, self.parts, now())
            work = partial(_saved, clinic, handover, self._typed, path)
            self.strip.run(_("Putting the records together …"), work, self._on_saved)

    def close_page(self) -> None:
        if self.may_leave():
            self.closed.emit()

    def may_leave(self) -> bool:
        """Whether nothing is being written."""
        if not self.strip.running:
            self._forget()
        return not self.strip.running

    def close_unclaimed(self) -> None:
        self.strip.cancel()

    def ask_path(self, name: str) -> Path | None:
        return ask_where_to_save(self, _("Save the encrypted file"), name)

    @property
    def _typed(self) -> str:
        return self.passphrase.line.text().strip()

    def _is_complete(self) -> bool:
        """What is wrong is said beside it, and gets the focus."""
        clinic, history = self._clinic, self._history
        if clinic is None or history is None:
            return False
        if not self.parts:
            self.strip.say(_("Tick what is to go in."), "problems")
            next(iter(self.boxes.values())).setFocus()
            return False
        typed = self._typed
        if typed != self._proposed:
            self.passphrase.set_problem(problem_with_passphrase(typed, clinic, history))
        if self.passphrase.problem:
            self.passphrase.setFocus()
        return not self.passphrase.problem

    def _escape(self) -> None:
        if self.strip.running:
            self.strip.cancel()
        else:
            self.close_page()

    def _on_saved(self, path: Path) -> None:
        self.next.setText(_(NEXT).format(path=path))
        self.next.show()
        self.close_button.setFocus()
        QTimer.singleShot(0, self, self._show_end)

    def _show_end(self) -> None:
        """On a small screen, too, what to do next is seen as soon as it has its place."""
        self.ensureWidgetVisible(self.close_button)

    def _forget(self) -> None:
        """Nothing of the patient nor of the passphrase stays in the window."""
        self._history, self._proposed = None, ""
        self.passphrase.set_value(None)
        self.what.clear()
        self.next.clear()
        self.next.hide()

    def _show_busy(self, busy: bool) -> None:
        parts = (self.passphrase, self.propose_button, self.save_button, self.close_button)
        for each in (*self.boxes.values(), *parts):
            each.setEnabled(not busy)
        (self.strip.cancel_button if busy else self.save_button).setFocus()

    def _lay_out(self) -> None:
        ticks = QWidget(self)
        column = column_of(ticks)
        column.setSpacing(4)
        column.addWidget(label(_("What goes in"), "label", self))
        for part in PARTS:
            column.addWidget(self.boxes[part.key])
        self.passphrase.row.addWidget(self.propose_button)
        self.add(self.what, ticks, self.passphrase, self.strip, self.next)
        self.add(row_of(self.save_button, self.close_button))
        self.next.hide()


def _box(part: Part, parent: QWidget) -> QCheckBox:
    made = QCheckBox(part.words, parent)
    made.setToolTip(_(part.help))
    return made


def _saved(
    clinic: Clinic, handover: Handover, passphrase: str, path: Path, progress: Progress
) -> Path:
    """On the worker: nothing lies on the disk but the encrypted file."""
    content = handover.content(clinic, passphrase, progress)
    with clinic.exporting([handover.history.patient.id], FILE, what="handover"):
        write_report(content, path)
    return path
