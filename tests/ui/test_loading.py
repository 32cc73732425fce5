"""What waits until the sign-in page is painted, and that it is there when it is needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.errors import ClinicError
from tests.conftest import PASSWORD
from tests.ui.person import Person
from ui import errors, loading
from ui.loading import Loading
from ui.main_window import MainWindow
from ui.sign_in_page import SignInPage
from ui.tasks import Tasks

ROOT = Path(__file__).parents[2]
NOT_YET = {
    "alembic",
    "models.base",
    "models.store.clinic",
    "numpy",
    "reportlab",
    "sqlalchemy",
    "sqlmodel",
    "ui.clinic_pages",
    "ui.form",
    "ui.patient_page",
    "ui.today_page",
}
PAINTED = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui import theme
from ui.main_window import MainWindow
from ui.sign_in_page import SignInPage
app = QApplication([])
theme.follow_system(app)
window = MainWindow(Path(sys.argv[1]))
window.show()
assert not window.grab().isNull()
assert isinstance(window.stack.currentWidget(), SignInPage)
print(*sys.modules)
window.shut_down()
"""

READ = """
import linecache, os, sys
import main
from ui.loading import Loading

def painted(self):
    print(*linecache.cache, sep="\\n", flush=True)
    os._exit(0)

Loading.start = painted
main.main(["--clinic", sys.argv[1]])
"""


@pytest.fixture
def starting(case_folder: Path, qtbot: QtBot) -> MainWindow:
    """The window as it is painted first."""
    made = MainWindow(case_folder)
    qtbot.addWidget(made, before_close_func=lambda window: window.shut_down())
    made.show()
    return made


def test_the_sign_in_page_is_painted_without_records_and_pages(case_folder: Path) -> None:
    loaded = set(told_by(PAINTED, case_folder).split())
    assert "ui.sign_in_page" in loaded
    assert not loaded & NOT_YET


def test_qt_reads_no_source_of_what_is_imported_for_the_window(case_folder: Path) -> None:
    read = told_by(READ, case_folder).splitlines()
    assert str(ROOT / "ui" / "tasks.py") in read
    assert str(ROOT / "ui" / "main_window.py") not in read


def told_by(program: str, folder: Path) -> str:
    """What it prints, run on a clinic."""
    ended = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return ended.stdout


def test_what_is_behind_comes_while_the_password_is_typed(
    starting: MainWindow, qtbot: QtBot
) -> None:
    person = Person(qtbot, starting)
    with qtbot.waitSignal(starting.loading.done):
        person.write("half of it")
    page = starting.stack.currentWidget()
    assert isinstance(page, SignInPage)
    assert page.by_password.password.line.text() == "half of it"
    assert starting.focusWidget() is page.by_password.password.line
    assert starting.clinic is None
    assert not starting.pages


@pytest.mark.parametrize("lost", ["RECORDS", "PAGES"])
def test_what_cannot_be_loaded_is_told_once_and_keeps_nobody_out(
    lost: str,
    told: list[ClinicError],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.setattr(loading, lost, ("ui.nowhere", "ui.not_there_either"))
    qtbot: QtBot = request.getfixturevalue("qtbot")
    starting: MainWindow = request.getfixturevalue("starting")
    monkeypatch.setattr("sys.excepthook", errors.Teller(starting).hook)
    with qtbot.waitSignal(starting.loading.done):
        starting.loading.start()
    qtbot.waitUntil(lambda: bool(told))
    Person(qtbot, starting).arrive()
    assert [each.happened for each in told] == ["Something went wrong inside the program."]
    assert "ModuleNotFoundError" in caplog.text
    caplog.clear()


def test_nor_does_what_cannot_be_made_behind_the_door(
    qtbot: QtBot, worker: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[BaseException] = []
    monkeypatch.setattr("sys.excepthook", lambda _kind, error, _trace: bugs.append(error))
    monkeypatch.setattr(loading, "PAGES", ())
    bug = RuntimeError()

    def furnish() -> None:
        raise bug

    started = Loading(worker, furnish, worker)
    with qtbot.waitSignal(started.done):
        started.start()
    qtbot.waitUntil(lambda: bugs == [bug])


def test_whoever_is_faster_comes_in_as_well(starting: MainWindow, qtbot: QtBot) -> None:
    person = Person(qtbot, starting)
    person.write(PASSWORD)
    person.press("Return")
    starting.loading.stop()
    qtbot.waitUntil(lambda: person.page is not None and starting.name_of(person.page) == "today")
    qtbot.waitUntil(lambda: starting.today_page.worklist is not None)


def test_the_window_can_be_closed_at_once(starting: MainWindow) -> None:
    assert starting.close()


def test_a_page_is_made_when_it_is_asked_for(person: Person, window: MainWindow) -> None:
    person.arrive()
    assert window.pages.keys() == {"today"}
    window.lock()
    assert not window.pages
