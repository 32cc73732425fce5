"""Records leave by keyboard: said before, on record, all or nothing, and read back."""

from pathlib import Path

import pytest

from models.exchange.arrivals import Fate
from models.exchange.reading import read
from models.progress import unseen
from models.store.audit import Action
from models.store.clinic import Clinic
from models.store.trail_search import Asked
from tests.models import builders as a
from tests.ui.person import Person
from ui.export_page import ExportPage


def clinic_of(person: Person) -> Clinic:
    assert person.window.clinic is not None
    return person.window.clinic


def settle(person: Person, page: ExportPage) -> None:
    person.qtbot.waitUntil(lambda: not page.strip.running)


def exported(clinic: Clinic) -> list[dict[str, str]]:
    """What is on record of exports, the last one first."""
    rows = clinic.trail.search(Asked(), None).rows
    changes = [row.change for row in rows if row.change]
    return [each.new for each in changes if each.action is Action.EXPORTED]


@pytest.fixture
def page(person: Person) -> ExportPage:
    person.sign_in()
    person.press("Ctrl+4", "Tab", "Return")
    found = person.window.own.exporting
    assert person.page is found
    return found


def test_everybody_leaves_by_keyboard_and_reads_back_the_same(
    person: Person, page: ExportPage, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    clinic = clinic_of(person)
    anna = clinic.patient("004711")
    clinic.save(a.attachment(patient=anna.id, title="lost scan"))
    assert "1 patient leaves with the name" in page.leaves.text()
    assert page.choices.everybody.hasFocus()
    page.choices.folder.setFocus()
    person.write(str(folder))
    page.choices.with_files.setChecked(True)
    person.press("Ctrl+Return")
    settle(person, page)
    assert str(folder) in page.strip.said.text()
    assert "“lost scan” of 004711 went without its file" in page.strip.said.text()
    assert page.open_button.hasFocus()
    assert exported(clinic)[0]["what"] == "csv"
    reading = read(folder, unseen)
    assert not reading.problems
    assert {each.fate for each in clinic.look_through(reading.arrivals)} == {Fate.SAME}


def test_only_the_chosen_leave_and_without_their_names(
    person: Person, page: ExportPage, tmp_path: Path
) -> None:
    clinic = clinic_of(person)
    clinic.save(a.patient(mrn="17", family_name="Weber"))
    anna = clinic.patient("004711")
    clinic.save(a.consent("2015-01-03", patient=anna.id, purpose="registry"))
    page.closed.emit()
    person.press("Ctrl+2")
    patients = person.window.patients
    person.qtbot.waitUntil(lambda: patients.table.rowCount() == 2)
    patients.view.selectRow(0)
    person.click("Export…")
    assert page.choices.chosen.text() == "The 1 chosen patient"
    assert page.choices.chosen.isChecked()
    page.choices.nameless.click()
    assert "without names" in page.leaves.text()
    page.choices.folder.set_value(str(tmp_path / "out"))
    page.export()
    settle(person, page)
    assert "Nothing was written" in page.strip.said.text(), "she is the only one of her kind"
    page.choices.nevertheless.click()
    page.export()
    settle(person, page)
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*.csv"))
    assert b"S-" in written
    assert not any(name in written for name in (b"Rossi", b"Weber", b"004711"))
    assert exported(clinic)[0] == {"what": "csv", "anonymous": "yes", "to": "file"}


def test_a_folder_that_holds_something_stays_as_it_was(
    person: Person, page: ExportPage, tmp_path: Path
) -> None:
    person.press("Ctrl+Return")
    assert "new or an empty one" in page.choices.folder.problem
    (tmp_path / "letter.txt").write_text("made up")
    page.choices.folder.set_value(str(tmp_path))
    page.export()
    settle(person, page)
    assert "is not empty" in page.strip.said.text()
    assert [path.name for path in tmp_path.glob("*.*")] == ["letter.txt"]
    assert exported(clinic_of(person))[0]["failed"] == "yes"


def test_a_lock_in_the_middle_leaves_no_half_export(
    person: Person, page: ExportPage, tmp_path: Path
) -> None:
    page.choices.folder.set_value(str(tmp_path / "out"))
    with clinic_of(person)._store._survey:
        page.export()
        person.window.lock()
    person.qtbot.waitUntil(lambda: person.window.locking.being_closed is None)
    assert not (tmp_path / "out").exists()
