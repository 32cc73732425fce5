"""Work off the window's thread."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from models.base import ClinicError
from models.progress import Progress
from ui.long_work import LongWork
from ui.tasks import Tasks


def refuse(result: object) -> None:
    raise AssertionError(result)


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks(qapp)
    yield made
    made.shutdown()


def test_results_arrive_in_order_on_the_thread_of_the_window(qtbot: QtBot, tasks: Tasks) -> None:
    arrived: list[tuple[int, bool, bool]] = []
    window = threading.get_ident()

    def done(result: tuple[int, int]) -> None:
        number, worker = result
        arrived.append((number, worker != window, QThread.isMainThread()))

    for number in range(200):
        tasks.run(lambda number=number: (number, threading.get_ident()), done, refuse)
    qtbot.waitUntil(lambda: len(arrived) == 200)
    assert arrived == [(number, True, True) for number in range(200)]


def test_an_error_for_people_is_handed_back(qtbot: QtBot, tasks: Tasks) -> None:
    error = ClinicError("The disk is full.", "Nothing was changed.", "Make room.")
    met: list[ClinicError] = []

    def work() -> None:
        raise error

    tasks.run(work, refuse, met.append)
    qtbot.waitUntil(lambda: met == [error])


def test_a_bug_is_logged_without_its_message(
    qtbot: QtBot, tasks: Tasks, caplog: pytest.LogCaptureFixture
) -> None:
    met: list[ClinicError] = []

    def work() -> None:
        raise KeyError("Rossi")

    tasks.run(work, refuse, met.append)
    qtbot.waitUntil(lambda: len(met) == 1)
    assert "inside the program" in met[0].happened
    assert "KeyError" in caplog.text
    assert "Rossi" not in caplog.text
    caplog.clear()


def test_progress_is_told_on_the_way(qtbot: QtBot, tasks: Tasks) -> None:
    steps: list[int] = []

    def work() -> str:
        for step in range(3):
            tasks.tell(steps.append, step)
        return "done"

    with qtbot.waitCallback() as done:
        tasks.run(work, done, refuse)
    assert steps == [0, 1, 2]
    done.assert_called_with("done")


def test_a_widget_that_is_gone_gets_nothing(qtbot: QtBot, tasks: Tasks) -> None:
    label, gate = QLabel(), threading.Event()

    def work() -> str:
        gate.wait(5)
        return "text"

    tasks.run(work, label.setText, refuse)
    with qtbot.waitSignal(label.destroyed):
        label.deleteLater()
    gate.set()
    with qtbot.waitCallback() as after:
        tasks.run(str, after, refuse)


def test_nothing_arrives_after_shutdown(qtbot: QtBot) -> None:
    tasks, started, gate = Tasks(), threading.Event(), threading.Event()
    ran: list[str] = []

    def work() -> None:
        started.set()
        gate.wait(5)

    tasks.run(work, refuse, refuse)
    tasks.run(lambda: ran.append("waiting"), refuse, refuse)
    started.wait(5)
    threading.Timer(0.01, gate.set).start()
    tasks.shutdown()
    QApplication.processEvents()
    assert gate.is_set()
    assert not ran


def test_of_progress_that_outruns_the_window_the_last_is_told(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[tuple[int, int]] = []
    listening = threading.Event()

    def count(progress: Progress) -> None:
        for done in range(1000):
            progress(done, 1000)
        listening.set()

    work = LongWork(tasks, count, tasks)
    work.advanced.connect(lambda done, whole: told.append((done, whole)))
    with qtbot.waitSignal(work.done):
        work.start()
        assert listening.wait(10)
    assert told == [(999, 1000)]
