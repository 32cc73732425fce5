"""The page of today, by keys and clicks: what is due, doing it, putting it off, printing it."""

import datetime as dt
import uuid
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.adverse_event import AdverseEvent
from models.base import ClinicError, PatientRecord, Record, build
from models.biopsy import Biopsy
from models.snooze import Snooze
from models.store.clinic import Clinic
from models.visit import Visit
from models.worklist import draw_up
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.ui.person import Person, answers
from ui.main_window import MainWindow
from ui.questions import Leaving
from ui.today_page import TodayPage
from ui.today_table import Heading

DUE = ("Abel", "Berg", "Conti", "Dorn")
DECLARED = ("patient", "kind", "about", "due_on", "until", "reason")


def someone(name: str, *records: PatientRecord) -> list[Record]:
    patient = a.patient(id=uuid.uuid4(), mrn=f"M-{name}", family_name=name)
    known = (a.diagnosis("2019-12-02"), a.staging(date="2019-12-02"), *records)
    owned = [build(type(each), each.model_dump() | {"patient": patient.id}) for each in known]
    return [patient, *owned]


@pytest.fixture
def case_folder(case_folder: Path) -> Path:
    """The clinic with four more patients, of each of whom one thing is due."""
    with Clinic.open(case_folder, USER, PASSWORD) as clinic:
        clinic.save_all(
            [
                *someone("Abel", a.moga("2020-05-04")),
                *someone("Berg", a.visit("2020-04-18", "planned")),
                *someone("Conti", a.biopsy("2020-04-20")),
                *someone("Dorn", a.event("2020-04-06")),
            ]
        )
    return case_folder


@pytest.fixture
def page(person: Person) -> TodayPage:
    person.arrive()
    return person.window.today_page


def rows(page: TodayPage) -> list[str]:
    """Headings, and below them who is listed."""
    return [
        row.words if isinstance(row, Heading) else row.patient.name.partition(",")[0]
        for row in page.table.rows
    ]


def chosen(page: TodayPage) -> str:
    row = page.view.row
    assert row is not None
    return row.words if isinstance(row, Heading) else row.patient.name.partition(",")[0]


def go_to(person: Person, name: str) -> None:
    person.press("Home", *["Down"] * DUE.index(name))
    assert chosen(person.window.today_page) == name


def put_off(person: Person, name: str, until: str = "+14", reason: str = "on holiday") -> None:
    go_to(person, name)
    person.press("S")
    person.write(until, reason)
    person.press("Return")


def test_it_is_the_first_page_and_the_keyboard_is_in_the_list(
    page: TodayPage, person: Person
) -> None:
    assert person.page is page
    assert page.view.hasFocus()
    assert rows(page) == [
        *("Infusions due (1)", "Abel"),
        *("Overdue (1)", "Berg"),
        *("Biopsy results awaited (1)", "Conti"),
        *("Open adverse events (grade ≥ 2) (1)", "Dorn"),
    ]
    assert page.date.text() == "Thursday 30 April 2020"
    assert page.count.text() == "4 due within 7 days, 1 of them past its day."
    cells = [page.table.index(3, column).data() for column in range(page.table.columnCount())]
    assert cells == [
        *("Berg, Karl", "69", "M-Berg", "Follow-up visit"),
        *("Sat 18 Apr 2020 · 12 days overdue", "Planned"),
    ]


def test_the_keyboard_steps_over_headings(page: TodayPage, person: Person) -> None:
    seen = [chosen(page)]
    for _step in range(4):
        person.press("Down")
        seen.append(chosen(page))
    assert seen == [*DUE, DUE[-1]]
    for key, name in (("Up", "Conti"), ("Home", "Abel"), ("Up", "Abel"), ("PgDown", "Dorn")):
        person.press(key)
        assert chosen(page) == name


@pytest.mark.parametrize(
    ("name", "kind", "focus", "filled"),
    [
        ("Berg", Visit, "status", ("date", "2020-04-18")),
        ("Conti", Biopsy, "conclusion", ("result_on", "2020-04-30")),
        ("Dorn", AdverseEvent, "grades", ("onset", "2020-04-06")),
    ],
)
def test_enter_opens_the_form_and_the_way_back_leads_to_the_same_row(
    person: Person, name: str, kind: type[PatientRecord], focus: str, filled: tuple[str, str]
) -> None:
    person.arrive()
    page = person.window.today_page
    go_to(person, name)
    person.press("Return")
    assert person.page is person.patient
    form = person.patient.record_tabs[kind].form
    assert form.isVisible()
    assert form.editors[focus].isAncestorOf(person.focus)
    field, value = filled
    assert str(form.values()[field]) == value
    answers(person.patient.record_tabs[kind], Leaving.DISCARD)
    person.press("Alt+Left")
    assert page.isVisible()
    person.qtbot.waitUntil(page.view.hasFocus)
    assert chosen(page) == name


