"""Nothing typed is lost: by closing, locking, switching the patient or killing the process."""

import datetime as dt
import json
import os
import subprocess
import sys
import uuid
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from models.adverse_event import AdverseEvent
from models.base import ClinicError, Record, described_fields, revised
from models.biopsy import Biopsy
from models.imaging import Imaging
from models.patient import Patient
from models.skin import SkinScore
from models.store.clinic import Clinic
from models.store.drafts import NOBODY, Draft
from models.treatment import TreatmentLine
from models.visit import Visit
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.ui.person import Person, answers
from tests.ui.samples import FORMS, OTHER, TODAY, bare, sample
from ui import errors
from ui.drafts_in_words import drafts_in_words
from ui.editors import editor_for
from ui.form import Form
from ui.main_window import MainWindow
from ui.patient_page import PatientPage
from ui.questions import Leaving
from ui.record_tab import RecordTab
from ui.sign_in_page import SignInPage

HOME = Path(__file__).parents[2]
every_kind = pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.table_name())


def form_of(qtbot: QtBot, kind: type[Record]) -> Form:
    form = Form(kind, lambda: TODAY)
    qtbot.addWidget(form)
    return form


def own_values(record: Record) -> dict[str, Any]:
    return {words.name: getattr(record, words.name) for words in described_fields(type(record))}


def through_json(typed: dict[str, Any]) -> Any:
    return json.loads(json.dumps(typed))


# A form says what is typed in it, and takes it back


@every_kind
@pytest.mark.parametrize("make", [sample, bare])
def test_what_is_typed_comes_back(qtbot: QtBot, kind: type[Record], make: Any) -> None:
    before, after = form_of(qtbot, kind), form_of(qtbot, kind)
    before.load(None, own_values(make(kind)))
    with qtbot.assertNotEmitted(after.changed):
        after.resume(through_json(before.typed()))
    assert after.values() == before.values()
    assert after.typed() == before.typed()
    assert after.is_dirty() == bool(before.typed())


@every_kind
def test_what_is_on_file_is_no_draft(qtbot: QtBot, kind: type[Record]) -> None:
    form = form_of(qtbot, kind)
    assert form.typed() == {}
    form.load(sample(kind))
    assert form.typed() == {}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Patient, "phone"),
        (Patient, "birth_date"),
        (Patient, "death_date"),
        (Visit, "itch"),
        (Imaging, "nodes"),
        (TreatmentLine, "regimen"),
        (TreatmentLine, "protocol"),
        (Biopsy, "body_site"),
    ],
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=30))
@example(text="-3")
@example(text="14 of")
@example(text="1,200")
def test_any_line_comes_back_readable_or_not(
    qtbot: QtBot, kind: type[Record], name: str, text: str
) -> None:
    words = next(words for words in described_fields(kind) if words.name == name)
    before: Any = editor_for(words, lambda: TODAY, {})
    later: Any = editor_for(words, lambda: dt.date(2020, 6, 1), {})
    qtbot.addWidget(before)
    qtbot.addWidget(later)
    before.line.setText(text)
    later.restore(through_json(before.state()))
    assert later.value() == before.value(), "on another day as well"
    assert later.unreadable() == before.unreadable()
    if before.unreadable():
        assert later.line.text() == text


def test_half_a_grade_and_half_a_region_come_back(qtbot: QtBot) -> None:
    before, after = form_of(qtbot, AdverseEvent), form_of(qtbot, AdverseEvent)
    grades: Any = before.editors["grades"]
    grades.rows[0].date.setText("2017")
    grades.add_button.click()
    grades.rows[1].buttons[2].click()
    after.resume(through_json(before.typed()))
    again: Any = after.editors["grades"]
    assert [row.state() for row in again.rows] == [row.state() for row in grades.rows]
    assert (len(again.rows), again.rows[0].date.text()) == (2, "2017")
    assert again.problem == "Choose the grade from 2017 on."
    before, after = form_of(qtbot, SkinScore), form_of(qtbot, SkinScore)
    line = next(iter(before.editors["regions"].inputs))
    line.setText("3x")  # type: ignore[attr-defined]
    after.resume(through_json(before.typed()))
    assert after.editors["regions"].unreadable() == before.editors["regions"].unreadable() != ""


