"""Where and when Python looks for garbage while there is a window."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from models.garbage import seldom_sought
from tests.ui.clocks import Clocks
from tests.ui.person import Person
from ui import garbage
from ui.garbage import QUIET, Garbage
from ui.main_window import MainWindow

MANY = 50


class Knot(QTimer):
    """What only a search finds."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def sought(window: MainWindow) -> Iterator[Garbage]:
    made = Garbage(window)
    window.loading.done.emit()
    window.loading.done.disconnect()
    yield made
    gc.enable()


@pytest.fixture
def searches() -> Iterator[set[int]]:
    """The threads on which garbage was looked for."""
    found: set[int] = set()

    def note(_phase: str, _facts: dict[str, int]) -> None:
        found.add(threading.get_ident())

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)


def knots(died: list[int]) -> list[Knot]:
    """They tell on which thread they die."""
    made = [Knot() for _number in range(MANY)]
    for each in made:
        weakref.finalize(each, lambda: died.append(threading.get_ident()))
    return made


def as_if_long_kept() -> None:
    """What is alive is no longer looked for among what is new."""
    gc.collect(1)


def test_what_is_dropped_dies_on_the_windows_thread(
    sought: Garbage, searches: set[int], window: MainWindow, qtbot: QtBot
) -> None:
    died: list[int] = []
    kept: list[object] = []
    knots(died)

    def work() -> list[list[int]]:
        with seldom_sought():
            return [[number] for number in range(300_000)]

    window.tasks.run(work, kept.append, kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    qtbot.waitUntil(lambda: len(died) == MANY)
    assert set(died) == searches == {threading.get_ident()}
    assert not gc.isenabled()


def test_all_of_it_is_looked_through_when_the_window_was_locked(
    sought: Garbage, person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    person.arrive()
    died: list[int] = []
    made = knots(died)
    as_if_long_kept()
    del made
    sought.look()
    assert died == []
    window.lock()
    qtbot.waitUntil(lambda: len(died) == MANY)


def test_what_was_made_since_somebody_came_in_is_looked_through(
    person: Person, window: MainWindow
) -> None:
    """Whoever is fast is in before all is loaded."""
    person.arrive()
    Garbage(window)
    kept = gc.get_freeze_count()
    try:
        window.loading.done.emit()
        assert gc.get_freeze_count() == kept
    finally:
        gc.enable()


def test_and_now_and_then_but_not_while_somebody_types(
    sought: Garbage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "ALL_AFTER", 0)
    clocks = window.locking.idle.clocks = Clocks()
    window.locking.idle.watch(10)
    died: list[int] = []
    made = knots(died)
    as_if_long_kept()
    del made
    clocks.go_on(QUIET - 1)
    sought.look()
    assert died == []
    clocks.go_on(2)
    sought.look()
    assert len(died) == MANY


def test_not_while_a_dialog_is_open(
    sought: Garbage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is deleted later, below it, keeps its half in Python until then."""
    monkeypatch.setattr(garbage, "ENOUGH", 0)
    died: list[int] = []
    knots(died)
    outer, dialog = QEventLoop(), QEventLoop()

    def locked() -> None:
        sought.look()
        sought.look_everywhere()
        dialog.quit()

    def open_dialog() -> None:
        QTimer.singleShot(0, locked)
        dialog.exec()
        outer.quit()

    QTimer.singleShot(0, open_dialog)
    outer.exec()
    assert died == []
    sought.look_everywhere()
    assert len(died) == MANY
