"""The left of the status bar: the last save, the last backup, the time until the lock."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.store import engine
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER
from tests.ui.person import Person
from ui.main_window import MainWindow
from ui.status_strip import lock_words


def said(window: MainWindow) -> list[str]:
    strip = window.backing_up.strip
    parts = (strip.saved, strip.backup, strip.lock)
    return [part.text() for part in parts if not part.isHidden()]


def test_it_tells_the_last_save_the_last_backup_and_the_lock(
    person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    assert said(window) == [], "nobody is in"
    window.resize(1024, 600)
    person.arrive()
    window.locking.idle.look()
    qtbot.waitUntil(lambda: said(window) == ["No backup in its folder", "Locks in 10 min"])
    person.press("Ctrl+,")
    person.fill(window.own.settings.form, result_days="10")
    person.press("Ctrl+Return")
    assert person.told == "Saved"
    window.statusBar().clearMessage()
    assert re.fullmatch(r"Saved \d\d:\d\d", said(window)[0])
    strip = window.backing_up.strip
    assert strip.isVisible()
    for part in (strip.saved, strip.backup, strip.lock):
        assert part.width() >= part.sizeHint().width()
    person.press("Ctrl+L")
    assert said(window) == []


def test_what_is_not_on_record_is_told_until_it_is(
    person: Person, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE_MS", 20)
    person.open_case()
    owed, clinic = window.backing_up.strip.owed, window.clinic
    assert clinic is not None
    with Clinic.open(clinic.folder, USER, PASSWORD) as other, other._store.writing() as session:
        session.connection()
        assert clinic.trail.verify() == []
        window.locking.idle.look()
        assert owed.isVisible()
        assert "could not be written into the audit log" in owed.toolTip()
    with clinic.handing_out([], "printer Ward 3"):
        window.locking.idle.look()
    assert not owed.isVisible()


def test_an_administrator_is_led_to_the_backups(
    person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    person.arrive()
    button = window.backing_up.strip.backup
    qtbot.waitUntil(button.isVisible)
    assert "Press to look at the backups." in button.toolTip()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert person.page is window.own.backups


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (540, "Locks in 9 min"),
        (481, "Locks in 9 min"),
        (61, "Locks in 2 min"),
        (60, "Locks in 60 s"),
        (1, "Locks in 1 s"),
        (0, "Locks in 0 s"),
    ],
)
def test_the_last_minute_is_told_in_seconds(seconds: int, words: str) -> None:
    assert lock_words(seconds) == words
