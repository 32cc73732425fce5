"""When the program counts as unused, whatever becomes of the computer's clock."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.clocks import Clocks
from ui.idle import LONGEST_WAIT, Idle

MINUTE, HOUR, DAY = 60, 3600, 86400


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def idle(qapp: QApplication, clocks: Clocks) -> Iterator[Idle]:
    """Watching for ten minutes."""
    made = Idle(qapp, clocks)
    made.watch(10)
    yield made
    made.rest()
    made.deleteLater()


@pytest.fixture
def expired(idle: Idle) -> list[bool]:
    found: list[bool] = []
    idle.expired.connect(lambda: found.append(True))
    return found


@pytest.fixture
def line(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_tells_every_second_what_is_left_and_then_that_it_is_over(
    idle: Idle, clocks: Clocks, expired: list[bool]
) -> None:
    left: list[int] = []
    idle.ticked.connect(left.append)
    for seconds in (0, 1, 598.5):
        clocks.go_on(seconds)
        idle.look()
    assert (left, expired) == ([600, 599, 1], [])
    clocks.go_on(0.5)
    idle.look()
    assert expired == [True]
    clocks.go_on(DAY)
    assert not idle._timer.isActive(), "told once"


def roll(line: QLineEdit) -> None:
    """Turn the wheel over it."""
    at, turned, no_key = QPointF(4, 4), QPoint(0, 120), Qt.KeyboardModifier.NoModifier
    phase, no_button = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
    turning = QWheelEvent(at, at, QPoint(), turned, no_button, no_key, phase, False)
    QApplication.sendEvent(line, turning)


def test_a_key_a_click_and_the_wheel_are_use_and_a_picture_that_is_drawn_is_none(
    idle: Idle, clocks: Clocks, line: QLineEdit
) -> None:
    uses: tuple[Callable[[], None], ...] = (
        lambda: QTest.keyClick(line, Qt.Key.Key_A),
        lambda: QTest.mouseClick(line, Qt.MouseButton.LeftButton),
        lambda: QTest.mouseMove(line),
        lambda: roll(line),
    )
    for use in uses:
        clocks.go_on(5 * MINUTE)
        line.repaint()
        QApplication.processEvents()
        assert idle.remaining == 5 * MINUTE
        use()
        QApplication.processEvents()
        assert idle.remaining == 10 * MINUTE


def test_after_a_sleep_it_is_over_before_anything_is_drawn_or_typed(
    idle: Idle, clocks: Clocks, expired: list[bool], line: QLineEdit
) -> None:
    clocks.wall += HOUR
    QApplication.sendEvent(line, QEvent(QEvent.Type.UpdateRequest))
    assert expired
    QApplication.processEvents()
    idle.watch(10)
    clocks.wall += HOUR
    QTest.keyClick(line, Qt.Key.Key_A)
    assert len(expired) == 2
    assert not line.text(), "the key that woke it is not typed anywhere"
    QApplication.processEvents()
    QTest.keyClick(line, Qt.Key.Key_B)
    assert line.text() == "b"


def test_a_clock_set_back_keeps_nothing_open(
    idle: Idle, clocks: Clocks, expired: list[bool]
) -> None:
    clocks.wall -= DAY
    clocks.go_on(9 * MINUTE)
    idle.look()
    assert (idle.remaining, expired) == (MINUTE, [])
    clocks.go_on(MINUTE)
    idle.look()
    assert expired


def test_a_clock_set_forward_locks_once_and_nobody_out(
    idle: Idle, clocks: Clocks, expired: list[bool]
) -> None:
    clocks.wall += DAY
    idle.look()
    assert len(expired) == 1
    idle.watch(10)
    clocks.go_on(9 * MINUTE)
    idle.look()
    assert len(expired) == 1


def test_it_waits_for_what_runs_by_itself_and_for_an_hour_at_most(
    idle: Idle, clocks: Clocks, expired: list[bool]
) -> None:
    running = [True]
    idle.postpone_while(lambda: bool(running))
    clocks.go_on(10 * MINUTE + LONGEST_WAIT - 1)
    idle.look()
    assert (expired, idle.remaining) == ([], 0)
    running.clear()
    idle.look()
    assert len(expired) == 1
    running.append(True)
    idle.watch(10)
    clocks.go_on(10 * MINUTE + LONGEST_WAIT)
    idle.look()
    assert len(expired) == 2


def test_another_number_of_minutes_holds_at_once(idle: Idle, clocks: Clocks) -> None:
    clocks.go_on(4 * MINUTE)
    idle.watch(5)
    assert idle.remaining == MINUTE
