"""The registry's tab and page: a gap is one key from its field, and nothing leaves unconfirmed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models.base import PatientRecord
from models.biopsy import Biopsy
from models.completeness import Filled, Place
from models.patient import Patient
from tests.models import builders as a
from tests.ui.person import Person
from tests.ui.samples import TODAY
from ui.form import Form
from ui.patient_drafts import bring_forward
from ui.registry_page import RegistryPage
from ui.registry_tab import RegistryTab


def open_tab(person: Person) -> RegistryTab:
    person.open_case()
    tab = person.patient.tabs.registry
    bring_forward(person.patient.tabs, tab)
    return tab


def form_of(person: Person, kind: type) -> Form:
    if kind is Patient:
        return person.patient.details.form
    assert issubclass(kind, PatientRecord)
    return person.tab(kind).form


def is_typed_in(person: Person, kind: type, name: str) -> bool:
    editor = form_of(person, kind).editors[name]
    return editor.isVisible() and (editor is person.focus or editor.isAncestorOf(person.focus))


def test_the_meter_counts_and_a_gap_opens_its_field_by_key(person: Person) -> None:
    tab = open_tab(person)
    gaps = [each for each in tab.table.rows if each.filled is Filled.MISSING]
    asked = [each for each in tab.table.rows if each.filled is not Filled.NOT_APPLICABLE]
    assert tab.meter.text() == f"Registry data: {len(asked) - len(gaps)} of {len(asked)}"
    assert tab.bar.value() == len(asked) - len(gaps)
    assert tab.table.rows[: len(gaps)] == gaps
    place = [each.title for each in gaps].index("Ki-67")
    tab.view.setFocus()
    tab.view.selectRow(place)
    person.press("Return")
    assert is_typed_in(person, Biopsy, form_of(person, Biopsy).first_needed())
    assert "within 183 days of the diagnosis, " in tab.table.rows[place].why


def test_every_gap_leads_to_its_field(person: Person) -> None:
    tab = open_tab(person)
    places = [each.place for each in tab.table.rows if each.place]
    assert len(places) > 10
    for place in places:
        person.patient.fill_gap(place)
        empty = "" if place.record else form_of(person, place.kind).first_needed()
        assert is_typed_in(person, place.kind, empty or place.focus), place.focus
        if place.focus == "value":
            assert empty == "date"
        assert issubclass(place.kind, PatientRecord)
        person.tab(place.kind).revert()


def test_what_is_missing_of_the_person_is_entered_among_the_details(person: Person) -> None:
    open_tab(person)
    person.patient.fill_gap(Place(Patient, "cause_of_death", person.history.patient))
    assert is_typed_in(person, Patient, "cause_of_death")


def test_what_is_on_file_opens_its_record_by_a_click(person: Person) -> None:
    tab = open_tab(person)
    titles = [each.title for each in tab.table.rows]
    row = titles.index("TNMB at diagnosis")
    tab.view.scrollTo(tab.table.index(row, 0))
    centre = tab.view.visualRect(tab.table.index(row, 0)).center()
    QTest.mouseClick(tab.view.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    record = tab.table.rows[row].record
    assert record is not None
    assert person.tab(type(record)).form.record_id == record.id  # type: ignore[arg-type]


# The clinic's page


def open_page(person: Person) -> RegistryPage:
    person.choose("Registry")
    page = person.page
    assert isinstance(page, RegistryPage)
    person.qtbot.waitUntil(lambda: bool(page.tallies.rows))
    return page


def consent(person: Person) -> None:
    clinic = person.window.clinic
    assert clinic is not None
    (patient,) = clinic.patients()
    clinic.save(a.consent("2019-05-02", patient=patient.id, purpose="registry"))


def test_without_a_consent_nothing_can_be_exported(person: Person) -> None:
    person.sign_in()
    page = open_page(person)
    assert page.consents.text() == "The consent to a registry stands of 0 patients of 1."
    assert not page.export_button.isEnabled()
    assert not page.small.isVisible()
    page.export()
    assert not page.strip.running


def test_who_can_be_told_apart_is_exported_only_when_that_is_known(
    person: Person, tmp_path: Path
) -> None:
    person.sign_in()
    consent(person)
    page = open_page(person)
    assert page.small.text().startswith("1 patient can be told apart by")
    assert page.groups.isVisible()
    assert page.groups.toPlainText().endswith(": 1 patient")
    page.folder.set_value(str(tmp_path / "out"))
    assert not page.export_button.isEnabled()
    page.small_known.click()
    person.click("Export")
    person.qtbot.waitUntil(lambda: "files are in" in page.strip.said.text())
    table = (tmp_path / "out" / "patient.csv").read_text(encoding="utf-8-sig")
    (heading, row) = table.splitlines()
    assert (heading.startswith("study_number,"), row.startswith("S-")) == (True, True)
    page.whose.number.set_value(row.split(",")[0])
    person.click("Look up")
    assert page.whose.said.text().endswith("is Rossi, Anna, MRN 004711.")
    person.click("Open")
    assert person.page is person.patient


@pytest.mark.parametrize("typed", ["Anna", "S-", ""])
def test_what_is_no_study_number_is_said_beside_it(person: Person, typed: str) -> None:
    person.sign_in()
    page = open_page(person)
    page.whose.number.set_value(typed)
    person.click("Look up")
    assert page.whose.number.problem == "A study number is written as S-0042."


def test_the_folder_is_asked_for(person: Person) -> None:
    person.sign_in()
    consent(person)
    page = open_page(person)
    page.small_known.click()
    person.click("Export")
    assert page.folder.problem == "Choose a folder: a new or an empty one."


def test_a_row_opens_the_patient_and_escape_leads_back(person: Person) -> None:
    person.sign_in()
    page = open_page(person)
    page.gaps_view.setFocus()
    page.gaps_view.selectRow(0)
    person.press("Return")
    assert person.page is person.patient
    assert person.history.patient.age_on(TODAY) > 0
    page = open_page(person)
    person.press("Escape")
    assert person.window.name_of(person.page) == "exchange"
