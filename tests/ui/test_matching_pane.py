"""What a clinic's own columns are, asked at the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from models.exchange.matching.reading import MatchedReading
from models.exchange.matching.targets import Target, offered
from models.exchange.tables.sheets import Sheet
from models.treatment import TreatmentLine
from ui import theme
from ui.matching_pane import MatchingPane
from ui.matching_table import SIGN, Standing
from ui.matching_target import found, title_of
from ui.tasks import Tasks

ROWS = [
    ("MRN", "Name", "DOB", "Sex", "Diagnosis date", "Diagnosis", "Therapie 1", "Start 1", "X"),
    ("17", "Muster, Anna", "1.2.1950", "dame", "2011", "MF", "PUVA", "ca. 2012", "red"),
    ("18", "Probe, Max", "1.2.1951", "m", "2012", "SS", "ECP + PUVA", "2013", "blue"),
]


@pytest.fixture
def pane(qtbot: QtBot, worker: Tasks) -> MatchingPane:
    made = MatchingPane(worker)
    qtbot.addWidget(made)
    made.resize(992, 440)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def opened(qtbot: QtBot, pane: MatchingPane, *sheets: Sheet) -> None:
    pane.open(sheets or [Sheet("patients.csv", ROWS)], ())
    wait(qtbot, pane)


def wait(qtbot: QtBot, pane: MatchingPane) -> None:
    qtbot.waitUntil(lambda: pane.reading is not None and pane.matching.columns != ())


def rest(pane: MatchingPane) -> list[str]:
    assert pane.reading is not None
    return [problem.words for problem in pane.reading.problems]


def asked_for(pane: MatchingPane, name: str) -> QWidget:
    inputs = (*pane.column.words.inputs, *pane.rows.fills.inputs)
    return next(each for each in inputs if each.accessibleName() == name)


def focused(pane: MatchingPane) -> QWidget:
    widget = pane.focusWidget()
    assert widget is not None
    return widget


def test_every_column_is_shown_with_what_it_is(qtbot: QtBot, pane: MatchingPane) -> None:
    opened(qtbot, pane)
    assert pane.said.text() == "8 columns are known, 1 left out."
    assert [row.standing for row in pane.table.rows] == [Standing.SURE] * 8 + [Standing.OUT]
    assert pane.table.cells(6) == (
        *("Therapie 1", "PUVA · ECP + PUVA", "Treatment line · Regimen", "✗ 1 incomplete"),
    )
    assert pane.table.cells(7)[SIGN] == "✗ 1 unread"
    sign = pane.table.index(6, SIGN)
    wrong = sign.data(Qt.ItemDataRole.ForegroundRole)
    assert wrong == QColor(theme.colours().wrong)
    assert pane.preview.text() == (
        "2:  Mycosis fungoides 2011\n3:  Max Probe, Sézary syndrome 2012"
    )
    assert pane.unread.text() == "4 things have to be said or corrected."
    assert pane.view.hasFocus()


def test_cells_that_cannot_be_read_are_stepped_through(qtbot: QtBot, pane: MatchingPane) -> None:
    opened(qtbot, pane)
    seen = []
    for _step in range(5):
        QTest.keyClick(focused(pane), Qt.Key.Key_F8)
        seen.append((pane.view.currentIndex().row(), pane.unread.text()[:5]))
    assert [row for row, _text in seen] == [3, 7, 6, 6, 3]
    assert seen[0][1] == "1 / 4"
    assert "“dame” is none of" in pane.unread.text()


def test_all_is_said_at_the_keyboard_and_goes_on(qtbot: QtBot, pane: MatchingPane) -> None:
    opened(qtbot, pane)
    pane.view.selectRow(3)
    combo = asked_for(pane, "dame")
    combo.setFocus()
    QTest.keyClicks(combo, "Fem")
    wait(qtbot, pane)
    assert pane.matching.words == {("patient", "sex"): {"dame": "female"}}
    assert pane.column.line.hasFocus()
    pane.view.selectRow(7)
    pane.column.line.setFocus()
    pane.column.line.selectAll()
    QTest.keyClicks(pane.column.line, "left")
    QTest.keyClick(pane.column.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.matching.columns[7] is None)
    wait(qtbot, pane)
    assert pane.table.rows[7].standing is Standing.OUT
    assert [each[14:40] for each in rest(pane)] == [
        "row 3, Therapie 1: Treatme",
        "Treatment line · Start is ",
        "Treatment line · Given in ",
    ]
    start = asked_for(pane, "Treatment line · Start")
    start.setFocus()
    assert isinstance(start, QComboBox)
    offered = [start.itemText(at) for at in range(start.count())]
    assert offered == ["", "as in “Diagnosis date”"]
    QTest.keyClicks(start, "as in")
    qtbot.waitUntil(lambda: Target("treatment_line", "start", 0) in pane.matching.fills)
    wait(qtbot, pane)
    here = asked_for(pane, "Treatment line · Given in our clinic")
    here.setFocus()
    QTest.keyClicks(here, "No")
    wait(qtbot, pane)
    category = asked_for(pane, "Treatment line · Category")
    category.setFocus()
    QTest.keyClicks(category, "Sys")
    wait(qtbot, pane)
    assert rest(pane) == []
    assert pane.unread.text() == "Everything that is matched can be read."
    with qtbot.waitActive(pane):
        pane.activateWindow()
    assert focused(pane).accessibleName() == "Treatment line · Category"
    with qtbot.waitSignal(pane.asked) as asked:
        QTest.keyClick(focused(pane), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (reading,) = asked.args
    assert isinstance(reading, MatchedReading)
    assert len(reading.arrivals) == 6
    lines = [each.values for each in reading.arrivals if each.kind is TreatmentLine]
    assert [each["category"] for each in lines] == ["skin-directed", "systemic"]
    told = pane.to_remember()["fills"]
    assert told == [[["treatment_line", "given_here", 0], "no"]]
    assert pane.preview.text().splitlines()[0] == (
        "2:  Anna Muster, Mycosis fungoides 2011; 1 treatment line given elsewhere"
    )


def test_a_column_is_found_by_typing_and_numbered(qtbot: QtBot, pane: MatchingPane) -> None:
    opened(qtbot, pane)
    pane.view.selectRow(8)
    QTest.keyClick(pane.view, Qt.Key.Key_Return)
    assert pane.column.line.hasFocus()
    QTest.keyClicks(pane.column.line, "dose")
    popup = pane.column.line.completer().popup()
    assert popup is not None
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.matching.columns[8] is not None)
    assert pane.matching.columns[8] == Target("treatment_line", "dose_text")
    assert pane.table.rows[8].standing is Standing.CHOSEN
    wait(qtbot, pane)
    pane.column.number.setFocus()
    QTest.keyClick(pane.column.number, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: pane.matching.columns[8] == Target("treatment_line", "dose_text", 2))


def test_what_is_typed_and_names_no_field_is_no_choice(qtbot: QtBot, pane: MatchingPane) -> None:
    opened(qtbot, pane)
    pane.view.selectRow(5)
    before = pane.matching
    pane.column.line.setFocus()
    pane.column.line.setText("nonsense")
    QTest.keyClick(pane.column.line, Qt.Key.Key_Tab)
    assert pane.column.line.text() == "Diagnosis · Disease"
    assert pane.matching is before


def test_without_a_number_nothing_goes_on_unsaid(qtbot: QtBot, pane: MatchingPane) -> None:
    opened(qtbot, pane, Sheet("list.csv", [("Name", "Sex"), ("Muster, Anna", "f")]))
    assert pane.preview.text() == "No row can come in yet."
    QTest.keyClick(focused(pane), Qt.Key.Key_F8)
    assert "No column holds the MRN" in pane.unread.text()


def test_the_fullest_sheet_is_shown_and_another_chosen(qtbot: QtBot, pane: MatchingPane) -> None:
    other = Sheet("Legend", [("CR", "complete")])
    opened(qtbot, pane, other, Sheet("Patients", ROWS))
    assert (pane.sheet.name, pane.sheets.isVisible()) == ("Patients", True)
    pane.sheets.setFocus()
    QTest.keyClick(pane.sheets, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: len(pane.table.rows) == 2)
    assert pane.sheet is other


def test_what_holds_for_all_rows_can_be_changed(qtbot: QtBot, pane: MatchingPane) -> None:
    opened(qtbot, pane)
    assert pane.matching.fills == {}
    pane.rows.first.setFocus()
    pane.rows.first.selectAll()
    QTest.keyClicks(pane.rows.first, "3")
    QTest.keyClick(pane.rows.first, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: pane.matching.first == 3)
    wait(qtbot, pane)
    QTest.keyClick(pane.leave, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: pane.matching.leave_unread)
    wait(qtbot, pane)
    assert len(rest(pane)) == 1
    here = asked_for(pane, "Treatment line · Given in our clinic")
    here.setFocus()
    QTest.keyClicks(here, "No")
    wait(qtbot, pane)
    assert rest(pane) == []
    assert pane.table.cells(6)[SIGN] == "1 outside"
    assert pane.unread.text() == "1 cell stays outside."
    assert pane.leave.isVisible()


@pytest.mark.parametrize(
    ("typed", "first"),
    [("patient notes", "Patient · Notes"), ("date birth", "Patient · Birth date")],
)
def test_a_field_is_found_by_words_in_any_order(typed: str, first: str) -> None:
    assert title_of(next(found(offered(), typed))) == first


def test_a_field_is_found_by_what_clinics_call_it() -> None:
    assert {each.field for each in found(offered(), "remark") if each} == {"notes"}


def test_dates_of_both_orders_have_to_be_chosen(qtbot: QtBot, pane: MatchingPane) -> None:
    days = ("3/25/1950", "25/3/1950", "4/3/1950")
    rows = [(str(n), f"Muster, A{n}", day, "f") for n, day in enumerate(days, start=11)]
    opened(qtbot, pane, Sheet("list.csv", [ROWS[0][:4], *rows]))
    assert len(rest(pane)) == 1
    order = pane.rows.order
    assert order.currentIndex() == -1
    order.setFocus()
    QTest.keyClick(order, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: rest(pane) == [])
    assert pane.matching.month_first is False
