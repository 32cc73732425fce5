"""Restoring in the window, as an administrator inside and as anybody at the doors does it."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from models.base import revised
from models.roles import Role
from models.store.clinic import Clinic
from models.store.places import KEYRING, STORE
from models.store.restoring import sources_in
from models.words import moment_words
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.ui.clocks import Clocks
from tests.ui.person import Person
from ui.first_run_page import FirstRunPage
from ui.lines_table import LinesView
from ui.main_window import MainWindow
from ui.restore_page import RestorePage
from ui.sign_in_page import SignInPage
from ui.tasks import Tasks

NEW_PASSWORD = "four other unrelated words"
Opened = Callable[[Path], Person]


@pytest.fixture
def case_folder(case_folder: Path) -> Path:
    """With a backup, after which one more patient was entered."""
    with Clinic.open(case_folder, USER, PASSWORD) as clinic:
        clinic.backups.take()
        entered = clinic.save(a.patient(mrn="late"))
        clinic.save(revised(entered, mrn="later"))
    return case_folder


def mrns(folder: Path, user: str = USER, password: str = PASSWORD) -> set[str]:
    with Clinic.open(folder, user, password) as clinic:
        assert (clinic.notices, clinic.check()) == ([], [])
        return {patient.mrn for patient in clinic.patients()}


def cells(view: LinesView) -> list[list[str]]:
    lines = view.lines
    return [
        [lines.index(row, column).data() for column in range(lines.columnCount())]
        for row in range(lines.rowCount())
    ]


def asides(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith("set-aside-")]


def made_ready(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if "restoring" in path.name]


def inside(person: Person) -> RestorePage:
    person.arrive()
    person.window.own.show_restore()
    return page_of(person)


def shown(person: Person) -> RestorePage:
    page = person.page
    assert isinstance(page, RestorePage)
    return page


def page_of(person: Person) -> RestorePage:
    page = shown(person)
    person.qtbot.waitUntil(lambda: page.choose.source is not None)
    return page


def look(person: Person, page: RestorePage, password: str = PASSWORD) -> None:
    """From the list of backups to what will change."""
    person.press("Return")
    person.write(password)
    person.press("Return")
    person.qtbot.waitUntil(page.wait.isHidden)


def test_an_administrator_restores_with_the_keyboard(person: Person, case_folder: Path) -> None:
    page = inside(person)
    assert cells(page.choose.view)[0][1] == "Today"
    assert cells(page.choose.view)[0][3] == person.window.at_hand.certain.name
    look(person, page)
    assert cells(page.change.counts) == [["Patients", "2", "1"]]
    others = page.change.others.text()
    assert re.match(r"Of the other \d+ kinds of record there are as many", others)
    assert [line[1:] for line in cells(page.change.later)] == [
        [USER, "Patient corrected", "Weber, Karl", "MRN: late → later"],
        [USER, "Patient created", "Weber, Karl", ""],
    ]
    assert "2 changes are no longer seen" in page.change.warning.text()
    assert page.change.wrong.isHidden()
    assert "the recovery key are those of the backup" in page.change.afterwards.text()
    assert not page.change.main_button.isEnabled()
    person.press("Space", "Tab", "Return")
    person.qtbot.waitUntil(page.done.isVisible)
    assert person.window.clinic is None
    (aside,) = asides(case_folder)
    assert str(aside) in page.done.aside.text()
    assert page.done.afterwards.text() == page.change.afterwards.text()
    person.press("Return")
    assert isinstance(person.page, SignInPage)
    person.sign_in()
    assert [each.mrn for each in person.window.at_hand.certain.patients()] == ["004711"]
    person.window.shut_down()
    assert mrns(case_folder) == {"004711"}
    assert mrns(aside) == {"004711", "later"}


def test_escape_leads_back_step_by_step_and_nothing_has_changed(
    person: Person, case_folder: Path
) -> None:
    page = inside(person)
    look(person, page)
    person.press("Escape")
    assert page.who.isVisible()
    person.press("Escape")
    assert page.choose.isVisible()
    person.press("Escape")
    assert person.page is person.window.own.backups
    person.window.shut_down()
    assert not made_ready(case_folder)
    assert mrns(case_folder) == {"004711", "later"}


def test_a_password_of_another_time_is_told_as_such_and_can_be_typed_again(person: Person) -> None:
    page = inside(person)
    look(person, page, "another few words")
    assert page.who.isVisible()
    source = page.choose.source
    assert source is not None
    assert f"that held when it was made, {moment_words(source.at)}." in page._problem.text()
    person.click("Use the recovery key…")
    assert page._problem.isHidden(), "of the other way nothing is wrong yet"
    person.write("AAAA", "berta", NEW_PASSWORD, NEW_PASSWORD)
    person.press("Return")
    person.qtbot.waitUntil(page.wait.isHidden)
    assert "Take the sheet that was made before that" in page._problem.text()


def test_whoever_is_signed_in_is_proposed_and_else_nobody(
    person: Person, case_folder: Path, worker: Tasks
) -> None:
    with Clinic.open(case_folder, USER, PASSWORD) as clinic:
        clinic.users.add("Aaron", Role.READER, NEW_PASSWORD)
        clinic.backups.take()
    page = inside(person)
    person.press("Return")
    assert [page.who.user.itemText(n) for n in range(2)] == [USER, "Aaron"]
    assert person.focus is page.who.password.line
    outside = RestorePage(case_folder, worker)
    person.qtbot.addWidget(outside)
    outside.show()
    person.qtbot.waitUntil(lambda: outside.choose.source is not None)
    outside.choose.main_button.click()
    assert outside.who.user.currentIndex() == -1
    outside.who.main_button.click()
    assert outside.who.isVisible(), "somebody has to be chosen"


def test_it_can_be_cancelled(person: Person, case_folder: Path) -> None:
    page = inside(person)
    person.press("Return")
    person.write(PASSWORD)
    person.press("Return", "Escape")
    person.qtbot.waitUntil(page.who.isVisible)
    assert not made_ready(case_folder)


@pytest.mark.parametrize("way_out", ["Ctrl+L", "Ctrl+2"])
def test_whoever_goes_elsewhere_leaves_nothing_behind(
    way_out: str, person: Person, case_folder: Path
) -> None:
    page = inside(person)
    look(person, page)
    assert made_ready(case_folder)
    person.press(way_out)
    assert person.page is not page
    assert not made_ready(case_folder)


@pytest.mark.parametrize(
    ("damaged", "words"),
    [(KEYRING, "Only its keyring is missing"), (STORE, "damaged, or it is another clinic")],
)
def test_a_damaged_clinic_offers_its_backups_first(
    damaged: str, words: str, case_folder: Path, qtbot: QtBot
) -> None:
    (case_folder / damaged).write_bytes(b"damaged" * 1000)
    window = MainWindow(case_folder)
    person = Person(qtbot, window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    door = person.page
    assert isinstance(door, SignInPage)
    if damaged == STORE:
        person.write(PASSWORD)
        person.press("Return")
    qtbot.waitUntil(lambda: person.focus is door.restore_button)
    person.press("Return")
    page = page_of(person)
    look(person, page)
    assert words in page.change.warning.text()
    assert page.change.wrong.isHidden(), "that it is set aside is expected"
    person.press("Space", "Tab", "Return")
    qtbot.waitUntil(page.done.isVisible)
    person.press("Return")
    assert isinstance(person.page, SignInPage)
    window.shut_down()
    window.deleteLater()
    assert mrns(case_folder) == {"004711"}


@pytest.mark.parametrize("left_alone", [True, False])
def test_before_the_door_too_what_a_backup_tells_is_hidden(
    left_alone: bool, case_folder: Path, qtbot: QtBot
) -> None:
    window = MainWindow(case_folder)
    person = Person(qtbot, window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    door, clocks = person.page, Clocks()
    assert isinstance(door, SignInPage)
    window.furnish()
    window.locking.idle.clocks = clocks
    door.restore_asked.emit()
    page = page_of(person)
    look(person, page)
    assert cells(page.change.later)
    if left_alone:
        clocks.go_on(24 * 3600)
        window.locking.idle.look()
    else:
        person.press("Ctrl+L")
    assert isinstance(person.page, SignInPage)
    assert not page.isVisible()
    assert page.who.password.line.text() == ""
    assert not made_ready(case_folder)
    window.shut_down()
    window.deleteLater()


def test_a_new_computer_needs_the_two_files_and_the_recovery_key(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, key = Clinic.create(tmp_path / "old", name="A", user=USER, password=PASSWORD)
    with made:
        made.save(a.patient(mrn="1"))
        made.backups.take(Path(shutil.copytree(tmp_path / "old", tmp_path / "usb")))
    for own in (STORE, KEYRING):
        (tmp_path / "usb" / own).unlink()
    (backup,) = sources_in(tmp_path / "usb")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(backup.store), ""))
    window = MainWindow(tmp_path / "new")
    person = Person(qtbot, window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    assert isinstance(person.page, FirstRunPage)
    person.click("Restore a backup…")
    page = shown(person)
    qtbot.waitUntil(lambda: "Connect the disk with the backup" in page.choose.said.text())
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(tmp_path / "newer"))
    person.click("Restore into another folder…")
    page = shown(person)
    person.click("Another file…")
    qtbot.waitUntil(lambda: page.choose.source is not None)
    person.press("Return")
    person.click("Use the recovery key…")
    person.write(key.lower(), "berta", NEW_PASSWORD, NEW_PASSWORD)
    person.press("Return")
    qtbot.waitUntil(page.change.isVisible)
    assert not page.change.warning.isVisible()
    assert page.change.counts.isColumnHidden(1), "there is nothing now"
    person.press("Space", "Tab", "Return")
    qtbot.waitUntil(page.done.isVisible)
    assert not page.done.aside.isVisible()
    window.shut_down()
    window.deleteLater()
    assert mrns(tmp_path / "newer", "berta", NEW_PASSWORD) == {"1"}
    assert not (tmp_path / "new").exists()


def test_a_folder_without_backups_says_so(tmp_path: Path, worker: Tasks, qtbot: QtBot) -> None:
    (tmp_path / "empty").mkdir()
    page = RestorePage(tmp_path / "empty", worker)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "no backup" in page.choose.said.text())
    assert not page.choose.main_button.isEnabled()
    assert page.choose.file_button.focusPolicy() is not Qt.FocusPolicy.NoFocus
