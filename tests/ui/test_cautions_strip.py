"""The strip of cautions: the gravest at once, the others on demand, remedies beside them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui.cautions_strip import NARROW, CautionsStrip


@pytest.fixture
def strip(qtbot: QtBot) -> CautionsStrip:
    made = CautionsStrip()
    qtbot.addWidget(made)
    made.resize(NARROW + 200, 60)
    made.show()
    return made


def shown(strip: CautionsStrip) -> list[str]:
    return [each.text() for each in strip.labels if each.isVisible()]


def test_the_gravest_stands_there_and_the_others_open(strip: CautionsStrip) -> None:
    remedies = [QPushButton(strip), QPushButton(strip)]
    strip.show_cautions(["grave", "mild", "milder"], [*remedies])
    assert shown(strip) == ["grave"]
    assert strip.text() == "grave\nmild\nmilder"
    assert [each.isVisible() for each in remedies] == [True, False]
    assert strip.more.text() == "2 more"
    QTest.mouseClick(strip.more, Qt.MouseButton.LeftButton)
    assert shown(strip) == ["grave", "mild", "milder"]
    assert remedies[1].isVisible()
    strip.show_cautions(["one"])
    assert not any(each.isVisible() for each in (*remedies, strip.more))
    strip.show_cautions([])
    assert not strip.isVisible()


def test_a_remedy_stands_below_where_beside_it_words_have_no_room(
    strip: CautionsStrip, qtbot: QtBot
) -> None:
    remedy = QPushButton("Count from a landmark on", strip)
    strip.show_cautions(["Immortal time. " * 12], [remedy])
    qtbot.waitUntil(lambda: remedy.x() > strip.labels[0].geometry().right())
    strip.resize(NARROW - 100, 200)
    qtbot.waitUntil(lambda: remedy.y() > strip.labels[0].geometry().bottom())
