"""Building the demo clinic from the window: how far it is, and a way out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.store.folder import is_clinic
from ui import doors
from ui.first_run_page import FirstRunPage
from ui.main_window import MainWindow
from ui.wait_page import WaitPage


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(doors, "demo_folder", lambda: tmp_path / "demo")
    return tmp_path / "demo"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Where there is no clinic yet."""
    made = MainWindow(tmp_path / "own")
    qtbot.addWidget(made)
    made.show()
    yield made
    made.shut_down()


def ask_for_the_demo(window: MainWindow) -> WaitPage:
    page = window.stack.currentWidget()
    assert isinstance(page, FirstRunPage)
    QTest.mouseClick(page.demo_button, Qt.MouseButton.LeftButton)
    waiting = window.stack.currentWidget()
    assert isinstance(waiting, WaitPage)
    return waiting


def test_whoever_starts_types_the_name_of_the_clinic_first(window: MainWindow) -> None:
    page = window.stack.currentWidget()
    assert isinstance(page, FirstRunPage)
    assert window.focusWidget() is page.clinic_part.name.line


def test_the_demo_is_built_and_opened(
    window: MainWindow, demo: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "DEMO_PATIENTS", 1)
    ask_for_the_demo(window)
    qtbot.waitUntil(lambda: window.clinic is not None, timeout=20_000)
    assert window.clinic is not None
    assert window.clinic.demo
    assert len(window.clinic.patients()) == 2


def test_building_the_demo_is_cancelled_and_nothing_is_left(
    window: MainWindow, demo: Path, qtbot: QtBot
) -> None:
    waiting = ask_for_the_demo(window)
    qtbot.waitUntil(lambda: waiting.bar.value() > 0, timeout=20_000)
    assert waiting.bar.maximum() == doors.DEMO_PATIENTS + 1
    QTest.keyClick(waiting, Qt.Key.Key_Escape)
    assert not waiting.cancel_button.isEnabled()
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), FirstRunPage), timeout=20_000)
    assert window.clinic is None
    assert not is_clinic(demo)
