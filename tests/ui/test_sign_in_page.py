"""Signing in, by password and by the recovery key."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from models.base import ClinicError
from models.store.clinic import Clinic
from models.store.places import STORE
from models.store.tries import Tries, wait_after
from tests.conftest import PASSWORD, USER
from ui.caps_lock import CapsLockHint
from ui.sign_in_page import SignInPage
from ui.tasks import Tasks

NEW = "another good phrase"


@pytest.fixture
def folder(clinic: Clinic) -> Path:
    clinic.close()
    return clinic.folder


@pytest.fixture
def page(qtbot: QtBot, folder: Path, worker: Tasks) -> SignInPage:
    return shown(qtbot, folder, worker)


def shown(qtbot: QtBot, folder: Path, worker: Tasks) -> SignInPage:
    made = SignInPage(folder, worker)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def refuse(error: ClinicError) -> None:
    raise error


def type_in(page: SignInPage, *texts: str) -> None:
    """Each text into the next field, then Enter."""
    for place, text in enumerate(texts):
        if place:
            QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        QTest.keyClicks(page.focusWidget(), text)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)


def test_password_and_enter_open_the_clinic(qtbot: QtBot, page: SignInPage) -> None:
    assert page.by_password.user.currentText() == USER
    with qtbot.waitSignal(page.opened) as opened:
        type_in(page, PASSWORD)
        assert not page.by_password.isEnabled()
        assert page.by_password.main_button.text() == "Opening…"
        page.submit()
    with opened.args[0] as clinic:
        assert (clinic.name, clinic.user) == ("Skin Clinic", USER)
    assert page.by_password.password.line.text() == ""


def test_enter_twice_opens_the_clinic_once(qtbot: QtBot, page: SignInPage, worker: Tasks) -> None:
    opened: list[Clinic] = []
    page.opened.connect(opened.append)
    page.by_password.password.line.setText(PASSWORD)
    page.submit()
    page.submit()
    with qtbot.waitSignal(page.opened):
        pass
    done: list[None] = []
    worker.run(lambda: None, done.append, refuse)
    qtbot.waitUntil(lambda: bool(done))
    assert len(opened) == 1
    opened[0].close()


def test_a_wrong_password_is_said_beside_it_and_selected(qtbot: QtBot, page: SignInPage) -> None:
    password = page.by_password.password
    type_in(page, "not this one")
    qtbot.waitUntil(lambda: bool(password.problem))
    assert password.problem.startswith("This user and password do not open the clinic.")
    assert password.line.selectedText() == "not this one"
    assert password.line.hasFocus()
    assert password.line.text() == "not this one"
    with qtbot.waitSignal(page.opened) as opened:
        type_in(page, PASSWORD)
    opened.args[0].close()


def test_an_empty_password_asks_nobody(qtbot: QtBot, page: SignInPage) -> None:
    type_in(page, "")
    assert page.by_password.password.problem == "This is needed."
    assert page.by_password.isEnabled()


@pytest.fixture
def recovery_key(tmp_path: Path) -> tuple[Path, str]:
    folder = tmp_path / "with key"
    made, key = Clinic.create(folder, name="Skin Clinic", user=USER, password=PASSWORD)
    made.close()
    return folder, key


def test_the_recovery_key_sets_a_new_password(
    qtbot: QtBot, recovery_key: tuple[Path, str], worker: Tasks
) -> None:
    folder, key = recovery_key
    page = shown(qtbot, folder, worker)
    page.way_button.click()
    assert page.by_key.user.line.text() == ""
    assert "becomes an administrator" in page.by_key.user._note.text()
    with qtbot.waitSignal(page.opened) as opened:
        type_in(page, key.lower().replace("-", " "), USER, NEW, NEW)
    (told,) = opened.args[0].notices
    assert told.startswith(f"{USER} came in with the recovery key and is an administrator")
    opened.args[0].close()
    Clinic.open(folder, USER, NEW).close()
    assert page.by_key.key.line.text() == ""


def test_a_wrong_key_is_said_beside_it_and_what_was_typed_stays(
    qtbot: QtBot, page: SignInPage
) -> None:
    page.way_button.click()
    type_in(page, "ABCDE", USER, NEW, NEW)
    qtbot.waitUntil(lambda: bool(page.by_key.key.problem))
    assert page.by_key.key.problem.startswith("This recovery key does not open")
    assert page.by_key.password.text == NEW
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Escape)
    assert page.by_password.isVisible()
    assert not page.by_key.isVisible()


@pytest.mark.parametrize(
    ("first", "again", "short", "differs"),
    [
        ("short", "short", "The password is shorter than 10 characters.", ""),
        (NEW, "something else", "", "The two passwords differ."),
    ],
)
def test_a_new_password_is_checked_before_anything_is_tried(
    page: SignInPage, first: str, again: str, short: str, differs: str
) -> None:
    page.way_button.click()
    type_in(page, "ABCDE", USER, first, again)
    assert page.by_key.isEnabled()
    assert page.by_key.password.first.problem == short
    assert page.by_key.password.again.problem == differs


def test_a_damaged_keyring_is_said_and_another_folder_can_be_opened(
    qtbot: QtBot, folder: Path, worker: Tasks
) -> None:
    (folder / "keyring.json").write_text("{}")
    page = shown(qtbot, folder, worker)
    told = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
    assert any("cannot be read" in text for text in told)
    assert not page.by_password.isVisible()
    with qtbot.waitSignal(page.other_folder_asked):
        page.folder_button.click()


def test_a_damaged_file_is_said_above_and_only_a_backup_is_pressed_for(
    qtbot: QtBot, page: SignInPage, folder: Path
) -> None:
    (folder / STORE).write_bytes(bytes(8192))
    type_in(page, PASSWORD)
    qtbot.waitUntil(page._problem.isVisible)
    assert page._problem.text().startswith("The clinic's file is damaged")
    assert not page.by_password.password.problem
    assert page.restore_button.hasFocus()
    buttons = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    assert [each for each in buttons if each.property("role") == "primary"] == [page.restore_button]


def test_only_the_demo_clinic_tells_its_password(
    qtbot: QtBot, page: SignInPage, tmp_path: Path, worker: Tasks
) -> None:
    made, _key = Clinic.create(
        tmp_path / "demo", name="Demo", user="demo", password="demo", demo=True
    )
    made.close()
    demo = shown(qtbot, tmp_path / "demo", worker)
    assert demo.by_password.demo.isVisible()
    assert demo.by_password.demo.text() == "Demo clinic: user demo, password demo."
    assert not page.by_password.demo.isVisible()


# Waiting after failures


@pytest.fixture
def guessed(folder: Path) -> dt.datetime:
    """Somebody has failed so often that the next try has to wait 32 seconds; the last of them."""
    last = dt.datetime.now(dt.UTC)
    for _failure in range(8):
        Tries(folder, [USER]).failed(USER, last)
    return last


def test_the_wait_is_counted_down_also_after_a_restart(
    guessed: dt.datetime, page: SignInPage
) -> None:
    said = page.by_password.password.problem
    assert said.startswith("Too many failed tries. Nothing was changed. Try again in ")
    assert not page.by_password.main_button.isEnabled()
    type_in(page, PASSWORD)
    assert page.by_password.isEnabled(), "nothing is tried"
    assert page.by_password.password.line.text() == PASSWORD
    page.way_button.click()
    assert page.by_key.main_button.isEnabled(), "the recovery key has a wait of its own"


def test_when_it_is_over_the_password_can_be_tried(
    qtbot: QtBot, folder: Path, worker: Tasks
) -> None:
    tries = Tries(folder, [USER])
    almost = dt.datetime.now(dt.UTC) - wait_after(8) + dt.timedelta(seconds=1)
    for _failure in range(8):
        tries.failed(USER, almost)
    page = shown(qtbot, folder, worker)
    qtbot.waitUntil(page.by_password.main_button.isEnabled)
    assert page.by_password.password.problem == ""
    with qtbot.waitSignal(page.opened) as opened:
        type_in(page, PASSWORD)
    opened.args[0].close()


def test_what_was_refused_is_said_with_the_wait(qtbot: QtBot, folder: Path, worker: Tasks) -> None:
    over = dt.datetime.now(dt.UTC) - wait_after(7)
    for _failure in range(7):
        Tries(folder, [USER]).failed(USER, over)
    page = shown(qtbot, folder, worker)
    type_in(page, "not this one")
    qtbot.waitUntil(lambda: bool(page.by_password.password.problem))
    said = page.by_password.password.problem
    assert said.startswith("This user and password do not open the clinic.")
    assert "Try again in " in said
    assert not page.by_password.main_button.isEnabled()


def test_each_user_waits_alone(
    qtbot: QtBot, folder: Path, worker: Tasks, guessed: dt.datetime
) -> None:
    page = shown(qtbot, folder, worker)
    assert not page.by_password.main_button.isEnabled()
    page.by_password.user.addItem("berta")
    page.by_password.user.setCurrentText("berta")
    assert page.by_password.main_button.isEnabled()
    assert page.by_password.password.problem == ""


def test_caps_lock_is_noticed_by_the_first_letter(page: SignInPage) -> None:
    (hint,) = page.by_password.findChildren(CapsLockHint)
    line = page.by_password.password.line
    shift = Qt.KeyboardModifier.ShiftModifier
    for key, with_shift, caps in (("a", False, False), ("A", False, True), ("1", False, True)):
        QTest.keyClicks(line, key, shift if with_shift else Qt.KeyboardModifier.NoModifier)
        assert hint.isVisible() == caps, key
    QTest.keyClicks(line, "A", shift)
    assert not hint.isVisible()


def test_every_input_has_a_name(page: SignInPage) -> None:
    inputs = [page.by_password.user, page.by_password.password.line, page.by_key.key.line]
    assert [each.accessibleName() for each in inputs] == ["User", "Password", "Recovery key"]
