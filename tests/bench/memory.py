"""How much memory the window takes through rounds of a day's work, and whether that grows.

One round: a patient is found and opened, every tab looked at, a visit saved and undone, a page
previewed, what is due and everybody listed, searched and scrolled; now and then somebody locks and
comes in again. The cohort, which holds what it reads of everybody, is told apart.
"""

import itertools
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import psutil
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.visit import Visit
from tests.bench.clinics import AS_OF, PASSWORD, copied
from tests.bench.figures import Figure
from tests.ui.person import Person, answers
from ui import main_window, theme
from ui.garbage import Garbage
from ui.main_window import MainWindow
from ui.questions import Leaving

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

ROUNDS = ((1_000, 60), (100_000, 12))
QUICK = ((1_000, 2),)
"""Patients and rounds: sixty are more than an hour's work."""
LOCKED_EVERY = 10
AT_MOST, GROWTH = 300, 0.5
LOOK_MS, PATIENCE_S = 5, 300


def figures(quick: bool) -> Iterator[Figure]:
    """Megabytes of the whole process, as the system counts them; each clinic in the same one."""
    with tempfile.TemporaryDirectory() as aside:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, aside)
        for size, rounds in QUICK if quick else ROUNDS:
            yield from _after(size, rounds)


def _after(size: int, rounds: int) -> Iterator[Figure]:
    at = f"{size:,} patients, {rounds} rounds"
    with copied(size) as folder:
        day = Day(folder)
        taken = [day.round(number) for number in range(rounds)]
        day.end()
    half = taken[rounds // 2 :]
    steps = [after - before for before, after in itertools.pairwise(half)] or [0.0]
    yield Figure("memory after the first round", at, taken[0], taken[0], taken[0], "MB")
    yield Figure(
        "memory after the last", at, taken[-1], min(taken), max(taken), "MB", at_most=AT_MOST
    )
    growth = (half[-1] - half[0]) / len(steps)
    told = "a round, in the second half"
    yield Figure(told, at, growth, min(steps), max(steps), "MB", at_most=GROWTH)


class Patience:
    """What `Person` needs of pytest-qt."""

    def waitUntil(self, condition: Callable[[], object]) -> None:  # noqa: N802 - its name there
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, "it does not come"
            QTest.qWait(LOOK_MS)


class Day:
    """The window and somebody who works at it."""

    def __init__(self, folder: Path) -> None:
        app = cast(QApplication, QApplication.instance() or QApplication([]))
        theme.apply(app, dark=False)
        main_window.today = lambda: AS_OF
        self.window = MainWindow(folder)
        Garbage(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.furnish()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.person = Person(cast("QtBot", Patience()), self.window)
        self.wait = self.person.qtbot.waitUntil
        self.arrive()

    def arrive(self) -> None:
        self.person.write(PASSWORD)
        self.person.press("Return")
        self.wait(lambda: self.window.today_page.worklist is not None)

    def round(self, number: int) -> float:
        """Megabytes after it."""
        self.look_at(f"{number:06d}")
        self.look_at("L600")
        self.save_and_undo()
        self.preview()
        self.list_everybody()
        self.see_what_is_due()
        if number % LOCKED_EVERY == LOCKED_EVERY - 1:
            self.person.press("Ctrl+L")
            self.arrive()
        return float(psutil.Process().memory_info().rss / 2**20)

    def look_at(self, mrn: str) -> None:
        self.person.press("Ctrl+K")
        self.person.write(mrn)
        self.person.press("Return")
        self.wait(lambda: self.person.page is self.person.patient)
        patient = self.person.patient
        answers(patient.treatment_day, Leaving.DISCARD)
        for place in range(patient.tabs.count()):
            patient.tabs.setCurrentIndex(place)
            QApplication.processEvents()
        patient.tabs.setCurrentIndex(0)

    def save_and_undo(self) -> None:
        tab = self.person.add(Visit)
        self.person.fill(tab.form, date="2020-03-07", notes="made up")
        self.person.pick(tab.form, "kind", "Follow-up")
        self.person.pick(tab.form, "status", "Done")
        before = len(self.person.history.of(Visit))
        self.person.press("Ctrl+Return")
        self.wait(lambda: len(self.person.history.of(Visit)) == before + 1)
        self.window.undoing.undo()
        self.wait(lambda: len(self.person.history.of(Visit)) == before)

    def preview(self) -> None:
        self.person.press("Ctrl+P")
        self.wait(self.window.preview.print_button.isEnabled)
        self.person.press("Escape")
        self.wait(lambda: self.person.page is self.person.patient)

    def list_everybody(self) -> None:
        self.person.press("Ctrl+2")
        patients = self.window.patients
        self.wait(lambda: patients.table.rowCount() > 0)
        patients.focus_search()
        self.person.write("be")
        patients.clear()
        patients.view.scrollToBottom()
        QTest.qWait(LOOK_MS)

    def see_what_is_due(self) -> None:
        page = self.window.today_page
        former = page.worklist
        self.person.press("Ctrl+1")
        self.wait(lambda: page.worklist is not former)

    def end(self) -> None:
        self.window.shut_down()
        self.window.hide()
        self.window.deleteLater()
