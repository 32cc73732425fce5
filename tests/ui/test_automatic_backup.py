"""Backups that nobody asked for: each day, and before the window closes; and when they fail."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.base import revised
from models.roles import Role
from models.store.backup_files import found
from models.store.clinic import Clinic
from models.store.places import BACKUP_LOCK, BACKUPS, KEYRING, STORE
from tests.conftest import PASSWORD, USER
from tests.ui.person import Person
from ui import automatic_backup
from ui.closing_page import ClosingPage
from ui.main_window import MainWindow
from ui.sign_in_page import SignInPage


def a_minute_later(window: MainWindow, monkeypatch: pytest.MonkeyPatch, **later: int) -> None:
    """The clock of the window goes on, and what is looked at each minute is looked at."""
    at = dt.datetime.now(dt.UTC) + dt.timedelta(**(later or {"minutes": 1}))
    monkeypatch.setattr(automatic_backup, "now", lambda: at)
    window.backing_up.automatic.look()


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Until no backup is under way any more."""
    with qtbot.waitCallback() as done:
        window.backing_up.automatic.tasks.run(int, done, done)


def strip(window: MainWindow) -> str:
    shown = window.backing_up.strip.backup
    return "" if shown.isHidden() else shown.text()


def change(window: MainWindow, days: int) -> None:
    assert window.clinic is not None
    window.clinic.save(revised(window.clinic.practice(), result_days=days))


def send_backups_to(window: MainWindow, folder: Path) -> None:
    assert window.clinic is not None
    kept = window.clinic.safekeeping()
    window.clinic.save(revised(kept, backup_folder=str(folder)))


