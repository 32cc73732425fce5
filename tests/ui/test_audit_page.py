"""The audit log in the window: looked through, exported and checked, by keyboard."""

import csv
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from models.base import revised
from models.store import trail_search
from models.store.audit import Action, Entry
from models.store.clinic import Clinic
from models.visit import Visit
from tests.ui.person import Person
from ui.audit_page import SOUND, AuditPage


def clinic_of(person: Person) -> Clinic:
    assert person.window.clinic is not None
    return person.window.clinic


def settle(person: Person) -> AuditPage:
    """Until what is looked for is found, or nothing."""
    page = person.window.own.audit
    person.qtbot.waitUntil(lambda: not page.filters._pause.isActive() and page._looking is None)
    return page


@pytest.fixture
def page(person: Person) -> AuditPage:
    person.sign_in()
    person.choose("Audit log")
    assert person.page is person.window.own.audit
    return settle(person)


def cells(page: AuditPage) -> list[list[str]]:
    rows, columns = range(page.table.rowCount()), range(page.table.columnCount())
    return [[page.table.index(row, column).data() for column in columns] for row in rows]


def test_the_newest_stands_first_with_who_what_and_whose(page: AuditPage, person: Person) -> None:
    first = cells(page)[0]
    assert first[2:] == ["anna", "Read", "", "What: audit log"]
    assert page.count.text() == f"{page.table.found} entries"
    assert "Entry" in page.entry.text.toPlainText()
    assert page.filters.search.hasFocus()


def test_old_and_new_values_stand_side_by_side(page: AuditPage, person: Person) -> None:
    clinic = clinic_of(person)
    patient = clinic.patient("004711")
    clinic.save(patient.model_copy(update={"phone": "030 <1234>"}), reason="she moved")
    person.write("1234 rossi")
    settle(person)
    ((_n, _when, who, what, whose, changed),) = cells(page)
    assert (who, what, whose) == ("anna", "Patient: Corrected", "Rossi, Anna")
    assert changed == "Telephone: empty → 030 <1234>"
    text = page.entry.text.toPlainText()
    assert "Rossi, Anna, MRN 004711" in text
    assert "Reason: she moved" in text
    assert text.split()[-4:] == ["Telephone", "empty", "030", "<1234>"]
    person.press("Down")
    assert page.view.hasFocus()


def test_a_phrase_in_double_quotes_is_found_as_one(page: AuditPage, person: Person) -> None:
    clinic = clinic_of(person)
    patient = clinic.patient("004711")
    for reason in ("was Grade 3", "3 of another grade"):
        patient = clinic.save(patient.model_copy(update={"phone": reason}))
    person.write("grade 3 telephone phone")
    settle(person)
    assert page.table.found == 0
    page.filters.search.clear()
    person.write("grade 3 phone")
    settle(person)
    assert page.table.found == 2
    page.filters.search.clear()
    person.write('phone "grade 3"')
    settle(person)
    assert [row[5] for row in cells(page)] == [
        "Telephone: was Grade 3 → 3 of another grade",
        "Telephone: empty → was Grade 3",
    ]
    page.filters.search.clear()
    person.write('"another GRADE"')
    settle(person)
    assert page.table.found == 1


def test_all_about_the_record_of_an_entry_stands_together(page: AuditPage, person: Person) -> None:
    clinic = clinic_of(person)
    visit = clinic.histories()[0].of(Visit)[0]
    clinic.remove(clinic.save(revised(visit, notes="looked at again")), "entered twice")
    assert not page.entry.record_button.isVisible()
    assert not page.about_action.isEnabled()
    person.write('"entered twice"')
    settle(person)
    page.view.setFocus()
    assert page.about_action in page.view.actions()
    person.click("All about this record")
    settle(person)
    deeds = [row[3] for row in cells(page)]
    assert deeds == [f"Visit: {deed}" for deed in ("Removed", "Corrected", "Created")]
    assert page.count.text() == "3 entries about one record"
    person.click("Show everything")
    settle(person)
    assert page.table.found > 3


def test_a_month_is_a_period(page: AuditPage, person: Person) -> None:
    page.filters.since.setFocus()
    person.write("Apr 2001", "2001")
    person.press("Tab")
    settle(person)
    assert page._asked.since is not None
    assert page._asked.until is not None
    assert str(page._asked.since) == "2001-04-01"
    assert str(page._asked.until) == "2001-12-31"
    assert page.notice.isVisible()
    assert not page.export_button.isEnabled()
    page.clear_button.click()
    settle(person)
    assert page.table.rowCount()


