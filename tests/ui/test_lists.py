"""What is read of everybody: beside all else, for one page at a time, and no longer than wanted."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QWidget
from sqlalchemy import Engine, event

from tests.conftest import PASSWORD
from tests.models import builders as a
from tests.ui.person import Person
from ui.main_window import MainWindow

WHO_IS_ALIVE = "death_date IS NULL OR"


class Paused:
    """What is read for the page of today stands still where it knows of whom, until `go_on`.

    `asked`: the statements after that.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._met, self._free = threading.Event(), threading.Event()

    @property
    def met(self) -> bool:
        return self._met.is_set()

    def go_on(self) -> None:
        self._free.set()

    def look(self, _c: object, _u: object, sql: str, *_rest: object) -> None:
        if self.met:
            self.asked.append(sql)
        elif WHO_IS_ALIVE in sql:
            self._met.set()
            self._free.wait(30)


@contextmanager
def pausing() -> Iterator[Paused]:
    made = Paused()
    event.listen(Engine, "after_cursor_execute", made.look)
    try:
        yield made
    finally:
        made.go_on()
        event.remove(Engine, "after_cursor_execute", made.look)


@pytest.fixture
def paused(person: Person) -> Iterator[Paused]:
    """Somebody has come in, and what is due is being worked out."""
    with pausing() as made:
        come_in(person)
        person.qtbot.waitUntil(lambda: made.met)
        yield made


def come_in(person: Person) -> None:
    person.write(PASSWORD)
    person.press("Return")
    person.qtbot.waitUntil(lambda: person.window.clinic is not None)


def open_case(person: Person) -> None:
    person.press("Ctrl+K")
    person.write("ross")
    person.press("Return")
    assert person.page is person.patient


def test_a_lock_ends_what_is_being_read(paused: Paused, person: Person, window: MainWindow) -> None:
    open_case(person)
    paused.asked.clear()
    person.press("Ctrl+L")
    paused.go_on()
    person.qtbot.waitUntil(lambda: window.locking.being_closed is None)
    assert not [sql for sql in paused.asked if "FROM visit" in sql]
    come_in(person)
    assert person.page is person.patient
    person.press("Ctrl+1")
    person.qtbot.waitUntil(lambda: window.today_page.worklist is not None)


def test_nothing_else_waits_for_it(paused: Paused, person: Person, window: MainWindow) -> None:
    open_case(person)
    person.press("Ctrl+P")
    person.qtbot.waitUntil(window.preview.print_button.isEnabled)
    assert window.today_page.worklist is None


def test_it_ends_when_another_list_is_asked_for_and_begins_again(
    paused: Paused, person: Person, window: MainWindow
) -> None:
    person.press("Ctrl+2")
    paused.go_on()
    person.qtbot.waitUntil(lambda: window.patients.table.rowCount() > 0)
    assert window.at_hand.due is None
    person.press("Ctrl+1")
    person.qtbot.waitUntil(lambda: window.today_page.worklist is not None)


def test_what_changed_since_it_was_begun_follows(
    paused: Paused, person: Person, window: MainWindow
) -> None:
    assert window.clinic is not None
    window.clinic.save(a.patient())
    person.press("Ctrl+1")
    page, seen = window.today_page, list[int]()

    def both_are_counted() -> bool:
        seen.append(page.worklist.patients if page.worklist else 0)
        return seen[-1] == 2

    paused.go_on()
    person.qtbot.waitUntil(both_are_counted)


def test_the_keyboard_waits_in_the_page_that_is_not_ready(
    paused: Paused, person: Person, window: MainWindow
) -> None:
    open_case(person)
    person.press("Ctrl+1")
    page = window.today_page
    focused: QWidget | None = window.focusWidget()
    assert focused is page.notice
    assert not window.find_box.list.isVisible()
    assert page.notice.accessibleName() == "Working out what is due …"
    paused.go_on()
    person.qtbot.waitUntil(lambda: window.focusWidget() in {page.view, page.search})


def test_whoever_finds_meanwhile_is_not_interrupted(
    paused: Paused, person: Person, window: MainWindow
) -> None:
    """Enter would else open what the list has first."""
    person.press("Ctrl+K")
    person.write("ro")
    paused.go_on()
    person.qtbot.waitUntil(lambda: window.today_page.worklist is not None)
    assert window.focusWidget() is window.find_box
    person.write("ss")
    person.press("Return")
    assert person.history.patient.family_name == "Rossi"


def test_the_way_to_a_list_leads_out_of_find(
    paused: Paused, person: Person, window: MainWindow
) -> None:
    person.press("Ctrl+K")
    person.press("Ctrl+1")
    assert window.focusWidget() is window.today_page.notice
