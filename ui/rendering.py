"""Draws a PDF on a printer that does not take it as it is, at the printer's own resolution."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrinter

from models.base import ClinicError
from models.words import _
from ui.memory_pdf import POINTS_PER_INCH, MemoryPdf, on_white
from ui.paper import prints_to_the_edge

MOST_DPI = 1200
A_LITTLE_OVER = 1.01  # paper is known in whole points
BAND_PIXELS = 4_000_000  # 16 MB: an A4 page at 1200 dpi would be 560


@dataclass(frozen=True)
class Rendered:
    """A printer that is drawn on."""

    printer: QPrinter

    @property
    def to(self) -> str:
        return f"printer {self.printer.printerName()}"

    def send(self, content: bytes, title: str) -> str:
        self.printer.setDocName(title)
        print_pdf(content, self.printer)
        return _("Sent to the printer {name}.").format(name=self.printer.printerName())


def print_pdf(content: bytes, printer: QPrinter) -> None:
    """Draw page by page, each upright or wide as it is in the PDF; runs on any thread."""
    pdf = MemoryPdf()
    if not pdf.show(content):
        raise _not_printed(_("the pages cannot be read"))
    numbers = _chosen(printer, pdf.pageCount())
    if not numbers:
        raise _not_printed(_("it has none of the pages that were chosen"))
    _turn(printer, pdf.pagePointSize(numbers[0]))
    painter = QPainter()
    if not painter.begin(printer):
        raise _not_printed(_("the printer does not answer"))
    try:
        for place, number in enumerate(numbers):
            if place:
                _turn(printer, pdf.pagePointSize(number))
                if not printer.newPage():
                    raise _not_printed(_("the printer stopped"))
            _draw(painter, printer, pdf, number)
    finally:
        painter.end()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise _not_printed(_("the printer reports an error"))


def _chosen(printer: QPrinter, count: int) -> list[int]:
    """The numbers of the pages, from 0, as they are to come out of the printer."""
    ranges, every = printer.pageRanges(), printer.printRange() is QPrinter.PrintRange.AllPages
    pages = [number for number in range(count) if every or ranges.contains(number + 1)]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return pages * copies
    return [number for number in pages for _copy in range(copies)]


def _turn(printer: QPrinter, page: QSizeF) -> None:
    wide = page.width() > page.height()
    orientation = QPageLayout.Orientation
    printer.setPageOrientation(orientation.Landscape if wide else orientation.Portrait)


def _draw(painter: QPainter, printer: QPrinter, pdf: QPdfDocument, number: int) -> None:
    coarse = math.ceil(printer.resolution() / MOST_DPI)
    place = _place(printer, pdf.pagePointSize(number))
    for row, band in _bands(pdf, number, (place.size() / coarse).toSize()):
        corner = place.topLeft().toPoint() + QPoint(0, row * coarse)
        painter.drawImage(QRect(corner, band.size() * coarse), band)


def _place(printer: QPrinter, points: QSizeF) -> QRectF:
    """As large as the page is, or as the paper allows; seen from the printable area's corner."""
    page = points * (printer.resolution() / POINTS_PER_INCH)
    room = printer.pageRect(QPrinter.Unit.DevicePixel)
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    if _fits(page, paper) and prints_to_the_edge(printer):
        middle = paper.center()
    else:
        middle = room.center()
        if not _fits(page, room):
            page = page.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(QPointF(0, 0), page)
    place.moveCenter(middle - room.topLeft())
    return place


def _fits(page: QSizeF, room: QRectF) -> bool:
    return max(page.width() / room.width(), page.height() / room.height()) <= A_LITTLE_OVER


def _bands(pdf: QPdfDocument, number: int, page: QSize) -> Iterator[tuple[int, QImage]]:
    """The page in strips of bounded size, from above, each with its first row."""
    most = max(1, BAND_PIXELS // page.width())
    for row in range(0, page.height(), most):
        size = QSize(page.width(), min(most, page.height() - row))
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(page)
        # Qt counts to the last pixel where it should count pixels: one more is asked for.
        options.setScaledClipRect(QRect(0, row, size.width() + 1, size.height() + 1))
        yield row, on_white(pdf.render(number, size, options))


def _not_printed(why: str) -> ClinicError:
    return ClinicError(
        _("This could not be printed: {why}.").format(why=why),
        _("The clinic's records are not touched."),
        _("Check the printer and print again, or save it as a PDF."),
    )