def test_a_choice_that_is_gone_is_told_beside_its_field(qtbot: QtBot) -> None:
    form = form_of(qtbot, Visit)
    form.resume({"kind": "by carrier pigeon", "seen_by": "AB"})
    assert "by carrier pigeon" in form.editors["kind"].problem
    assert form.values()["seen_by"] == "AB"


# Ways to lose what is typed


def drafts_of(window: MainWindow) -> list[Draft]:
    assert window.clinic is not None
    return window.clinic.drafts()


def type_half_a_visit(person: Person) -> RecordTab:
    tab = person.add(Visit)
    person.write("-3")
    person.fill(tab.form, weight_kg="7o", plan="look at the left cheek")
    return tab


def assert_half_a_visit(person: Person) -> None:
    """It stands there as it was proposed and typed: the day, the slip, the words."""
    form = person.tab(Visit).form
    assert form.record is None
    texts = {name: form.editors[name].state() for name in form.typed()}
    proposed = {"kind": "follow-up", "status": "done"}
    typed = {"date": "27 Apr 2020", "weight_kg": "7o", "plan": "look at the left cheek"}
    assert texts == proposed | typed
    assert form.editors["weight_kg"].problem == "Give a number."
    assert "New visit, not saved yet, typed" in words_on(person.tab(Visit))


def words_on(widget: Any) -> str:
    labels = widget.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(widget))


def sign_in(person: Person, user: str = USER) -> None:
    door = person.page
    assert isinstance(door, SignInPage)
    door.by_password.user.setCurrentText(user)
    door.by_password.password.setFocus()
    person.write(PASSWORD)
    person.press("Return")
    person.qtbot.waitUntil(lambda: not isinstance(person.page, SignInPage))


def open_rossi(person: Person) -> PatientPage:
    sign_in(person)
    person.window.open_patient(patient_id(person.window))
    return person.patient


def strip(person: Person) -> str:
    return person.patient.drafts.strip.said


def open_again(folder: Path, qtbot: QtBot) -> Person:
    window = MainWindow(folder)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    return Person(qtbot, window)


def test_a_killed_process_loses_nothing(qtbot: QtBot, case_folder: Path, tmp_path: Path) -> None:
    words = "look at the left cheek"
    own = os.environ | {"XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.ui.typist", str(case_folder), PASSWORD, words]
    with (
        subprocess.Popen(command, cwd=HOME, env=own) as typist,
        Clinic.open(case_folder, USER, PASSWORD) as clinic,
    ):

        def is_kept() -> bool:
            assert typist.poll() is None, "the typist gave up"
            return any(draft.typed.get("plan") == words for draft in clinic.drafts())

        try:
            qtbot.waitUntil(is_kept, timeout=60_000)
        finally:
            typist.kill()
    person = open_again(case_folder, qtbot)
    page = open_rossi(person)
    form = person.tab(Visit).form
    assert form.values()["plan"] == words
    assert strip(person).startswith("Not saved yet: new visit, typed ")
    page.drafts.strip.go_on_button.click()
    assert form.isVisible()
    assert form.editors["plan"].isAncestorOf(person.focus)
    assert not strip(person)
    person.window.shut_down()


def test_locking_never_asks_and_loses_nothing(person: Person, window: MainWindow) -> None:
    open_rossi(person)
    asked = answers(type_half_a_visit(person), Leaving.KEEP_EDITING)
    person.press("Ctrl+L")
    door = person.page
    assert isinstance(door, SignInPage)
    assert not asked
    assert "What was typed is kept." in words_on(door)
    assert door.by_password.user.currentText() == USER
    assert "cheek" not in words_on(window)
    person.write(PASSWORD)
    person.press("Return")
    person.qtbot.waitUntil(lambda: person.page is window.patient)
    assert_half_a_visit(person)
    assert person.tab(Visit).form.editors["plan"].isAncestorOf(person.focus)


def test_closing_keeps_for_later(
    person: Person, window: MainWindow, case_folder: Path, qtbot: QtBot
) -> None:
    open_rossi(person)
    asked = answers(type_half_a_visit(person), Leaving.KEEP_FOR_LATER)
    person.press("Ctrl+Q")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert len(asked) == 1
    window.shut_down()
    again = open_again(case_folder, qtbot)
    open_rossi(again)
    assert_half_a_visit(again)
    again.window.shut_down()


