"""A file comes in by keyboard: its rows looked at, all of it or nothing, and taken back as one."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from models.base import revised
from models.exchange.arrivals import Fate
from models.store.clinic import Clinic
from models.treatment import Cycle
from tests.conftest import PASSWORD, USER
from tests.ui.person import Person
from ui import import_page, undoing
from ui.at_work import WorkPage
from ui.import_page import ImportPage
from ui.sign_in_page import SignInPage

PATIENTS = (
    ("mrn", "family_name", "given_name", "birth_date", "sex"),
    ("1", "Muster", "Berta", "1950-01-02", "female"),
    ("2", "Muster", "Carl", "14.10.1951", "male"),
)
VISITS = (
    ("patient", "key", "date", "kind", "status", "ecog"),
    ("1", "v1", "2020-02-03", "follow-up", "done", "1"),
    ("004711", "v2", "2020-02-03", "telephone", "done", ""),
)


def write(folder: Path, **tables: tuple[tuple[str, ...], ...]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return write(tmp_path / "tables", patient=PATIENTS, visit=VISITS)


@pytest.fixture
def chosen(tables: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Whoever is asked for a folder names this one."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(tables))
    return tables


@pytest.fixture
def page(person: Person) -> ImportPage:
    person.sign_in()
    person.press("Ctrl+4", "Return")
    found = person.window.own.importing
    assert person.page is found
    return found


def clinic_of(person: Person) -> Clinic:
    assert person.window.clinic is not None
    return person.window.clinic


def settle(person: Person, page: ImportPage) -> None:
    person.qtbot.waitUntil(lambda: not page.strip.running and person.page is page)


def looked_through(person: Person, page: ImportPage) -> list[tuple[str, ...]]:
    """The rows, as they are listed."""
    settle(person, page)
    assert page.fates.isVisible(), page.strip.said.text()
    return [tuple(page.fates.table.cells(row)) for row in range(page.fates.table.rowCount())]


def mrns(person: Person) -> set[str]:
    return {patient.mrn for patient in clinic_of(person).patients()}


def drop(page: ImportPage, *paths: Path) -> None:
    handed = QMimeData()
    handed.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copied, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    by_mouse = (handed, button, Qt.KeyboardModifier.NoModifier)
    page.dropEvent(QDropEvent(QPointF(9, 9), copied, *by_mouse))


def test_own_tables_come_in_by_keyboard_and_are_taken_back(
    person: Person, page: ImportPage, chosen: Path
) -> None:
    person.press("Tab", "Return")
    rows = looked_through(person, page)
    assert {row[4] for row in rows} == {"New"}
    where = "patient.csv, row 3"
    assert ("Muster, Carl", "2") in {row[1:3] for row in rows if row[0] == where}
    assert page.fates.view.hasFocus()
    assert mrns(person) == {"004711"}
    person.press("Ctrl+Return")
    person.qtbot.waitUntil(page.done.isVisible)
    assert page.done.said.text() == "4 records imported. Undo takes all of it back."
    assert mrns(person) == {"004711", "1", "2"}
    person.press("Tab", "Return")
    assert person.told.startswith("Undone: import.")
    assert mrns(person) == {"004711"}
    assert page.choose.isVisible()
    assert clinic_of(person).check() == []


def test_what_a_row_changes_is_told_in_words(
    person: Person, page: ImportPage, tmp_path: Path
) -> None:
    clinic = clinic_of(person)
    history = clinic.history(clinic.patient("004711").id)
    cycle = history.of(Cycle)[0]
    row = ("004711", str(cycle.id), str(cycle.treatment_line), "1", str(cycle.day_1), "72")
    head = ("patient", "key", "treatment_line", "number", "day_1", "weight_kg")
    clinic.save(revised(cycle, weight_kg=70))
    page.read(write(tmp_path / "tables", cycle=(head, row)))
    (cells,) = looked_through(person, page)
    assert cells[4] == "Changes"
    assert cells[5].startswith("Corrected here on ")
    assert "Weight: 70 kg → 72 kg" in cells[5]
    assert "Weight: 70 kg → 72 kg" in page.fates.details.toPlainText()


def test_a_refused_row_stands_first_and_holds_up_the_rest(
    person: Person, page: ImportPage, tables: Path
) -> None:
    wrong = (*VISITS, ("9", "v3", "2020-02-03", "follow-up", "done", "1"))
    page.read(write(tables, visit=wrong))
    first, *_others = looked_through(person, page)
    assert first[0] == "visit.csv, row 4"
    assert "no patient with the MRN 9" in first[5]
    assert not page.fates.main_button.isEnabled()
    assert "1 row cannot come in" in page.fates.said.text()
    page.fates.filter.buttons[Fate.NEW].click()
    assert page.fates.table.rowCount() == 4
    person.press("Ctrl+Return")
    assert mrns(person) == {"004711"}
    write(tables, visit=VISITS)
    person.press("F5")
    assert {row[4] for row in looked_through(person, page)} == {"New"}
    assert page.fates.main_button.text() == "Import 4 records"


def test_a_cell_that_cannot_be_read_is_named_and_the_list_is_saved(
    person: Person, page: ImportPage, tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = (*VISITS, ("1", "v3", "2020-02-03", "follow-up", "done", "=cmd"))
    page.read(write(tables, visit=wrong))
    row, *others = looked_through(person, page)
    assert row[0] == "visit.csv, row 4"
    assert row[5].startswith("ecog: “=cmd”: ")
    assert {other[4] for other in others} == {"New"}
    assert not page.fates.main_button.isEnabled()
    path = tmp_path / "list.csv"
    monkeypatch.setattr(import_page, "ask_where_to_save", lambda *_asked: path)
    person.press("Ctrl+S")
    settle(person, page)
    (_head, told, *_others) = csv.reader(path.read_text("utf-8-sig").splitlines())
    assert "=cmd" not in path.read_text("utf-8-sig")
    assert told[:3] == ["visit.csv", "4", "ecog"]
    assert told[5] == "Refused"


def test_what_is_no_table_at_all_is_told_and_nothing_is_lost(
    person: Person, page: ImportPage, tables: Path, tmp_path: Path
) -> None:
    page.read(tmp_path / "gone.csv")
    settle(person, page)
    assert page.strip.said.text()
    assert page.choose.file_button.hasFocus()
    drop(page, tables / "patient.csv", tables / "visit.csv")
    assert page.problem.text().startswith("Several files were dropped.")
    drop(page, tables)
    assert len(looked_through(person, page)) == 4
    assert not page.problem.isVisible()
    for each in (*tables.iterdir(), tables):
        each.rmdir() if each.is_dir() else each.unlink()
    person.press("F5")
    settle(person, page)
    assert page.strip.said.text()
    assert not page.fates.main_button.isEnabled()
    person.press("Escape", "Escape")
    assert person.page is person.window.own.exchange


def test_what_somebody_else_changed_meanwhile_stops_the_import(
    person: Person, page: ImportPage, tables: Path
) -> None:
    page.read(tables)
    looked_through(person, page)
    with Clinic.open(clinic_of(person).folder, USER, PASSWORD) as other:
        anna = other.patient("004711")
        other.save(revised(anna, mrn="1"))
    person.press("Ctrl+Return")
    person.qtbot.waitUntil(page.problem.isVisible)
    assert "changed since the file was looked through" in page.problem.text()
    assert mrns(person) == {"1"}
    assert page.fates.again_button.hasFocus()


def test_a_spreadsheet_of_ones_own_is_matched_first(
    person: Person, page: ImportPage, tmp_path: Path
) -> None:
    path = tmp_path / "ours.csv"
    path.write_text("Name;MRN;DOB;Sex\nMuster, Anna;17;2.3.1958;f\n", encoding="utf-8")
    page.read(path)
    settle(person, page)
    person.qtbot.waitUntil(page.matching.main_button.isEnabled)
    person.press("Ctrl+Return")
    (row,) = looked_through(person, page)
    assert row[1:5] == ("Muster, Anna", "17", "Patient", "New")
    person.press("Escape")
    assert page.matching.isVisible()
    person.press("Ctrl+Return")
    looked_through(person, page)
    person.press("Ctrl+Return")
    person.qtbot.waitUntil(page.done.isVisible)
    assert mrns(person) == {"004711", "17"}


def test_a_second_file_takes_the_place_of_the_first_even_where_it_fails(
    person: Person, page: ImportPage, tables: Path, tmp_path: Path
) -> None:
    page.read(tables)
    looked_through(person, page)
    empty = tmp_path / "empty.csv"
    empty.write_text("MRN;Name\n", encoding="utf-8")
    drop(page, empty)
    settle(person, page)
    assert page.choose.isVisible()
    assert not page.where.text().startswith("tables")
    assert page.strip.said.text().startswith("empty.csv has no rows.")
    assert page.choose.file_button.hasFocus()


VAGUE = """Our patients;;;;;;
Name;MRN;DOB;Sex;Diagnosis;Date of diagnosis;Stage
Muster, Anna;17;2.3.1958;f;MF;ca. 2011;IB
Muster, Eva;18;2.3.1958;f;MF;2012;IIB
Total;;;;;2;
"""


def test_a_lock_keeps_what_was_matched_and_what_stayed_outside_is_listed(
    person: Person, page: ImportPage, tmp_path: Path
) -> None:
    path = tmp_path / "ours.csv"
    path.write_text(VAGUE, encoding="utf-8")
    page.read(path)
    settle(person, page)
    pane = page.matching
    person.qtbot.waitUntil(pane.main_button.isEnabled)
    assert pane.table.cells(6)[2:] == ("Diagnosis · Notes", "? guessed")
    pane.view.selectRow(6)
    assert "a stage without its T, N, M and B" in pane.column.note.text()
    pane.leave.setFocus()
    person.press("Space")
    person.qtbot.waitUntil(lambda: pane.unread.text() == "1 cell stays outside.")
    person.choose("Lock")
    person.qtbot.waitUntil(lambda: person.window.locking.being_closed is None)
    door = person.page
    assert isinstance(door, SignInPage)
    door.by_password.password.setFocus()
    person.write(PASSWORD)
    person.press("Return")
    person.qtbot.waitUntil(lambda: isinstance(person.page, ImportPage))
    page = person.window.own.importing
    person.qtbot.waitUntil(lambda: page.matching.unread.text() == "1 cell stays outside.")
    person.press("Ctrl+Return")
    looked_through(person, page)
    person.press("Ctrl+Return")
    person.qtbot.waitUntil(page.done.isVisible)
    assert page.done.outside.text().startswith("1 thing in the file")
    page.done.outside_button.click()
    assert [row[0] for row in looked_through(person, page)] == [
        *("ours.csv, row 3", "ours.csv, row 1", "ours.csv, row 5"),
    ]
    assert not page.fates.main_button.isVisible()
    person.press("Escape")
    assert page.done.isVisible()


@contextmanager
def held_up(person: Person) -> Iterator[None]:
    """Somebody else writes: whatever is to be written meanwhile waits."""
    with Clinic.open(clinic_of(person).folder, USER, PASSWORD) as other, other._store.writing():
        yield


def at_work(person: Person) -> WorkPage:
    """The page on which it is said how far it is."""
    person.qtbot.waitUntil(lambda: isinstance(person.page, WorkPage))
    assert isinstance(person.page, WorkPage)
    return person.page


def test_a_cancelled_import_leaves_nothing_and_nobody_leaves_it_unasked(
    person: Person, page: ImportPage, tables: Path
) -> None:
    page.read(tables)
    looked_through(person, page)
    with held_up(person):
        person.press("Ctrl+Return")
        under_way = at_work(person)
        assert under_way.cancel_button.hasFocus()
        assert not person.window.find_box.isEnabled()
        person.window.close()
        assert person.window.isVisible()
        person.press("Escape")
    person.qtbot.waitUntil(lambda: person.told == "Stopped. Nothing was changed.")
    settle(person, page)
    assert mrns(person) == {"004711"}
    person.press("Ctrl+Return")
    person.qtbot.waitUntil(page.done.isVisible)
    assert mrns(person) == {"004711", "1", "2"}


def test_a_lock_in_the_middle_ends_it(person: Person, page: ImportPage, tables: Path) -> None:
    page.read(tables)
    looked_through(person, page)
    with held_up(person):
        person.press("Ctrl+Return")
        at_work(person)
        person.choose("Lock")
        door = person.page
        assert isinstance(door, SignInPage)
    person.qtbot.waitUntil(lambda: person.window.locking.being_closed is None)
    assert person.page is door
    door.by_password.password.setFocus()
    person.arrive()
    assert person.told == "Importing: locking stopped it, and nothing was changed."
    assert mrns(person) == {"004711"}
    assert clinic_of(person).check() == []


def test_many_records_are_undone_beside_the_window(
    person: Person, page: ImportPage, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "MANY", 4)
    page.read(tables)
    looked_through(person, page)
    person.press("Ctrl+Return")
    person.qtbot.waitUntil(page.done.isVisible)
    person.press("Ctrl+2", "Ctrl+Z")
    at_work(person)
    person.qtbot.waitUntil(lambda: person.page is person.window.patients)
    assert person.told.startswith("Undone: import.")
    assert mrns(person) == {"004711"}
    person.press("Ctrl+Shift+Z")
    at_work(person)
    person.qtbot.waitUntil(lambda: person.page is person.window.patients)
    assert mrns(person) == {"004711", "1", "2"}
    assert clinic_of(person).check() == []
