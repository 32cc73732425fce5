"""The clinic's letterhead: what stands at the head of every printed page, and how that looks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from models.base import ClinicError, InvalidRecord, revised
from models.letterhead import MOST_LOGO_BYTES, Letterhead
from models.store.clinic import Clinic
from models.words import _
from reports.asked import Printing
from ui import errors, print_memory
from ui.buttons import button
from ui.date_editor import Today
from ui.latest import Latest
from ui.paper_strip import PaperStrip
from ui.printing import now
from ui.record_form import CorrectionForm
from ui.sheet import label, row_of
from ui.tasks import Tasks
from ui.theme import GAP, MARGIN, dress

PAUSE_MS = 300


class LetterheadPage(CorrectionForm):
    """`closed`: a person wants to go back to where they came from.

    The texts are saved as any form is; a logo is on file as soon as it is chosen.
    """

    closed = Signal()
    record_class = Letterhead
    hidden = ("logo", "notes")

    def __init__(
        self,
        today: Today,
        save: Callable[..., Any],
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(today, save, parent)
        self._clinic: Clinic | None = None
        self._logo = b""
        self._latest = Latest(tasks, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.says = label("", "quiet", self)
        self.strip = PaperStrip(self)
        self.strip.setAccessibleName(_("The head of a page, as it will be printed"))
        choose = _("PNG or JPEG, {n} MB at most").format(n=MOST_LOGO_BYTES // 1024**2)
        self.choose_button = button(_("Choose a logo…"), self.choose_logo, self, tip=choose)
        self.remove_button = button(
            _("Remove the logo"), self.remove_logo, self, tip=_("Undo with Ctrl+Z")
        )
        self.pane.put_above(self._head())
        self.pane.add(button(_("Close"), self.cancel, self, tip=_("Escape")))
        self._latest.done.connect(self._on_drawn)
        self._latest.failed.connect(self._on_not_drawn)
        self._pause.timeout.connect(self._draw)
        self.form.changed.connect(self._pause.start)
        self.form.loaded.connect(self._pause.start)

    def open(self, clinic: Clinic) -> None:
        """The letterhead as it is on file, and what was typed over it and not saved."""
        self.keeper.end()
        self._clinic, self._logo = clinic, clinic.logo()
        self.show_after(clinic.letterhead())
        self.go_on(clinic)
        self._draw()
        self.form.focus_first()

    def title(self, record: Letterhead) -> str:
        return _("Letterhead")

    def show_after(self, saved: Letterhead) -> None:
        super().show_after(saved)
        self.remove_button.setEnabled(saved.logo is not None)

    def cancel(self) -> None:
        if self.may_leave():
            self.closed.emit()

    def choose_logo(self) -> None:
        """What is typed is saved first: the logo is saved with all that stands there."""
        path = self.ask_picture()
        if path is not None and self.save():
            self._change_logo(lambda clinic: clinic.put_logo(read_logo(path)))

    def remove_logo(self) -> None:
        if self.save():
            self._change_logo(lambda clinic: clinic.save(revised(self.on_file, logo=None)))

    def ask_picture(self) -> Path | None:
        kinds = _("Pictures ({endings})").format(endings="*.png *.jpg *.jpeg")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a logo"), "", kinds)
        return Path(chosen) if chosen else None

    def _change_logo(self, change: Callable[[Clinic], Letterhead]) -> None:
        if self._clinic is None:
            raise RuntimeError("no clinic is open")
        try:
            saved = change(self._clinic)
            self._logo = self._clinic.logo()
        except ClinicError as error:
            errors.show_error(self, error)
            return
        self.show_after(saved)
        self.saved.emit(saved)

    def _draw(self) -> None:
        """As it would be printed with what is typed; while that cannot be, the former stays."""
        if self._clinic is None:
            return
        try:
            typed = revised(self.on_file, **self.form.values())
        except InvalidRecord:
            return
        at, paper = now(), print_memory.paper()
        printing = Printing(
            self._clinic.name, self._clinic.user, at, paper, letterhead=typed, logo=self._logo
        )
        self.strip.setAccessibleDescription("\n".join([self._clinic.name, *typed.lines]))
        self._latest.run(lambda: _sample(printing))

    def _on_drawn(self, content: bytes) -> None:
        self.strip.show_pdf(content)
        if self.on_file.logo and not self._logo:
            said = _("The logo itself is not in the store, and pages have none. Choose it again.")
            self._say(said, "problems")
        else:
            self._say(_("This is how the first page of a report begins."), "quiet")

    def _on_not_drawn(self, error: ClinicError) -> None:
        self._say(str(error), "problems")

    def _say(self, text: str, role: str) -> None:
        dress(self.says, role)
        self.says.setText(text)

    def _head(self) -> QWidget:
        above = QWidget(self)
        column = QVBoxLayout(above)
        column.setContentsMargins(MARGIN, 0, MARGIN, 0)
        column.setSpacing(GAP)
        column.addWidget(self.says)
        column.addWidget(self.strip)
        column.addLayout(row_of(self.choose_button, self.remove_button))
        return above


def read_logo(path: Path) -> bytes:
    """The picture in a file, as small as a page needs it; `ClinicError` where it cannot be read."""
    from reports.pictures import logo_of  # noqa: PLC0415 - decodes: only when one is chosen

    try:
        with path.open("rb") as file:
            content = file.read(MOST_LOGO_BYTES + 1)
    except OSError:
        raise _unusable(_("The picture {name} cannot be read.").format(name=path.name)) from None
    if len(content) > MOST_LOGO_BYTES:
        return content  # the clinic refuses it
    small = logo_of(content)
    if small is None:
        said = _("{name} is no picture, or a damaged or enormous one.")
        raise _unusable(said.format(name=path.name))
    return small


def _unusable(what: str) -> ClinicError:
    return ClinicError(what, _("Nothing was changed."), _("Choose another picture."))


def _sample(printing: Printing) -> bytes:
    from reports.letterhead_sample import build_letterhead_sample  # noqa: PLC0415 - on the worker

    return build_letterhead_sample(printing)