def test_a_date_that_cannot_be_read_is_told_and_the_list_stays(
    page: AuditPage, person: Person
) -> None:
    before = cells(page)
    page.filters.since.setFocus()
    person.write("soon")
    person.press("Tab")
    settle(person)
    assert page.filters.asked() is None
    assert cells(page) == before


def test_further_rows_come_when_the_end_is_reached(
    page: AuditPage, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail_search, "PAGE", 30)
    page.filters.did.choose("changed")
    page.filters.did.chosen.emit()
    settle(person)
    assert (page.table.rowCount(), page.table.found > 60) == (30, True)
    for known in (30, 60):
        page.view.setFocus()
        person.press("Ctrl+End")
        person.qtbot.waitUntil(lambda known=known: page.table.rowCount() > known)
    entries = [int(row[0]) for row in cells(page)]
    assert entries == sorted(set(entries), reverse=True)


def test_the_trail_is_checked_and_what_is_wrong_is_named(page: AuditPage, person: Person) -> None:
    page.check_button.click()
    person.qtbot.waitUntil(lambda: not page.strip.running)
    assert page.strip.said.text() == SOUND
    with clinic_of(person).sitting.store.outside_transactions() as connection:
        connection.exec_driver_sql("UPDATE audit_entry SET user = 'eve' WHERE sequence = 7")
    page.check_button.click()
    person.qtbot.waitUntil(lambda: not page.strip.running)
    assert page.strip.said.text().startswith("1 fault was found.")
    assert "Entry 7 of the audit log was edited" in page.entry.text.toPlainText()


def test_what_is_found_is_exported_for_the_owner_alone(
    page: AuditPage, person: Person, tmp_path: Path
) -> None:
    page.ask_path = lambda file_name: tmp_path / file_name  # type: ignore[method-assign]
    page.filters.kind.choose("visit")
    page.filters.kind.chosen.emit()
    settle(person)
    person.press("Ctrl+S")
    person.qtbot.waitUntil(lambda: not page.strip.running)
    (path,) = tmp_path.glob("audit-log-*.csv")
    assert page.strip.said.text() == f"Saved as {path}."
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == page.table.found
    assert {row["What"] for row in rows} == {"Visit"}


def test_a_file_that_cannot_be_written_is_told(
    page: AuditPage, person: Person, tmp_path: Path
) -> None:
    page.ask_path = lambda file_name: tmp_path / "nowhere" / file_name  # type: ignore[method-assign]
    page.export_button.click()
    person.qtbot.waitUntil(lambda: not page.strip.running)
    assert "cannot be written" in page.strip.said.text()


def test_escape_ends_what_runs_and_then_leaves(page: AuditPage, person: Person) -> None:
    """The check waits for whoever reads all patients: here until it is not wanted any more."""
    with clinic_of(person).sitting.store.surveying():
        page.check_button.click()
        assert page.strip.running
        assert page.strip.cancel_button.hasFocus()
        person.press("Escape")
    person.qtbot.waitUntil(lambda: not page.strip.running)
    assert page.strip.said.text() == "Stopped."
    person.press("Escape")
    assert person.page is not page


def test_who_has_read_a_patient_is_one_key_away(person: Person) -> None:
    patient_page = person.open_case()
    patient_page.tabs.setCurrentWidget(patient_page.changes)
    person.click("Who has read this patient")
    page = settle(person)
    assert person.page is page
    assert {row[4] for row in cells(page)} == {"Rossi, Anna"}
    assert {row[3] for row in cells(page)} == {"Read"}
    assert page.count.text().endswith("about Rossi, Anna")
    person.press("Escape")
    assert patient_page.isVisible()


def test_locking_leaves_nothing_of_it(page: AuditPage, person: Person) -> None:
    page.check_button.click()
    person.press("Ctrl+L")
    assert person.window.clinic is None
    assert person.window.own.audit is not page


def test_an_edited_entry_is_listed_as_such(page: AuditPage, person: Person) -> None:
    clinic = clinic_of(person)
    with clinic.sitting.on_record() as step:
        entry = Entry(step.clock.now(), "bert", Action.NOTICED)
        step.entries.append(entry)
    with clinic.sitting.store.outside_transactions() as connection:
        connection.exec_driver_sql("UPDATE audit_entry SET at = 'never' WHERE user = 'bert'")
    page._search()
    settle(person)
    assert cells(page)[0][5].startswith("This entry cannot be read")
    assert page.table.headerData(0, Qt.Orientation.Horizontal) == "Entry"
