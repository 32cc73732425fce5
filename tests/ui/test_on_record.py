"""Whatever leaves the program by the window is on record: what, of whom, and where it went."""

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from models.store.audit import Action
from models.store.clinic import Clinic
from models.store.recovery import new_recovery_key
from models.store.trail_search import Asked
from tests.models import builders as a
from tests.ui.desk import Desk
from tests.ui.person import Person
from tests.ui.pictures import photograph
from ui import file_viewer, main_window, pdf_output
from ui.key_part import KeyPart, made
from ui.pdf_output import PdfOutput
from ui.print_preview import PrintPreview
from ui.printing import now
from ui.tasks import Tasks

OUT = frozenset({Action.PRINTED, Action.EXPORTED})


def clinic_of(person: Person) -> Clinic:
    assert person.window.clinic is not None
    return person.window.clinic


def went_out(clinic: Clinic) -> list[tuple[Action, str, dict[str, Any]]]:
    """The latest last: what was done, whose it was, what was said."""
    rows = clinic.trail.search(Asked(actions=OUT)).rows
    return [(row.change.action, row.mrn, row.change.new) for row in rows if row.change][::-1]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that is chosen when one is asked for."""
    chosen = tmp_path / "Rossi.pdf"
    for module in (pdf_output, file_viewer):
        monkeypatch.setattr(module, "ask_where_to_save", lambda *_asked: chosen)
    return chosen


def preview(person: Person) -> PrintPreview:
    page = person.window.preview
    person.qtbot.waitUntil(page.print_button.isEnabled)
    return page


def said(person: Person, page: PrintPreview) -> str:
    def words() -> str:
        return page.problem.text() or page.pages.said.text()

    person.qtbot.waitUntil(lambda: words() not in {"", "Preparing…"})
    return words()


def test_a_page_that_is_saved(person: Person, file: Path) -> None:
    person.open_case()
    person.press("Ctrl+P")
    page = preview(person)
    page.save_button.click()
    assert "Saved as" in said(person, page)
    told = {"report": "timeline", "to": "file"}
    assert went_out(clinic_of(person)) == [(Action.EXPORTED, "004711", told)]
    assert file.exists()
    assert "Rossi.pdf" not in str(went_out(clinic_of(person)))


def test_a_page_that_tells_of_nobody(person: Person, file: Path) -> None:
    person.open_case()
    person.press("Ctrl+P")
    page = preview(person)
    page.options.anonymous.click()
    page.save_button.click()
    assert "Saved as" in said(person, page)
    ((_did, _whose, told),) = went_out(clinic_of(person))
    assert told == {"report": "timeline", "deidentified": "yes", "to": "file"}


def test_a_page_that_cannot_be_saved(
    person: Person, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_output, "ask_where_to_save", lambda *_asked: file / "nowhere" / "x.pdf")
    person.open_case()
    person.press("Ctrl+P")
    page = preview(person)
    page.save_button.click()
    assert "cannot be written" in said(person, page)
    begun, failed = went_out(clinic_of(person))
    assert failed[2] == {**begun[2], "failed": "yes"}


def test_the_day_list_and_those_who_are_on_it(
    person: Person, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "today", lambda: dt.date(2022, 7, 14))
    person.arrive()
    listed = person.window.today_page.worklist
    assert listed is not None
    assert listed.due
    person.press("Ctrl+P")
    page = preview(person)
    page.save_button.click()
    assert "Saved as" in said(person, page)
    told = {"report": "day-list", "to": "file"}
    assert went_out(clinic_of(person)) == [(Action.EXPORTED, "004711", told)]


@pytest.mark.parametrize("printed", [True, False])
def test_each_patient_of_a_run(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: bool
) -> None:
    def choose(_output: PdfOutput, printer: QPrinter, pages: int) -> QPrinter:
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return printer

    monkeypatch.setattr(PdfOutput, "ask_printer", choose)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(tmp_path))
    person.sign_in()
    clinic = clinic_of(person)
    clinic.save(a.patient(id=uuid.uuid4(), mrn="n1", family_name="Abel", given_name="Ann"))
    person.press("Ctrl+2")
    patients = person.window.patients
    person.qtbot.waitUntil(lambda: patients.table.rowCount() == 2)
    patients.view.setFocus()
    person.press("Ctrl+A", "Ctrl+P")
    batch = person.window.batch
    person.qtbot.waitUntil(batch.print_button.isEnabled)
    (batch.print_button if printed else batch.save_button).click()
    person.qtbot.waitUntil(lambda: not batch.running, timeout=60_000)
    told = {"report": "timeline", "to": "file"}
    assert went_out(clinic) == [(Action.EXPORTED, mrn, told) for mrn in ("n1", "004711")]


def test_a_file_that_is_copied_out(desk: Desk, file: Path, tmp_path: Path) -> None:
    camera = tmp_path / "IMG 2041.jpg"
    camera.write_bytes(photograph(taken="2016:04:25 10:30:00"))
    desk.add([camera])
    assert desk.tab.save()
    desk.tab.select(desk.files[0].id)
    desk.tab.viewer.save_copy()
    assert file.exists()
    told = {"what": "photograph", "to": "file"}
    assert went_out(desk.clinic) == [(Action.EXPORTED, desk.patient.mrn, told)]


def test_the_sheet_of_a_recovery_key_which_is_not_told(
    clinic: Clinic, worker: Tasks, qtbot: QtBot, file: Path
) -> None:
    key = new_recovery_key()
    sheet = QWidget()
    qtbot.addWidget(sheet)
    part = KeyPart(worker, sheet)
    part.show_key(made(clinic, key, now()))
    with qtbot.waitSignal(part.output.done):
        part.save()
    assert went_out(clinic) == [(Action.EXPORTED, "", {"report": "recovery-sheet", "to": "file"})]
    assert key.split("-")[0] not in str(went_out(clinic))
