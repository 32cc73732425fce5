"""A PDF into a file or onto paper; it never lies on the disk in between."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QIODevice,
    QObject,
    QRectF,
    QSizeF,
    QStandardPaths,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from models.base import ClinicError
from models.words import _
from reports.writing import write_report
from ui.tasks import Tasks

MOST_DPI = 300
POINTS_PER_INCH = 72


class PdfOutput(QObject):
    """Asks where to, then saves or prints on the worker; `done` says so in a sentence."""

    done = Signal(str)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._tasks, self._window = tasks, window

    def save(self, content: bytes, file_name: str) -> None:
        path = self.ask_path(file_name)
        if path:
            said = _("Saved as {path}.").format(path=path)
            self._run(lambda: write_report(content, path), said)

    def print(self, content: bytes) -> None:
        printer = self.ask_printer()
        if printer:
            self._run(lambda: print_pdf(content, printer), _("Sent to the printer."))

    def ask_path(self, file_name: str) -> Path | None:
        return ask_where_to_save(self._window, _("Save as PDF"), file_name)

    def ask_printer(self) -> QPrinter | None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        accepted = QPrintDialog(printer, self._window).exec() == QDialog.DialogCode.Accepted
        return printer if accepted else None

    def _run(self, work: Callable[[], None], said: str) -> None:
        def finish() -> str:
            work()
            return said

        self._tasks.run(finish, self._on_done, self._on_failed)

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
    return Path(dialog.selectedFiles()[0]) if accepted else None


class MemoryPdf(QPdfDocument):
    """A PDF read from memory, which it keeps for as long as it is open."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self._buffer = QBuffer(self)

    def show(self, content: bytes) -> bool:
        """Whether it can be read."""
        self.forget()
        self._buffer.setData(content)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.load(self._buffer)
        return self.status() is QPdfDocument.Status.Ready

    def forget(self) -> None:
        self.close()
        self._buffer.close()
        self._buffer.setData(b"")


def print_pdf(content: bytes, printer: QPrinter) -> None:
    """Draw page by page, each upright or wide as it is in the PDF; runs on any thread."""
    pdf = MemoryPdf()
    if not pdf.show(content):
        raise _not_printed(_("the pages cannot be read"))
    _turn(printer, pdf.pagePointSize(0))
    painter = QPainter()
    if not painter.begin(printer):
        raise _not_printed(_("the printer does not answer"))
    try:
        for number in range(pdf.pageCount()):
            if number:
                _turn(printer, pdf.pagePointSize(number))
                if not printer.newPage():
                    raise _not_printed(_("the printer stopped"))
            _draw(painter, printer, pdf, number)
    finally:
        painter.end()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise _not_printed(_("the printer reports an error"))


def _turn(printer: QPrinter, page: QSizeF) -> None:
    wide = page.width() > page.height()
    orientation = QPageLayout.Orientation
    printer.setPageOrientation(orientation.Landscape if wide else orientation.Portrait)


def _draw(painter: QPainter, printer: QPrinter, pdf: QPdfDocument, number: int) -> None:
    """As large as the page is, or as the printable area allows, in its middle."""
    room = printer.pageRect(QPrinter.Unit.DevicePixel).size()
    page = pdf.pagePointSize(number) * (printer.resolution() / POINTS_PER_INCH)
    if page.width() > room.width() or page.height() > room.height():
        page = page.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(
        (room.width() - page.width()) / 2,
        (room.height() - page.height()) / 2,
        page.width(),
        page.height(),
    )
    pixels = page * min(1.0, MOST_DPI / printer.resolution())
    painter.drawImage(target, on_white(pdf.render(number, pixels.toSize())))


def on_white(page: QImage) -> QImage:
    white = QImage(page.size(), QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, page)
    painter.end()
    return white


def _not_printed(why: str) -> ClinicError:
    return ClinicError(
        _("This could not be printed: {why}.").format(why=why),
        _("The clinic's records are not touched."),
        _("Check the printer and print again, or save it as a PDF."),
    )
