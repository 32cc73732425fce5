"""Restoring in the window, as an administrator inside and as anybody at the doors does it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from models.store.clinic import Clinic
from models.store.places import KEYRING, STORE
from models.store.restoring import sources_in
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
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
        clinic.save(a.patient(mrn="later"))
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


def page_of(person: Person) -> RestorePage:
    page = person.page
    assert isinstance(page, RestorePage)
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
    assert cells(page.choose.view)[0][1] == "today"
    look(person, page)
    assert cells(page.change.counts)[0] == ["Patients", "2", "1"]
    assert [line[1:] for line in cells(page.change.later)] == [
        [USER, "Patient created", "Weber, Karl"]
    ]
    assert "1 change is no longer seen" in page.change.warning.text()
    assert not page.change.main_button.isEnabled()
    person.press("Space", "Tab", "Return")
    person.qtbot.waitUntil(page.done.isVisible)
    assert person.window.clinic is None
    (aside,) = asides(case_folder)
    assert str(aside) in page.done.aside.text()
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


def test_a_wrong_password_is_told_and_can_be_typed_again(person: Person) -> None:
    page = inside(person)
    look(person, page, "another few words")
    assert page.who.isVisible()
    assert "do not open" in page._problem.text()


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
    person.press("Space", "Tab", "Return")
    qtbot.waitUntil(page.done.isVisible)
    person.press("Return")
    assert isinstance(person.page, SignInPage)
    window.shut_down()
    window.deleteLater()
    assert mrns(case_folder) == {"004711"}


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
    page = person.page
    assert isinstance(page, RestorePage)
    qtbot.waitUntil(lambda: "no backup" in page.choose.said.text())
    person.click("Another file…")
    qtbot.waitUntil(lambda: page.choose.source is not None)
    person.press("Return")
    person.click("Use the recovery key…")
    person.write(key.lower(), "berta", NEW_PASSWORD, NEW_PASSWORD)
    person.press("Return")
    qtbot.waitUntil(page.change.isVisible)
    assert not page.change.warning.isVisible()
    person.press("Space", "Tab", "Return")
    qtbot.waitUntil(page.done.isVisible)
    assert not page.done.aside.isVisible()
    window.shut_down()
    window.deleteLater()
    assert mrns(tmp_path / "new", "berta", NEW_PASSWORD) == {"1"}


def test_a_folder_without_backups_says_so(tmp_path: Path, worker: Tasks, qtbot: QtBot) -> None:
    (tmp_path / "empty").mkdir()
    page = RestorePage(tmp_path / "empty", worker)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "no backup" in page.choose.said.text())
    assert not page.choose.main_button.isEnabled()
    assert page.choose.file_button.focusPolicy() is not Qt.FocusPolicy.NoFocus
