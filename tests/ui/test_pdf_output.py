"""A PDF goes where somebody wants it."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.units import mm

from models.base import ClinicError
from reports.kit import MARGIN
from tests.ui.print_dialog import answer, set_up, unrecorded
from ui.paper import WHITE_EDGE
from ui.pdf_output import PdfOutput
from ui.spooling import IntoFile, spooler_for
from ui.tasks import Tasks

QTS_OWN_DIALOG = pytest.mark.skipif(
    sys.platform in {"darwin", "win32"}, reason="the system's own print dialog comes up here"
)
INTO_FILE = "Print to File (PDF)"


@pytest.fixture
def output(qtbot: QtBot, worker: Tasks) -> PdfOutput:
    page = QWidget()
    qtbot.addWidget(page)
    return PdfOutput(worker, page)


@pytest.fixture
def printers(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a printer, whatever machine this is."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinters", lambda: [QPrinterInfo()])


def into(path: Path) -> Callable[[QPrintDialog], None]:
    return lambda dialog: set_up(dialog, printers=INTO_FILE, filename=str(path))


@QTS_OWN_DIALOG
@pytest.mark.usefixtures("printers")
def test_print_to_file_writes_the_pdf_itself(
    qtbot: QtBot, output: PdfOutput, tmp_path: Path
) -> None:
    somebody = answer(into(tmp_path / "out.pdf"))
    with qtbot.waitSignal(output.done) as said:
        output.print(b"%PDF-1.4 as it is", unrecorded)
    assert not somebody.isActive()
    assert said.args == [f"Saved as {tmp_path / 'out.pdf'}, all pages."]
    assert (tmp_path / "out.pdf").read_bytes() == b"%PDF-1.4 as it is"


@QTS_OWN_DIALOG
@pytest.mark.usefixtures("printers")
def test_nothing_is_sent_where_the_dialog_is_left(qtbot: QtBot, output: PdfOutput) -> None:
    somebody = answer(QPrintDialog.reject)
    with qtbot.assertNotEmitted(output.done, wait=50):
        output.print(b"%PDF-1.4", unrecorded)
    assert not somebody.isActive()


def test_without_a_printer_no_dialog_comes_and_it_is_said(
    qtbot: QtBot, output: PdfOutput, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinters", list)
    somebody = answer(QPrintDialog.reject)
    with qtbot.waitSignal(output.failed) as said:
        output.print(b"%PDF-1.4", unrecorded)
    assert somebody.isActive()
    somebody.stop()
    assert said.args
    assert "No printer is installed" in str(said.args[0])
    assert "Save the pages as a PDF" in str(said.args[0])


def test_what_fails_is_said(qtbot: QtBot, output: PdfOutput, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "nowhere" / "out.pdf"))
    output.ask_printer = lambda *_any: printer  # type: ignore[method-assign]
    with qtbot.waitSignal(output.failed) as said:
        output.print(b"%PDF-1.4", unrecorded)
    assert said.args
    assert isinstance(said.args[0], ClinicError)
    assert "no such file or directory" in str(said.args[0])


@pytest.mark.usefixtures("qapp")
def test_further_documents_come_beside_the_first_and_replace_none(tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    for name, content in (("out.pdf", b"former"), ("out-2.pdf", b"another's")):
        (tmp_path / name).write_bytes(content)
    spooler = spooler_for(printer)
    assert isinstance(spooler, IntoFile)
    for content in (b"first", b"second", b"third"):
        spooler.send(content, "Timeline")
    found = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert found == {
        "out.pdf": b"first",
        "out-2.pdf": b"another's",
        "out-3.pdf": b"second",
        "out-4.pdf": b"third",
    }


def test_the_edge_that_a_printer_may_leave_white_is_that_of_every_report() -> None:
    assert WHITE_EDGE * mm == pytest.approx(MARGIN)
