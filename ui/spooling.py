"""Where pages go once somebody has chosen a printer: one choice, any number of documents."""

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

from PySide6.QtPrintSupport import QPrinter

from models.store.clinic import FILE
from models.words import _
from reports.writing import write_report
from ui.cups import CupsQueue, prints_here
from ui.rendering import Rendered


class Spooler(Protocol):
    """A chosen printer; it asks nothing more. `to`: its name, as it is put on record."""

    @property
    def to(self) -> str: ...

    def send(self, content: bytes, title: str) -> str:
        """Send a PDF, on any thread, one at a time; the sentence that says so, or `ClinicError`.

        `title` is seen by everybody at the printer: it must tell nothing of a patient.
        """


@dataclass
class IntoFile:
    """The dialog's "print to file": the PDF itself, whole; further ones beside it, numbered."""

    path: Path
    to = FILE
    _used: bool = field(default=False, init=False)

    def send(self, content: bytes, title: str) -> str:
        path = self._free() if self._used else self.path
        write_report(content, path)
        self._used = True
        return _("Saved as {path}, all pages.").format(path=path)

    def _free(self) -> Path:
        names = (f"{self.path.stem}-{number}{self.path.suffix}" for number in count(2))
        paths = (self.path.with_name(name) for name in names)
        return next(path for path in paths if not path.exists())


def spooler_for(printer: QPrinter) -> Spooler:
    """What takes the PDF as it is gets it so; another printer is drawn on."""
    if printer.outputFileName():
        return IntoFile(Path(printer.outputFileName()))
    return CupsQueue.chosen(printer) if prints_here() else Rendered(printer)
