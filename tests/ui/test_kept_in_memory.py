"""What stays in memory while somebody works: no more after many rounds than after the first."""

import gc
from collections import Counter

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.base import Record
from models.history import History
from models.visit import Visit
from tests.ui.person import Person
from ui.main_window import MainWindow

FIRST, FURTHER = 1, 2
"""Rounds; much is made when it is first seen."""


def test_a_round_of_work_leaves_nothing_behind(
    window: MainWindow, person: Person, qtbot: QtBot
) -> None:
    person.arrive()
    for _number in range(FIRST):
        work_a_round(person, qtbot)
    before = kept(window)
    for _number in range(FURTHER):
        work_a_round(person, qtbot)
    assert kept(window) - before == Counter()


def work_a_round(person: Person, qtbot: QtBot) -> None:
    """A patient is opened, changed and printed, everybody listed; then the window is locked."""
    window = person.window
    person.press("Ctrl+K")
    person.write("ross")
    person.press("Return")
    qtbot.waitUntil(lambda: person.page is person.patient)
    tabs = person.patient.tabs
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        QApplication.processEvents()
    save_and_undo(person, qtbot)
    person.press("Ctrl+P")
    qtbot.waitUntil(window.preview.print_button.isEnabled)
    person.press("Escape")
    person.press("Ctrl+2")
    qtbot.waitUntil(lambda: window.patients.has_list)
    person.write("ro")
    person.press("Ctrl+1")
    former = window.today_page.worklist
    qtbot.waitUntil(lambda: window.today_page.worklist is not former)
    with qtbot.waitSignal(window.locking.closed):
        person.press("Ctrl+L")
    person.arrive()


def save_and_undo(person: Person, qtbot: QtBot) -> None:
    visits = len(person.history.of(Visit))
    person.add(Visit)
    person.write("-3", "tel", "done")
    person.press("Ctrl+Return")
    qtbot.waitUntil(lambda: len(person.history.of(Visit)) == visits + 1)
    person.window.undoing.undo()
    qtbot.waitUntil(lambda: len(person.history.of(Visit)) == visits)


def kept(window: MainWindow) -> Counter[str]:
    """Of each kind how many, once whatever is to be deleted is."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    records = (each for each in gc.get_objects() if isinstance(each, History | Record))
    widgets = (f"{type(each).__name__} anywhere" for each in QApplication.allWidgets())
    objects = (f"{type(each).__name__} of the window" for each in window.findChildren(QObject))
    return Counter([*(type(each).__name__ for each in records), *widgets, *objects])
