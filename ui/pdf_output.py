"""A PDF into a file or onto paper; it never lies on the disk in between."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from PySide6.QtCore import QObject, QSizeF, QStandardPaths, Signal
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from models.base import ClinicError
from models.store.clinic import FILE
from models.words import _
from reports.writing import write_report
from ui.memory_pdf import MemoryPdf
from ui.spooling import Spooler, spooler_for
from ui.tasks import Tasks

OnRecord = Callable[[str], AbstractContextManager[None]]
"""Puts on record that something goes to a printer or into a file, which is done within."""


class PdfOutput(QObject):
    """Asks where to, then saves or prints on the worker; `done` says so in a sentence.

    Before anything leaves the program it is put on record.
    """

    done = Signal(str)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._tasks, self._window = tasks, window

    def save(self, content: bytes, file_name: str, on_record: OnRecord) -> None:
        path = self.ask_path(file_name)
        if path:
            self._run(lambda: _saved(content, path, on_record))

    def print(self, content: bytes, on_record: OnRecord, title: str = "") -> None:
        """`title`: what others read of it at the printer; it must tell nothing of a patient."""
        pdf = MemoryPdf()
        pdf.show(content)
        spooler = self.ask_spooler(pdf.pagePointSize(0), pdf.pageCount())
        title = title or QApplication.applicationName()
        if spooler:
            self._run(lambda: _sent(content, title, spooler, on_record))

    def ask_spooler(self, paper: QSizeF, pages: int = 0) -> Spooler | None:
        """Ask once for a printer; `paper` in points, `pages`: how many can be chosen from, 0 where
        any number of documents will be sent there.
        """
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        either_way = QPageSize.SizeMatchPolicy.FuzzyOrientationMatch
        printer.setPageSize(QPageSize(paper, QPageSize.Unit.Point, "", either_way))
        chosen = self.ask_printer(printer, pages)
        return spooler_for(chosen) if chosen else None

    def ask_path(self, file_name: str) -> Path | None:
        return ask_where_to_save(self._window, _("Save as PDF"), file_name)

    def ask_printer(self, printer: QPrinter, pages: int) -> QPrinter | None:
        """`pages`: how many can be chosen from; 0 where that is not known.

        Where there is no printer, Qt's dialog could only save: that is said instead.
        """
        if not QPrinterInfo.availablePrinters():
            self.failed.emit(_no_printer())
            return None
        dialog = QPrintDialog(printer, self._window)
        if pages:
            dialog.setMinMax(1, pages)
        # Without this Qt would let us pick the pages, and count odd and even among those picked.
        by_us = sys.platform in {"darwin", "win32"}
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, by_us)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return printer if accepted else None

    def _run(self, work: Callable[[], str]) -> None:
        self._tasks.run(work, self._on_done, self._on_failed)

    def _on_done(self, said: str) -> None:
        self.done.emit(said)

    def _on_failed(self, error: ClinicError) -> None:
        self.failed.emit(error)


def ask_where_to_save(window: QWidget, title: str, file_name: str) -> Path | None:
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = QStandardPaths.writableLocation(documents)
    dialog = QFileDialog(window, title, folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(file_name).suffix)
    dialog.selectFile(file_name)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return Path(dialog.selectedFiles()[0]) if accepted else None


def _no_printer() -> ClinicError:
    return ClinicError(
        _("No printer is installed on this computer."),
        _("Nothing was printed."),
        _("Save the pages as a PDF, or install a printer and try again."),
    )


def _sent(content: bytes, title: str, spooler: Spooler, on_record: OnRecord) -> str:
    with on_record(spooler.to):
        said = spooler.send(content, title)
    return said  # noqa: RET504 - what goes on record may fail, says its type


def _saved(content: bytes, path: Path, on_record: OnRecord) -> str:
    with on_record(FILE):
        write_report(content, path)
    return _("Saved as {path}.").format(path=path)