def test_switching_the_patient_keeps_for_later(person: Person, window: MainWindow) -> None:
    open_rossi(person)
    assert window.clinic is not None
    window.clinic.save(a.patient())
    tab = type_half_a_visit(person)
    asked = answers(tab, Leaving.KEEP_FOR_LATER)
    person.press("Alt+Left")
    assert (len(asked), person.page is window.patient) == (1, False)
    window.open_patient(a.PATIENT)
    assert not tab.form.is_dirty()
    assert not strip(person)
    window.open_patient(patient_id(window))
    assert strip(person).startswith("Not saved yet: new visit, typed ")
    assert_half_a_visit(person)
    person.press("Alt+Left")
    assert len(asked) == 1, "what came back and was not touched may wait on"


def patient_id(window: MainWindow) -> uuid.UUID:
    assert window.clinic is not None
    return window.clinic.patient("004711").id


def test_leaving_offers_to_keep_for_later_and_a_row_does_not(
    person: Person, window: MainWindow
) -> None:
    open_rossi(person)
    tab = person.tab(Visit)
    first, second = (visit.id for visit in person.history.of(Visit)[:2])
    window.patient.select(first)
    person.fill(tab.form, ecog="2")
    offered: list[list[str]] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        offered.append(sorted(button.text() for button in box.buttons()))
        box.reject()

    for leave in (partial(window.patient.select, second), partial(person.press, "Alt+Left")):
        QTimer.singleShot(0, look)
        leave()
        with person.qtbot.waitActive(window):
            window.activateWindow()
    within = ["Discard", "Keep editing", "Save"]
    assert offered == [within, sorted([*within, "Keep for later"])]
    assert person.page is window.patient
    answers(tab, Leaving.DISCARD)


# A draft comes and goes with what is typed


