"""Clinic ▸ Backups and lock: how they stand, where they go, one by hand, the records checked."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.store.backup_files import found
from models.store.backup_folder import what_is_wrong
from models.store.places import BACKUP_LOCK, BACKUPS
from tests.ui.person import Person, answers
from ui.backups_page import BackupsPage
from ui.main_window import MainWindow
from ui.questions import Leaving


@pytest.fixture
def page(person: Person, window: MainWindow, qtbot: QtBot) -> BackupsPage:
    person.arrive()
    person.choose("Backups and lock")
    assert person.page is window.own.backups
    qtbot.waitUntil(lambda: bool(window.own.backups.pane.health.text()))
    return window.own.backups


def cells(page: BackupsPage) -> list[list[str]]:
    table = page.pane.table
    columns = range(table.columnCount())
    return [
        [table.index(row, column).data() for column in columns] for row in range(table.rowCount())
    ]


def back_up(person: Person, page: BackupsPage, qtbot: QtBot) -> None:
    before = len(cells(page))
    person.click("Back up now")
    qtbot.waitUntil(lambda: not page.pane.strip.running and len(cells(page)) != before)


def test_a_backup_is_made_by_hand_and_listed(
    person: Person, page: BackupsPage, window: MainWindow, qtbot: QtBot
) -> None:
    assert page.pane.health.text() == "There is no backup in the folder for backups."
    assert "There is no backup in this folder yet." in page.pane.notice.text.text()
    back_up(person, page, qtbot)
    assert page.pane.strip.said.text().startswith("Backed up, and proven to open: 1 patient")
    ((_moment, *rest),) = cells(page)
    assert (rest[0], *rest[2:]) == ("Today", "Regular", "Yes")
    assert page.pane.health.text().endswith("holds all that is on file.")
    assert window.backing_up.strip.backup.text().startswith("Backup today")


def test_a_backup_by_hand_is_cancelled_and_nothing_is_left_of_it(
    person: Person, page: BackupsPage, qtbot: QtBot, case_folder: Path
) -> None:
    person.click("Back up now")
    person.press("Escape")
    qtbot.waitUntil(lambda: not page.pane.strip.running)
    assert page.isVisible(), "the first Escape ends the backup, the second leaves"
    left = case_folder / BACKUPS
    assert all(each.complete for each in found(left))
    assert {path.name for path in left.glob(".*")} <= {BACKUP_LOCK}
    person.press("Escape")
    assert not page.isVisible()


def test_a_folder_is_chosen_looked_at_and_used(
    person: Person, page: BackupsPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    page.form.folder.ask_folder = lambda: str(share)  # type: ignore[method-assign]
    person.click("Choose…")
    same = "On the same disk as the records: a broken disk would take both."
    qtbot.waitUntil(lambda: page.form.folder.note() == same)
    person.press("Ctrl+Return")
    assert window.clinic is not None
    assert window.clinic.safekeeping().backup_folder == str(share)
    qtbot.waitUntil(lambda: str(share) in page.pane.place.text())
    assert "backups stay where they are; the rule no longer" in page.pane.strip.said.text()
    back_up(person, page, qtbot)
    assert len(found(share)) == 1
    assert not found(window.clinic.backups.own_folder)
    share.rename(tmp_path / "unplugged")
    page.pane.read()
    gone = "its drive is not connected"
    qtbot.waitUntil(lambda: gone in page.form.folder.problem)
    assert cells(page) == []
    shown = [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
    assert len([text for text in shown if gone in text]) == 1, "it is said once"
    person.click("Back up now")
    qtbot.waitUntil(lambda: gone in page.pane.strip.said.text())
    assert gone not in page.pane.health.text()
    share_again = tmp_path / "unplugged"
    share_again.rename(share)
    person.click("Look again")
    qtbot.waitUntil(lambda: not page.form.folder.problem and len(cells(page)) == 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("nowhere", "the whole path"), ("/no/such/place", "no such folder, or its drive")],
)
def test_a_folder_that_cannot_be_used_is_refused_beside_the_field(
    person: Person, page: BackupsPage, window: MainWindow, typed: str, said: str
) -> None:
    person.fill(page.form.form, backup_folder=typed)
    person.press("Ctrl+Return")
    assert said in page.form.folder.problem
    assert window.clinic is not None
    assert window.clinic.safekeeping().backup_folder is None
    answers(page.form, Leaving.DISCARD)


def test_the_lock_is_changed_and_holds_at_once(
    person: Person, page: BackupsPage, window: MainWindow
) -> None:
    person.fill(page.form.form, lock_after_minutes="3")
    person.press("Ctrl+Return")
    assert window.clinic is not None
    assert window.clinic.safekeeping().lock_after_minutes == 3
    assert 120 < window.locking.idle.remaining <= 180


def test_what_is_typed_is_not_lost_by_escape(
    person: Person, page: BackupsPage, window: MainWindow
) -> None:
    asked = answers(page.form, Leaving.KEEP_EDITING)
    person.fill(page.form.form, warn_after_days="5")
    person.press("Escape")
    assert (len(asked), person.page) == (1, page)
    answers(page.form, Leaving.DISCARD)
    person.press("Escape")
    assert person.page is window.today_page


def test_the_records_are_checked_in_words(person: Person, page: BackupsPage, qtbot: QtBot) -> None:
    person.click("Check the records")
    qtbot.waitUntil(lambda: page.pane.strip.said.text().endswith("the audit log are sound."))


def test_the_chosen_backup_is_handed_to_who_restores_it(
    person: Person, page: BackupsPage, qtbot: QtBot, case_folder: Path
) -> None:
    back_up(person, page, qtbot)
    asked: list[object] = []
    page.restore_asked.disconnect()
    page.restore_asked.connect(asked.append)
    page.pane.view.selectRow(0)
    person.click("Restore…")
    assert asked == found(case_folder / BACKUPS)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs another user of this computer")
def test_a_folder_of_somebody_else_cannot_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    refused = os.fork()
    if not refused:
        if os.geteuid() == 0:
            os.setuid(65534)
        os._exit(what_is_wrong(Path("/")) == "The folder / cannot be written to.")
    _pid, status = os.waitpid(refused, 0)
    assert os.waitstatus_to_exitcode(status) == 1
