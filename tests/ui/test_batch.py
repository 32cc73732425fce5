"""Pages of many patients in one run: from the list and from Today, into files and onto paper."""

import io
import uuid
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from tests.models import builders as a
from tests.ui.person import Person
from tests.ui.samples import TODAY
from ui import questions
from ui.batch_page import BatchPage
from ui.patients_page import PatientsPage
from ui.pdf_output import PdfOutput
from ui.today_page import TodayPage

NAMES = ("Abel, Ann", "Berg, Bo", "Rossi, Anna")
Folder = Path


@pytest.fixture
def batch(person: Person) -> BatchPage:
    """Three patients, all of them chosen in the list."""
    person.sign_in()
    clinic = person.window.clinic
    assert clinic is not None
    for mrn, name in enumerate(NAMES[:2]):
        family, given = name.split(", ")
        clinic.save(a.patient(id=uuid.uuid4(), mrn=f"n{mrn}", family_name=family, given_name=given))
    person.press("Ctrl+2")
    patients = person.window.patients
    person.qtbot.waitUntil(lambda: patients.table.rowCount() == len(NAMES))
    patients.view.setFocus()
    person.press("Ctrl+A", "Ctrl+P")
    found = person.page
    assert isinstance(found, BatchPage)
    person.qtbot.waitUntil(found.print_button.isEnabled)
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The folder that is chosen when one is asked for."""
    chosen = tmp_path / "out"
    chosen.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(chosen))
    return chosen


def text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages)


def run_to_its_end(person: Person, batch: BatchPage) -> None:
    person.qtbot.waitUntil(lambda: not batch.running, timeout=60_000)


def results(batch: BatchPage) -> list[str]:
    rows = range(batch.table.rowCount())
    return [batch.table.index(row, 3).data() or "" for row in rows]


def test_each_goes_into_a_file_that_tells_nothing_of_whom_it_is(
    person: Person, batch: BatchPage, folder: Folder
) -> None:
    batch.save_button.click()
    assert batch.running
    assert not batch.print_button.isEnabled()
    run_to_its_end(person, batch)
    assert results(batch) == ["Saved"] * 3
    (made,) = folder.iterdir()
    files = sorted(made.iterdir())
    assert [file.name for file in files] == [f"{made.name}-00{n}.pdf" for n in (1, 2, 3)]
    assert made.name.startswith("timeline-")
    for file, name in zip(files, NAMES, strict=True):
        assert name in text(file)
    assert batch.told.text() == f"3 of 3 done. Saved in {made}."


def test_a_second_run_overwrites_nothing(person: Person, batch: BatchPage, folder: Folder) -> None:
    for _run in range(2):
        batch.save_button.click()
        run_to_its_end(person, batch)
    assert len(list(folder.iterdir())) == 2
    assert len(list(folder.rglob("*.pdf"))) == 6


def test_all_go_to_the_printer_that_is_chosen_once(
    person: Person, batch: BatchPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def choose(_output: PdfOutput, printer: QPrinter, pages: int) -> QPrinter:
        asked.append(pages)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return printer

    monkeypatch.setattr(PdfOutput, "ask_printer", choose)
    batch.print_button.click()
    run_to_its_end(person, batch)
    assert asked == [0]
    assert results(batch) == ["Sent"] * 3
    assert len(list(tmp_path.glob("printed*.pdf"))) == 3


def test_who_has_no_such_page_is_named_and_hinders_nobody(
    person: Person, batch: BatchPage, folder: Folder
) -> None:
    """A work-up is about an adverse event; the patient whose page is looked at has none."""
    report = batch.options.report
    report.choose("work-up")
    report.chosen.emit()
    person.qtbot.waitUntil(batch.notice.isVisible)
    assert batch.save_button.isEnabled()
    batch.save_button.click()
    run_to_its_end(person, batch)
    assert results(batch) == ["No page", "No page", "Saved"]
    assert batch.told.text().startswith("1 of 3 done. 2 have no such page. Saved in")
    assert not batch.left_button.isVisible()
    batch.list.selectRow(1)
    assert "Nothing was printed" in batch.details.text()


def test_the_preview_follows_the_list(person: Person, batch: BatchPage) -> None:
    for row, name in enumerate(NAMES):
        batch.list.selectRow(row)
        person.qtbot.waitUntil(lambda name=name: name in shown(batch))


def shown(batch: BatchPage) -> str:
    return str(batch.pages.pdf.getAllText(0).text())


def test_where_one_cannot_be_delivered_the_run_ends_and_the_rest_can_be_kept(
    person: Person, batch: BatchPage, folder: Folder
) -> None:
    folder.rmdir()
    batch.save_button.click()
    run_to_its_end(person, batch)
    assert results(batch) == ["Failed", "", ""]
    assert "would not have gone through either" in batch.told.text()
    batch.list.selectRow(0)
    assert "Choose another folder" in batch.details.text()
    batch.left_button.click()
    assert [patient.name for patient in batch.table.rows] == [*NAMES]
    assert batch.details.text() == ""


def test_a_run_is_left_only_by_stopping_it(
    person: Person, batch: BatchPage, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [False, True]
    monkeypatch.setattr(questions, "ask_to_stop", lambda *_asked: answers.pop(0))
    batch.save_button.click()
    person.press("Ctrl+1")
    assert person.page is batch
    person.press("Ctrl+1")
    assert isinstance(person.page, TodayPage)
    run_to_its_end(person, batch)
    assert batch.table.left


def test_what_became_of_a_stopped_run_is_not_told_of_the_next_list(
    person: Person, batch: BatchPage, folder: Folder
) -> None:
    clinic = person.window.clinic
    assert clinic is not None
    batch.save_button.click()
    batch.offer_many(clinic, [clinic.patient("004711")])
    assert not batch.running
    batch.save_button.click()
    run_to_its_end(person, batch)
    assert results(batch) == ["Saved"]
    assert batch.told.text().startswith("1 of 1 done. Saved in")
    assert "Rossi, Anna" in text(sorted(folder.rglob("*.pdf"))[-1])


def test_locking_stops_a_run(person: Person, batch: BatchPage, folder: Folder) -> None:
    batch.save_button.click()
    person.press("Ctrl+L")
    assert person.window.clinic is None
    person.window.tasks.shutdown()
    assert len(list(folder.rglob("*.pdf"))) < len(NAMES)


def test_after_a_lock_it_is_said_how_many_pages_were_done(
    person: Person, batch: BatchPage, folder: Folder
) -> None:
    batch.save_button.click()
    person.press("Ctrl+L")
    person.arrive()
    done = len(list(folder.rglob("*.pdf")))
    assert person.told == f"Locking stopped the printing of pages: {done} of 3 were done."


def test_a_lock_after_the_run_has_ended_says_nothing_of_it(
    person: Person, batch: BatchPage, folder: Folder
) -> None:
    batch.save_button.click()
    run_to_its_end(person, batch)
    person.press("Ctrl+L")
    person.arrive()
    assert person.told == ""


def test_the_list_of_what_was_printed_and_what_failed_can_be_saved(
    person: Person, batch: BatchPage, folder: Folder, tmp_path: Path
) -> None:
    names: list[str] = []

    def choose(file_name: str) -> Path:
        names.append(file_name)
        return tmp_path / "list.pdf"

    batch.output.ask_path = choose  # type: ignore[method-assign]
    assert not batch.list_button.isVisible()
    batch.options.report.choose("work-up")
    batch.options.report.chosen.emit()
    batch.save_button.click()
    run_to_its_end(person, batch)
    assert batch.list_button.isVisible()
    with person.qtbot.waitSignal(batch.output.done):
        batch.save_list_button.click()
    told = " ".join(text(tmp_path / "list.pdf").split())
    assert "1 of 3 done. 2 have no such page." in told
    for number, name in enumerate(NAMES, start=1):
        assert f"{number} {name}" in told
    assert "004711 Saved" in told
    assert "n0 No page No adverse event of this patient is recorded" in told
    assert not any(name.split(",")[0] in names[0] for name in NAMES)


def test_in_the_smallest_window_list_and_buttons_are_whole(
    person: Person, batch: BatchPage, folder: Folder
) -> None:
    person.window.resize(1024, 600)
    batch.options.report.choose("work-up")
    batch.options.report.chosen.emit()
    person.qtbot.waitUntil(batch.notice.isVisible)
    batch.save_button.click()
    run_to_its_end(person, batch)
    for each in (batch.list, batch.list_button, batch.save_list_button, batch.notice.text):
        right = each.mapTo(person.window, each.rect().topRight()).x()
        assert right < person.window.width() == 1024


def test_the_list_goes_to_a_printer(
    person: Person, batch: BatchPage, folder: Folder, tmp_path: Path
) -> None:
    def choose(printer: QPrinter, pages: int) -> QPrinter:
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return printer

    batch.output.ask_printer = choose  # type: ignore[method-assign]
    batch.save_button.click()
    run_to_its_end(person, batch)
    with person.qtbot.waitSignal(batch.output.done):
        batch.list_button.click()
    assert "List of printed pages" in text(tmp_path / "printed.pdf")


def test_escape_stops_the_run_and_then_leaves(
    person: Person, batch: BatchPage, folder: Folder
) -> None:
    batch.save_button.click()
    person.press("Escape")
    run_to_its_end(person, batch)
    assert "Stopped." in batch.told.text()
    assert person.page is batch
    person.press("Escape")
    assert isinstance(person.page, PatientsPage)
    assert batch.table.rows == []


def test_today_prints_a_page_of_each_patient_in_its_list(person: Person) -> None:
    person.arrive()
    clinic, today = person.window.clinic, person.window.today_page
    assert clinic is not None
    planned = a.visit(TODAY, status="planned", patient=clinic.patient("004711").id)
    clinic.save(planned)
    person.press("Ctrl+2", "Ctrl+1")
    person.qtbot.waitUntil(lambda: bool(today.worklist and today.worklist.due))
    person.press("Ctrl+Shift+P")
    batch = person.page
    assert isinstance(batch, BatchPage)
    assert [patient.name for patient in batch.table.rows] == ["Rossi, Anna"]
    assert batch.options.as_of.value() == TODAY
