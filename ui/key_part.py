"""A recovery key that is shown this once: to be printed, saved or written down."""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from models.base import ClinicError
from models.store.clinic import Clinic
from models.store.recovery import GROUPS
from models.words import N_, _
from ui.buttons import button
from ui.pdf_output import OnRecord, PdfOutput
from ui.sheet import Part, label, row_of
from ui.tasks import Tasks
from ui.theme import dress

SHEET_NAME = "recovery-sheet.pdf"
A_LINE = 4
KEY_WORDS = N_(
    "It opens the clinic when every password is lost.\n"
    "It is shown only this once: print it, or write it down.\n"
    "Whoever holds it can read every record: keep it under lock."
)


@dataclass(frozen=True)
class Made:
    """A recovery key, and the sheet on which it is printed; `on_record`: see `PdfOutput`."""

    key: str
    sheet: bytes
    on_record: OnRecord


def made(clinic: Clinic, key: str, at: dt.datetime) -> Made:
    """A clinic's key with its sheet; on the worker."""
    from reports.asked import Printing  # noqa: PLC0415 - ReportLab only when something is printed
    from reports.recovery_sheet import build_recovery_sheet  # noqa: PLC0415

    sheet = build_recovery_sheet(key, Printing(clinic.name, clinic.user, at))
    return Made(key, sheet, lambda to: clinic.handing_out((), to, report="recovery-sheet"))


class KeyPart(Part):
    """The recovery key, and what shows that it was kept."""

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(_("Continue"), parent)
        self._made: Made | None = None
        self.output = PdfOutput(tasks, self)
        self.groups = [label("", "title", self) for _group in range(GROUPS)]
        self.print_button = button(_("Print…"), self.print, self)
        self.save_button = button(_("Save as PDF…"), self.save, self)
        self.said = label("", "quiet", self)
        self.said.hide()
        self.kept = QCheckBox(_("I have printed or written down the key"), self)
        self.kept.toggled.connect(self.main_button.setEnabled)
        self.main_button.setEnabled(False)
        self.output.done.connect(self._on_said)
        self.output.failed.connect(self._on_failed)
        self.add(label(_(KEY_WORDS), "", self), self._grid())
        self.add(row_of(self.print_button, self.save_button), self.said)
        self.add(self.kept, row_of(self.main_button))

    def show_key(self, made: Made) -> None:
        for place, text in zip(self.groups, made.key.split("-"), strict=True):
            place.setText(text)
        self._made = made
        self.print_button.setFocus()

    def clear(self) -> None:
        """Nothing of the key stays in the window."""
        for place in self.groups:
            place.clear()
        self._made = None
        self.kept.setChecked(False)
        self.said.hide()

    def print(self) -> None:
        if self._made:
            self.output.print(self._made.sheet, self._made.on_record)

    def save(self) -> None:
        if self._made:
            self.output.save(self._made.sheet, SHEET_NAME, self._made.on_record)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        for place, group in enumerate(self.groups):
            grid.addWidget(group, *divmod(place, A_LINE))
        return grid

    def _on_said(self, text: str) -> None:
        self._say(text, "quiet")

    def _on_failed(self, error: ClinicError) -> None:
        self._say(str(error), "problems")

    def _say(self, text: str, role: str) -> None:
        dress(self.said, role)
        self.said.setText(text)
        self.said.show()
