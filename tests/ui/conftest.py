"""What several pages' tests use: the worker, a clinic with the published case, settings aside."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.base import ClinicError
from models.demo.case import published_case
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER
from tests.ui.desk import Desk
from tests.ui.person import Person
from tests.ui.samples import TODAY
from ui import errors, main_window
from ui.main_window import MainWindow
from ui.questions import Leaving
from ui.tasks import Tasks


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks(qapp)
    yield made
    made.shutdown()


@pytest.fixture(autouse=True)
def settings_aside(tmp_path: Path, qapp: QApplication) -> Iterator[None]:
    """Nobody's own settings are read or written, and what a test chose is forgotten."""
    user = QSettings.Scope.UserScope
    QSettings.setPath(QSettings.Format.NativeFormat, user, str(tmp_path / "settings"))
    yield
    qapp.styleHints().unsetColorScheme()


@pytest.fixture(scope="session")
def _case_clinic(_empty_clinic: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("case") / "clinic"
    shutil.copytree(_empty_clinic, folder)
    with Clinic.open(folder, USER, PASSWORD) as clinic:
        clinic.save_all(published_case())
    return folder


@pytest.fixture
def case_folder(_case_clinic: Path, tmp_path: Path) -> Path:
    """The folder of a clinic with one patient: the published case."""
    return Path(shutil.copytree(_case_clinic, tmp_path / "case"))


@pytest.fixture
def window(
    qtbot: QtBot, case_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """The window as it opens on 30 April 2020: somebody has to sign in."""
    monkeypatch.setattr(main_window, "today", lambda: TODAY)
    made = MainWindow(case_folder)
    made.resize(1366, 768)
    made.show()
    made.furnish()
    with qtbot.waitActive(made):
        made.activateWindow()
    yield made
    made.shut_down()
    made.hide()
    made.deleteLater()


@pytest.fixture
def person(qtbot: QtBot, window: MainWindow) -> Person:
    """Somebody who sits before the window and has a keyboard."""
    return Person(qtbot, window)


@pytest.fixture
def desk(qtbot: QtBot, clinic: Clinic, worker: Tasks) -> Iterator[Desk]:
    """The files of a patient who has none yet."""
    made = Desk(clinic, worker, qtbot)
    qtbot.addWidget(made.tab)
    made.tab.resize(1366, 600)
    made.tab.show()
    with qtbot.waitActive(made.tab):
        made.tab.activateWindow()
    yield made
    made.answer = Leaving.DISCARD


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[ClinicError]:
    """What was said to the person, and to nobody who would have to press a button."""
    said: list[ClinicError] = []
    monkeypatch.setattr(errors, "show_error", lambda parent, error: said.append(error))
    return said
