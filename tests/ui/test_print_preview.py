"""The preview, and what comes out of the printer."""

import datetime as dt
import io
import math
import threading
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from models.base import ClinicError, PatientRecord
from models.demo.case import published_case
from models.history import History
from models.patient import Patient
from reports.asked import Asked, Printing
from reports.timeline import build_timeline
from ui.pdf_output import MemoryPdf, print_pdf
from ui.print_preview import PrintPreview
from ui.tasks import Tasks

TODAY = dt.date(2020, 4, 30)
NAME = "timeline-2020-04-30.pdf"


@pytest.fixture(scope="module")
def report() -> bytes:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    kept = [record for record in records if isinstance(record, PatientRecord)]
    printing = Printing("Skin Clinic", "AB", dt.datetime(2020, 4, 30, 14, 2, tzinfo=dt.UTC))
    return build_timeline(Asked(History.of_records(patient, kept), TODAY), printing)


@pytest.fixture
def page(qtbot: QtBot, worker: Tasks) -> PrintPreview:
    made = PrintPreview(worker)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


@pytest.fixture
def ready(qtbot: QtBot, page: PrintPreview, report: bytes) -> PrintPreview:
    page.show_report(lambda: report, "Patient timeline", NAME)
    qtbot.waitUntil(page.print_button.isEnabled)
    return page


def refuse(error: ClinicError) -> None:
    raise error


def press(page: PrintPreview, key: Qt.Key, *, ctrl: bool = True) -> None:
    modifier = Qt.KeyboardModifier
    QTest.keyClick(page.focusWidget(), key, modifier.ControlModifier if ctrl else modifier(0))


def to_file(path: Path, paper: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(paper))
    return printer


def sizes(path: Path) -> list[tuple[int, int]]:
    boxes = [page.mediabox for page in PdfReader(path).pages]
    return [(round(float(box.width)), round(float(box.height))) for box in boxes]


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


def test_the_pages_are_shown_and_counted(ready: PrintPreview, report: bytes) -> None:
    pages = len(PdfReader(io.BytesIO(report)).pages)
    assert ready.pdf.pageCount() == pages
    assert ready.page.text() == f"Page 1 of {pages}"
    assert ready.view.isVisible()
    ready.view.pageNavigator().jump(1, ready.view.pageNavigator().currentLocation())
    assert ready.page.text() == f"Page 2 of {pages}"


def test_the_window_is_free_while_a_report_is_prepared(
    qtbot: QtBot, page: PrintPreview, report: bytes
) -> None:
    go = threading.Event()

    def build() -> bytes:
        go.wait(10)
        return report

    page.show_report(build, "Patient timeline", NAME)
    assert page.notice.text.text() == "Preparing…"
    assert not page.print_button.isEnabled()
    assert not page.again_button.isVisible()
    go.set()
    qtbot.waitUntil(page.view.isVisible)


def test_a_report_that_was_closed_meanwhile_is_not_shown(
    qtbot: QtBot, page: PrintPreview, report: bytes, worker: Tasks
) -> None:
    page.show_report(lambda: report, "Patient timeline", NAME)
    with qtbot.waitSignal(page.closed):
        press(page, Qt.Key.Key_Escape, ctrl=False)
    done: list[None] = []
    worker.run(lambda: None, done.append, refuse)
    qtbot.waitUntil(lambda: bool(done))
    assert page.pdf.status() is QPdfDocument.Status.Null
    assert not page.print_button.isEnabled()


def test_a_failure_is_said_and_can_be_tried_again(
    qtbot: QtBot, page: PrintPreview, report: bytes
) -> None:
    results = iter([b"", report])

    def build() -> bytes:
        content = next(results)
        if not content:
            raise ClinicError("The report cannot be made.", "Nothing was changed.", "Try again.")
        return content

    page.show_report(build, "Patient timeline", NAME)
    qtbot.waitUntil(page.again_button.isVisible)
    assert page.notice.text.text().startswith("The report cannot be made.")
    page.again_button.click()
    qtbot.waitUntil(page.print_button.isEnabled)
    assert page.view.isVisible()


def test_what_is_no_pdf_is_said(qtbot: QtBot, page: PrintPreview) -> None:
    page.show_report(lambda: b"no PDF at all", "Patient timeline", NAME)
    qtbot.waitUntil(page.again_button.isVisible)
    assert page.notice.text.text().startswith("The pages cannot be shown.")
    assert not page.save_button.isEnabled()


def test_zoom(ready: PrintPreview) -> None:
    wide = ready.zoom
    press(ready, Qt.Key.Key_Plus)
    assert ready.zoom == pytest.approx(wide * 1.25)
    press(ready, Qt.Key.Key_Minus)
    assert ready.zoom == pytest.approx(wide)
    for _press in range(30):
        ready.zoom_in()
    assert ready.zoom == 5.0
    ready.fit_page()
    assert ready.view.zoomMode() is QPdfView.ZoomMode.FitInView
    assert ready.zoom < wide
    ready.fit_width()
    assert ready.zoom == pytest.approx(wide)


