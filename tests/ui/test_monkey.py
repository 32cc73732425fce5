"""Ten thousand random actions: no exception, nothing unsound, nobody named in the title."""

import pytest

from tests.conftest import PASSWORD
from tests.ui.monkey import Monkey
from tests.ui.person import Person
from ui.main_window import MainWindow

ACTIONS, SEEDS = 10_000, 4


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_monkey_finds_no_exception(person: Person, window: MainWindow, seed: int) -> None:
    person.open_case()
    monkey = Monkey(window, seed, PASSWORD)
    monkey.play(ACTIONS // SEEDS)
    assert "Rossi" not in window.windowTitle()
    if window.clinic is None:
        person.sign_in()
    assert window.clinic is not None
    assert window.clinic.check() == []
