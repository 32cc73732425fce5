"""Rounds of a day's work in the window, as somebody has them who sits before it."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from models.visit import Visit
from tests.bench.clinics import PASSWORD
from tests.bench.memory import LOCKED_EVERY
from tests.ui.person import Person, answers
from ui.main_window import MainWindow
from ui.questions import Leaving

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LOOK_MS, PATIENCE_S = 5, 300


def let_pass(milliseconds: int) -> None:
    """The worker goes on meanwhile, as it does while a person waits: `QTest.qWait` stops Python."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop, loop.quit)
    loop.exec()


class Patience:
    """What `Person` needs of pytest-qt."""

    def waitUntil(self, condition: Callable[[], object]) -> None:  # noqa: N802 - its name there
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, "it does not come"
            let_pass(LOOK_MS)


class Day:
    """The window and somebody who works at it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        window.resize(1366, 768)
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        self.person = Person(cast("QtBot", Patience()), self.window)
        self.wait = self.person.qtbot.waitUntil
        loaded = QSignalSpy(window.loading.done)
        self.wait(lambda: loaded.count() > 0)
        self.arrive()

    def arrive(self) -> None:
        self.person.write(PASSWORD)
        self.person.press("Return")
        self.wait(lambda: self.window.clinic is not None)
        self.wait(lambda: self.window.today_page.worklist is not None)

    def round(self, number: int) -> float:
        """Megabytes after it; a lock, which gives some back, comes later."""
        self.look_at(f"{number:06d}")
        self.look_at("L600")
        self.save_and_undo()
        self.preview()
        self.list_everybody()
        self.see_what_is_due()
        taken = float(psutil.Process().memory_info().rss / 2**20)
        if number % LOCKED_EVERY == LOCKED_EVERY - 1:
            self.person.press("Ctrl+L")
            self.arrive()
        return taken

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
        let_pass(LOOK_MS)

    def see_what_is_due(self) -> None:
        page = self.window.today_page
        former = page.worklist
        self.person.press("Ctrl+1")
        self.wait(lambda: page.worklist is not former)