def test_an_infusion_opens_the_treatment_day(page: TodayPage, person: Person) -> None:
    person.press("Return")
    assert person.page is person.patient
    assert person.patient.treatment_day.isVisible()
    assert person.patient.treatment_day.isAncestorOf(person.focus)


def test_what_is_done_is_gone_from_the_list(page: TodayPage, person: Person, qtbot: QtBot) -> None:
    go_to(person, "Berg")
    person.press("Return")
    person.pick(person.tab(Visit).form, "status", "Done")
    person.press("Ctrl+Return", "Alt+Left")
    qtbot.waitUntil(lambda: "Berg" not in rows(page))
    assert chosen(page) == "Conti"


def test_put_off_and_taken_up_again_by_keyboard(
    page: TodayPage, person: Person, window: MainWindow
) -> None:
    put_off(person, "Berg")
    assert person.told == "Put off until 14 May 2020"
    assert page.view.hasFocus()
    assert rows(page)[-1] == "Put off (1)"
    assert "Berg" not in rows(page)
    expected = "3 due within 7 days. 1 put off, 1 of them past its day."
    assert page.count.text() == expected
    assert window.clinic is not None
    (patient,) = window.clinic.find("Berg")
    (kept,) = window.clinic.history(patient.id).of(Snooze)
    assert (kept.kind.value, kept.reason) == ("visit", "on holiday")
    assert (kept.due_on, kept.until) == (dt.date(2020, 4, 18), dt.date(2020, 5, 14))
    person.press("End", "Right")
    assert chosen(page) == "Berg"
    assert f"Put off until 14 May 2020 by {USER}: on holiday." in page.details.why.text()
    person.press("U")
    assert page.count.text() == "4 due within 7 days, 1 of them past its day."
    assert chosen(page) == "Berg"
    assert window.clinic.history(patient.id).of(Snooze) == ()
    assert next(iter(window.clinic.changes(patient.id))).reason == "taken up again"


def put_off_twice(person: Person) -> uuid.UUID:
    """By this user, and by another one at the same time."""
    put_off(person, "Berg")
    clinic = person.window.clinic
    assert clinic is not None
    (patient,) = clinic.find("Berg")
    (kept,) = clinic.history(patient.id).of(Snooze)
    other = {"id": uuid.uuid4(), "until": "2020-05-08"}
    clinic.save(build(Snooze, kept.model_dump(include={*DECLARED}) | other))
    person.press("Ctrl+2", "Ctrl+1")
    person.qtbot.waitUntil(lambda: len(put_off_items(person)) == 2)
    person.press("End", "Right")
    return patient.id


def put_off_items(person: Person) -> tuple[Snooze, ...]:
    worklist = person.window.today_page.worklist
    return worklist.put_off[0].snoozes if worklist and worklist.put_off else ()


def test_taken_up_from_all_that_put_it_off(page: TodayPage, person: Person) -> None:
    patient = put_off_twice(person)
    assert chosen(page) == "Berg"
    person.press("U")
    clinic = person.window.clinic
    assert clinic is not None
    assert clinic.history(patient).of(Snooze) == ()
    assert page.count.text() == "4 due within 7 days, 1 of them past its day."


def test_where_it_cannot_be_taken_up_the_list_is_worked_out_again(
    page: TodayPage, person: Person, told: list[ClinicError]
) -> None:
    put_off_twice(person)
    clinic = person.window.clinic
    assert clinic is not None
    for each in put_off_items(person):
        clinic.remove(each, "taken up elsewhere")
    person.press("U")
    assert len(told) == 1
    person.qtbot.waitUntil(lambda: rows(page)[3:4] == ["Berg"])


def test_a_suggested_reason_is_one_click(page: TodayPage, person: Person) -> None:
    person.click("Put off…")
    person.click("not reached")
    assert page.panel.reason.value() == "not reached"
    assert page.panel.reason.isAncestorOf(person.focus)
    person.press("Return")
    assert person.told == "Put off until 11 May 2020"


