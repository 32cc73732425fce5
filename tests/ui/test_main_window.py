"""The window, from signing in to signing out, by keys and menu."""

import datetime as dt
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QTableView
from pytestqt.qtbot import QtBot

from models.base import ClinicError, Record
from models.rules import RULES, Standing
from models.store.clinic import Clinic
from models.visit import Visit
from reports.catalogue import REPORTS
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.ui.person import Person, answers
from ui import errors
from ui.app import last_folder
from ui.first_run_page import FirstRunPage
from ui.main_window import MainWindow
from ui.questions import Leaving
from ui.shortcuts import ShortcutsDialog
from ui.sign_in_page import SignInPage

AT_THE_DOOR = {"Create a clinic", "Shortcuts", "Quit", "As the system", "Light", "Dark"}
INSIDE = AT_THE_DOOR - {"Create a clinic"} | {"New patient", "Find patient", "Lock"}
INSIDE |= {"Rules", "Settings", "Letterhead", "Today", "All patients", "Undo", "Redo"}
INSIDE |= {"Users", "Audit log", "Backups and lock", "My password"}
INSIDE |= {"Import…", "Export…", "Registry", "Vocabularies", "Cohort"}
WITH_PATIENT = INSIDE | {"Back", "Add a record", "Treatment day", "Print timeline", "Print"}
WITH_PATIENT |= {"Merge with another patient…", "Give to a colleague…"} | {
    each.words for each in REPORTS.values()
}


def enabled(window: MainWindow) -> set[str]:
    actions = window.menuBar().findChildren(QAction)
    named = {action.text().replace("&", "") for action in actions if action.isEnabled()}
    return named - {"", "Patient", "Edit", "Go", "Exchange", "Clinic", "View", "Help"}


def words_in(window: MainWindow) -> str:
    """Everything that stands anywhere in the window, seen or not."""
    words = [label.text() for label in window.findChildren(QLabel)]
    words += [line.text() for line in window.findChildren(QLineEdit)]
    for view in window.findChildren(QTableView):
        model = view.model()
        columns = range(model.columnCount())
        for row in range(model.rowCount()):
            words += [str(model.index(row, column).data()) for column in columns]
    return "\n".join(words)


def header(window: MainWindow) -> str:
    """What stands above the open patient's timeline."""
    assert window.patient.isVisible()
    return "\n".join(label.text() for label in window.patient.header.findChildren(QLabel))


def start_a_visit(person: Person) -> list[Leaving]:
    """Type half a visit, and refuse to leave it."""
    tab = person.add(Visit)
    person.write("32.1.2020")
    return answers(tab, Leaving.KEEP_EDITING)


def test_signing_in_by_keyboard_shows_the_patients(person: Person, window: MainWindow) -> None:
    assert enabled(window) == AT_THE_DOOR
    person.sign_in()
    assert person.page is window.patients
    assert window.patients.table.rowCount() == 1
    assert enabled(window) == INSIDE


def test_a_wrong_password_is_said_and_can_be_typed_again(person: Person, qtbot: QtBot) -> None:
    page = person.page
    assert isinstance(page, SignInPage)
    person.write("guess")
    person.press("Return")
    qtbot.waitUntil(lambda: page.by_password.password.problem.startswith("This user and password"))
    person.sign_in()
    assert person.page is person.window.patients


def test_no_page_writes_the_patients_name_into_the_title(
    person: Person, window: MainWindow
) -> None:
    titles = {window.windowTitle()}
    person.open_case()
    assert "Rossi" in words_in(window)
    assert enabled(window) == WITH_PATIENT
    for keys in ("Ctrl+P", "Escape", "Ctrl+K", "Ctrl+Shift+N"):
        person.press(keys)
        titles.add(window.windowTitle())
    assert len(titles) == 1
    assert not {"Rossi", "Anna", "004711"} & set(titles.pop().split())


@pytest.mark.parametrize("leaving", [Leaving.DISCARD, Leaving.SAVE])
def test_no_way_out_loses_what_was_typed(
    person: Person, window: MainWindow, leaving: Leaving
) -> None:
    page = person.open_case()
    asked = start_a_visit(person)
    ways = ("Alt+Left", "Ctrl+P", "Ctrl+Shift+N", "Ctrl+R", "Ctrl+,", "Ctrl+Q")
    for number, keys in enumerate(ways, 1):
        person.press(keys)
        assert (len(asked), person.page) == (number, page), keys
        assert page.record_tabs[Visit].form.editors["date"].line.text()
    answers(page.record_tabs[Visit], leaving)
    person.press("Alt+Left")
    left = leaving is Leaving.DISCARD
    assert (person.page is window.patients) == left, "what is incomplete cannot be saved"
    answers(page.record_tabs[Visit], Leaving.DISCARD)


