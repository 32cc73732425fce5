"""The cohort page: read, counted, narrowed, and from each figure to its patients and back."""

import datetime as dt
import uuid
from collections.abc import Iterator
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from models.cohort.question import Outcome
from models.diagnosis import Disease
from models.store.clinic import Clinic
from tests.models import builders as a
from tests.ui.person import Person
from tests.ui.samples import TODAY
from ui.cohort_page import CohortPage
from ui.cohort_people import PeopleList, Reason
from ui.survival_tab import SurvivalTab

ANNA, BERTA = uuid.UUID(int=71), uuid.UUID(int=72)


@pytest.fixture
def page(person: Person) -> CohortPage:
    """With the published case and two who have mycosis fungoides, one of them treated."""
    person.sign_in()
    clinic = clinic_of(person)
    mycosis = {"disease": "mycosis fungoides", "date": "2015-03-01"}
    for key, name in ((ANNA, "Abel"), (BERTA, "Berg")):
        clinic.save(a.patient(id=key, mrn=name, family_name=name))
        clinic.save(a.diagnosis(patient=key, **mycosis))
    clinic.save(a.line("2016-01-01", drug="bexarotene", patient=ANNA))
    return opened(person)


def clinic_of(person: Person) -> Clinic:
    assert person.window.clinic is not None
    return person.window.clinic


def opened(person: Person) -> CohortPage:
    person.press("Ctrl+3")
    page = person.page
    assert isinstance(page, CohortPage)
    person.qtbot.waitUntil(lambda: not page.strip.running and page.selection is not None)
    return page


def names(view: PeopleList) -> list[str]:
    return [str(view.people.index(at, 0).data()) for at in range(view.people.rowCount())]


def narrowed(person: Person, page: CohortPage, count: str) -> None:
    person.qtbot.waitUntil(lambda: page.people.count.text() == count)


def test_those_in_and_those_left_out_with_the_reason_are_listed(
    person: Person, page: CohortPage
) -> None:
    assert page.people.count.text() == "3 patients; 0 left out"
    assert names(page.people.inside) == ["Abel, Karl", "Berg, Karl", "Rossi, Anna"]
    page.population.diseases.boxes[Disease.MYCOSIS_FUNGOIDES].click()
    narrowed(person, page, "2 patients; 1 left out")
    page.population.count_from_lines()
    narrowed(person, page, "1 line of 1 patient; 2 left out")
    left_out = page.people.left_out
    assert names(left_out) == ["▸ Sézary syndrome", "▸ no treatment line"]
    page.people.tabs.setCurrentIndex(1)
    left_out.setFocus()
    person.press("Down", "Return")
    assert names(left_out) == ["▾ Sézary syndrome", "Rossi, Anna", "▸ no treatment line"]
    assert isinstance(left_out.people.rows[0], Reason)
    person.press("Down", "Return")
    assert person.page is person.patient
    assert person.history.patient.family_name == "Rossi"


