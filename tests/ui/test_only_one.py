"""One window for a clinic: a second start, a lock that was left behind, another computer."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.conftest import PASSWORD, USER
from tests.ui.person import Person
from ui.elsewhere_page import ElsewherePage
from ui.main_window import MainWindow
from ui.only_one import LOCK
from ui.sign_in_page import SignInPage

HOME = Path(__file__).parents[2]
ANOTHER_COMPUTER = "4711\npython3.11\nward-3\n" + "0" * 32 + "\n" + "0" * 36 + "\n"


def start(folder: Path, *command: str, home: Path) -> "subprocess.Popen[str]":
    own = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(home),
        "CTCL_PASSWORD": PASSWORD,
    }
    whole = [sys.executable, "main.py", *command, "--clinic", str(folder)]
    return subprocess.Popen(whole, cwd=HOME, env=own, stdout=subprocess.PIPE, text=True)


def end(qtbot: QtBot, process: "subprocess.Popen[str]") -> tuple[int | None, str]:
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=60_000)
    return process.returncode, process.communicate()[0]


def words(page: ElsewherePage) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel))


def test_a_second_start_shows_the_window_that_is_open(
    window: MainWindow, case_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.showMinimized()
    code, said = end(qtbot, start(case_folder, home=tmp_path))
    assert (code, said) == (0, "This clinic is open already: its window comes to the front.\n")
    assert not window.isMinimized()
    assert isinstance(window.stack.currentWidget(), SignInPage)


def test_the_command_line_and_an_open_window_do_not_hinder_each_other(
    person: Person, case_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    person.arrive()
    code, said = end(qtbot, start(case_folder, "patients", "--user", USER, home=tmp_path))
    assert (code, "Rossi" in said) == (0, True)
    assert person.window.clinic is not None
    assert len(person.window.clinic.patients()) == 1


def test_the_lock_goes_with_the_window_and_only_its_owner_can_read_it(
    window: MainWindow, case_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = case_folder / LOCK
    assert stat.S_IMODE(lock.stat().st_mode) == 0o600
    other = Path(shutil.copytree(case_folder, tmp_path / "other", ignore=lambda *_: [LOCK]))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(other))
    door = window.stack.currentWidget()
    assert isinstance(door, SignInPage)
    door.folder_button.click()
    assert (lock.exists(), (other / LOCK).exists()) == (False, True)
    window.shut_down()
    assert not (other / LOCK).exists()


@pytest.mark.parametrize("left", ["", "torn"])
def test_a_lock_that_a_power_cut_tore_is_taken_over(
    case_folder: Path, qtbot: QtBot, left: str
) -> None:
    (case_folder / LOCK).write_text(left)
    window = MainWindow(case_folder)
    qtbot.addWidget(window)
    assert isinstance(window.stack.currentWidget(), SignInPage)
    assert str(os.getpid()) in (case_folder / LOCK).read_text()
    window.shut_down()


def test_a_killed_window_hinders_nobody(case_folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    with start(case_folder, home=tmp_path) as killed:
        qtbot.waitUntil((case_folder / LOCK).exists, timeout=60_000)
        killed.kill()
    assert (case_folder / LOCK).exists()
    window = MainWindow(case_folder)
    qtbot.addWidget(window)
    assert isinstance(window.stack.currentWidget(), SignInPage)
    window.shut_down()


@pytest.fixture
def elsewhere(case_folder: Path, window: MainWindow) -> ElsewherePage:
    """The page of a window on a clinic that another computer has open."""
    window._doors.let_go()
    (case_folder / LOCK).write_text(ANOTHER_COMPUTER)
    window._doors.knock()
    page = window.stack.currentWidget()
    assert isinstance(page, ElsewherePage)
    return page


def test_where_another_computer_has_it_open_is_said(
    elsewhere: ElsewherePage, window: MainWindow, case_folder: Path
) -> None:
    assert "It is open on the computer ward-3, since " in words(elsewhere)
    elsewhere.again_button.click()
    again = window.stack.currentWidget()
    assert isinstance(again, ElsewherePage)
    (case_folder / LOCK).unlink()
    again.again_button.click()
    assert isinstance(window.stack.currentWidget(), SignInPage)


def test_a_computer_that_is_no_more_keeps_nobody_out(
    elsewhere: ElsewherePage, window: MainWindow, case_folder: Path
) -> None:
    elsewhere.here_button.click()
    assert isinstance(window.stack.currentWidget(), SignInPage)
    assert "ward-3" not in (case_folder / LOCK).read_text()
