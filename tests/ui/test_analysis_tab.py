"""A tab of the cohort page: worked out while it is shown, for those who belong now."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.base import ClinicError
from models.cohort.selection import Selection
from tests.models.cohort.members import by_line, member, treated
from ui.analysis_tab import AnalysisTab
from ui.tasks import Tasks


@dataclass(frozen=True)
class Count:
    words: str
    warnings: tuple[str, ...] = ()


class Counting(AnalysisTab[Count]):
    """How many there are, with something to choose."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(tasks)
        self.unit, self.worked_out = "lines", 0
        self.said = QLabel(self)
        self.body.addWidget(self.said)

    def work(self) -> Callable[[Selection], Count]:
        unit = self.unit

        def count(selection: Selection) -> Count:
            self.worked_out += 1
            n = len(selection.units)
            if unit == "none":
                raise ClinicError("There is no such unit.", "", "")
            return Count(f"{n} {unit}", ("Few.",) if n < 2 else ())

        return count

    def show_result(self, result: Count) -> None:
        self.said.setText(result.words)


@pytest.fixture
def tab(qtbot: QtBot, worker: Tasks) -> Counting:
    made = Counting(worker)
    qtbot.addWidget(made)
    return made


def test_it_is_worked_out_once_it_is_shown_and_anew_by_another_choice(
    tab: Counting, qtbot: QtBot
) -> None:
    tab.set_selection(by_line(member(treated()), member(treated())))
    assert tab.worked_out == 0
    tab.show()
    qtbot.waitUntil(lambda: tab.said.text() == "2 lines")
    assert tab.warning.isHidden()
    tab.hide()
    tab.show()
    tab.unit = "starts"
    tab.changed()
    qtbot.waitUntil(lambda: tab.said.text() == "2 starts")
    assert tab.worked_out == 2
    tab.set_selection(by_line(member(treated())))
    qtbot.waitUntil(lambda: tab.said.text() == "1 starts")
    assert (tab.warning.text(), tab.warning.isVisible()) == ("Few.", True)


def test_only_what_was_asked_last_is_shown(tab: Counting, qtbot: QtBot) -> None:
    shown: list[str] = []
    tab.show_result = lambda result: shown.append(result.words)  # type: ignore[method-assign]
    tab.show()
    for n in (3, 2, 1):
        tab.set_selection(by_line(*(member(treated()) for _one in range(n))))
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == ["1 lines"]


def test_a_sentence_stands_where_there_is_nobody_and_where_it_fails(
    tab: Counting, qtbot: QtBot
) -> None:
    tab.show()
    tab.set_selection(by_line(member()))
    assert tab.notice.isVisible()
    assert tab.notice.text().startswith("Nobody belongs to this population.")
    tab.set_selection(by_line())
    assert tab.notice.text() == "No patient is on file."
    tab.unit = "none"
    tab.set_selection(by_line(member(treated())))
    qtbot.waitUntil(lambda: tab.notice.text() == "There is no such unit.")
    tab.set_selection(None)
    assert tab.notice.text() == "Nothing to show yet."
