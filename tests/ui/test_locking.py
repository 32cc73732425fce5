"""Locked after idle minutes or by Ctrl+L: nothing is asked, nothing seen, nothing typed is lost."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QClipboard, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from models.attachment import Attachment
from models.base import ClinicError, revised
from models.photographs import as_kept
from models.roles import Role
from models.rules import RULES, Standing
from models.snooze import Snooze
from models.store.clinic import Clinic
from models.store.places import TRAIL_END
from models.visit import Visit
from tests.conftest import PASSWORD, USER
from tests.models import builders as a
from tests.staff import GIVEN, OWN
from tests.ui.clocks import Clocks
from tests.ui.person import Person, answers
from tests.ui.pictures import photograph
from ui import errors
from ui.files_tab import FilesTab
from ui.main_window import MainWindow
from ui.questions import Leaving
from ui.sign_in_page import SignInPage

MINUTES = 60
OTHER_USER = "berta"
FROM_MEMORY = [rule for rule in RULES.values() if rule.standing is Standing.UNVERIFIED]


@pytest.fixture
def clocks(window: MainWindow) -> Clocks:
    """By which the window counts how long nobody has used it."""
    window.locking.idle.clocks = Clocks()
    return window.locking.idle.clocks


def lapse(window: MainWindow, clocks: Clocks) -> None:
    """Everybody is away for an hour."""
    clocks.go_on(60 * MINUTES)
    window.locking.idle.look()


def over(window: MainWindow) -> list[QWidget]:
    """What can be seen beside the window itself."""
    found = QApplication.topLevelWidgets()
    return [each for each in found if each.isVisible() and each is not window]


def is_locked(person: Person) -> bool:
    return person.window.clinic is None and isinstance(person.page, SignInPage)


def come_back(person: Person, user: str = USER, password: str = PASSWORD) -> None:
    door = person.page
    assert isinstance(door, SignInPage)
    door.by_password.user.setCurrentText(user)
    with person.qtbot.waitActive(person.window):
        person.window.activateWindow()
    door.by_password.password.setFocus()
    person.write(password)
    person.press("Return")
    person.qtbot.waitUntil(lambda: person.window.clinic is not None)


def half_a_visit(person: Person) -> None:
    tab = person.add(Visit)
    person.fill(tab.form, plan="look at the left cheek")
    answers(tab, Leaving.KEEP_EDITING)


# What is open over the window


def a_question(person: Person) -> None:
    tab = person.add(Visit)
    person.fill(tab.form, plan="look at the left cheek")
    tab.cancel()


def a_reason(person: Person) -> None:
    tab = person.tab(Visit)
    person.patient.select(person.one(Visit).id)
    tab.remove()


def an_error(person: Person) -> None:
    errors.show_error(person.tab(Visit), ClinicError("Rossi", "Anna", "004711"))


def a_file_dialog(person: Person) -> None:
    assert QFileDialog.getOpenFileName(person.patient, "Rossi")[0] == ""


def the_shortcuts(person: Person) -> None:
    person.press("F1")


@pytest.mark.parametrize("ask", [a_question, a_reason, an_error, a_file_dialog, the_shortcuts])
def test_what_waits_for_an_answer_is_closed_as_if_nobody_had_given_one(
    person: Person, window: MainWindow, clocks: Clocks, ask: Callable[[Person], None]
) -> None:
    person.open_case()
    visits = person.history.of(Visit)
    seen: list[bool] = []

    def go_away() -> None:
        seen.append(bool(over(window)))
        lapse(window, clocks)
        seen.append(bool(over(window)))

    QTimer.singleShot(0, go_away)
    ask(person)
    assert seen == [True, False]
    assert is_locked(person)
    page = window.patient
    person.qtbot.waitUntil(lambda: len(window.findChildren(type(page))) == 1)
    come_back(person)
    person.qtbot.waitUntil(lambda: person.page is window.patient)
    assert person.history.of(Visit) == visits


def a_menu(person: Person) -> None:
    person.patient.header.ask_kind()


def a_tool_tip(person: Person) -> None:
    QToolTip.showText(person.window.pos(), "Rossi", person.window)


def the_list_of_found(person: Person) -> None:
    person.press("Ctrl+K")
    person.write("ross")


@pytest.mark.parametrize("show", [a_menu, a_tool_tip, the_list_of_found])
def test_what_pops_up_goes_too(
    person: Person, window: MainWindow, clocks: Clocks, show: Callable[[Person], None]
) -> None:
    person.open_case()
    show(person)
    assert over(window) or window.find_box.list.isVisible()
    lapse(window, clocks)
    assert is_locked(person)
    assert not over(window)
    assert not window.find_box.list.isVisible()
    assert window.find_box.list.count() == 0


def test_nothing_that_was_copied_or_can_be_undone_tells_of_a_patient(
    person: Person, window: MainWindow
) -> None:
    person.open_case()
    person.press("Ctrl+K")
    person.write("ross")
    clipboard = QApplication.clipboard()
    modes = [QClipboard.Mode.Clipboard]
    modes += [QClipboard.Mode.Selection] if clipboard.supportsSelection() else []
    for mode in modes:
        clipboard.setText("Rossi", mode)
    title = window.windowTitle()
    window.lock()
    assert not any(clipboard.text(mode) for mode in modes)
    assert window.windowTitle() == title
    window.find_box.undo()
    assert not window.find_box.text()


# When it locks


def test_it_locks_after_as_many_minutes_as_the_clinic_chose_from_then_on(
    person: Person, window: MainWindow, clocks: Clocks
) -> None:
    person.arrive()
    assert window.clinic is not None
    assert window.locking.idle.remaining == 10 * MINUTES
    kept = window.clinic.safekeeping()
    window.clinic.save(revised(kept, lock_after_minutes=3))
    window.undoing.undo()
    window.undoing.redo()
    assert window.locking.idle.remaining == 3 * MINUTES
    clocks.go_on(3 * MINUTES)
    window.locking.idle.look()
    assert is_locked(person)


def test_it_does_so_while_and_after_a_new_password_is_chosen(
    person: Person, window: MainWindow, case_folder: Path
) -> None:
    with Clinic.open(case_folder, USER, PASSWORD) as clinic:
        clinic.save(revised(clinic.safekeeping(), lock_after_minutes=3))
        clinic.users.add("bruno", Role.READER, GIVEN)
    window.knock()
    sign_in = person.page
    assert isinstance(sign_in, SignInPage)
    sign_in.by_password.user.setCurrentText("bruno")
    sign_in.by_password.password.setFocus()
    person.write(GIVEN)
    person.press("Return")
    person.qtbot.waitUntil(lambda: window.clinic is not None)
    assert window.locking.idle.remaining == 3 * MINUTES
    person.write(GIVEN, OWN, OWN)
    person.press("Return")
    person.qtbot.waitUntil(lambda: person.page is window.today_page)
    assert window.locking.idle.remaining == 3 * MINUTES


def test_what_is_half_typed_waits_for_whoever_typed_it(
    person: Person, window: MainWindow, clocks: Clocks
) -> None:
    assert window.clinic is None
    person.open_case()
    assert window.clinic is not None
    first = "a first one to be changed"
    window.clinic.users.add(OTHER_USER, Role.CLINICIAN, first)
    with Clinic.open(window.clinic.folder, OTHER_USER, first) as clinic:
        clinic.users.change_own_password(first, PASSWORD)
    patient = person.history.patient.id
    half_a_visit(person)
    lapse(window, clocks)
    come_back(person, OTHER_USER)
    assert person.page is window.today_page
    window.open_patient(patient)
    assert not person.tab(Visit).form.is_dirty()
    assert not person.patient.drafts.strip.said
    assert window.clinic.drafts() == []
    assert window._who.text() == "Skin Clinic · berta, clinician"
    window.lock()
    come_back(person)
    window.open_patient(patient)
    assert person.tab(Visit).form.values()["plan"] == "look at the left cheek"


def test_what_cannot_be_written_stays_in_memory_until_its_user_is_back(
    person: Person, window: MainWindow
) -> None:
    person.open_case()
    half_a_visit(person)
    assert window.clinic is not None
    window.clinic.close()
    window.lock()
    assert is_locked(person)
    come_back(person)
    assert person.page is window.patient
    assert person.tab(Visit).form.values()["plan"] == "look at the left cheek"
    assert [draft.form for draft in window.clinic.drafts()] == ["visit"]


# What has no form of its own


def files_of(person: Person) -> FilesTab:
    tab = person.tab(Attachment)
    assert isinstance(tab, FilesTab)
    return tab


def test_files_that_were_chosen_come_back_unsaved(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    content = photograph()
    for name in ("cheek.jpg", "arm.jpg"):
        (tmp_path / name).write_bytes(content)
    person.open_case()
    window.patient.tabs.bring_kind_forward(Attachment)
    tab = files_of(person)
    tab.add_files([tmp_path / "cheek.jpg", tmp_path / "arm.jpg"])
    person.qtbot.waitUntil(lambda: not tab._awaits)
    QApplication.clipboard().setImage(QImage(8, 8, QImage.Format.Format_RGB32))
    tab.paste()
    person.fill(tab.form, title="left cheek", body_site="cheek")
    tab.turn(1)
    window.lock()
    assert is_locked(person)
    come_back(person)
    assert window.clinic is not None
    assert window.clinic.drafts() == []
    tab = files_of(person)
    assert tab.isVisible()
    saved: list[Attachment] = []
    tab.saved.connect(saved.append)
    for title in ("left cheek", "arm", "Pasted photograph"):
        person.qtbot.waitUntil(lambda title=title: tab.form.values()["title"] == title)
        tab.form.focus_first()
        person.press("Ctrl+Return")
    assert [each.title for each in saved] == ["left cheek", "arm", "Pasted photograph"]
    assert (saved[0].body_site, saved[0].quarter_turns) == ("cheek", 1)
    assert window.clinic.content(saved[0]) == as_kept(content, "image/jpeg").content


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_confirmation_that_is_half_typed_comes_back(
    person: Person, window: MainWindow, withdrawn: bool
) -> None:
    person.arrive()
    rule = FROM_MEMORY[0].name
    window.own.show_rules(rule)
    person.press("Return", "Return")
    person.write("Dr Verdi")
    if withdrawn:
        person.press("Ctrl+Return")
        window.own.rules.pane.withdraw()
        person.write("read once more")
    answers(window.own.rules.pane, Leaving.KEEP_EDITING)
    window.lock()
    come_back(person)
    assert person.page is window.own.rules
    pane = window.own.rules.pane
    assert pane.is_dirty()
    if withdrawn:
        assert pane.withdrawing.reason.line.text() == "read once more"
    else:
        assert pane.confirming.form.values()["confirmed_by"] == "Dr Verdi"
    assert window.own.rules._shown == rule
    assert pane.submit()
    assert window.clinic is not None
    assert len(window.clinic.confirmations()) == (not withdrawn)
    assert window.clinic.drafts() == []


def test_what_is_half_put_off_comes_back(person: Person, window: MainWindow) -> None:
    person.arrive()
    assert window.clinic is not None
    window.clinic.save(a.patient())
    window.lists.show_today()
    page = window.today_page
    person.qtbot.waitUntil(lambda: bool(page.worklist and page.worklist.due))
    assert page.worklist is not None
    item = page.worklist.due[0]
    page.view.choose(page.table.rows.index(item))
    page._put_off()
    page.panel.reason.setFocus()
    person.write("on holiday")
    answers(page.panel, Leaving.KEEP_EDITING)
    window.lock()
    come_back(person)
    page = window.today_page
    person.qtbot.waitUntil(page.panel.isVisible)
    assert page.panel.reason.value() == "on holiday"
    assert page.panel.save()
    assert window.clinic is not None
    (snooze,) = window.clinic.history(item.patient.id).of(Snooze)
    assert snooze.reason == "on holiday"
    assert window.clinic.drafts() == []


# What goes on meanwhile


def test_locking_does_not_wait_for_a_long_reading(
    person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    person.sign_in()
    clinic = window.clinic
    assert clinic is not None
    free = threading.Event()
    ended: list[object] = []

    def survey() -> None:
        with clinic._store.surveying():
            free.wait()

    window.tasks.run(survey, ended.append, ended.append)
    window.lists.show_today()
    window.lock()
    assert is_locked(person)
    free.set()
    come_back(person)
    qtbot.waitUntil(lambda: window.today_page.worklist is not None)
    assert ended == [None]
    assert window.clinic is not clinic
    with pytest.raises(ClinicError):
        clinic.patients()


def test_what_was_noticed_at_opening_is_shown_until_it_is_read(
    person: Person, window: MainWindow, case_folder: Path
) -> None:
    (case_folder / TRAIL_END).unlink()
    person.arrive()
    assert window.clinic is not None
    assert window.clinic.notices
    assert window.notices.words.text() == "\n".join(window.clinic.notices)
    assert window.notices.isVisible()
    window.lists.show_patients()
    assert window.notices.isVisible()
    window.notices.close_button.click()
    assert not window.notices.isVisible()


def test_pages_that_hold_patients_are_gone_once_it_is_locked(
    person: Person, window: MainWindow
) -> None:
    page = person.open_case()
    gone: list[bool] = []
    page.destroyed.connect(lambda: gone.append(True))
    window.lock()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone
