"""Printing through CUPS itself: what is chosen in the print dialog comes out at the printer."""

import io
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from models.base import ClinicError
from tests.ui.person import Person
from tests.ui.print_dialog import answer, set_up, unrecorded
from tests.ui.print_server import MISSING, QUEUE, PrintServer, known_to_qt, print_server
from ui import cups
from ui.cups import CupsQueue
from ui.pdf_output import PdfOutput
from ui.spooling import spooler_for
from ui.tasks import Tasks

pytestmark = [
    pytest.mark.skipif(
        bool(MISSING) and "CI" not in os.environ,
        reason=f"no CUPS here: {', '.join(MISSING)} missing",
    ),
    pytest.mark.usefixtures("qapp"),
]
QUEUE_AS_IT_IS = CupsQueue(QUEUE, 1, ("document-format=application/pdf",))


@pytest.fixture(scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintServer]:
    with print_server(tmp_path_factory.mktemp("cups")) as running, known_to_qt(running):
        yield running


@pytest.fixture
def server(_running: PrintServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintServer]:
    """The printer is on, its queue takes jobs, and nothing waits."""
    monkeypatch.setenv("CUPS_SERVER", _running.address)
    yield _running
    _running.tidy_up()


@pytest.fixture
def output(qtbot: QtBot, worker: Tasks) -> PdfOutput:
    page = QWidget()
    qtbot.addWidget(page)
    return PdfOutput(worker, page)


