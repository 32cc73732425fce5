"""The rules: read, found, confirmed and withdrawn, by keyboard."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.base import ClinicError
from models.rule_book import rule_book
from models.rules import Rule, Standing
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.ui.samples import TODAY
from ui import errors, theme
from ui.editor import LineEditor
from ui.flat_table import ROW_ROLE
from ui.questions import Leaving
from ui.rules_page import RulesPage

BOOK = [rule for section in rule_book() for rule in section.rules]
FROM_MEMORY = [rule for rule in BOOK if rule.standing is Standing.UNVERIFIED]
ONE, OTHER = FROM_MEMORY[:2]
PUBLISHED = next(rule for rule in BOOK if rule.standing is Standing.PUBLISHED)


@pytest.fixture
def page(qtbot: QtBot, clinic: Clinic) -> RulesPage:
    made = RulesPage(lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.open(clinic)
    return made


def press(page: QWidget, *keys: Qt.Key, ctrl: bool = False) -> None:
    control, none = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
    for key in keys:
        QTest.keyClick(page.focusWidget(), key, control if ctrl else none)


def write(page: QWidget, text: str) -> None:
    QTest.keyClicks(page.focusWidget(), text)


def listed(page: RulesPage) -> list[Rule]:
    rows = range(page.table.rowCount())
    rules = [page.table.index(row, 0).data(ROW_ROLE) for row in rows]
    return [rule for rule in rules if rule is not None]


def sign(page: RulesPage, rule: Rule) -> str:
    row = page.table.row_of(rule.name)
    assert row is not None
    return str(page.table.index(row, 1).data())


def text(page: RulesPage) -> str:
    return page.pane.reader.toPlainText()


def chosen(page: RulesPage) -> Rule:
    found = page.view.currentIndex().data(ROW_ROLE)
    assert isinstance(found, Rule)
    return found


def start_confirming(page: RulesPage, rule: Rule) -> None:
    """Enter in the list leads to the button, Enter on the button to the clinician's name."""
    page.open(page._open_clinic(), rule.name)
    press(page, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert page.pane.opened is page.pane.confirming


def answers(page: RulesPage, leaving: Leaving) -> list[Leaving]:
    asked: list[Leaving] = []

    def ask() -> Leaving:
        asked.append(leaving)
        return leaving

    page.pane.ask_to_leave = ask  # type: ignore[method-assign]
    return asked


def name_line(page: RulesPage) -> QLineEdit:
    editor = page.pane.confirming.form.editors["confirmed_by"]
    assert isinstance(editor, LineEditor)
    return editor.line


def test_the_list_is_a_sound_model(page: RulesPage, qtmodeltester: Any) -> None:
    qtmodeltester.check(page.table)


def test_every_rule_is_listed_under_its_section(page: RulesPage) -> None:
    assert listed(page) == BOOK
    titles = [page.table.index(row, 0).data() for row in range(page.table.rowCount())]
    sections = rule_book()
    assert titles == [each for s in sections for each in (s.words, *(r.words for r in s.rules))]
    assert {rule.name for rule in BOOK if sign(page, rule) == "Awaits"} == {
        rule.name for rule in FROM_MEMORY
    }


def test_the_arrow_keys_read_rule_after_rule_and_pass_the_sections(
    qtbot: QtBot, page: RulesPage
) -> None:
    read = [chosen(page)]
    for rule in BOOK[1:]:
        press(page, Qt.Key.Key_Down)
        read.append(chosen(page))
        qtbot.waitUntil(lambda now=rule: text(page).startswith(now.title))
    assert read == BOOK


def test_every_rule_is_read_whole(page: RulesPage, clinic: Clinic) -> None:
    for rule in BOOK:
        page.open(clinic, rule.name)
        lines = text(page).splitlines()
        standing = rule.standing.label.partition(",")[0].split()[0]
        assert lines[0] == rule.title
        assert lines[1 : 1 + len(rule.statement.splitlines())] == rule.statement.splitlines()
        assert rule.source in lines, rule.name
        assert any(line.startswith(standing) for line in lines), rule.name
        awaits = rule.standing is Standing.UNVERIFIED
        assert page.pane.confirm_button.isVisible() == awaits, rule.name
        assert not page.pane.withdraw_button.isVisible(), rule.name


def test_those_that_await_are_counted_and_shown_alone(page: RulesPage, clinic: Clinic) -> None:
    n = len(FROM_MEMORY)
    words = "rules from memory await confirmation by a clinician."
    assert page.count.text() == f"{n} of {n} {words}"
    clinic.save(a.confirmation(ONE))
    page.open(clinic)
    assert page.count.text() == f"{n - 1} of {n} {words}"
    page.awaiting_only.setFocus()
    press(page, Qt.Key.Key_Space)
    assert listed(page) == [rule for rule in FROM_MEMORY if rule is not ONE]


def test_when_all_are_confirmed_it_says_so(page: RulesPage, clinic: Clinic) -> None:
    clinic.save_all([a.confirmation(rule) for rule in FROM_MEMORY[:-1]])
    page.open(clinic)
    assert "1 of" in page.count.text()
    assert "awaits" in page.count.text()
    clinic.save(a.confirmation(FROM_MEMORY[-1]))
    page.open(clinic)
    assert page.count.text() == "Every rule from memory is confirmed by a clinician."
    page.awaiting_only.setChecked(True)
    assert page.notice.isVisible()


def test_a_rule_is_found_by_what_it_says(page: RulesPage) -> None:
    page.search.setFocus()
    write(page, "SEZ stag")
    assert 0 < len(listed(page)) < len(BOOK)
    for rule in listed(page):
        assert "sézary" in f"{rule.title} {rule.statement} {rule.source}".casefold()
    press(page, Qt.Key.Key_Down)
    assert page.view.hasFocus()
    assert text(page).startswith(chosen(page).title)


def test_nothing_found_is_said_and_cleared(page: RulesPage) -> None:
    page.search.setFocus()
    write(page, "xyzzy")
    press(page, Qt.Key.Key_Down)
    assert page.notice.text.text() == "No rule is found by this search and filter."
    assert page.notice.isVisible()
    page.clear_button.click()
    assert listed(page) == BOOK
    assert page.search.hasFocus()


def test_a_rule_is_confirmed_without_touching_the_mouse(
    qtbot: QtBot, page: RulesPage, clinic: Clinic
) -> None:
    start_confirming(page, ONE)
    assert name_line(page).text() == ""
    write(page, "Dr Vera Lindt")
    press(page, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    write(page, "Read in the paper.")
    with qtbot.waitSignal(page.saved):
        press(page, Qt.Key.Key_Return, ctrl=True)
    (kept,) = clinic.confirmations()
    assert (kept.rule, kept.statement) == (ONE.name, ONE.statement)
    assert (kept.confirmed_by, kept.confirmed_on) == ("Dr Vera Lindt", TODAY)
    assert kept.notes == "Read in the paper."
    assert sign(page, ONE) == "Confirmed"
    assert "By Dr Vera Lindt on 30 Apr 2020, entered by anna." in text(page)
    assert "Read in the paper." in text(page)
    assert chosen(page) == ONE
    assert page.view.hasFocus()
    assert page.pane.withdraw_button.isVisible()


def test_without_a_name_nothing_is_confirmed(page: RulesPage, clinic: Clinic) -> None:
    start_confirming(page, ONE)
    press(page, Qt.Key.Key_Return, ctrl=True)
    assert page.pane.confirming.form.editors["confirmed_by"].problem == "This is needed."
    assert name_line(page).hasFocus()
    assert clinic.confirmations() == []


def test_names_are_offered_that_have_confirmed_before_but_none_is_filled_in(
    page: RulesPage, clinic: Clinic
) -> None:
    clinic.save(a.confirmation(OTHER, confirmed_by="Dr Vera Lindt"))
    start_confirming(page, ONE)
    assert name_line(page).text() == ""
    completer = name_line(page).completer()
    completer.setCompletionPrefix("lin")
    assert completer.currentCompletion() == "Dr Vera Lindt"


def test_escape_closes_what_is_open_and_asks_only_where_something_was_typed(
    qtbot: QtBot, page: RulesPage
) -> None:
    start_confirming(page, ONE)
    asked = answers(page, Leaving.KEEP_EDITING)
    press(page, Qt.Key.Key_Escape)
    assert (page.pane.opened, asked) == (None, [])
    assert page.pane.confirm_button.hasFocus()
    press(page, Qt.Key.Key_Return)
    write(page, "Dr")
    press(page, Qt.Key.Key_Escape)
    assert (page.pane.opened, len(asked)) == (page.pane.confirming, 1)
    assert not page.may_leave()
    answers(page, Leaving.DISCARD)
    with qtbot.assertNotEmitted(page.closed):
        press(page, Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.closed):
        press(page, Qt.Key.Key_Escape)


def test_going_to_another_rule_asks_first(qtbot: QtBot, page: RulesPage, clinic: Clinic) -> None:
    start_confirming(page, ONE)
    write(page, "Dr Vera Lindt")
    asked = answers(page, Leaving.KEEP_EDITING)
    page.view.setFocus()
    press(page, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert chosen(page) == ONE
    assert name_line(page).text() == "Dr Vera Lindt"
    answers(page, Leaving.SAVE)
    press(page, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.pane.opened is None)
    assert [each.rule for each in clinic.confirmations()] == [ONE.name]
    assert chosen(page) == BOOK[BOOK.index(ONE) + 1]
    assert text(page).startswith(chosen(page).title)


def test_what_is_typed_outlives_a_search(page: RulesPage) -> None:
    start_confirming(page, ONE)
    write(page, "Dr Vera Lindt")
    page.search.setText("xyzzy")
    page.search.setText(PUBLISHED.title)
    assert text(page).startswith(ONE.title)
    assert name_line(page).text() == "Dr Vera Lindt"
    answers(page, Leaving.DISCARD)
    assert page.may_leave()


def test_after_confirming_the_next_that_awaits_is_chosen(qtbot: QtBot, page: RulesPage) -> None:
    page.awaiting_only.setChecked(True)
    assert chosen(page) == ONE
    page.view.setFocus()
    press(page, Qt.Key.Key_Return, Qt.Key.Key_Return)
    write(page, "Dr Vera Lindt")
    with qtbot.waitSignal(page.saved):
        press(page, Qt.Key.Key_Return, ctrl=True)
    assert chosen(page) == OTHER
    assert text(page).startswith(OTHER.title)


def test_a_withdrawal_needs_a_reason(qtbot: QtBot, page: RulesPage, clinic: Clinic) -> None:
    kept = clinic.save(a.confirmation(ONE))
    page.open(clinic, ONE.name)
    press(page, Qt.Key.Key_Return, Qt.Key.Key_Return)
    reason = page.pane.withdrawing.reason
    assert reason.line.hasFocus()
    press(page, Qt.Key.Key_Return)
    assert reason.problem == "This is needed."
    assert clinic.confirmations() == [kept]
    write(page, "a later paper says otherwise")
    with qtbot.waitSignal(page.saved):
        press(page, Qt.Key.Key_Return)
    assert clinic.confirmations() == []
    assert sign(page, ONE) == "Awaits"
    assert "it awaits confirmation by a clinician" in text(page)
    assert clinic.check() == []


def test_another_wording_awaits_confirmation_again(page: RulesPage, clinic: Clinic) -> None:
    clinic.save(a.confirmation(ONE, statement="So it was.\nAnd so.", confirmed_by="Dr Vera Lindt"))
    page.open(clinic, ONE.name)
    assert sign(page, ONE) == "Awaits"
    assert "By Dr Vera Lindt on 6 Jan 2020" in text(page)
    assert "Its wording has changed since, so it awaits confirmation again." in text(page)
    assert "So it was." in text(page)
    assert page.pane.confirm_button.isVisible()


def test_what_cannot_be_saved_is_told_and_stays_typed(
    page: RulesPage, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ClinicError] = []
    monkeypatch.setattr(errors, "show_error", lambda parent, error: told.append(error))
    kept = clinic.save(a.confirmation(ONE))
    page.open(clinic, ONE.name)
    with Clinic.open(clinic.folder, USER, PASSWORD) as elsewhere:
        elsewhere.remove(kept, "not by me")
    page.pane.withdraw()
    write(page, "a later paper")
    press(page, Qt.Key.Key_Return)
    assert "was removed by anna" in str(told[0])
    assert page.pane.withdrawing.reason.line.text() == "a later paper"
    answers(page, Leaving.DISCARD)
    start_confirming(page, OTHER)
    write(page, "Dr Vera Lindt")
    clinic.close()
    press(page, Qt.Key.Key_Return, ctrl=True)
    assert len(told) == 2
    assert name_line(page).text() == "Dr Vera Lindt"


def test_what_is_saved_but_cannot_be_read_again_is_told(
    qtbot: QtBot, page: RulesPage, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ClinicError] = []
    monkeypatch.setattr(errors, "show_error", lambda parent, error: told.append(error))
    start_confirming(page, ONE)
    write(page, "Dr Vera Lindt")
    page.saved.connect(clinic.close)
    press(page, Qt.Key.Key_Return, ctrl=True)
    assert len(told) == 1
    with Clinic.open(clinic.folder, USER, PASSWORD) as again:
        assert [each.rule for each in again.confirmations()] == [ONE.name]


def test_the_text_wears_the_colours_of_the_theme(page: RulesPage, clinic: Clinic) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = app.styleSheet(), app.palette(), app.font(), app.style().objectName()
    page.open(clinic, ONE.name)
    for dark in (True, False):
        theme.apply(app, dark)
        beware = QColor(theme.colours().beware)
        assert beware.name() in page.pane.reader.toHtml()
        row = page.table.row_of(ONE.name)
        assert row is not None
        assert page.table.index(row, 1).data(Qt.ItemDataRole.ForegroundRole) == beware
    app.setStyleSheet(before[0])
    app.setPalette(before[1])
    app.setFont(before[2])
    app.setStyle(before[3])


def test_inputs_have_names_and_stand_in_reading_order(page: RulesPage, clinic: Clinic) -> None:
    page.open(clinic, ONE.name)
    page.search.setFocus()
    names = []
    for _step in range(6):
        focused = page.focusWidget()
        names.append(focused.accessibleName() or focused.property("text"))
        press(page, Qt.Key.Key_Tab)
    assert names == ["Find rule", "Awaiting only", "Close", "Rules", ONE.title, "Confirm…"]
    assert page.pane.confirm_button.toolTip()
