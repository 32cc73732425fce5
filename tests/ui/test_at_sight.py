"""What is not seen waits until it is: the tabs of a patient, and never with somebody else's."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.base import PatientRecord
from models.patient import Patient
from models.visit import Visit
from tests.models import builders as a
from tests.ui.person import Person, rows
from ui.at_sight import AtSight
from ui.main_window import MainWindow
from ui.patient_page import PatientPage
from ui.record_tab import RecordTab


@pytest.fixture
def other(person: Person, window: MainWindow) -> Patient:
    """Another patient, with one visit; the published case is open."""
    person.open_case()
    assert window.clinic is not None
    made = window.clinic.save(a.patient(mrn="B-2", family_name="Verdi"))
    window.clinic.save(a.visit("2020-04-20", patient=made.id))
    return made


def held(page: PatientPage, kind: type[PatientRecord]) -> RecordTab:
    """The tab as it is, which nobody asked for anything."""
    tab: RecordTab = page.record_tabs.get(kind)  # type: ignore[assignment]
    return tab


def test_what_waits_is_done_once_when_it_is_seen(qtbot: QtBot) -> None:
    done: list[str] = []
    page = QWidget()
    at_sight = AtSight(page)
    qtbot.addWidget(page)
    at_sight.do(page, lambda: done.append("first"))
    at_sight.do(page, lambda: done.append("second"))
    assert done == []
    page.show()
    page.hide()
    page.show()
    assert done == ["second"]
    at_sight.do(page, lambda: done.append("third"))
    assert done == ["second", "third"]


def test_what_waits_is_done_when_it_is_asked_for(qtbot: QtBot) -> None:
    done: list[str] = []
    page = QWidget()
    at_sight = AtSight(page)
    qtbot.addWidget(page)
    at_sight.do(page, lambda: done.append("asked"))
    at_sight.catch_up(page)
    page.show()
    assert done == ["asked"]


def test_another_patients_records_stand_there_once_a_tab_is_seen(
    person: Person, window: MainWindow, other: Patient
) -> None:
    page = person.patient
    page.tabs.bring_kind_forward(Visit)
    place, before = page.place(), held(page, Visit).list.table.rowCount()
    assert before > 1
    window.open_patient(other.id)
    assert held(page, Visit).list.table.rowCount() == before, "it is told though nobody sees it"
    page.return_to(place)
    assert rows(held(page, Visit)) == list(person.history.of(Visit))
    assert held(page, Visit).list.table.rowCount() == 1


def test_a_form_that_is_open_out_of_sight_is_closed_for_another_patient(
    person: Person, window: MainWindow, other: Patient
) -> None:
    page = person.patient
    page.select(person.history.of(Visit)[0].id)
    page.tabs.setCurrentIndex(0)
    assert held(page, Visit).in_use
    window.open_patient(other.id)
    assert not held(page, Visit).in_use
    assert held(page, Visit).form.record is None


def test_the_changes_are_read_when_they_are_seen(person: Person, window: MainWindow) -> None:
    page = person.open_case()
    assert page.changes.table.rowCount() == 0
    page.tabs.setCurrentWidget(page.changes)
    before = page.changes.table.rowCount()
    assert before > 0
    page.tabs.setCurrentIndex(0)
    assert window.clinic is not None
    window.clinic.save(a.visit("2020-04-30", patient=person.history.patient.id))
    page.show_anew()
    assert page.changes.table.rowCount() == before
    page.tabs.setCurrentWidget(page.changes)
    assert page.changes.table.rowCount() == before + 1
