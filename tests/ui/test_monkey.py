"""Thousands of random actions: no exception, nothing unsound, nobody named in the title."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.conftest import PASSWORD
from tests.models import builders as a
from tests.thorough import times
from tests.ui.monkey import Monkey
from tests.ui.person import Person
from ui.main_window import MainWindow
from ui.sign_in_page import SignInPage

ACTIONS, SEEDS = times(10_000), 4


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_monkey_finds_no_exception(
    person: Person, window: MainWindow, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.open_case()
    assert window.clinic is not None
    window.clinic.save(a.patient(family_name="Rosso", given_name="Ana", sex="female"))

    def come_in() -> None:
        with person.qtbot.waitActive(window):
            window.activateWindow()
        page = person.page
        assert isinstance(page, SignInPage)
        line = page.by_password.password.line
        QTest.keyClicks(line, PASSWORD)
        QTest.keyClick(line, Qt.Key.Key_Return)
        person.qtbot.waitUntil(lambda: window.clinic is not None)

    monkey = Monkey(window, seed, come_in, monkeypatch)
    monkey.play(ACTIONS // SEEDS)
    assert "Rossi" not in window.windowTitle()
    assert window.clinic is not None
    assert window.clinic.check() == []