@pytest.mark.parametrize(
    ("until", "reason", "problem"),
    [
        ("today", "on holiday", "Give a day after today."),
        ("x", "on holiday", "Type a date as"),
        ("+3", "", "This is needed."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    page: TodayPage, person: Person, until: str, reason: str, problem: str
) -> None:
    put_off(person, "Berg", until, reason)
    assert page.panel.isVisible()
    wrong, right = page.panel.until, page.panel.reason
    if not reason:
        wrong, right = right, wrong
    assert wrong.problem.startswith(problem)
    assert wrong.isAncestorOf(person.focus)
    assert right.problem == ""
    assert "Berg" in rows(page)


def test_a_reason_that_is_half_typed_is_not_lost(page: TodayPage, person: Person) -> None:
    person.press("S")
    person.press("Escape")
    assert not page.panel.isVisible()
    assert page.view.hasFocus()
    person.press("S")
    person.write("+14", "away")
    asked = answers(page.panel, Leaving.KEEP_EDITING)
    ways = ("Ctrl+2", "Ctrl+Shift+N", "Ctrl+R", "Escape")
    for number, keys in enumerate(ways, 1):
        person.press(keys)
        assert (len(asked), person.page) == (number, page), keys
    page.look_ahead.choose(14)
    assert page.panel.isVisible()
    assert page.panel.reason.value() == "away"
    answers(page.panel, Leaving.SAVE)
    person.press("Escape")
    assert "Abel" not in rows(page)


def test_groups_are_folded_and_opened_by_keyboard_and_mouse(
    page: TodayPage, person: Person
) -> None:
    go_to(person, "Berg")
    person.press("Left")
    assert chosen(page) == "Overdue (1)"
    assert "Berg" not in rows(page)
    person.press("Down")
    assert chosen(page) == "Conti"
    person.press("Up", "Return")
    assert chosen(page) == "Berg"
    heading = page.view.visualRect(page.table.index(2, 0)).center()
    for expected in (False, True):
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=heading)
        assert ("Berg" in rows(page)) is expected


def test_how_far_to_look_ahead_is_remembered(page: TodayPage, person: Person) -> None:
    page.look_ahead.choose(0)
    assert rows(page) == ["Overdue (1)", "Berg"]
    assert page.count.text() == "1 due today, 1 of them past its day."
    assert TodayPage(lambda: dt.date(2020, 4, 30), print, print, page).look_ahead.days == 0


def test_the_list_is_narrowed_by_name(page: TodayPage, person: Person) -> None:
    person.press("F")
    assert page.search.hasFocus()
    person.write("ber kar")
    assert rows(page) == ["Overdue (1)", "Berg"]
    person.press("Down")
    assert page.view.hasFocus()
    person.press("F")
    person.write("xx")
    assert page.notice.isVisible()
    person.click("Show everything that is due")
    assert len(rows(page)) == 8
    assert page.view.hasFocus()


def test_the_rule_behind_it_is_one_click_away(
    page: TodayPage, person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    go_to(person, "Conti")
    assert page.details.why.text() == "Result awaited; expected within 14 days."
    person.click("Rule: Biopsy result awaited")
    assert window.own.rules.isVisible()
    assert window.own.rules.view.currentIndex().data() == "Biopsy result awaited"
    person.press("Escape")
    assert person.page is page


def test_the_list_is_previewed_as_it_is_shown(
    page: TodayPage, person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    person.press("Ctrl+P")
    assert window.preview.isVisible()
    qtbot.waitUntil(window.preview.print_button.hasFocus, timeout=20_000)
    text = window.preview.pages.pdf.getAllText(0).text()
    assert "4 due within 7 days, 1 of them past its day." in text
    assert "Berg, Karl" in text
    person.press("Escape")
    assert person.page is page


def test_a_new_patient_who_is_cancelled_leads_back_to_today(
    page: TodayPage, person: Person
) -> None:
    person.press("Ctrl+Shift+N", "Escape")
    assert page.isVisible()
    person.press("Ctrl+2")
    assert person.window.patients.isVisible()
    person.press("Ctrl+1")
    assert page.isVisible()


def test_what_cannot_be_read_is_said_and_tried_again(
    page: TodayPage, person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    page.tell(ClinicError("It cannot be read.", "Nothing is lost.", "Try again."))
    assert "It cannot be read." in page.notice.text.text()
    person.click("Try again")
    qtbot.waitUntil(page.view.isVisible)
    assert page.count.text().startswith("4 due")


def test_how_far_a_large_clinic_is_looked_through_is_said_until_there_is_a_list(
    page: TodayPage,
) -> None:
    page.tell_how_far(250, 5002)
    assert page.view.isVisible()
    page.tell(ClinicError("It cannot be read.", "Nothing is lost.", "Try again."))
    page.tell_how_far(250, 5002)
    assert page.notice.text.text() == "Working out what is due … 250 of 5002 patients"
    assert page.notice.button.isHidden()


def drawn_up(page: TodayPage, clinic: Clinic) -> None:
    page.set_worklist(draw_up(clinic.histories(), dt.date(2020, 4, 30), 28))


def test_an_empty_day_and_an_empty_clinic_say_what_to_do(
    page: TodayPage, person: Person, window: MainWindow, tmp_path: Path
) -> None:
    assert window.clinic is not None
    empty, _key = Clinic.create(tmp_path / "empty", name="New", user=USER, password=PASSWORD)
    with empty:
        drawn_up(page, empty)
        assert "No patients yet." in page.notice.text.text()
        assert not page.print_button.isEnabled()
        empty.save_all(someone("Ernst", a.visit("2020-05-20", "planned")))
        drawn_up(page, empty)
    words = "Nothing is due within 7 days. Find a patient with Ctrl+K, or look further ahead."
    assert page.notice.text.text() == words
    person.click("Look 28 days ahead")
    assert rows(page) == ["Follow-up visits due (1)", "Ernst"]
    assert page.view.hasFocus()
