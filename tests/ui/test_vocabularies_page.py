"""Vocabularies, by keys and menu: a workbook imported, terms looked up, drugs added."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models.adverse_event import AdverseEvent
from models.base import ClinicError
from models.ctcae import CtcaeVersion, names_of
from models.progress import Stopped
from models.store.clinic import Clinic
from models.treatment import TreatmentLine
from tests.conftest import PASSWORD
from tests.models.ctcae_tables import made_up_file, made_up_rows, write_rows
from tests.models.published import DATA
from tests.models.test_ctcae import successors
from tests.ui.person import Person
from ui.drugs_pane import DrugsPane
from ui.editor import LineEditor
from ui.main_window import MainWindow
from ui.terms_pane import TermsPane, bring_in
from ui.vocabularies_page import VocabulariesPage

V5, V6 = CtcaeVersion.V5_0, CtcaeVersion.V6_0
BLUE = "Blue hands"
PATIENCE_MS = 60_000
"""A whole workbook is read within a second or two, but for a machine that has much to do."""


@pytest.fixture
def page(person: Person, window: MainWindow) -> VocabulariesPage:
    person.arrive()
    person.choose("Vocabularies")
    assert person.page is window.own.vocabularies
    return window.own.vocabularies


@pytest.fixture
def terms(page: VocabulariesPage) -> TermsPane:
    return page.terms


@pytest.fixture
def drugs(page: VocabulariesPage) -> DrugsPane:
    page.tabs.setCurrentWidget(page.drugs)
    return page.drugs


def certain(window: MainWindow) -> Clinic:
    assert window.clinic is not None
    return window.clinic


def bring(person: Person, terms: TermsPane, path: Path) -> None:
    terms.ask_file = lambda: path  # type: ignore[method-assign]
    person.click("Import CTCAE workbook…")
    said = terms.strip.said
    person.qtbot.waitUntil(
        lambda: not terms.strip.running and bool(said.text()), timeout=PATIENCE_MS
    )


def read(terms: TermsPane) -> str:
    return terms.reader.toPlainText()


def test_until_one_is_imported_a_starter_list_is_shown_as_ours(
    person: Person, terms: TermsPane
) -> None:
    assert "Not imported: a starter list of 79 terms" in terms.state.text()
    assert terms.search.hasFocus()
    person.write("itchy red spots")
    assert [*terms.table.rows] == ["Rash maculo-papular"]
    assert "Less than 10 % of the skin" in read(terms)
    assert "CTCAE 5.0, simplified in our words." in read(terms)
    person.press("Ctrl+A")
    person.write("qqqqqq")
    assert "No term is found by these words." in read(terms)


def test_an_imported_version_is_told_searched_and_offered(
    person: Person, window: MainWindow, terms: TermsPane, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "ctcae-v6.0.csv", made_up_rows(V6, BLUE))
    bring(person, terms, path)
    assert terms.view.hasFocus()
    assert terms.strip.said.text() == "CTCAE 6.0: 850 terms in 26 classes."
    assert terms.versions.currentText() == "CTCAE 6.0"
    assert "850 terms in 26 classes, imported" in terms.state.text()
    assert person.told == "Saved"
    terms.search.setFocus()
    person.write("blue ha")
    assert [*terms.table.rows] == [BLUE]
    for words in ("Mild <1", "As the NCI words it, CTCAE 6.0.", "MedDRA code", "10000001", "C1"):
        assert words in read(terms)
    person.press("Escape")
    window.open_patient(certain(window).patients()[0].id)
    form = person.add(AdverseEvent).form
    form.fill({"ctcae_version": V6, "term": BLUE})
    assert form.editors["grades"].wordings.source.text() == "As the NCI words it, CTCAE 6.0."  # type: ignore[attr-defined]


def test_what_is_wrong_with_a_file_is_told_and_nothing_comes_in(
    person: Person, terms: TermsPane, tmp_path: Path
) -> None:
    rows = made_up_rows(V5)
    for row in rows[3:15]:
        row[2] = "Diseases"
    bring(person, terms, write_rows(tmp_path / "ctcae-v5.0.csv", rows))
    said = terms.strip.said.text()
    assert "ctcae-v5.0.csv, row 5, soc: This is none of the 26 system organ classes" in said
    assert said.endswith("And 4 more.")
    assert len(names_of("5.0")) == 79


def test_of_a_file_that_does_not_tell_the_version_is_asked(
    person: Person, terms: TermsPane, tmp_path: Path
) -> None:
    terms.ask_version = lambda: V5  # type: ignore[method-assign]
    bring(person, terms, write_rows(tmp_path / "terms.csv", made_up_rows(V5)))
    assert terms.strip.said.text() == "CTCAE 5.0: 837 terms in 26 classes."


def test_the_nci_workbook_of_version_6_after_version_5(
    person: Person, window: MainWindow, terms: TermsPane
) -> None:
    assert successors()  # skipped where the NCI's tables are not at hand
    bring(person, terms, DATA / "ctcae-v5.0.csv")
    terms.strip.say("")
    bring(person, terms, DATA / "ctcae-v6.0.xlsx")
    said = "CTCAE 6.0: 850 terms in 26 classes; 47 of 5.0 are not in it."
    assert terms.strip.said.text() == said
    certain(window).close()
    assert len(names_of("6.0")) < 100


def test_the_drugs_are_in_the_order_of_their_names_and_searched(
    person: Person, drugs: DrugsPane
) -> None:
    names = [row.name.casefold() for row in drugs.table.rows]
    assert len(names) > 20
    assert names == sorted(names)
    drugs.search.setFocus()
    person.write("Brentux")
    assert [row.name for row in drugs.table.rows] == ["brentuximab vedotin"]


def test_a_drug_of_the_clinics_own_is_added_offered_corrected_and_removed(
    person: Person, window: MainWindow, drugs: DrugsPane
) -> None:
    drugs.view.setFocus()
    person.press("Ctrl+N")
    person.write("lacutamab", "system")
    form = drugs.form.form
    person.fill(form, usual_schedule="1 g every month")
    person.press("Ctrl+Return")
    assert drugs.table.cells(0) == ("Lacutamab", "Systemic", "", "The clinic's own")
    window.open_patient(certain(window).patients()[0].id)
    regimen = person.add(TreatmentLine).form.editors["regimen"]
    assert isinstance(regimen, LineEditor)
    QTest.keyClicks(regimen.line, "lacu")
    assert regimen.line.completer().currentCompletion() == "lacutamab"
    QTest.keyClick(person.focus, Qt.Key.Key_Escape)
    regimen.line.clear()
    person.choose("Vocabularies")
    drugs.form.ask_why = lambda: "not given here"  # type: ignore[method-assign]
    drugs.view.selectRow(0)
    person.click("Remove")
    assert drugs.table.cells(0)[3] == "Built in"
    assert certain(window).vocabularies.drugs() == []


def test_a_built_in_drug_says_what_is_from_memory(person: Person, drugs: DrugsPane) -> None:
    drugs.search.setText("mogamulizumab")
    drugs.view.setFocus()
    person.press("Home")
    text = drugs.reader.toPlainText()
    assert "1 mg/kg IV over 60 min or more" in text
    assert "Source: label" in text
    assert "Memory" not in text
    drugs.search.setText("aciclovir")
    assert "Memory, unverified" in drugs.reader.toPlainText()


def test_a_taken_name_is_told_beside_it(
    person: Person, drugs: DrugsPane, told: list[ClinicError]
) -> None:
    person.click("Add a drug…")
    person.write("CHOP", "system")
    person.press("Ctrl+Return")
    assert drugs.form.form.editors["name"].problem == "The program's own catalogue has this one."
    drugs.form.revert()


def test_what_is_half_typed_about_a_drug_survives_a_lock(
    person: Person, window: MainWindow, drugs: DrugsPane
) -> None:
    person.click("Add a drug…")
    person.write("lacutamab")
    person.press("Ctrl+L")
    person.qtbot.waitUntil(lambda: window.clinic is None)
    person.write(PASSWORD)
    person.press("Return")
    person.qtbot.waitUntil(lambda: person.page is window.own.made.get("vocabularies"))
    page = window.own.vocabularies
    assert page.tabs.currentWidget() is page.drugs
    assert page.drugs.form.form.values()["name"] == "lacutamab"
    page.drugs.form.revert()


def test_a_cancelled_import_changes_nothing(clinic: Clinic, tmp_path: Path) -> None:
    def stopped(done: int, whole: int) -> None:
        if done == whole:
            raise Stopped

    made_up_file(tmp_path, V6)
    with pytest.raises(Stopped):
        bring_in(clinic, tmp_path / "ctcae-v6.0.csv", None, stopped)
    assert clinic.vocabularies.imported() == []
