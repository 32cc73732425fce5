"""The table of patients: search, filter, order, opening."""

import datetime as dt
import shutil
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.adverse_event import AdverseEvent
from models.base import PatientRecord
from models.demo.case import published_case
from models.diagnosis import Diagnosis
from models.errors import ClinicError
from models.history import History
from models.patient import Patient
from models.store.clinic import Clinic
from models.store.roll import Roll
from models.summary import CareStatus, Summary
from models.treatment import TreatmentLine
from models.visit import Visit
from tests.conftest import PASSWORD, USER
from tests.ui.person import Person
from tests.ui.samples import TODAY, sample
from ui.main_window import MainWindow
from ui.patient_columns import COLUMNS, OF_PATIENT, worked_out
from ui.patients_page import PatientsPage

KNOWN: dict[uuid.UUID, Summary] = {}
LIVING = {"death_date": None, "cause_of_death": None}


def someone(number: int, family: str, given: str, *records: Any, **more: Any) -> Summary:
    patient = sample(
        Patient,
        **LIVING
        | {"id": uuid.UUID(int=number), "mrn": f"M{number:03}"}
        | {"family_name": family, "given_name": given}
        | more,
    )
    return Summary(History.of_records(patient, records), TODAY)


def running(number: int, **more: Any) -> Any:
    ended = {"end": None, "stop_reason": None, "given_here": True, "best_response_stated": None}
    line = {"patient": uuid.UUID(int=number), "regimen": ["mogamulizumab"], "start": "2020-01-06"}
    return sample(TreatmentLine, **ended | line | more)


def listed() -> list[Summary]:
    return [
        someone(1, "Łukasz-Müller", "Zoë", running(1), birth_date="1961-12-24", sex="female"),
        someone(2, "Rossi", "Anna", sample(Diagnosis, patient=uuid.UUID(int=2))),
        someone(3, "Åberg", "Åke", sample(TreatmentLine, patient=uuid.UUID(int=3))),
        someone(4, "d'Água", "Luís", running(4), lost_to_follow_up=True),
        someone(5, "Álvarez", "Ana", running(5), death_date="2019-11", lost_to_follow_up=True),
        someone(6, "rossi", "Bruno", sample(Visit, date="2020-04-01", next_visit="2020-07-14")),
    ]


@pytest.fixture
def summaries() -> list[Summary]:
    return listed()


NEWCOMERS = [someone(7, "Rossini", "Carla"), someone(8, "Aossi", "A"), someone(9, "Zossi", "Z")]


@pytest.fixture(scope="module")
def filed(_empty_clinic: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """A clinic with these patients, and some more who are not in the list yet."""
    folder = shutil.copytree(_empty_clinic, tmp_path_factory.mktemp("filed") / "clinic")
    with Clinic.open(Path(folder), USER, PASSWORD) as opened:
        opened.save_all([each.history.patient for each in (*listed(), *NEWCOMERS)])
        yield opened


@pytest.fixture
def page(qtbot: QtBot, summaries: list[Summary], filed: Clinic) -> PatientsPage:
    made = PatientsPage()
    made.matching = lambda text: filed.matching(text, TODAY)
    made.wanted.connect(lambda ids: made.tell([*map(worked_out, map(KNOWN.__getitem__, ids))]))
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    show(made, summaries)
    made.focus_search()
    return made


def roll(summaries: list[Summary]) -> Roll:
    told = ((each.history.patient, each.status) for each in summaries)
    return Roll(
        (who.id, who.name, who.mrn, who.birth_date, who.age_on(TODAY), status)
        for who, status in told
    )


def show(page: PatientsPage, summaries: list[Summary]) -> None:
    """As the window does it: who they are; then, of those that are looked at, the records."""
    KNOWN.update({each.history.patient.id: each for each in summaries})
    page.set_patients(roll(summaries))
    QApplication.processEvents()


def column(page: PatientsPage, title: str) -> list[str]:
    place = [each.title for each in COLUMNS].index(title)
    cells = [page.table.index(at, place) for at in range(page.table.rowCount())]
    if any(cell.data() == "" for cell in cells):
        QApplication.processEvents()
    return [cell.data() for cell in cells]


def numbers(page: PatientsPage) -> list[int]:
    return [int(mrn[1:]) for mrn in column(page, "MRN")]


def sort(page: PatientsPage, title: str, order: Qt.SortOrder) -> list[int]:
    page.view.sortByColumn([each.title for each in COLUMNS].index(title), order)
    QApplication.processEvents()
    return numbers(page)


def test_the_table_is_a_sound_model(page: PatientsPage, qtmodeltester: Any) -> None:
    qtmodeltester.check(page.table)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rossi", [2, 6]),
        ("ANNA ros", [2]),
        ("ros ann", [2]),
        ("muller", [1]),
        ("lukasz zoe", [1]),
        ("aberg", [3]),
        ("agua", [4]),
        ("dagua", [4]),
        ("M003", [3]),
        ("m00", [1, 2, 3, 4, 5, 6]),
        ("1961-12-24", [1]),
        ("24.12.1961", [1]),
        ("24 dec 1961", [1]),
        ("december 1961", [1]),
        ("aberk", [3]),
        ("rosis", [2, 6]),
        ("rosis ann", [2]),
        ("ossi", [2, 6]),
        ("xossii", []),
        ("rossi zoe", []),
        ("  ", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_a_patient_is_found_however_it_is_typed(
    page: PatientsPage, typed: str, found: list[int]
) -> None:
    QTest.keyClicks(page.search, typed)
    assert sorted(numbers(page)) == found


def test_every_patient_is_found_by_name_number_and_birth_date(
    page: PatientsPage, summaries: list[Summary]
) -> None:
    for summary in summaries:
        patient = summary.history.patient
        for typed in (patient.name, patient.mrn, patient.birth_date.isoformat()):
            page.search.setText(typed)
            assert int(patient.mrn[1:]) in numbers(page)


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (CareStatus.ON_TREATMENT, [1]),
        (CareStatus.FOLLOW_UP, [2, 3, 6]),
        (CareStatus.LOST, [4]),
        (CareStatus.DECEASED, [5]),
    ],
)
def test_a_status_shows_its_patients_and_how_many(
    page: PatientsPage, status: CareStatus, found: list[int]
) -> None:
    page.status.setCurrentIndex(page.status.findData(status))
    assert sorted(numbers(page)) == found
    assert page.status.currentText() == f"{status.label} ({len(found)})"
    assert page.status.itemText(0) == "All (6)"
    assert page.count.text() == f"{len(found)} of 6"


def test_search_and_status_count_together(page: PatientsPage) -> None:
    page.status.setCurrentIndex(page.status.findData(CareStatus.FOLLOW_UP))
    QTest.keyClicks(page.search, "an")
    assert numbers(page) == [2]


def test_names_sort_without_case_and_accents(page: PatientsPage) -> None:
    assert sort(page, "Name", Qt.SortOrder.AscendingOrder) == [3, 5, 4, 1, 2, 6]


def key_of(summary: Summary, place: int, everybody: Roll) -> Any:
    further = place - len(OF_PATIENT)
    if further >= 0:
        return worked_out(summary).keys[further]
    (at,) = everybody.places_of({summary.history.patient.id.bytes})
    return OF_PATIENT[place].natives(everybody)[at]


@pytest.mark.parametrize("title", [column.title for column in COLUMNS])
@pytest.mark.parametrize("order", list(Qt.SortOrder))
def test_every_column_sorts_by_its_values_and_the_empty_stand_last(
    page: PatientsPage, summaries: list[Summary], title: str, order: Qt.SortOrder
) -> None:
    place = [column.title for column in COLUMNS].index(title)
    values = {
        int(each.history.patient.mrn[1:]): key_of(each, place, page.table.everybody)
        for each in summaries
    }
    shown = [values[number] for number in sort(page, title, order)]
    known = [value for value in shown if value is not None]
    assert shown == known + [None] * (len(shown) - len(known))
    assert known == sorted(known, reverse=order is Qt.SortOrder.DescendingOrder)


def test_the_published_case_in_one_row(qtbot: QtBot, page: PatientsPage) -> None:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    kept = [record for record in records if isinstance(record, PatientRecord)]
    show(page, [Summary(History.of_records(patient, kept), TODAY)])
    assert [column(page, each.title) for each in COLUMNS] == [
        ["Rossi, Anna"],
        ["004711"],
        ["62"],
        ["Sézary syndrome"],
        ["IVA1, provisional"],
        ["Off since Oct 2017"],
        ["CR since 25 Apr 2016"],
        ["26 Oct 2020 · follow-up visit"],
        [""],
    ]


def test_open_events_are_counted_with_the_grade_of_today(page: PatientsPage) -> None:
    number = uuid.UUID(int=7)
    course = [{"date": "2020-01", "grade": 3}, {"date": "2020-03-02", "grade": 2}]
    event = {"patient": number, "treatment_line": None, "onset": "2020-01", "action": None}
    one = sample(AdverseEvent, **event, grades=course)
    other = sample(AdverseEvent, **event, grades=[{"date": "2020-01", "grade": 1}])
    show(page, [someone(7, "A", "A", one)])
    assert column(page, "Open events") == ["1, grade 2"]
    show(page, [someone(7, "A", "A", one, other)])
    assert column(page, "Open events") == ["2, up to grade 2"]


def test_running_treatment_names_the_cycle_and_lost_patients_are_said(page: PatientsPage) -> None:
    treatments = dict(zip(numbers(page), column(page, "Treatment"), strict=True))
    due = dict(zip(numbers(page), column(page, "Next due"), strict=True))
    assert treatments[1].startswith("Mogamulizumab")
    assert treatments[2] == "None yet"
    assert treatments[3] == "Off since Feb 2014"
    assert (due[4], due[5]) == ("Lost to follow-up", "Deceased")
    assert due[6] == "14 Jul 2020 · follow-up visit"


def test_down_and_enter_open_a_patient(qtbot: QtBot, page: PatientsPage) -> None:
    QTest.keyClicks(page.search, "rossi")
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.view.hasFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.opened) as opened:
        QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert opened.args == [uuid.UUID(int=6)]


def test_enter_in_the_search_opens_the_first_found(qtbot: QtBot, page: PatientsPage) -> None:
    QTest.keyClicks(page.search, "zoe")
    with qtbot.waitSignal(page.opened) as opened:
        QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert opened.args == [uuid.UUID(int=1)]


def test_nothing_found_is_said_and_cleared(qtbot: QtBot, page: PatientsPage) -> None:
    page.status.setCurrentIndex(page.status.findData(CareStatus.LOST))
    QTest.keyClicks(page.search, "zoe")
    assert page.notice.text.text() == "No patient is found by this search and status."
    assert page.notice.isVisible()
    with qtbot.assertNotEmitted(page.opened):
        QTest.keyClick(page.search, Qt.Key.Key_Return)
        QTest.keyClick(page.search, Qt.Key.Key_Down)
    page.notice.button.click()
    assert len(numbers(page)) == 6
    assert page.view.isVisible()
    assert page.search.hasFocus()


def test_without_patients_it_says_what_to_do(qtbot: QtBot, page: PatientsPage) -> None:
    show(page, [])
    assert "Press New patient" in page.notice.text.text()
    assert not page.notice.button.isVisible()
    with qtbot.waitSignal(page.new_asked):
        page.new_button.click()


def test_search_order_and_selection_outlive_new_summaries(
    page: PatientsPage, summaries: list[Summary]
) -> None:
    sort(page, "Name", Qt.SortOrder.DescendingOrder)
    QTest.keyClicks(page.search, "rossi")
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.selected == uuid.UUID(int=6)
    show(page, [*summaries, NEWCOMERS[0]])
    assert numbers(page) == [7, 6, 2]
    assert page.selected == uuid.UUID(int=6)


def test_the_age_is_that_of_today(page: PatientsPage) -> None:
    ages = dict(zip(numbers(page), column(page, "Age"), strict=True))
    assert ages[1] == "58"
    assert dt.date(2020, 4, 30) == TODAY


def test_inputs_have_names(page: PatientsPage) -> None:
    names = [each.accessibleName() for each in (page.search, page.status, page.view)]
    assert names == ["Show only patients with", "Status", "Patients"]


@pytest.mark.parametrize("order", list(Qt.SortOrder))
def test_who_is_spelled_otherwise_stands_last_and_is_counted(
    page: PatientsPage, summaries: list[Summary], order: Qt.SortOrder
) -> None:
    show(page, [*summaries, *NEWCOMERS])
    QTest.keyClicks(page.search, "rossi")
    found = sort(page, "Name", order)
    assert {*found[:3]} == {2, 6, 7}
    assert {*found[3:]} == {8, 9}
    assert page.count.text() == "5 of 9 · the last 2 are spelled otherwise"
    page.search.setText("rosis")
    assert page.count.text() == "3 of 9 · spelled otherwise"


def test_all_whom_a_text_finds_whatever_their_status(page: PatientsPage) -> None:
    page.status.setCurrentIndex(page.status.findData(CareStatus.LOST))
    page.look_for("rossi")
    assert numbers(page) == [2, 6]
    assert page.search.hasFocus()


def test_records_are_read_of_those_alone_who_are_looked_at(page: PatientsPage) -> None:
    asked: list[uuid.UUID] = []
    page.wanted.connect(asked.extend)
    show(page, [someone(number, f"Name{number:03}", "A") for number in range(1, 301)])
    assert 0 < len(asked) < 60
    page.view.scrollToBottom()
    page.view.viewport().repaint()
    QApplication.processEvents()
    assert uuid.UUID(int=300) in asked
    assert len(asked) < 120


def test_an_order_by_records_can_be_given_up(page: PatientsPage) -> None:
    page.wanted.disconnect()
    page.wanted.connect(lambda _ids: None)
    show(page, listed())
    page.view.sortByColumn([each.title for each in COLUMNS].index("Stage"), Qt.SortOrder(1))
    assert page.cancel_button.isVisible()
    page.cancel_button.click()
    assert not page.cancel_button.isVisible()
    assert numbers(page) == [3, 5, 4, 1, 2, 6]
    assert page.view.horizontalHeader().sortIndicatorSection() == 0


def test_of_whom_there_is_nothing_to_tell_any_more_the_row_stays_blank(page: PatientsPage) -> None:
    page.wanted.disconnect()
    page.wanted.connect(lambda _ids: page.tell([]))
    show(page, [someone(1, "Gone", "A"), someone(2, "Too", "B")])
    assert sort(page, "Stage", Qt.SortOrder.AscendingOrder) == [1, 2]
    assert column(page, "Treatment") == ["", ""]


@pytest.fixture
def waiting(qtbot: QtBot, filed: Clinic) -> PatientsPage:
    """The page as it is while it is read who the patients are."""
    made = PatientsPage()
    made.matching = lambda text: filed.matching(text, TODAY)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.setFocus()
    return made


def test_until_they_are_read_it_says_that_it_reads_and_counts_nobody(
    waiting: PatientsPage, qtbot: QtBot
) -> None:
    assert waiting.notice.isVisible()
    assert waiting.notice.text.text() == "Reading the patients …"
    assert not waiting.notice.button.isVisible()
    assert waiting.status.currentText() == "All"
    assert waiting.search.hasFocus()
    with qtbot.assertNotEmitted(waiting.new_asked), qtbot.assertNotEmitted(waiting.opened):
        QTest.keyClick(waiting.search, Qt.Key.Key_Return)


def test_what_is_typed_and_chosen_before_they_are_read_holds_when_they_are(
    waiting: PatientsPage, summaries: list[Summary]
) -> None:
    waiting.status.setCurrentIndex(waiting.status.findData(CareStatus.FOLLOW_UP))
    QTest.keyClicks(waiting.search, "rossi b")
    assert waiting.notice.text.text() == "Reading the patients …"
    show(waiting, summaries)
    assert (numbers(waiting), waiting.search.text()) == ([6], "rossi b")
    assert waiting.search.hasFocus()
    assert waiting.status.currentText() == "Follow-up (3)"


def test_whoever_asks_for_the_list_while_others_are_read_types_on(
    person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    person.arrive()
    release = threading.Event()
    waited: list[object] = []
    window.own.reader.run(release.wait, waited.append, waited.append)
    person.press("Ctrl+2")
    person.write("ross")
    person.press("Return")
    assert window.patients.isVisible()
    assert not window.patients.has_list
    release.set()
    qtbot.waitUntil(lambda: window.patients.has_list)
    person.press("Return")
    assert window.patient.isVisible()


def test_where_they_cannot_be_read_it_says_so_and_tries_again(
    waiting: PatientsPage, qtbot: QtBot, summaries: list[Summary]
) -> None:
    waiting.say_failed(ClinicError("The disk is gone.", "Nothing is lost.", "Connect it."))
    assert "The disk is gone." in waiting.notice.text.text()
    with qtbot.waitSignal(waiting.again_asked):
        waiting.notice.button.click()
    assert waiting.notice.text.text() == "Reading the patients …"
    show(waiting, summaries)
    assert waiting.view.isVisible()


def ranges(page: PatientsPage) -> list[tuple[int, int]]:
    """The first and the last row of each that is chosen."""
    chosen = page.view.selectionModel().selection()
    return sorted((each.top(), each.bottom()) for each in map(chosen.at, range(chosen.count())))


def test_whoever_is_chosen_stays_so_in_another_order_neighbours_as_one_range(
    page: PatientsPage, summaries: list[Summary]
) -> None:
    page.view.selectAll()
    sort(page, "MRN", Qt.SortOrder.DescendingOrder)
    assert ranges(page) == [(0, 5)]
    for row in (0, 1, 3, 4):
        place = page.view.visualRect(page.table.index(row, 0)).center()
        keys = Qt.KeyboardModifier.ControlModifier if row else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, keys, place)
    sort(page, "MRN", Qt.SortOrder.DescendingOrder)
    assert ranges(page) == [(0, 1), (3, 4)]
    sort(page, "Name", Qt.SortOrder.AscendingOrder)
    asked: list[list[uuid.UUID]] = []
    page.export_asked.connect(asked.append)
    page.export_button.click()
    assert [each.int for each in asked[0]] == [3, 5, 2, 6]


def test_the_chosen_stay_so_where_somebody_new_stands_before_them(
    page: PatientsPage, summaries: list[Summary]
) -> None:
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.selected == uuid.UUID(int=3)
    show(page, [*summaries, someone(8, "Aaron", "A")])
    assert page.selected == uuid.UUID(int=3)


def test_all_chosen_no_row_is_asked_whether_it_is(page: PatientsPage) -> None:
    """The heading would ask it of every row, for each column, whenever it is painted."""
    show(page, [someone(number, f"Name{number:03}", "A") for number in range(1, 301)])
    asked: list[object] = []

    def count(parent: object = None) -> int:
        asked.append(parent)
        return 300

    page.table.rowCount = count  # type: ignore[method-assign]
    page.view.selectAll()
    page.view.horizontalHeader().viewport().repaint()
    assert len(asked) < 300 * len(COLUMNS)


def test_an_order_by_records_reads_those_alone_who_are_shown(page: PatientsPage) -> None:
    asked: list[uuid.UUID] = []
    page.wanted.connect(asked.extend)
    dead = [someone(n, f"Gone{n:03}", "A", death_date="2019-11") for n in range(101, 401)]
    page.status.setCurrentIndex(page.status.findData(CareStatus.ON_TREATMENT))
    show(page, [*listed(), *dead])
    asked.clear()
    assert sort(page, "Stage", Qt.SortOrder.AscendingOrder) == [1]
    assert not asked
    page.status.setCurrentIndex(page.status.findData(CareStatus.LOST))
    assert {each.int for each in asked} <= {4}
    page.status.setCurrentIndex(0)
    page.cancel_button.click()
    assert len(asked) < 120


def test_an_answer_of_who_was_listed_before_is_not_taken_for_now(page: PatientsPage) -> None:
    page.wanted.disconnect()
    asked: list[list[uuid.UUID]] = []
    page.wanted.connect(asked.append)
    show(page, [someone(1, "Rossi", "Anna")])
    show(page, [someone(1, "Rossi", "Anna", running(1))])
    assert len(asked) == 1
    page.tell([worked_out(someone(1, "Rossi", "Anna"))])
    assert len(asked) == 2
    page.tell([worked_out(KNOWN[uuid.UUID(int=1)])])
    assert column(page, "Treatment")[0].startswith("Mogamulizumab")


def test_after_a_failure_no_record_is_asked_for_before_the_list_is_read_anew(
    page: PatientsPage, summaries: list[Summary]
) -> None:
    page.wanted.disconnect()
    asked: list[list[uuid.UUID]] = []
    page.wanted.connect(asked.append)
    show(page, summaries)
    told: list[ClinicError] = []
    page.failed.connect(told.append)
    failed = ClinicError("They cannot be read.", "Nothing is lost.", "Try again.")
    page.say_records_failed(failed)
    assert told == [failed]
    page.view.viewport().repaint()
    QApplication.processEvents()
    assert len(asked) == 1
    show(page, summaries)
    assert len(asked) == 2


def test_what_an_order_needs_is_asked_for_only_while_somebody_looks(
    page: PatientsPage, summaries: list[Summary]
) -> None:
    page.wanted.disconnect()
    asked: list[list[uuid.UUID]] = []
    page.wanted.connect(asked.append)
    page.hide()
    show(page, summaries)
    sort(page, "Treatment", Qt.SortOrder.AscendingOrder)
    assert asked == []
    page.show()
    QApplication.processEvents()
    assert len(asked) == 1