def test_it_is_saved_whole(
    qtbot: QtBot, ready: PrintPreview, report: bytes, tmp_path: Path
) -> None:
    ready.output.ask_path = lambda file_name: tmp_path / file_name  # type: ignore[method-assign]
    with qtbot.waitSignal(ready.output.done):
        press(ready, Qt.Key.Key_S)
    assert [each.name for each in tmp_path.iterdir()] == [NAME]
    assert (tmp_path / NAME).read_bytes() == report
    assert NAME in ready.said.text()


def test_where_it_cannot_be_saved_is_said(
    qtbot: QtBot, ready: PrintPreview, tmp_path: Path
) -> None:
    ready.output.ask_path = lambda file_name: tmp_path / "nowhere" / file_name  # type: ignore[method-assign]
    with qtbot.waitSignal(ready.output.failed):
        press(ready, Qt.Key.Key_S)
    assert "cannot be written" in ready.said.text()
    assert ready.view.isVisible()


def test_it_is_printed(qtbot: QtBot, ready: PrintPreview, report: bytes, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    ready.output.ask_printer = lambda: to_file(path)  # type: ignore[method-assign]
    with qtbot.waitSignal(ready.output.done, timeout=20_000):
        press(ready, Qt.Key.Key_P)
    assert sizes(path) == [(842, 595)] * ready.pdf.pageCount()
    assert ready.said.text() == "Sent to the printer."


def test_nothing_happens_where_nothing_is_chosen(
    qtbot: QtBot, ready: PrintPreview, tmp_path: Path
) -> None:
    ready.output.ask_path = lambda file_name: None  # type: ignore[method-assign]
    ready.output.ask_printer = lambda: None  # type: ignore[method-assign]
    with qtbot.assertNotEmitted(ready.output.done, wait=50):
        press(ready, Qt.Key.Key_S)
        press(ready, Qt.Key.Key_P)


def test_closing_forgets_the_report(qtbot: QtBot, ready: PrintPreview) -> None:
    with qtbot.waitSignal(ready.closed):
        press(ready, Qt.Key.Key_Escape, ctrl=False)
    assert ready.pdf.status() is QPdfDocument.Status.Null
    assert not ready.save_button.isEnabled()


@pytest.mark.usefixtures("qapp")
def test_each_page_is_turned_as_it_is_in_the_pdf(tmp_path: Path) -> None:
    print_pdf(black(A4, landscape(A4), A4), to_file(tmp_path / "out.pdf"))
    assert sizes(tmp_path / "out.pdf") == [(595, 842), (842, 595), (595, 842)]


@pytest.mark.usefixtures("qapp")
def test_a_page_is_narrowed_into_the_margins_and_keeps_its_proportions(tmp_path: Path) -> None:
    printer = to_file(tmp_path / "out.pdf", QPageSize.PageSizeId.A5)
    printer.setPageMargins(QMarginsF(10, 10, 10, 10), QPageLayout.Unit.Millimeter)
    print_pdf(black(landscape(A4)), printer)
    assert sizes(tmp_path / "out.pdf") == [(595, 420)]
    across, down = inked(tmp_path / "out.pdf")
    assert len(across) / len(down) == pytest.approx(math.sqrt(2), rel=0.02)
    assert (across[0], down[0]) >= (28, 28)
    assert across[0] + across[-1] == pytest.approx(595, abs=3)
    assert down[0] + down[-1] == pytest.approx(420, abs=3)


@pytest.mark.usefixtures("qapp")
def test_a_page_is_not_enlarged(tmp_path: Path) -> None:
    print_pdf(black((300, 400)), to_file(tmp_path / "out.pdf"))
    across, down = inked(tmp_path / "out.pdf")
    assert (len(across), len(down)) == pytest.approx((300, 400), abs=2)


@pytest.mark.usefixtures("qapp")
def test_what_is_no_pdf_is_not_printed(tmp_path: Path) -> None:
    with pytest.raises(ClinicError, match="the pages cannot be read"):
        print_pdf(b"rubbish", to_file(tmp_path / "out.pdf"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("qapp")
@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(ClinicError, match="the printer does not answer"):
        print_pdf(black(A4), to_file(tmp_path / "nowhere" / "out.pdf"))


def inked(path: Path) -> tuple[list[int], list[int]]:
    """Where the first page is black along its middle lines, across and down, in points."""
    pdf = MemoryPdf()
    assert pdf.show(path.read_bytes())
    image = pdf.render(0, pdf.pagePointSize(0).toSize())

    def is_black(x: int, y: int) -> bool:
        colour = image.pixelColor(x, y)
        return colour.alpha() > 128 and colour.lightness() < 128

    across = [x for x in range(image.width()) if is_black(x, image.height() // 2)]
    down = [y for y in range(image.height()) if is_black(image.width() // 2, y)]
    return across, down
