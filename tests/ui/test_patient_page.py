"""A patient's page, the way a trial nurse works in it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMenu,
    QTableView,
    QTabWidget,
)
from pytestqt.qtbot import QtBot

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import revised
from models.biopsy import Biopsy
from models.diagnosis import Diagnosis
from models.lanes import LaneKey
from models.practice import LateDose
from models.records import PATIENT_RECORDS
from models.store.clinic import Clinic
from models.treatment import Cycle, Infusion
from models.visit import Visit
from tests.conftest import PASSWORD, USER
from tests.ui.person import Person, answers, rows, spots
from ui.explained import Explained
from ui.main_window import SMALLEST
from ui.patient_page import PatientPage
from ui.questions import Leaving
from ui.record_tab import RecordTab


@pytest.fixture
def page(person: Person) -> PatientPage:
    return person.open_case()


def drawn(page: PatientPage) -> list[object]:
    return [spot.record for spot in spots(page.timeline)]


def newest_change(page: PatientPage) -> list[str]:
    page.tabs.setCurrentWidget(page.changes)
    model = page.changes.view.model()
    return [str(model.index(0, column).data()) for column in range(model.columnCount())]


def add_a_visit(person: Person) -> Visit:
    person.add(Visit)
    person.write("-3", "tel", "done")
    person.press("Ctrl+Return")
    return person.one(Visit)


def test_every_kind_of_record_has_a_tab_with_a_form(person: Person, page: PatientPage) -> None:
    for kind in PATIENT_RECORDS:
        tab = page.record_tabs[kind]
        if kind is Attachment:
            tab.ask_files = list
        assert person.add(kind) is tab
        assert tab.isVisible(), kind
        if kind is Attachment:
            continue
        assert tab.form.isVisible(), kind
        assert tab.form.isAncestorOf(person.focus), kind
        person.press("Escape")
        assert not tab.form.isVisible(), kind
        assert tab.list.view.hasFocus(), kind
        person.press("Ctrl+N")
        assert tab.form.isVisible(), kind
        person.press("Escape")


def test_a_visit_is_added(person: Person, page: PatientPage) -> None:
    before = page.record_tabs[Visit].list.sorted.rowCount()
    visit = add_a_visit(person)
    assert (visit.date.isoformat(), visit.kind, visit.status) == ("2020-04-27", "telephone", "done")
    assert person.told.startswith("Saved ")
    assert len(rows(person.tab(Visit))) == before + 1
    assert visit.id in drawn(page)
    assert page.timeline.current == visit.id
    when, who, did, what, values, _why = newest_change(page)
    assert (who, did, what) == ("anna", "Created", "Visit")
    assert when
    assert "Telephone" in values or "telephone" in values


def test_a_visit_is_corrected(person: Person, page: PatientPage) -> None:
    visit = add_a_visit(person)
    person.fill(person.tab(Visit).form, ecog="1")
    person.press("Ctrl+Return")
    corrected = person.history.by_id[visit.id]
    assert isinstance(corrected, Visit)
    assert (corrected.ecog, corrected.version) == (1, 2)
    assert newest_change(page)[4] == "ECOG: empty → 1"


def test_a_visit_is_removed_with_a_reason(person: Person, page: PatientPage) -> None:
    visit = add_a_visit(person)
    tab = person.tab(Visit)
    tab.ask_why = lambda: "entered twice"  # type: ignore[method-assign]
    tab.list.view.setFocus()
    person.press("Del")
    assert visit.id not in [record.id for record in rows(tab)]
    assert visit.id not in drawn(page)
    changed = newest_change(page)
    assert (changed[2], changed[5]) == ("Removed", "entered twice")


def test_a_cycle_and_its_infusion(person: Person, page: PatientPage) -> None:
    person.add(Cycle)
    form = person.tab(Cycle).form
    person.pick(form, "treatment_line", "mogamulizumab")
    person.fill(form, number="31", day_1="6 11 17", weight_kg="71")
    person.press("Ctrl+Return")
    cycle = person.one(Cycle)
    assert (cycle.number, cycle.weight_kg) == (31, 71)
    person.add(Infusion)
    form = person.tab(Infusion).form
    person.pick(form, "cycle", "cycle 31")
    person.fill(form, day="1", status="giv", given_on="6 11 17", dose_mg="71")
    person.press("Ctrl+Return")
    infusion = person.one(Infusion)
    assert (infusion.cycle, infusion.dose_mg) == (cycle.id, 71)
    assert infusion.id in drawn(page)


def told_below(tab: RecordTab) -> str:
    """What was worked out from what stands in the form."""
    found = tab.findChild(Explained)
    assert isinstance(found, Explained)
    return found.result.text()


@pytest.mark.parametrize("rule", LateDose)
def test_a_late_infusion_is_as_late_when_it_is_opened_again(
    person: Person, page: PatientPage, case_folder: Path, rule: LateDose
) -> None:
    with Clinic.open(case_folder, USER, PASSWORD) as elsewhere:
        elsewhere.save(revised(elsewhere.practice(), late_dose=rule))
    person.add(Cycle)
    person.pick(person.tab(Cycle).form, "treatment_line", "mogamulizumab")
    person.fill(person.tab(Cycle).form, number="31", day_1="6 11 17", weight_kg="70")
    person.press("Ctrl+Return")
    person.add(Infusion)
    tab = person.tab(Infusion)
    person.pick(tab.form, "cycle", "cycle 31")
    person.fill(tab.form, day="1", status="giv", given_on="10 11 17", dose_mg="84")
    late = (
        f"Planned for 6 Nov 2017; 70 mg at 70 kg; 4 days late, outside the window: {rule}; "
        "20 % above the planned dose. (EU SmPC; US PI 2018)"
    )
    assert told_below(tab) == late
    person.press("Ctrl+Return")
    assert told_below(tab) == late
    saved = person.one(Infusion).id
    tab.list.view.setFocus()
    there = [record.id for record in rows(tab)].index(saved)
    away, back = ("Up", "Down") if there else ("Down", "Up")
    person.press(away)
    person.qtbot.waitUntil(lambda: tab.form.record_id != saved)
    assert told_below(tab) != late
    person.press(back)
    person.qtbot.waitUntil(lambda: tab.form.record_id == saved)
    assert told_below(tab) == late


def test_a_biopsy_awaits_its_result_and_gets_it(person: Person, page: PatientPage) -> None:
    person.add(Biopsy)
    form = person.tab(Biopsy).form
    person.fill(form, date="-10", kind="punch", body_site="left cheek", indication="rash")
    person.press("Ctrl+Return")
    biopsy, view = person.one(Biopsy), page.timeline
    (awaited,) = [view.words_of(spot) for spot in spots(view) if spot.record == biopsy.id]
    person.fill(form, conclusion="drug", result_on="-1")
    person.press("Ctrl+Return")
    (read,) = [view.words_of(spot) for spot in spots(view) if spot.record == biopsy.id]
    assert "await" in awaited
    assert "await" not in read
    assert "drug-related" in read


def test_a_wrong_field_gets_the_focus(person: Person, page: PatientPage) -> None:
    person.add(AdverseEvent)
    person.write("itchy rash")
    person.press("Ctrl+Return")
    form = person.tab(AdverseEvent).form
    wrong = [name for name, editor in form.editors.items() if editor.problem]
    assert wrong
    assert form.editors[wrong[0]].isAncestorOf(person.focus)
    answers(person.tab(AdverseEvent), Leaving.DISCARD)


def test_what_is_typed_survives_a_look_at_another_tab(person: Person, page: PatientPage) -> None:
    person.add(Diagnosis)
    person.write("2011")
    asked = answers(person.tab(Diagnosis), Leaving.DISCARD)
    person.add(Visit)
    person.press("Escape")
    page.tabs.setCurrentIndex(0)
    assert not asked
    assert person.tab(Diagnosis).form.isVisible()
    assert person.tab(Diagnosis).form.is_dirty()
    person.tab(Diagnosis).form.focus_first()
    person.press("Escape")
    assert len(asked) == 1


def test_personal_details_are_corrected(person: Person, page: PatientPage) -> None:
    form = page.details.form
    group = page.tabs.currentWidget()
    assert isinstance(group, QTabWidget)
    group.setCurrentWidget(page.details)
    person.fill(form, phone="555 0100")
    asked = answers(page.details, Leaving.KEEP_EDITING)
    person.press("Alt+Left")
    assert (len(asked), person.page) == (1, page)
    person.press("Ctrl+Return")
    assert person.history.patient.phone == "555 0100"
    assert newest_change(page)[4] == "Telephone: empty → 555 0100"


def test_ctrl_n_without_a_table_offers_every_kind(person: Person, page: PatientPage) -> None:
    person.press("Ctrl+N")
    menu = person.focus
    assert isinstance(menu, QMenu)
    assert {action.data() for action in menu.actions()} == set(PATIENT_RECORDS)
    person.press("Return")
    assert person.tab(Diagnosis).form.isVisible()


def test_the_tab_key_goes_down_the_page(person: Person, page: PatientPage) -> None:
    group = page.tabs.currentWidget()
    assert isinstance(group, QTabWidget)
    seen = [person.focus]
    while len(seen) < 40 and (len(seen) < 2 or not page.timeline.hasFocus()):
        person.press("Tab")
        seen.append(person.focus)
    assert page.timeline.hasFocus()
    inside = [page.tabs.tabBar(), group.tabBar(), page.figures]
    found = seen.index(inside[0])
    around = (page.timeline, person.window.menuBar(), person.window.statusBar())
    assert all(any(part.isAncestorOf(each) for part in around) for each in seen[1:found])
    assert seen[found : found + 3] == inside
    assert all(page.header.isAncestorOf(each) for each in seen[found + 3 : -1])


def test_the_history_is_no_trap_for_the_tab_key(person: Person, page: PatientPage) -> None:
    page.tabs.setCurrentWidget(page.changes)
    page.changes.view.setFocus()
    person.press("Tab")
    assert not page.changes.view.hasFocus()


def test_a_mark_is_stepped_to_and_enter_leads_to_its_form(
    person: Person, page: PatientPage
) -> None:
    person.press("Right")
    chosen = page.timeline.current
    assert page.timeline.hasFocus()
    assert chosen is not None
    tab = person.tab(type(person.history.by_id[chosen]))
    assert tab.isVisible()
    assert tab.form.record is not None
    assert tab.form.record.id == chosen
    person.press("Return")
    assert tab.form.isAncestorOf(person.focus)


def test_a_row_of_the_table_is_ringed_in_the_timeline(
    person: Person, page: PatientPage, qtbot: QtBot
) -> None:
    person.add(Visit)
    person.press("Escape", "Home", "Down")
    view: QTableView = person.tab(Visit).list.view
    assert view.hasFocus()
    qtbot.waitUntil(lambda: page.timeline.current is not None)
    assert page.timeline.current in [record.id for record in rows(person.tab(Visit))]


def test_stepping_on_does_not_lose_what_is_typed(person: Person, page: PatientPage) -> None:
    tab = person.tab(Visit)
    for _lane in LaneKey:
        if not tab.isVisible():
            person.press("Down")
    assert tab.isVisible()
    first = page.timeline.current
    person.fill(tab.form, ecog="3")
    asked = answers(tab, Leaving.KEEP_EDITING)
    page.timeline.setFocus()
    person.press("Left")
    assert len(asked) == 1
    assert page.timeline.current == first
    assert tab.form.values()["ecog"] == 3
    answers(tab, Leaving.DISCARD)


def test_a_form_gets_the_room_until_it_is_closed(person: Person, page: PatientPage) -> None:
    whole, tab = page.timeline.height(), person.tab(Visit)

    def settles(small: bool) -> None:
        person.qtbot.waitUntil(lambda: (page.timeline.height() < 0.5 * whole) is small)
        assert small or page.timeline.height() == whole

    page.timeline.chosen.emit(rows(tab)[0].id)
    QApplication.processEvents()
    assert page.timeline.height() == whole, "nothing moves under the marks"
    tab.list.view.setFocus()
    person.press("Down")
    settles(small=True)
    person.press("Escape")
    settles(small=False)
    person.add(Visit)
    settles(small=True)
    assert tab.form.height() > 200
    visits = page.tabs.currentIndex()
    page.tabs.setCurrentIndex(0)
    settles(small=False)
    page.tabs.setCurrentWidget(page.changes)
    settles(small=True)
    page.tabs.setCurrentIndex(visits)
    settles(small=True)
    tab.form.focus_first()
    person.press("Escape")
    settles(small=False)


def test_the_place_given_to_the_timeline_by_hand_stays(person: Person, page: PatientPage) -> None:
    page._height.moveSplitter(240, 1)
    given = page.timeline.height()
    person.add(Visit)
    assert page.timeline.height() == given
    person.press("Escape")
    assert page.timeline.height() == given


def test_a_lane_is_double_clicked_for_a_record_of_that_day(
    person: Person, page: PatientPage
) -> None:
    view = page.timeline
    assert view.chart is not None
    (band,) = [each for each in view.chart.bands if each.lane.kind is AdverseEvent]
    view.verticalScrollBar().setValue(round(band.top))
    y = round(view._origin().y() + (band.top + band.bottom) / 2)
    place = QPoint(view.viewport().width() // 3, y)
    day = view.day_at(QPointF(place))
    assert day is not None
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    tab = person.tab(AdverseEvent)
    assert tab.isVisible()
    assert (str(tab.form.values()["onset"]), tab.form.is_dirty()) == (day.isoformat(), False)


def test_header_and_figures_say_where_things_stand(person: Person, page: PatientPage) -> None:
    words = " ".join(label.text() for label in page.header.findChildren(QLabel))
    assert "Rossi, Anna" in words
    assert "Complete response since 25 Apr 2016" in words
    assert page.figures.isVisible()
    figures = page.figures.toPlainText()
    assert "IVA1" in figures


def test_every_button_can_be_spoken(page: PatientPage) -> None:
    for kind in page.tabs.kinds:
        assert page.record_tabs[kind]
    buttons = [each for each in page.findChildren(QAbstractButton) if each.focusPolicy()]
    assert len(buttons) > 50
    assert [each for each in buttons if not (each.text() or each.accessibleName())] == []


def test_a_tab_that_was_never_open_comes_in_reading_order(
    person: Person, page: PatientPage
) -> None:
    """It is made when it is first seen, after all that stands around it."""
    page.tabs.setCurrentIndex(page.tabs.count() - 2)  # the files, in no group of tabs
    tab = page.record_tabs[Attachment]
    page.tabs.tabBar().setFocus()
    person.press("Tab")
    assert person.focus is tab.list.add_button
    person.press("Shift+Tab")
    assert person.focus is page.tabs.tabBar()


def test_a_patient_opens_at_the_top_and_with_the_first_tab(
    person: Person, page: PatientPage
) -> None:
    person.window.resize(*SMALLEST)
    QApplication.processEvents()
    scroll_bar = page.timeline.verticalScrollBar()
    scroll_bar.setValue(scroll_bar.maximum())
    assert scroll_bar.value()
    page.tabs.bring_kind_forward(Diagnosis)
    assert page.place() != (0, 0)
    person.window.open_patient(person.history.patient.id)
    assert (scroll_bar.value(), page.place()) == (0, (0, 0))