def test_locking_leaves_nothing_of_a_patient(person: Person, window: MainWindow) -> None:
    person.open_case()
    QApplication.clipboard().setText("Rossi")
    person.press("Ctrl+L")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert isinstance(person.page, SignInPage)
    assert "Rossi" not in words_in(window)
    assert "004711" not in words_in(window)
    assert not QApplication.clipboard().text()
    assert enabled(window) == AT_THE_DOOR
    person.write(PASSWORD)
    person.press("Return")
    person.qtbot.waitUntil(lambda: person.page is window.patient)
    assert person.history.patient.mrn == "004711"


def test_what_was_being_read_when_it_was_locked_is_not_shown_after(
    person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    person.sign_in()
    ended: list[object] = []
    release = threading.Event()
    window.own.reader.run(release.wait, ended.append, ended.append)
    window.lists.show_patients()
    person.press("Ctrl+L")
    window.own.reader.run(lambda: 1, ended.append, ended.append)
    release.set()
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert isinstance(person.page, SignInPage)
    assert window.patients.table.rowCount() == 0


def test_a_new_patient_by_keyboard(person: Person, window: MainWindow, qtbot: QtBot) -> None:
    person.sign_in()
    person.press("Ctrl+Shift+N")
    assert window.new_patient.isVisible()
    person.write("12", "Verdi", "Carla", "1950-01-02", "fem")
    person.press("Ctrl+Return")
    assert person.page is window.patient
    assert (person.history.patient.name, person.told) == ("Verdi, Carla", "Saved")
    person.press("Alt+Left")
    qtbot.waitUntil(lambda: window.patients.table.rowCount() == 2)


def test_escape_leaves_a_new_patient_and_asks_first(person: Person, window: MainWindow) -> None:
    person.sign_in()
    person.press("Ctrl+Shift+N")
    asked = answers(window.new_patient, Leaving.KEEP_EDITING)
    person.write("12")
    person.press("Escape")
    assert (len(asked), person.page) == (1, window.new_patient)
    answers(window.new_patient, Leaving.DISCARD)
    person.press("Escape")
    assert person.page is window.patients


def test_the_timeline_is_previewed_saved_and_closed(
    person: Person, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = person.open_case()
    person.press("Ctrl+P")
    assert window.preview.isVisible()
    assert enabled(window) == INSIDE
    qtbot.waitUntil(window.preview.print_button.hasFocus, timeout=20_000)
    names: list[str] = []

    def ask(file_name: str) -> Path:
        names.append(file_name)
        return tmp_path / file_name

    window.preview.output.ask_path = ask  # type: ignore[method-assign]
    person.press("Ctrl+S")
    qtbot.waitUntil(lambda: any(tmp_path.glob("*.pdf")))
    assert names
    assert "Rossi" not in names[0]
    assert "004711" not in names[0]
    person.press("Escape")
    assert person.page is page
    assert page.timeline.hasFocus()


def test_another_report_is_chosen_from_the_menu_or_beside_the_timeline(
    person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    """Both list every report; what is chosen is previewed first, as of the day it is."""
    page = person.open_case()
    preview = window.preview
    person.choose("Adverse event log")
    qtbot.waitUntil(preview.print_button.hasFocus, timeout=20_000)
    assert "Plaque on the cheekbone" in preview.pages.pdf.getAllText(0).text()
    person.press("Escape")
    assert person.page is page
    offered = {each.text().replace("&", ""): each for each in page.header.findChildren(QAction)}
    assert {each.words for each in REPORTS.values()} < offered.keys()
    offered["Treatment summary"].trigger()
    qtbot.waitUntil(preview.print_button.hasFocus, timeout=20_000)
    assert "as of 30 April 2020" in preview.pages.pdf.getAllText(0).text()


def test_every_report_in_a_menu_has_a_letter_of_its_own(person: Person, window: MainWindow) -> None:
    page = person.open_case()
    menus = [*window.menuBar().findChildren(QMenu), *page.header.findChildren(QMenu)]
    letters = [[QKeySequence.mnemonic(each.text()) for each in menu.actions()] for menu in menus]
    reports = [found for found in letters if len(found) == len(REPORTS)]
    assert len(reports) == 2
    for found in reports:
        assert len({each.toString() for each in found} - {""}) == len(REPORTS)


def test_a_report_that_cannot_be_made_says_why_in_its_place(
    person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    """No other try would change that."""
    person.open_case()
    person.choose("Treatment day sheet")
    said = window.preview.notice.text
    qtbot.waitUntil(lambda: "No infusion is ahead" in said.text(), timeout=20_000)
    assert said.isVisible()
    assert not window.preview.again_button.isVisible()


def test_the_preview_names_nobody_in_title_or_settings(
    person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    person.open_case()
    person.press("Ctrl+P")
    qtbot.waitUntil(window.preview.print_button.hasFocus, timeout=20_000)
    window.preview.options.sections.boxes["visits"].click()
    kept = [str(QSettings().value(key)) for key in QSettings().allKeys()]
    for text in (window.windowTitle(), *kept):
        assert "Rossi" not in text


FROM_MEMORY = [rule for rule in RULES.values() if rule.standing is Standing.UNVERIFIED]


def confirm(person: Person, name: str) -> None:
    """Look a rule up, and confirm it."""
    person.press("Ctrl+R")
    person.window.own.show_rules(name)
    person.press("Return", "Return")
    person.write("Dr Vera Lindt")
    person.press("Ctrl+Return")


def test_a_confirmed_rule_is_confirmed_on_the_patients_page_at_once(
    person: Person, window: MainWindow
) -> None:
    page = person.open_case()
    assert person.history.confirmed == frozenset()
    confirm(person, FROM_MEMORY[0].name)
    assert person.told == "Saved"
    assert enabled(window) == INSIDE | {"Back"}
    person.press("Escape")
    assert person.page is page
    assert person.history.confirmed == {FROM_MEMORY[0].name}


def test_a_setting_holds_for_every_patient_at_once(
    person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    person.open_case()
    person.press("Ctrl+,")
    assert window.own.settings.isVisible()
    person.fill(window.own.settings.form, confirmed_after_days="56")
    person.press("Ctrl+Return")
    assert person.told == "Saved"
    person.press("Escape")
    assert window.patient.isVisible()
    assert person.history.practice.confirmed_after_days == 56
    person.press("Alt+Left")
    qtbot.waitUntil(window.patients.search.hasFocus)
    person.choose("Settings")
    assert window.own.settings.form.values()["confirmed_after_days"] == 56
    person.press("Alt+Left")
    assert window.patients.isVisible()


def test_a_figures_rule_is_one_step_away(person: Person, window: MainWindow) -> None:
    """The arrow goes to the first rule, Enter follows it, Escape leads back."""
    page = person.open_case()
    page.figures.setFocus()
    person.press("Right", "Return")
    assert window.own.rules.isVisible()
    shown = window.own.rules.pane.reader.toPlainText().splitlines()[0]
    assert shown in page.figures.toPlainText()
    assert window.own.rules.view.currentIndex().data() == shown
    person.press("Escape")
    assert page.isVisible()


def late_in_the_first_cycle() -> list[Record]:
    """The dose of day 8, the 20th of April, was given four days late."""
    line = a.moga("2020-04-13")
    cycle = a.cycle(line, day_1=dt.date(2020, 4, 13))
    known = [a.patient(), a.diagnosis(), a.staging(), line, cycle]
    return [*known, a.infusion(cycle), a.infusion(cycle, 8, late=4)]


def test_the_next_infusion_follows_the_settings(person: Person, window: MainWindow) -> None:
    person.sign_in()
    assert window.clinic is not None
    window.clinic.save_all(late_in_the_first_cycle())
    window.open_patient(a.PATIENT)
    assert "1 May 2020" in header(window)
    person.press("Ctrl+,")
    person.pick(window.own.settings.form, "late_dose", "US")
    person.press("Ctrl+Return", "Escape")
    assert "27 Apr 2020" in header(window)


@pytest.mark.parametrize("ways", [("Ctrl+R", "Escape"), ("Ctrl+,", "Escape")])
def test_without_a_patient_the_way_back_leads_to_all_of_them(
    person: Person, window: MainWindow, ways: tuple[str, ...]
) -> None:
    person.sign_in()
    person.press(*ways)
    assert person.page is window.patients


def test_no_way_out_of_the_clinics_pages_loses_what_was_typed(
    person: Person, window: MainWindow
) -> None:
    person.sign_in()
    window.own.show_rules(FROM_MEMORY[0].name)
    person.press("Return", "Return")
    person.write("Dr")
    asked = answers(window.own.rules.pane, Leaving.KEEP_EDITING)
    ways = ["Alt+Left", "Ctrl+Shift+N", "Ctrl+,", "Ctrl+Q"]
    person.press(*ways)
    assert (len(asked), person.page) == (len(ways), window.own.rules)
    answers(window.own.rules.pane, Leaving.DISCARD)
    person.press("Ctrl+,")
    person.fill(window.own.settings.form, result_days="10")
    asked = answers(window.own.settings, Leaving.KEEP_EDITING)
    ways = ["Alt+Left", "Ctrl+Shift+N", "Ctrl+R", "Ctrl+Q"]
    person.press(*ways)
    assert (len(asked), person.page) == (len(ways), window.own.settings)
    answers(window.own.settings, Leaving.DISCARD)


def test_f1_lists_every_shortcut_of_the_menu(person: Person, window: MainWindow) -> None:
    person.sign_in()
    listed: list[str] = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, ShortcutsDialog)
        listed.append("".join(label.text() for label in box.findChildren(QLabel)))
        box.accept()

    QTimer.singleShot(0, read)
    person.press("F1")
    shortcuts = {a.shortcut().toString() for a in window.menuBar().findChildren(QAction)} - {""}
    assert len(shortcuts) == 17
    assert [keys for keys in shortcuts if f"<b>{keys}</b>" not in listed[0]] == []


def test_light_or_dark_is_remembered(person: Person, case_folder: Path, qtbot: QtBot) -> None:
    person.choose("Dark")
    again = MainWindow(case_folder)
    qtbot.addWidget(again)
    chosen = [a.text() for a in again.menuBar().findChildren(QAction) if a.isChecked()]
    again.shut_down()
    assert chosen == ["&Dark"]


def test_a_bug_in_a_slot_is_told_and_the_window_goes_on(
    person: Person,
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[ClinicError] = []
    monkeypatch.setattr(errors, "show_error", lambda parent, error: told.append(error))
    monkeypatch.setattr("sys.excepthook", errors.Teller(window).hook)
    person.sign_in()
    person.write("ross")
    nothing: dict[str, None] = {}
    with monkeypatch.context() as broken:
        broken.setattr(window.patient, "open", lambda *_given: nothing["Rossi"])
        person.press("Return")
        qtbot.waitUntil(lambda: len(told) == 1)
    assert told[0].happened == "Something went wrong inside the program."
    assert "KeyError" in caplog.text
    assert "Rossi" not in caplog.text
    caplog.clear()
    person.press("Return")
    assert person.page is window.patient


def test_a_damaged_keyring_is_said_in_words(case_folder: Path, qtbot: QtBot) -> None:
    for each in case_folder.iterdir():
        if each.suffix == ".json":
            each.write_text("{")
    opened = MainWindow(case_folder)
    qtbot.addWidget(opened)
    words = words_in(opened)
    opened.shut_down()
    assert "damaged" in words or "cannot be read" in words, words


def test_a_first_start_can_go_to_a_clinic_that_is_there(
    case_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    opened = MainWindow(tmp_path / "none yet")
    qtbot.addWidget(opened)
    opened.show()
    with qtbot.waitActive(opened):
        opened.activateWindow()
    person = Person(qtbot, opened)
    first = person.page
    assert isinstance(first, FirstRunPage)
    first.clinic_part.ask_folder = lambda: case_folder  # type: ignore[method-assign]
    person.click("Other folder…")
    assert isinstance(person.page, SignInPage)
    person.write(PASSWORD)
    person.press("Return")
    qtbot.waitUntil(lambda: person.page is opened.today_page)
    opened.shut_down()


def test_a_clinic_in_another_folder_is_found_again(
    person: Person, window: MainWindow, case_folder: Path
) -> None:
    """After it was locked, and when the program starts the next time."""
    elsewhere = case_folder.parent / "elsewhere"
    made, _key = Clinic.create(elsewhere, name="Second", user=USER, password=PASSWORD)
    page = person.page
    assert isinstance(page, SignInPage)
    page.opened.emit(made)
    assert window.clinic is made
    person.press("Ctrl+L")
    assert isinstance(person.page, SignInPage)
    assert str(elsewhere) in words_in(window)
    assert last_folder() == elsewhere


def test_whoever_comes_second_finds_the_door_closed(
    person: Person, window: MainWindow, case_folder: Path
) -> None:
    page = person.page
    assert isinstance(page, SignInPage)
    first, second = (Clinic.open(case_folder, USER, PASSWORD) for _number in range(2))
    page.opened.emit(first)
    page.opened.emit(second)
    assert window.clinic is first
    with pytest.raises(ClinicError):
        second.patients()
