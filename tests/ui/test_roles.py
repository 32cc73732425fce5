"""What each role finds in the window; and that a reader, whatever is pressed, changes nothing."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QTabWidget
from sqlalchemy import text

from models.adverse_event import AdverseEvent
from models.attachment import Attachment
from models.base import ClinicError
from models.records import RECORDS
from models.roles import Role
from models.rule_book import rule_book
from models.rules import Standing
from models.store import wrapping
from models.store.clinic import Clinic
from models.store.sitting import NotAllowed
from models.visit import Visit
from reports.catalogue import REPORTS
from tests.conftest import CHEAP, PASSWORD, USER
from tests.models import builders as a
from tests.staff import account, engage, name_of, password_of
from tests.thorough import times
from tests.ui.monkey import Monkey
from tests.ui.person import Person
from ui import allowed
from ui.form_reader import FormReader
from ui.main_window import MainWindow
from ui.shortcuts import Shortcuts, shortcuts
from ui.sign_in_page import SignInPage

ACTIONS = times(300)
RULES = [rule for section in rule_book() for rule in section.rules]
UNCONFIRMED = next(rule for rule in RULES if rule.standing is Standing.UNVERIFIED)
READER, RECORDER, CLINICIAN, ADMINISTRATOR = Role
MENU = {
    READER: {
        *("Find patient", "Print timeline", "Create a clinic", "Lock", "Quit"),
        *(
            "Today",
            "All patients",
            "Cohort",
            "Back",
            "Rules",
            "Settings",
            "My password",
            "Shortcuts",
        ),
        "Vocabularies",
    },
    RECORDER: {
        *("New patient", "Treatment day", "Add a record", "Merge with another patient…"),
        *("Undo", "Redo", "Exchange", "Import…", "Registry"),
    },
    CLINICIAN: {"Give to a colleague…", "Export…"},
    ADMINISTRATOR: {"Letterhead", "Users", "Audit log", "Backups and lock"},
}
"""What each role has in the menus besides what the one before it has; and the buttons below."""
CHANGING: dict[Role, set[str]] = {
    RECORDER: {
        *("New patient", "Add", "Treatment day", "Save", "Cancel", "Remove", "Take this back"),
        *("Add adverse event", "Biopsy for this event", "Add file…", "Paste", "Add biopsy"),
    },
    CLINICIAN: {"Import CTCAE workbook…", "Usual values", "Confirm…", "Save a copy…", "Export…"},
    ADMINISTRATOR: set(),
}
RECORDING_KEYS = {"Save", "Remove the chosen row", "Put off, take up again", "Undo"}
KEYS = (
    *("Ctrl+N", "Ctrl+T", "Ctrl+Shift+N", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Return", "Ctrl+D"),
    *("Ctrl+V", "Delete", "Alt+R", "L", "R", "S", "U", "0", "1", "2", "3", "4", "5", "Return"),
)


@pytest.fixture(scope="module")
def _staffed(_case_clinic: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("staffed") / "clinic"
    shutil.copytree(_case_clinic, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrapping, "COST", CHEAP)
        engage(folder)
        with Clinic.open(folder, USER, PASSWORD) as clinic:
            letter = a.attachment(patient=clinic.patients()[0].id, media_type="text/plain")
            clinic.attach(letter, b"A letter, made up")
    return folder


@pytest.fixture
def case_folder(_staffed: Path, tmp_path: Path) -> Path:
    """The published case at a clinic with one user in each role."""
    return Path(shutil.copytree(_staffed, tmp_path / "case"))


@pytest.fixture
def reader(person: Person) -> Person:
    """Somebody who may read, before the page of the patient."""
    come_in(person, READER)
    open_case(person)
    return person


def come_in(person: Person, role: Role) -> None:
    page = person.page
    assert isinstance(page, SignInPage)
    page.by_password.user.setCurrentText(name_of(role))
    line = page.by_password.password.line
    line.setFocus()
    QTest.keyClicks(line, password_of(role))
    QTest.keyClick(line, Qt.Key.Key_Return)
    person.qtbot.waitUntil(lambda: not isinstance(person.page, SignInPage))


def open_case(person: Person) -> None:
    clinic = person.window.clinic
    assert clinic is not None
    person.window.open_patient(clinic.patients()[0].id)


def kept(window: MainWindow) -> dict[str, list[Any]]:
    """Every record there is, and every draft."""
    assert window.clinic is not None
    tables = [*(kind.table_name() for kind in RECORDS), "draft"]
    with window.clinic._store.reading() as session:
        return {
            table: [tuple(row) for row in session.execute(text(f'SELECT * FROM "{table}"'))]  # noqa: S608
            for table in tables
        }


def places(person: Person) -> Iterator[str]:
    """Page after page, and tab after tab with a record chosen."""
    window = person.window
    window.lists.show_today()
    yield "today"
    window.lists.show_patients()
    yield "patients"
    window.own.show_settings()
    yield "settings"
    window.own.show_vocabularies()
    yield "vocabularies"
    window.own.show_rules(UNCONFIRMED.name)
    yield "rules"
    open_case(person)
    tabs = window.patient.tabs
    for at in range(tabs.count()):
        tabs.setCurrentIndex(at)
        inner = tabs.currentWidget()
        for within in range(inner.count() if isinstance(inner, QTabWidget) else 1):
            if isinstance(inner, QTabWidget):
                inner.setCurrentIndex(within)
            for view in window.findChildren(QTableView):
                if view.isVisible() and view.model().rowCount():
                    view.selectRow(0)
                    view.setFocus()
            QApplication.processEvents()
            yield f"{tabs.tabText(at)} {within}"


def buttons(window: MainWindow) -> list[QPushButton]:
    return [each for each in window.findChildren(QPushButton) if each.isVisible()]


@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_entries_and_buttons(
    person: Person, window: MainWindow, role: Role
) -> None:
    come_in(person, role)
    below = [*Role][: [*Role].index(role) + 1]
    reports = {report.words for report in REPORTS.values()}
    shown = {each.text().replace("&", "") for each in window._menus.actions if each.isVisible()}
    assert shown - reports == set().union(*(MENU[each] for each in below))
    seen = {each.text() for _place in places(person) for each in buttons(window)}
    for least, words in CHANGING.items():
        assert words & seen == (words if least in below else set()), least
    listed = {what for rows in shortcuts_of(window).values() for what, _keys in rows}
    assert bool(RECORDING_KEYS & listed) is (role is not READER)


def test_the_pages_in_the_bar_have_the_room_that_they_need(
    person: Person, window: MainWindow
) -> None:
    bar = window._navigation
    for role in (Role.READER, Role.ADMINISTRATOR, Role.READER):
        come_in(person, role)
        QApplication.processEvents()
        assert bar.width() == bar.sizeHint().width(), role
        window.lock()


def shortcuts_of(window: MainWindow) -> Mapping[str, Shortcuts]:
    return shortcuts(window._menus.actions, allowed.all_of(window))


def test_a_reader_reads_every_value_and_copies_it(reader: Person) -> None:
    reader.patient.select(reader.one(AdverseEvent).id)
    form = reader.tab(AdverseEvent).form
    (text,) = form.findChildren(FormReader)
    assert text.isVisible()
    assert not any(each.isVisible() for each in form.editors.values())
    for words in ("Plaque on the cheekbone, without itch", "grade 2 from Jul 2017", "4.03"):
        assert words in text.toPlainText()
    assert "Not recorded: " in text.toPlainText()
    reader.tab(AdverseEvent).list.view.setFocus()
    reader.press("Return")
    assert text.hasFocus()
    reader.press("Ctrl+A", "Ctrl+C")
    assert "grade 2 from Jul 2017" in QApplication.clipboard().text()
    assert "Read only" in {
        each.text() for each in reader.patient.header.findChildren(QLabel) if each.isVisible()
    }


def test_whatever_a_reader_presses_nothing_changes(reader: Person, window: MainWindow) -> None:
    before = kept(window)
    for _place in places(reader):
        for keys in KEYS:
            reader.press(keys)
        assert kept(window) == before


def test_a_reader_adds_nothing_by_mouse_and_by_drop(reader: Person, tmp_path: Path) -> None:
    before = kept(reader.window)
    view = reader.patient.timeline
    for y in range(0, view.viewport().height(), 16):
        QTest.mouseDClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(view.width() // 2, y)
        )
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.4 made up")
    files = reader.patient.record_tabs[Attachment]
    handed = QMimeData()
    handed.setUrls([QUrl.fromLocalFile(str(tmp_path / "letter.pdf"))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(
        QPointF(9, 9), action, handed, button, Qt.KeyboardModifier.NoModifier
    )
    entering.ignore()
    files.dragEnterEvent(entering)
    assert not entering.isAccepted()
    assert not any(tab.keeper.can_keep() for tab in reader.patient.tabs.editing())
    assert kept(reader.window) == before


def test_a_reader_is_offered_nobody_new(reader: Person) -> None:
    reader.press("Ctrl+K")
    reader.write("nobody of this name")
    rows = reader.window.find_box.list
    assert [rows.item(place).text() for place in range(rows.count())] == [
        "Nobody is found by “nobody of this name”."
    ]


def test_a_monkey_as_a_reader_changes_nothing(
    reader: Person, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(window)

    def back() -> None:
        with reader.qtbot.waitActive(window):
            window.activateWindow()
        come_in(reader, READER)

    Monkey(window, 1, back, monkeypatch).play(ACTIONS)
    assert kept(window) == before


def test_a_role_lowered_meanwhile_refuses_the_save_and_keeps_what_is_typed(
    person: Person, window: MainWindow, case_folder: Path, told: list[ClinicError]
) -> None:
    come_in(person, RECORDER)
    open_case(person)
    tab = person.add(Visit)
    person.fill(tab.form, symptoms="itches at night")
    with Clinic.open(case_folder, USER, PASSWORD) as admin:
        admin.users.change_role(account(admin, name_of(RECORDER)), READER)
    person.press("Ctrl+Return")
    assert [type(each) for each in told] == [NotAllowed]
    assert tab.form.values()["symptoms"] == "itches at night"
    person.press("Ctrl+L")
    come_in(person, RECORDER)
    assert "Save" not in {each.text() for each in buttons(window)}
