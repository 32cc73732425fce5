"""What a person is told, and what the log may keep."""

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from models.base import ClinicError
from ui import errors

NAME = "Rossi"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[list[ClinicError]]:
    said: list[ClinicError] = []
    monkeypatch.setattr(errors, "show_error", lambda parent, error: said.append(error))
    before = sys.excepthook
    errors.install_hook()
    yield said
    sys.excepthook = before


def fail(name: str = NAME) -> None:
    values = {"family_name": name}
    try:
        int(values["family_name"])
    except ValueError:
        raise KeyError(name) from None


def meet(times: int = 1) -> None:
    for _time in range(times):
        try:
            fail()
        except KeyError as error:
            sys.excepthook(type(error), error, error.__traceback__)


def test_a_bug_is_told_once_and_logged_without_values(
    qtbot: QtBot, told: list[ClinicError], caplog: pytest.LogCaptureFixture
) -> None:
    meet(times=7)
    assert not told
    qtbot.waitUntil(lambda: bool(told))
    QApplication.processEvents()
    assert len(told) == 1
    assert "KeyError" in caplog.text
    assert "test_errors.py:" in caplog.text
    assert NAME not in caplog.text
    assert NAME not in str(told[0])
    caplog.clear()


def test_a_bug_on_another_thread_is_told_on_the_windows(
    qtbot: QtBot, told: list[ClinicError], caplog: pytest.LogCaptureFixture
) -> None:
    thread = threading.Thread(target=meet)
    thread.start()
    thread.join()
    assert not told
    qtbot.waitUntil(lambda: bool(told))
    caplog.clear()


def test_an_error_for_people_is_told_as_it_is(qtbot: QtBot, told: list[ClinicError]) -> None:
    error = ClinicError("a", "b", "c")
    sys.excepthook(ClinicError, error, None)
    qtbot.waitUntil(lambda: told == [error])


def test_three_sentences_are_laid_out(qtbot: QtBot) -> None:
    seen: list[tuple[str, str]] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append((box.text(), box.informativeText()))
        box.accept()

    QTimer.singleShot(0, look)
    errors.show_error(None, ClinicError("The <disk> is full.", "Nothing is lost.", "Make room."))
    assert seen == [("<b>The &lt;disk&gt; is full.</b>", "Nothing is lost.<br><br>Make room.")]