def test_a_draft_is_on_file_a_moment_after_typing_and_gone_once_it_is_saved(
    person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    open_rossi(person)
    tab = person.add(Visit)
    assert drafts_of(window) == []
    person.write("-3")
    qtbot.waitUntil(lambda: len(drafts_of(window)) == 1)
    (draft,) = drafts_of(window)
    assert (draft.form, draft.patient) == ("visit", patient_id(window))
    assert draft.typed["date"] == "27 Apr 2020"
    person.fill(tab.form, kind="tel", status="done")
    person.press("Ctrl+Return")
    assert tab.form.record is not None
    assert drafts_of(window) == []
    person.fill(tab.form, ecog="1")
    qtbot.waitUntil(lambda: [each.typed for each in drafts_of(window)] == [{"ecog": "1"}])
    person.press("Ctrl+A", "Backspace")
    qtbot.waitUntil(lambda: drafts_of(window) == [])


def test_while_somebody_types_on_and_on_the_draft_follows(
    person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    open_rossi(person)
    tab = person.add(Visit)
    tab.form.editors["plan"].setFocus()

    def type_on() -> bool:
        person.write("a")
        return bool(drafts_of(window))

    qtbot.waitUntil(type_on, timeout=10_000)
    answers(tab, Leaving.DISCARD)


def test_discarding_on_leaving_forgets_the_draft(person: Person, window: MainWindow) -> None:
    open_rossi(person)
    tab = type_half_a_visit(person)
    tab.keeper.flush()
    assert len(drafts_of(window)) == 1
    answers(tab, Leaving.DISCARD)
    person.press("Alt+Left")
    assert drafts_of(window) == []


def test_the_line_over_the_page_discards_after_a_question(
    person: Person, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_back_to_a_draft(person, window)
    asked: list[str] = []

    def ask(parent: object, what: str) -> bool:
        asked.append(what)
        return len(asked) > 1

    monkeypatch.setattr("ui.questions.ask_to_discard", ask)
    button = person.patient.drafts.strip.discard_button
    button.click()
    assert strip(person)
    assert len(drafts_of(window)) == 1
    button.click()
    assert asked == ["new visit"] * 2
    assert not strip(person)
    assert drafts_of(window) == []
    assert not person.tab(Visit).form.is_dirty()


def come_back_to_a_draft(person: Person, window: MainWindow) -> None:
    open_rossi(person)
    answers(type_half_a_visit(person), Leaving.KEEP_FOR_LATER)
    person.press("Alt+Left")
    window.open_patient(patient_id(window))
    assert strip(person)


def test_what_came_back_is_saved_like_any_other(person: Person, window: MainWindow) -> None:
    come_back_to_a_draft(person, window)
    form = person.tab(Visit).form
    person.patient.drafts.strip.go_on_button.click()
    person.write(", and the right")
    person.fill(form, weight_kg="70", kind="tel", status="done")
    person.press("Ctrl+Return")
    saved = person.one(Visit)
    assert (saved.plan, saved.weight_kg) == ("look at the left cheek, and the right", 70)
    assert saved.date.isoformat() == "2020-04-27"
    assert drafts_of(window) == []
    assert not strip(person)


def test_the_first_page_says_whose_forms_are_not_saved(
    person: Person, window: MainWindow, case_folder: Path
) -> None:
    with Clinic.open(case_folder, USER, PASSWORD) as clinic:
        rossi = clinic.patient("004711").id
        moment = dt.datetime(2020, 4, 29, 14, 2, tzinfo=dt.UTC)
        clinic.keep_draft(Draft("patient", NOBODY, OTHER, 0, {"mrn": "12"}, moment))
        later = moment + dt.timedelta(minutes=1)
        clinic.keep_draft(Draft("visit", rossi, OTHER, 0, {"plan": "look"}, later))
    sign_in(person)
    both = "2 forms are not saved: Rossi, Anna (new visit); New patient"
    person.qtbot.waitUntil(lambda: window.unsaved.said == both)
    assert "Rossi" not in window.windowTitle()
    window.unsaved.go_on_button.click()
    assert person.page is window.patient
    assert window.unsaved.isHidden()
    form = person.tab(Visit).form
    assert (form.isVisible(), form.values()["plan"], form.record_id) == (True, "look", OTHER)
    person.fill(form, ecog="1")
    answers(person.tab(Visit), Leaving.DISCARD)
    person.press("Alt+Left")
    one = "1 form is not saved: New patient"
    person.qtbot.waitUntil(lambda: window.unsaved.said == one)
    window.unsaved.go_on_button.click()
    assert window.new_patient.isVisible()
    assert window.new_patient.form.values()["mrn"] == "12"


# What happened to the record meanwhile


def a_visit(person: Person) -> Visit:
    return max(person.history.of(Visit), key=lambda visit: visit.date)


def keep_a_correction(person: Person, window: MainWindow) -> Visit:
    """Half a correction of the last visit, left for later."""
    open_rossi(person)
    visit = a_visit(person)
    window.patient.select(visit.id)
    tab = person.tab(Visit)
    person.fill(tab.form, seen_by="AB")
    answers(tab, Leaving.KEEP_FOR_LATER)
    person.press("Alt+Left")
    return visit


@pytest.mark.parametrize("removed", [False, True])
def test_a_record_that_changed_meanwhile_is_said_and_the_words_stay(
    person: Person,
    window: MainWindow,
    case_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    removed: bool,
) -> None:
    told: list[ClinicError] = []
    monkeypatch.setattr(errors, "show_error", lambda parent, error: told.append(error))
    visit = keep_a_correction(person, window)
    with Clinic.open(case_folder, USER, PASSWORD) as elsewhere:
        on_file = next(v for v in elsewhere.history(visit.patient).of(Visit) if v.id == visit.id)
        if removed:
            elsewhere.remove(on_file, "entered twice")
        else:
            elsewhere.save(revised(on_file, plan="come again"))
    window.open_patient(visit.patient)
    person.patient.drafts.strip.go_on_button.click()
    tab = person.tab(Visit)
    said = "It was removed meanwhile." if removed else f"It was changed meanwhile by {USER}."
    assert said in words_on(tab)
    assert tab.form.values()["seen_by"] == "AB"
    assert tab.form.values()["plan"] == (None if removed else "come again")
    assert not tab.save()
    assert tab.form.values()["seen_by"] == "AB"
    if not removed:
        assert "changed meanwhile" in told[0].happened
    answers(tab, Leaving.DISCARD)
    assert tab.may_leave()
    assert drafts_of(window) == []
    if not removed:
        person.fill(tab.form, seen_by="CD")
        assert tab.save(), "what is on file now can be corrected"


def test_what_was_saved_just_before_the_end_is_not_entered_twice(
    person: Person, window: MainWindow, case_folder: Path
) -> None:
    with Clinic.open(case_folder, USER, PASSWORD) as clinic:
        patient = clinic.patient("004711").id
        visit = clinic.save(a.visit("2020-04-28", patient=patient, plan="look"))
        typed = {"date": "28 Apr 2020", "plan": "look"}
        now = dt.datetime.now(dt.UTC)
        clinic.keep_draft(Draft("visit", patient, visit.id, 0, typed, now))
    open_rossi(person)
    assert not strip(person)
    assert drafts_of(window) == []
    assert not person.tab(Visit).form.is_dirty()


# Pages without a patient


def test_a_new_patient_comes_back(person: Person, window: MainWindow) -> None:
    sign_in(person)
    person.press("Ctrl+Shift+N")
    person.write("12", "Verdi")
    person.press("Ctrl+L")
    assert isinstance(person.page, SignInPage)
    person.write(PASSWORD)
    person.press("Return")
    person.qtbot.waitUntil(lambda: person.page is window.new_patient)
    assert "New patient, not saved yet, typed" in words_on(window.new_patient)
    form = window.new_patient.form
    assert (form.values()["mrn"], form.values()["family_name"]) == ("12", "Verdi")
    person.fill(form, given_name="Carla", birth_date="1950-01-02", sex="fem")
    person.press("Ctrl+Return")
    assert person.history.patient.name == "Verdi, Carla"
    assert drafts_of(window) == []


def test_settings_come_back(person: Person, window: MainWindow) -> None:
    sign_in(person)
    person.press("Ctrl+,")
    person.fill(window.own.settings.form, result_days="10")
    asked = answers(window.own.settings, Leaving.KEEP_FOR_LATER)
    person.press("Escape")
    assert person.page is not window.own.settings
    person.press("Ctrl+,")
    assert window.own.settings.form.values()["result_days"] == 10
    assert "Settings, not saved yet, typed" in words_on(window.own.settings)
    answers(window.own.settings, Leaving.DISCARD)
    window.own.settings.form.focus_first()
    person.fill(window.own.settings.form, result_days="11")
    person.press("Escape", "Ctrl+,")
    assert window.own.settings.form.values()["result_days"] != 10
    assert len(asked) == 1
    assert drafts_of(window) == []


def test_personal_details_come_back(person: Person, window: MainWindow) -> None:
    page = open_rossi(person)
    person.fill(page.details.form, phone="555 0100")
    asked = answers(page.details, Leaving.KEEP_FOR_LATER)
    window.open_patient(patient_id(window))
    assert strip(person).startswith("Not saved yet: personal details, typed ")
    assert page.details.form.values()["phone"] == "555 0100"
    page.drafts.strip.go_on_button.click()
    assert page.details.isVisible()
    assert not asked


# When a draft cannot be kept


def test_a_draft_that_cannot_be_kept_is_told_once_and_nothing_is_left(
    person: Person,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    case_folder: Path,
    qtbot: QtBot,
) -> None:
    told: list[ClinicError] = []
    monkeypatch.setattr(errors, "show_error", lambda parent, error: told.append(error))
    page = open_rossi(person)
    tab = type_half_a_visit(person)
    failed: list[object] = []
    tab.keeper.failed.connect(failed.append)
    assert window.clinic is not None
    window.clinic.close()
    qtbot.waitUntil(lambda: bool(failed))
    assert person.told.startswith("Not kept yet: The clinic was closed.")
    person.fill(tab.form, ecog="1")
    tab.keeper._write_quietly()
    assert len(failed) == 1
    answers(tab, Leaving.KEEP_FOR_LATER)
    person.press("Alt+Left")
    assert person.page is page, "not left"
    assert len(told) == 1
    assert tab.form.values()["plan"] == "look at the left cheek"
    window.at_hand.clinic = Clinic.open(case_folder, USER, PASSWORD)
    page.drafts.begin(window.at_hand.clinic, patient_id(window), [])
    assert len(drafts_of(window)) == 1


def test_forms_are_worded() -> None:
    moment = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    rossi = uuid.UUID(int=5)
    drafts = [
        Draft("biopsy", rossi, OTHER, 2, {}, moment),
        Draft("patient", rossi, rossi, 1, {}, moment),
        Draft("practice", NOBODY, NOBODY, 0, {}, moment),
    ]
    said = drafts_in_words(drafts, {rossi: "Rossi, Anna"})
    assert said == "3 forms are not saved: Rossi, Anna (biopsy, personal details); Settings"
