"""What leaves the cohort page: the report in the preview, the tables in a folder."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog

from models.cohort.choices import Choices
from models.cohort.factors import Factor
from models.cohort.incidence import Order
from models.roles import May, Role
from models.store.audit import Action
from models.store.clinic import Clinic
from models.store.trail_search import Asked
from tests.ui.person import Person
from ui import allowed, pdf_output
from ui.cohort_leaving import cohort_figures
from ui.cohort_page import CohortPage
from ui.print_preview import PrintPreview
from ui.survival_tab import SurvivalTab

OUT = frozenset({Action.PRINTED, Action.EXPORTED})


@pytest.fixture
def page(person: Person) -> CohortPage:
    """Of the published case, from the start of its lines."""
    person.sign_in()
    person.press("Ctrl+3")
    page = person.page
    assert isinstance(page, CohortPage)
    page.population.count_from_lines()
    person.qtbot.waitUntil(lambda: page.selection is not None and page.selection.units != ())
    person.qtbot.waitUntil(lambda: bool(page.selection and page.selection.population.by_line))
    return page


def clinic_of(person: Person) -> Clinic:
    assert person.window.clinic is not None
    return person.window.clinic


def went_out(clinic: Clinic) -> list[dict[str, str]]:
    rows = clinic.trail.search(Asked(actions=OUT)).rows
    return [row.change.new for row in rows if row.change]


def previewed(person: Person) -> PrintPreview:
    person.press("Ctrl+P")
    preview = person.window.preview
    assert person.page is preview
    person.qtbot.waitUntil(preview.print_button.isEnabled)
    return preview


def text_of(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_ctrl_p_previews_what_is_shown_and_saving_is_on_record(
    person: Person, page: CohortPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview, file = previewed(person), tmp_path / "cohort.pdf"
    options = preview.options
    assert not any(part.isVisible() for part in (options.report, options.as_of, options.since))
    assert went_out(clinic_of(person)) == []
    monkeypatch.setattr(pdf_output, "ask_where_to_save", lambda *_asked: file)
    person.press("Ctrl+S")
    person.qtbot.waitUntil(file.exists)
    person.qtbot.waitUntil(lambda: "Saved" in preview.pages.said.text())
    text = text_of(file.read_bytes())
    assert "Cohort of 1 patient" in text
    assert "From the start of a treatment line" in text
    assert "Rossi" not in text
    assert "004711" not in text
    assert went_out(clinic_of(person)) == [{"report": "cohort", "to": "file"}]
    person.press("Escape")
    assert person.page is page


def test_a_section_can_be_left_out(person: Person, page: CohortPage) -> None:
    preview = previewed(person)
    preview.options.sections.boxes["methods"].click()
    wanted = preview.options.wanted()
    assert wanted is not None
    assert (wanted.kind, wanted.without) == ("cohort", frozenset({"methods"}))
    person.qtbot.waitUntil(lambda: preview._shown == wanted)


def test_the_tables_go_into_a_folder_that_is_asked_for(
    person: Person, page: CohortPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tables"
    chosen = ["", str(folder), str(folder)]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: chosen.pop(0))
    person.press("Ctrl+E")
    assert not page.strip.running
    page.output.export_button.click()
    person.qtbot.waitUntil(lambda: str(folder) in page.strip.said.text())
    assert (folder / "times.csv").exists()
    assert went_out(clinic_of(person)) == [{"what": "cohort tables", "to": "file"}]
    person.press("Ctrl+E")
    person.qtbot.waitUntil(lambda: "is not empty" in page.strip.said.text())


def test_paper_and_files_tell_what_the_tabs_show(person: Person, page: CohortPage) -> None:
    for tab in page.analyses:
        for name, chosen in (("by", Factor.STAGE), ("which", True), ("order", Order.WORST)):
            box = getattr(tab, name, None)
            if box is not None and not isinstance(tab, SurvivalTab) and box.findData(chosen) >= 0:
                box.setCurrentIndex(box.findData(chosen))
    asked = page._asked()
    assert asked is not None
    figures = cohort_figures(*asked)
    assert figures.choices == Choices(Factor.STAGE, attributed_only=True, events=Order.WORST)
    assert len(figures.response.tables[0].columns) > 2
    assert any("attributed to the line count" in words for words in figures.safety.methods)


def test_whoever_may_only_read_prints_and_does_not_export(person: Person, page: CohortPage) -> None:
    allowed.confine(person.window, {what for what in May if Role.READER.may(what)})
    assert page.output.print_button.isVisible()
    assert not page.output.export_button.isVisible()