def test_behind_a_figure_and_back_from_a_patient_the_cohort_is_as_it_was(
    person: Person, page: CohortPage
) -> None:
    page.population.count_from_lines()
    narrowed(person, page, "2 lines of 2 patients; 1 left out")
    page.analyses[0].who_asked.emit("Complete response · n: 1", (ANNA,))
    assert page.people.about.text() == "Complete response · n: 1\n1 patient"
    assert names(page.people.behind) == ["Abel, Karl"]
    view = page.people.behind
    place = view.visualRect(view.people.index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert person.history.patient.id == ANNA
    person.press("Alt+Left")
    assert person.page is page
    person.qtbot.waitUntil(lambda: not page.strip.running)
    assert names(page.people.behind) == ["Abel, Karl"]
    assert page.people.behind.hasFocus()
    person.press("Escape")
    assert page.people.tabs.currentWidget() is page.people.inside
    assert page.people.count.text() == "2 lines of 2 patients; 1 left out"
    page.people.show_behind("Complete response", (ANNA,))
    page.analyses[0].changed()
    assert page.people.tabs.currentWidget() is page.people.inside


def test_what_is_saved_and_undone_meanwhile_is_told_at_once(
    person: Person, page: CohortPage
) -> None:
    page.population.count_from_lines()
    narrowed(person, page, "2 lines of 2 patients; 1 left out")
    clinic_of(person).save(a.line("2017-01-01", drug="vorinostat", patient=BERTA))
    opened(person)
    narrowed(person, page, "3 lines of 3 patients; 0 left out")
    assert "vorinostat" in page.population.treatments.boxes
    page.people.inside.setFocus()
    person.press("Ctrl+Z")
    assert person.page is page
    narrowed(person, page, "2 lines of 2 patients; 1 left out")


def test_as_of_an_earlier_day_and_of_no_day(person: Person, page: CohortPage) -> None:
    page.as_of.setFocus()
    person.write("2014")
    person.press("Return")
    narrowed(person, page, "1 patient; 2 left out")
    assert page.selection is not None
    assert page.selection.today == dt.date(2014, 12, 31)
    person.press("Ctrl+A")
    person.write("never")
    person.press("Return")
    assert page.as_of_problem.text()
    assert page.people.count.text() == "1 patient; 2 left out"
    person.press("Ctrl+A")
    person.write("2030")
    person.press("Return")
    assert page.as_of_problem.text() == "Told as of today, 30 Apr 2020: records end there."
    narrowed(person, page, "3 patients; 0 left out")
    assert page.selection.today == TODAY


def test_all_five_are_there_and_the_question_is_that_of_survival(
    person: Person, page: CohortPage
) -> None:
    titles = [page.tabs.tabText(at) for at in range(page.tabs.count())]
    assert titles == ["Survival", "Response", "Swimmer", "Safety", "Practice"]
    survival = page.analyses[0]
    assert isinstance(survival, SurvivalTab)
    survival.endpoint.setCurrentIndex(survival.endpoint.findData(Outcome.PFS))
    assert page.question().endpoint is Outcome.PFS
    for at, tab in enumerate(page.analyses):
        page.tabs.setCurrentIndex(at)
        told: list[object] = []
        tab._latest.done.connect(told.append)
        page.population.count_from_lines()
        tab.changed()
        person.qtbot.waitUntil(lambda told=told: bool(told))


def test_the_way_to_the_origin_comes_after_the_choices_and_before_the_chart(
    person: Person, page: CohortPage
) -> None:
    for tab, last in zip(page.analyses, ("delayed_entry", "by", "more", "order"), strict=False):
        order = [getattr(tab, each) for each in (last, "origin_button", "chart")]
        assert [each for each in reached_from(tab) if each in order] == order


def reached_from(start: QWidget) -> Iterator[QWidget]:
    """By Tab, all around the window."""
    at = start.nextInFocusChain()
    while at is not None and at is not start:
        yield at
        at = at.nextInFocusChain()


def test_reading_can_be_stopped_and_begun_again(person: Person) -> None:
    person.sign_in()
    gate, passed = Event(), list[object]()
    person.window.own.reader.run(partial(gate.wait, 30), passed.append, passed.append)
    person.press("Ctrl+3")
    page = person.page
    assert isinstance(page, CohortPage)
    page.strip.cancel()
    gate.set()
    person.qtbot.waitUntil(lambda: not page.strip.running)
    assert passed == [True]
    assert page.selection is None
    assert page.again_button.isVisible()
    page.again_button.click()
    person.qtbot.waitUntil(lambda: page.selection is not None)
    assert page.again_button.isHidden()


def test_a_lock_forgets_everybody_and_widths_alone_are_remembered(
    person: Person, page: CohortPage
) -> None:
    page.people.inside.setFocus()
    person.press("End", "Ctrl+C")
    assert "Rossi" in QApplication.clipboard().text()
    page.panes.splitterMoved.emit(0, 1)
    kept = str(QSettings().value("cohort_widths"))
    assert [int(each) for each in kept.split()] == page.panes.sizes()
    person.window.lock()
    person.qtbot.waitUntil(lambda: person.window.locking.being_closed is None)
    assert "cohort" not in person.window.pages
    told = {QSettings().value(key) for key in QSettings().allKeys()}
    assert not any("Rossi" in str(each) for each in told)
    assert "Rossi" not in QApplication.clipboard().text()
