"""What is worked out from a form: the result at once, the reasons on demand."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.explained import Explained


def test_the_result_shows_and_the_reasons_wait_to_be_asked_for(qtbot: QtBot) -> None:
    box = Explained()
    qtbot.addWidget(box)
    box.show()
    box.show_lines("Stage IVA1\nany T, B2\nNX as N1")
    assert box.result.text() == "Stage IVA1"
    assert not box.reasons.isVisible()
    box.more.setFocus()
    QTest.keyClick(box.more, Qt.Key.Key_Space)
    assert box.reasons.isVisible()
    assert box.reasons.text() == "any T, B2\nNX as N1"
    box.show_lines("Stage IB\nT2")
    assert box.reasons.isVisible()
    QTest.keyClick(box.more, Qt.Key.Key_Space)
    assert not box.reasons.isVisible()


def test_one_line_has_nothing_more_and_none_no_box(qtbot: QtBot) -> None:
    box = Explained()
    qtbot.addWidget(box)
    box.show()
    box.show_lines("Stage IVA1")
    assert not box.more.isVisible()
    box.show_lines("")
    assert not box.isVisible()
