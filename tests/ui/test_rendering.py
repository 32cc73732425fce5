"""What is drawn on a printer that does not take the PDF itself."""

import io
import math
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QImage, QPageLayout, QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from models.base import ClinicError
from ui.memory_pdf import MemoryPdf, on_white
from ui.rendering import BAND_PIXELS, Rendered

pytestmark = pytest.mark.usefixtures("qapp")


def to_file(path: Path, paper: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> QPrinter:
    """What stands for a printer that is drawn on: Qt's own writer of PDFs."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(paper))
    printer.setResolution(150)
    return printer


def black(*pages: tuple[float, float]) -> bytes:
    """Pages of these sizes, black to their edges."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for size in pages:
        canvas.setPageSize(size)
        canvas.rect(0, 0, *size, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def sizes(path: Path) -> list[tuple[int, int]]:
    boxes = [page.mediabox for page in PdfReader(path).pages]
    return [(round(float(box.width)), round(float(box.height))) for box in boxes]


def picture(content: bytes, dots: int) -> QImage:
    """The first page at so many dots per inch, drawn at once."""
    pdf = MemoryPdf()
    assert pdf.show(content)
    return on_white(pdf.render(0, (pdf.pagePointSize(0) * (dots / 72)).toSize()))


def inked(path: Path) -> tuple[list[int], list[int]]:
    """Where the first page is black along its middle lines, across and down, in points."""
    image = picture(path.read_bytes(), 72)
    across = [x for x in range(image.width()) if is_black(image, x, image.height() // 2)]
    down = [y for y in range(image.height()) if is_black(image, image.width() // 2, y)]
    return across, down


def is_black(image: QImage, x: int, y: int) -> bool:
    return image.pixelColor(x, y).lightness() < 128


def test_each_page_is_turned_as_it_is_in_the_pdf(tmp_path: Path) -> None:
    Rendered(to_file(tmp_path / "out.pdf")).send(black(A4, landscape(A4), A4), "Pages")
    assert sizes(tmp_path / "out.pdf") == [(595, 842), (842, 595), (595, 842)]
    metadata = PdfReader(tmp_path / "out.pdf").metadata
    assert metadata is not None
    assert metadata.title == "Pages"


def test_a_page_is_narrowed_into_the_margins_and_keeps_its_proportions(tmp_path: Path) -> None:
    printer = to_file(tmp_path / "out.pdf", QPageSize.PageSizeId.A5)
    printer.setPageMargins(QMarginsF(10, 10, 10, 10), QPageLayout.Unit.Millimeter)
    Rendered(printer).send(black(landscape(A4)), "Page")
    assert sizes(tmp_path / "out.pdf") == [(595, 420)]
    across, down = inked(tmp_path / "out.pdf")
    assert len(across) / len(down) == pytest.approx(math.sqrt(2), rel=0.02)
    assert (across[0], down[0]) >= (28, 28)
    assert across[0] + across[-1] == pytest.approx(595, abs=3)
    assert down[0] + down[-1] == pytest.approx(420, abs=3)


@pytest.mark.parametrize(("edge", "bar"), [(5, 100), (20, 100 * (210 - 2 * 20) / 210)])
def test_a_page_is_narrowed_only_where_the_printer_reaches_less_than_its_print(
    tmp_path: Path, edge: int, bar: float
) -> None:
    """An edge of 12 mm is white on our pages: a printer may leave it as well."""
    printer = to_file(tmp_path / "out.pdf")
    printer.setPageMargins(QMarginsF(edge, edge, edge, edge), QPageLayout.Unit.Millimeter)
    Rendered(printer).send(ruler(), "Page")
    across, _down = inked(tmp_path / "out.pdf")
    assert len(across) == pytest.approx(bar * mm, abs=2)


def ruler() -> bytes:
    """A page with a bar of 100 mm across its middle."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.rect(A4[0] / 2 - 50 * mm, A4[1] / 2 - 50, 100 * mm, 100, stroke=0, fill=1)
    canvas.save()
    return buffer.getvalue()


def test_a_page_is_not_enlarged(tmp_path: Path) -> None:
    Rendered(to_file(tmp_path / "out.pdf")).send(black((300, 400)), "Page")
    across, down = inked(tmp_path / "out.pdf")
    assert (len(across), len(down)) == pytest.approx((300, 400), abs=2)


def test_strips_meet_without_a_seam(tmp_path: Path) -> None:
    """A page at a printer's resolution is drawn in strips; it looks as if drawn at once."""
    content, dots = ruled(), 600
    printer = to_file(tmp_path / "out.pdf")
    printer.setFullPage(True)
    printer.setResolution(dots)
    Rendered(printer).send(content, "Page")
    assert picture(content, dots).width() * picture(content, dots).height() > 3 * BAND_PIXELS
    drawn = edges(picture((tmp_path / "out.pdf").read_bytes(), 200))
    expected = edges(picture(content, 200))
    assert len(drawn) == len(expected) > 400
    assert max(abs(is_at - was_at) for is_at, was_at in zip(drawn, expected, strict=True)) <= 1


def edges(image: QImage) -> list[int]:
    """Where black begins or ends on the way down the middle of a page."""
    black_at = [is_black(image, image.width() // 2, y) for y in range(image.height())]
    return [y for y in range(1, len(black_at)) if black_at[y] != black_at[y - 1]]


def ruled() -> bytes:
    """A page with rules across, 4 points apart and 2 thick, down to its foot."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setLineWidth(2)
    for y in range(4, 840, 4):
        canvas.line(20, y, 575, y)
    canvas.save()
    return buffer.getvalue()


def test_memory_stays_bounded(tmp_path: Path) -> None:
    """An A4 page of 600 dots per inch would be twice 140 MB, were it drawn at once."""
    printer = to_file(tmp_path / "out.pdf")
    printer.setResolution(600)
    resource = pytest.importorskip("resource")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    Rendered(printer).send(black(A4), "Page")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


@pytest.mark.parametrize("backwards", [False, True])
def test_the_chosen_pages_come_in_their_order(tmp_path: Path, backwards: bool) -> None:
    printer = to_file(tmp_path / "out.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setPageRanges(QPageRanges.fromString("1,3-4"))
    order = QPrinter.PageOrder
    printer.setPageOrder(order.LastPageFirst if backwards else order.FirstPageFirst)
    Rendered(printer).send(black((300, 400), A4, (200, 90), (90, 300), A4), "Pages")
    across, _down = inked(tmp_path / "out.pdf")
    assert sizes(tmp_path / "out.pdf") == [(595, 842), (842, 595), (595, 842)]
    assert len(across) == pytest.approx(90 if backwards else 300, abs=2)


@pytest.mark.parametrize("collated", [False, True])
def test_copies_come_sorted_or_not(tmp_path: Path, collated: bool) -> None:
    printer = to_file(tmp_path / "out.pdf")
    printer.setCopyCount(2)
    printer.setCollateCopies(collated)
    Rendered(printer).send(black(A4, landscape(A4)), "Pages")
    wide = [width > height for width, height in sizes(tmp_path / "out.pdf")]
    assert wide == ([False, True, False, True] if collated else [False, False, True, True])


def test_pages_that_are_not_there_are_not_printed(tmp_path: Path) -> None:
    printer = to_file(tmp_path / "out.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(7, 9)
    with pytest.raises(ClinicError, match="it has none of the pages that were chosen"):
        Rendered(printer).send(black(A4), "Page")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_pdf_is_not_printed(tmp_path: Path) -> None:
    with pytest.raises(ClinicError, match="the pages cannot be read"):
        Rendered(to_file(tmp_path / "out.pdf")).send(b"rubbish", "Page")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(ClinicError, match="the printer does not answer"):
        Rendered(to_file(tmp_path / "nowhere" / "out.pdf")).send(black(A4), "Page")