def test_a_backup_is_made_each_day_on_which_something_changed(
    person: Person, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.arrive()
    assert window.clinic is not None
    folder = window.clinic.backups.folder
    qtbot.waitUntil(lambda: strip(window) == "No backup in its folder")
    assert not window.backing_up.warning.said
    a_minute_later(window, monkeypatch)
    qtbot.waitUntil(lambda: strip(window).startswith("Backup today"))
    (first,) = found(folder)
    assert first.complete
    change(window, 10)
    a_minute_later(window, monkeypatch, minutes=2)
    settle(window, qtbot)
    assert found(folder) == [first], "one a day is enough"
    a_minute_later(window, monkeypatch, days=1)
    settle(window, qtbot)
    second = found(folder)[0]
    assert second != first
    a_minute_later(window, monkeypatch, days=2)
    settle(window, qtbot)
    assert found(folder)[0] == second, "nothing was changed since"


def test_closing_the_window_makes_a_backup_that_opens(
    person: Person, window: MainWindow, qtbot: QtBot, case_folder: Path, tmp_path: Path
) -> None:
    person.arrive()
    person.press("Ctrl+Q")
    assert isinstance(person.page, ClosingPage)
    qtbot.waitUntil(lambda: not window.isVisible())
    (made,) = found(case_folder / BACKUPS)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(made.path, elsewhere / STORE)
    shutil.copy(made.keyring, elsewhere / KEYRING)
    with Clinic.open(elsewhere, USER, PASSWORD) as copy:
        assert [each.mrn for each in copy.patients()] == ["004711"]


def test_what_is_backed_up_already_is_not_backed_up_again(
    person: Person, window: MainWindow, qtbot: QtBot, case_folder: Path
) -> None:
    person.arrive()
    assert window.clinic is not None
    window.clinic.backups.take()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert len(found(case_folder / BACKUPS)) == 1


@pytest.mark.parametrize("way", ["Escape", "Ctrl+Q", "button"])
def test_the_window_can_be_closed_without_waiting(
    person: Person, window: MainWindow, way: str, case_folder: Path
) -> None:
    person.arrive()
    person.press("Ctrl+Q")
    if way == "button":
        person.click("Close without a backup")
    else:
        person.press(way)
    assert not window.isVisible()
    window.shut_down()
    folder = case_folder / BACKUPS
    left = {each.name for each in folder.iterdir()} if folder.exists() else set()
    whole = {path.name for each in found(folder) for path in (each.path, each.keyring)}
    assert left - {BACKUP_LOCK} == whole, "nothing half made stays behind"


def test_somebody_may_stay_after_all(person: Person, window: MainWindow, qtbot: QtBot) -> None:
    person.open_case()
    person.press("Ctrl+Q")
    person.click("Keep the window open")
    assert person.page is window.patient
    settle(window, qtbot)
    assert window.isVisible()


def test_a_folder_that_is_gone_is_told_and_the_window_closes_on_request(
    person: Person,
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    person.arrive()
    folder = tmp_path / "drive"
    send_backups_to(window, folder)
    a_minute_later(window, monkeypatch)
    warning = window.backing_up.warning
    qtbot.waitUntil(lambda: "is not there, or its drive is not connected" in warning.said)
    assert strip(window) == "Backup failed"
    QTest.mouseClick(warning.hide_button, Qt.MouseButton.LeftButton)
    a_minute_later(window, monkeypatch, hours=1)
    settle(window, qtbot)
    assert (warning.said, strip(window)) == ("", "Backup failed"), "once in a sitting"
    person.press("Ctrl+Q")
    page = person.page
    assert isinstance(page, ClosingPage)
    qtbot.waitUntil(page.again_button.isVisible)
    folder.mkdir()
    person.click("Try again")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert len(found(folder)) == 1


def test_after_a_failure_the_window_closes_all_the_same(
    person: Person, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    person.arrive()
    send_backups_to(window, tmp_path / "drive")
    window.close()
    page = person.page
    assert isinstance(page, ClosingPage)
    qtbot.waitUntil(page.again_button.isVisible)
    person.click("Close all the same")
    assert not window.isVisible()


def test_a_failed_backup_is_not_tried_every_minute(
    person: Person,
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    person.arrive()
    send_backups_to(window, tmp_path / "drive")
    a_minute_later(window, monkeypatch)
    qtbot.waitUntil(lambda: strip(window) == "Backup failed")
    (tmp_path / "drive").mkdir()
    a_minute_later(window, monkeypatch, minutes=2)
    settle(window, qtbot)
    assert not found(tmp_path / "drive")
    a_minute_later(window, monkeypatch, minutes=17)
    qtbot.waitUntil(lambda: strip(window).startswith("Backup today"))
    assert not window.backing_up.warning.said


def test_locking_ends_a_backup_and_leaves_nothing_of_it(
    person: Person,
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    case_folder: Path,
) -> None:
    """It is due again when somebody comes in."""
    person.arrive()
    a_minute_later(window, monkeypatch)
    person.press("Ctrl+L")
    assert isinstance(person.page, SignInPage)
    assert strip(window) == ""
    settle(window, qtbot)
    assert all(each.complete for each in found(case_folder / BACKUPS))
    person.arrive()
    a_minute_later(window, monkeypatch, minutes=3)
    qtbot.waitUntil(lambda: strip(window).startswith("Backup today"))


def test_a_reader_s_closing_backs_up_and_the_strip_says_whom_to_ask(
    person: Person, window: MainWindow, qtbot: QtBot, case_folder: Path
) -> None:
    with Clinic.open(case_folder, USER, PASSWORD) as clinic:
        clinic.users.add("ruth", Role.READER, "four words for once")
    with Clinic.open(case_folder, "ruth", "four words for once") as clinic:
        clinic.users.change_own_password("four words for once", "some other long words")
    page = person.page
    assert isinstance(page, SignInPage)
    page.opened.emit(Clinic.open(case_folder, "ruth", "some other long words"))
    button = window.backing_up.strip.backup
    qtbot.waitUntil(button.isVisible)
    assert "An administrator of the clinic looks after the backups." in button.toolTip()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert person.page is window.today_page
    assert person.told.startswith("An administrator")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert len(found(case_folder / BACKUPS)) == 1


def test_the_demo_is_closed_at_once(
    person: Person, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = person.page
    assert isinstance(page, SignInPage)
    demo, _key = Clinic.create(
        tmp_path / "demo", name="Demo", user=USER, password=PASSWORD, demo=True
    )
    page.opened.emit(demo)
    a_minute_later(window, monkeypatch)
    assert strip(window) == ""
    window.close()
    assert not window.isVisible()