def pages(*sizes: tuple[float, float]) -> bytes:
    """Each says its number."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for number, size in enumerate(sizes, 1):
        canvas.setPageSize(size)
        canvas.drawString(100, 100, f"This is page {number}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_the_case_is_printed_from_the_window(
    qtbot: QtBot,
    person: Person,
    server: PrintServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The PDF itself arrives: its text, its few bytes; and no temporary file is needed."""

    def choose(dialog: QPrintDialog) -> None:
        set_up(dialog, printers=QUEUE, copies=2, duplexLong=True)
        dialog.accepted.connect(lambda: monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere")))

    person.open_case()
    preview = person.window.preview
    person.press("Ctrl+P")
    qtbot.waitUntil(preview.print_button.hasFocus, timeout=20_000)
    somebody = answer(choose)
    with qtbot.waitSignal(preview.output.done) as said:
        person.press("Return")
    assert not somebody.isActive()
    assert said.args == [f"Sent to the printer {QUEUE}."]
    qtbot.waitUntil(lambda: bool(server.jobs()))
    (job,) = server.jobs()
    read = PdfReader(io.BytesIO(job.pdf))
    assert "Rossi" in read.pages[0].extract_text()
    assert not any(page.images for page in read.pages)
    assert len(job.pdf) < 100_000
    assert "Rossi" not in job.title
    assert job.copies == 2
    assert {"media=Letter", "sides=two-sided-long-edge"} <= job.options


def test_what_is_chosen_arrives(qtbot: QtBot, output: PdfOutput, server: PrintServer) -> None:
    content = pages(A4, landscape(A4), A4, A4)
    somebody = answer(
        lambda dialog: set_up(
            dialog,
            printers=QUEUE,
            copies=3,
            printRange=True,
            to=9,
            **{"from": 2},
            pageSetCombo="Odd Pages",
            duplexShort=True,
        )
    )
    with qtbot.waitSignal(output.done):
        output.print(content, unrecorded, "Timeline")
    assert not somebody.isActive()
    qtbot.waitUntil(lambda: bool(server.jobs()))
    (job,) = server.jobs()
    assert job.pdf == content
    assert (job.title, job.copies) == ("Timeline", 3)
    assert {"page-ranges=2-4", "page-set=odd", "collate", "media=Letter"} <= job.options
    assert {"sides=two-sided-short-edge", "print-scaling=auto-fit"} <= job.options
    assert not any("orientation" in option or "landscape" in option for option in job.options)


def test_what_a_printer_was_set_to_arrives(qtbot: QtBot, server: PrintServer) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(QUEUE)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    printer.setPageRanges(QPageRanges.fromString("1,3-4"))
    printer.setCopyCount(2)
    printer.setCollateCopies(False)
    spooler = spooler_for(printer)
    for title in ("Timeline", "Zeitstrahl für €"):
        assert spooler.send(pages(A4), title) == f"Sent to the printer {QUEUE}."
    qtbot.waitUntil(lambda: len(server.jobs()) == 2)
    assert [job.title for job in server.jobs()] == ["Timeline", "Zeitstrahl für €"]
    for job in server.jobs():
        assert {"media=Letter", "print-color-mode=monochrome", "sides=one-sided"} <= job.options
        assert {"page-ranges=1,3-4", "outputorder=reverse", "nocollate"} <= job.options


def test_many_are_sent_to_one_choice(qtbot: QtBot, output: PdfOutput, server: PrintServer) -> None:
    contents = [pages(A4), pages(A4, A4), pages(landscape(A4))]
    somebody = answer(lambda dialog: set_up(dialog, printers=QUEUE))
    spooler = output.ask_spooler(QSizeF(*A4))
    assert spooler is not None
    assert not somebody.isActive()
    for content in contents:
        spooler.send(content, "Timeline")
    qtbot.waitUntil(lambda: len(server.jobs()) == 3)
    assert [job.pdf for job in server.jobs()] == contents


def said() -> str:
    """Why nothing can be printed."""
    with pytest.raises(ClinicError) as raised:
        QUEUE_AS_IT_IS.send(pages(A4), "Timeline")
    return str(raised.value)


def test_a_stopped_printer_is_told_and_gets_nothing(server: PrintServer) -> None:
    server.tell("cupsdisable", "-r", "paper jam", QUEUE)
    assert said() == (
        "This could not be printed: the printer paper is stopped (paper jam)."
        " No page was sent, and the clinic's records are not touched."
        " Look at the printer's settings or choose another printer, or save it as a PDF."
    )
    assert server.waiting() == ""


def test_a_printer_that_takes_no_jobs_is_told(server: PrintServer) -> None:
    server.tell("cupsreject", "-r", "Toner is ordered", QUEUE)
    assert "the printer paper takes no jobs at present (Toner is ordered)." in said()


@pytest.mark.usefixtures("server")
def test_a_printer_that_is_gone_is_told() -> None:
    with pytest.raises(ClinicError, match="there is no printer attic"):
        CupsQueue("attic", 1, ()).send(pages(A4), "Timeline")


@pytest.mark.usefixtures("server")
def test_what_the_print_service_refuses_is_told() -> None:
    with pytest.raises(ClinicError, match="it was not accepted: Unsupported document-format"):
        CupsQueue(QUEUE, 1, ("document-format=no/such",)).send(pages(A4), "Timeline")


def test_a_printer_that_is_off_prints_once_it_is_back(qtbot: QtBot, server: PrintServer) -> None:
    off = server.tray / "off"
    off.touch()
    QUEUE_AS_IT_IS.send(pages(A4), "First")
    qtbot.waitUntil(lambda: "offline" in server.tell("lpstat", "-l", "-p", QUEUE))
    sentence = QUEUE_AS_IT_IS.send(pages(A4, A4), "Second")
    assert sentence.endswith("It is off or out of reach: it prints once it is back.")
    off.unlink()
    qtbot.waitUntil(lambda: len(server.jobs()) == 2, timeout=20_000)
    assert [job.title for job in server.jobs()] == ["First", "Second"]


def test_a_print_service_that_does_not_run_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))
    assert "the print service of this computer is not running." in said()


def test_a_print_service_that_does_not_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(os.path.relpath(tmp_path / "silent"))
        silent.listen()
        monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "silent"))
        monkeypatch.setattr(cups, "PATIENCE", 0.5)
        assert "the print service does not answer." in said()


def test_a_system_without_lp_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "is not installed. " in said()
    assert "cups-client" in said()
