"""Users, by keys and menu: added, changed, disabled, let in again; each with a reason to refuse."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QRadioButton

from models.account import Account
from models.roles import Role
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER
from tests.ui.person import Person
from ui.main_window import MainWindow
from ui.sign_in_page import SignInPage
from ui.users_page import UsersPage

GIVEN, OWN = "seven purple kettles", "green tractor sonnets"


@pytest.fixture
def page(person: Person, window: MainWindow) -> UsersPage:
    """Before an administrator, with a clinician and somebody who left."""
    person.arrive()
    users = certain(window).users
    users.add("bruno", Role.CLINICIAN, GIVEN)
    users.disable(users.add("clara", Role.READER, GIVEN), "left the clinic")
    person.choose("Users")
    assert person.page is window.own.users
    person.qtbot.waitUntil(lambda: bool(cell(window.own.users, USER, "Last signed in")))
    return window.own.users


def certain(window: MainWindow) -> Clinic:
    assert window.clinic is not None
    return window.clinic


def account(window: MainWindow, name: str) -> Account:
    (found,) = [each for each in certain(window).users.all() if each.name == name]
    return found


def cell(page: UsersPage, name: str, column: str) -> str:
    row = page.table.row_of(name)
    assert row is not None
    across = Qt.Orientation.Horizontal
    titles = [page.table.headerData(each, across) for each in range(page.table.columnCount())]
    return str(page.table.index(row, titles.index(column)).data())


def names(page: UsersPage) -> list[str]:
    return [page.sorted.index(row, 0).data() for row in range(page.sorted.rowCount())]


def go_to(person: Person, page: UsersPage, name: str) -> None:
    """Down the table, as far as this user."""
    page.view.setFocus()
    person.press("Ctrl+Home", *["Down"] * names(page).index(name))
    person.qtbot.waitUntil(lambda: page.pane.name.text() == name)


def settle(person: Person, page: UsersPage) -> None:
    """Until what was asked for is done or refused."""
    person.qtbot.waitUntil(lambda: page.pane.opened is None or page.pane.opened.isEnabled())


def sign_in_as(person: Person, user: str, password: str) -> None:
    page = person.page
    assert isinstance(page, SignInPage)
    page.by_password.user.setCurrentText(user)
    page.by_password.password.setFocus()
    person.write(password)
    person.press("Return")
    person.qtbot.waitUntil(lambda: person.window.clinic is not None)


def test_who_may_sign_in_is_listed_and_sorted(person: Person, page: UsersPage) -> None:
    today = dt.datetime.now().astimezone()
    assert names(page) == [USER, "bruno", "clara"]
    assert cell(page, USER, "Role") == "Administrator"
    assert str(today.year) in cell(page, USER, "Last signed in")
    assert (cell(page, USER, "Password"), cell(page, "bruno", "Password")) == (
        *("Own", "To be chosen"),
    )
    assert cell(page, "bruno", "Last signed in") == "Never"
    state = cell(page, "clara", "State")
    assert state.startswith("Disabled since")
    assert state.endswith("by anna: left the clinic")
    assert page.count.text() == "2 users may sign in"
    page.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert names(page) == ["clara", "bruno", USER]


def test_a_user_is_added_by_keyboard(person: Person, window: MainWindow, page: UsersPage) -> None:
    person.press("Ctrl+N")
    person.write("dora")
    person.press("Tab", "Down", "Space", "Tab")
    person.write(OWN, OWN)
    person.press("Return")
    person.qtbot.waitUntil(lambda: page.pane.name.text() == "dora")
    assert "dora may sign in" in person.told
    found = account(window, "dora")
    assert (found.role, found.new_password_due) == (Role.RECORDER, True)


def test_what_is_missing_or_known_is_said_beside_it_and_what_was_typed_stays(
    person: Person, window: MainWindow, page: UsersPage
) -> None:
    person.press("Ctrl+N", "Ctrl+Return")
    adding = page.pane.adding
    assert adding.name_entry.problem == adding.role.problem == "This is needed."
    assert "shorter than 10" in adding.password.first.problem
    adding.name_entry.setFocus()
    person.write("clara")
    person.press("Tab", "Space", "Tab")
    person.write("clara clara", "clara clara")
    person.press("Return")
    assert "easy to guess" in adding.password.first.problem
    adding.password.first.setFocus()
    for _line in range(2):
        person.press("Ctrl+A")
        person.write(OWN)
        person.press("Tab")
    person.press("Ctrl+Return")
    settle(person, page)
    assert "There is, or was, a user clara." in adding.name_entry.problem
    assert adding.name == "clara"
    assert adding.password.text == OWN
    assert person.focus is adding.name_entry.line
    adding.clear()


def test_a_role_is_changed_and_the_last_administrator_stays_one(
    person: Person, window: MainWindow, page: UsersPage
) -> None:
    go_to(person, page, USER)
    person.press("Return", "Return", "Up", "Ctrl+Return")
    settle(person, page)
    assert "the last administrator" in page.pane.changing.problem.text()
    assert page.pane.changing.role.value() is Role.CLINICIAN
    assert person.focus is page.pane.changing.role.buttons[Role.CLINICIAN]
    page.pane.changing.clear()
    person.press("Escape")
    go_to(person, page, "bruno")
    person.press("Return", "Return", "Down", "Ctrl+Return")
    person.qtbot.waitUntil(lambda: cell(page, "bruno", "Role") == "Administrator")
    assert person.told == "bruno: Administrator"


def test_who_gives_up_the_role_leaves_the_page(
    person: Person, window: MainWindow, page: UsersPage
) -> None:
    certain(window).users.change_role(account(window, "bruno"), Role.ADMINISTRATOR)
    go_to(person, page, USER)
    person.press("Return", "Return", "Up", "Ctrl+Return")
    person.qtbot.waitUntil(lambda: person.page is window.today_page)
    entries = [each for each in window._menus.actions if each.text() == "&Users"]
    assert [each.isVisible() for each in entries] == [False]


def test_disabling_asks_why_and_letting_in_again_gives_a_password(
    person: Person, window: MainWindow, page: UsersPage
) -> None:
    go_to(person, page, "bruno")
    person.click("Disable…")
    person.press("Return")
    assert page.pane.disabling.reason.problem == "This is needed."
    person.write("on leave")
    person.press("Return")
    person.qtbot.waitUntil(lambda: "on leave" in cell(page, "bruno", "State"))
    go_to(person, page, "bruno")
    person.click("Let in again…")
    person.write(OWN, "something else")
    person.press("Return")
    assert page.pane.letting_in.password.again.problem == "The two passwords differ."
    person.press("Ctrl+A")
    person.write(OWN)
    person.press("Return")
    person.qtbot.waitUntil(lambda: cell(page, "bruno", "State") == "May sign in")
    assert account(window, "bruno").new_password_due


def test_nobody_is_offered_to_disable_themselves(person: Person, page: UsersPage) -> None:
    go_to(person, page, USER)
    offered = [each.text() for each in page.pane.findChildren(QAbstractButton) if each.isVisible()]
    assert offered == ["Change role…"]
    assert "My password" in page.pane.oneself.text()


@pytest.mark.parametrize("discard", [False, True])
def test_what_was_typed_is_not_left_without_asking(
    discard: bool, person: Person, window: MainWindow, page: UsersPage
) -> None:
    go_to(person, page, "bruno")
    person.click("Disable…")
    person.write("on leave")
    asked: list[str] = []
    page.pane.ask_to_discard = lambda part: asked.append(part.title.text()) or discard  # type: ignore[func-returns-value, method-assign]
    page.view.setFocus()
    person.press("Ctrl+Home")
    person.qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["Disable bruno"]
    assert (page.view.currentIndex().data(), page.pane.opened is None) == (
        (USER, True) if discard else ("bruno", False)
    )


def test_who_was_given_a_password_chooses_one_before_anything_else(
    person: Person, window: MainWindow, page: UsersPage
) -> None:
    person.press("Ctrl+L")
    sign_in_as(person, "bruno", GIVEN)
    assert person.page is window.own.own_password
    enabled = {each.text().replace("&", "") for each in window._menus.actions if each.isEnabled()}
    assert enabled == {"Lock", "Quit", "Shortcuts"}
    person.press("Escape", "Ctrl+1", "Ctrl+2", "Ctrl+K", "Alt+Left")
    assert person.page is window.own.own_password
    person.press("Ctrl+L")
    sign_in_as(person, "bruno", GIVEN)
    person.write(GIVEN, OWN, OWN)
    person.press("Return")
    person.qtbot.waitUntil(lambda: person.page is window.today_page)
    assert not certain(window).new_password_due
    person.press("Ctrl+L")
    sign_in_as(person, "bruno", OWN)
    assert window.today_page.isVisible()


def test_the_fields_stand_in_reading_order_and_have_names(person: Person, page: UsersPage) -> None:
    person.press("Ctrl+N")
    passed = []
    for _step in range(6):
        focus = person.focus
        assert isinstance(focus, QAbstractButton | QLineEdit)
        passed.append(focus.accessibleName() or focus.property("text"))
        person.press("Tab")
    assert passed == [
        "Name",
        "Role: Reader. Reads every patient and prints, and changes nothing.",
        *("New password", "New password again", "Add the user", "Cancel"),
    ]
    assert all(each.toolTip() for each in page.findChildren(QRadioButton))


def test_a_password_is_shown_until_the_page_is_left(person: Person, page: UsersPage) -> None:
    go_to(person, page, "bruno")
    person.click("New password…")
    line = page.pane.giving.password.first.line
    person.write("half")
    modes = [line.echoMode()]
    person.press("Ctrl+Shift+H")
    modes.append(line.echoMode())
    (toggle,) = [each for each in line.findChildren(QAbstractButton) if each.isVisible()]
    assert toggle.accessibleName() == "Show the password"
    assert toggle.property("text") == "Hide"
    page.pane.giving.clear()
    person.press("Escape")
    modes.append(line.echoMode())
    hidden = QLineEdit.EchoMode.Password
    assert modes == [hidden, QLineEdit.EchoMode.Normal, hidden]


def test_a_reader_has_a_password_and_no_users(
    person: Person, window: MainWindow, page: UsersPage
) -> None:
    certain(window).users.enable(account(window, "clara"), GIVEN)
    person.press("Ctrl+L")
    sign_in_as(person, "clara", GIVEN)
    person.write(GIVEN, OWN, OWN)
    person.press("Return")
    person.qtbot.waitUntil(lambda: person.page is window.today_page)
    visible = {each.text().replace("&", "") for each in window._menus.actions if each.isVisible()}
    assert "Users" not in visible
    person.choose("My password")
    assert person.page is window.own.own_password
    QTest.keyClick(person.focus, Qt.Key.Key_Escape)
    assert window.today_page.isVisible()


def test_a_wrong_password_of_ones_own_is_said_beside_it(person: Person, window: MainWindow) -> None:
    person.arrive()
    person.choose("My password")
    part = window.own.own_password.part
    person.write("not mine at all", OWN, OWN)
    person.press("Return")
    person.qtbot.waitUntil(part.isEnabled)
    assert part.former.problem.startswith("This is not your present password.")
    assert part.password.text == OWN
    person.write(PASSWORD)
    person.press("Return")
    person.qtbot.waitUntil(lambda: person.page is window.today_page)
    assert person.told == "The new password holds"
    person.press("Ctrl+L")
    sign_in_as(person, USER, OWN)


def test_the_present_password_again_is_refused_beside_the_new_one(
    person: Person, window: MainWindow
) -> None:
    person.arrive()
    person.choose("My password")
    part = window.own.own_password.part
    person.write(PASSWORD, PASSWORD, PASSWORD)
    person.press("Return")
    person.qtbot.waitUntil(part.isEnabled)
    assert part.password.first.problem.startswith("This is the password you have.")
    assert part.password.first.line.hasFocus()
    assert not part.former.problem
    part.clear()


def test_a_problem_is_said_while_it_is_typed(person: Person, window: MainWindow) -> None:
    person.arrive()
    person.choose("My password")
    new = window.own.own_password.part.password
    person.press("Tab")
    person.write("anna")
    assert not new.first.problem
    person.write(" skin clinic")
    person.qtbot.waitUntil(lambda: "easy to guess" in new.first.problem)
    window.own.own_password.part.clear()
