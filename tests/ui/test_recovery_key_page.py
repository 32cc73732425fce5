"""Renewing the recovery key: the former one holds until the new one is safe."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from models.base import ClinicError
from models.store.clinic import Clinic
from tests.conftest import USER
from tests.ui.person import Person
from ui.main_window import MainWindow
from ui.recovery_key_page import RecoveryKeyPage

OWN = "green tractor sonnets"


@pytest.fixture
def page(person: Person, window: MainWindow) -> RecoveryKeyPage:
    """With the new key shown."""
    person.arrive()
    person.choose("Users")
    person.click("Renew the recovery key…")
    assert person.page is window.own.recovery_key
    person.press("Return")
    person.qtbot.waitUntil(window.own.recovery_key.key_part.isVisible)
    return window.own.recovery_key


def shown_key(page: RecoveryKeyPage) -> str:
    return "-".join(group.text() for group in page.key_part.groups)


def keyring(window: MainWindow) -> bytes:
    assert window.clinic is not None
    return (window.clinic.folder / "keyring.json").read_bytes()


def test_the_new_key_holds_once_it_is_kept(
    person: Person, window: MainWindow, page: RecoveryKeyPage, case_folder: Path
) -> None:
    key, before = shown_key(page), keyring(window)
    page.key_part.kept.setFocus()
    person.press("Space")
    assert keyring(window) == before
    person.click("Continue")
    person.qtbot.waitUntil(lambda: person.page is window.own.users)
    assert person.told == "The new recovery key holds"
    assert shown_key(page) == "-" * 7, "nothing of it stays in the window"
    clinic = window.at_hand.let_go()
    assert clinic is not None
    clinic.close()
    Clinic.recover(case_folder, key, user=USER, password=OWN).close()


def test_the_sheet_tells_which_one_it_is(
    person: Person, page: RecoveryKeyPage, tmp_path: Path
) -> None:
    page.key_part.output.ask_path = lambda file_name: tmp_path / file_name  # type: ignore[method-assign]
    with person.qtbot.waitSignal(page.key_part.output.done):
        person.click("Save as PDF…")
    text = PdfReader(tmp_path / "recovery-sheet.pdf").pages[0].extract_text()
    assert shown_key(page) in text
    assert "For Skin Clinic, made on" in text
    page.open(page._clinic)  # type: ignore[arg-type]


@pytest.mark.parametrize("leave", [False, True])
def test_leaving_asks_and_the_former_key_holds(
    leave: bool,
    person: Person,
    window: MainWindow,
    page: RecoveryKeyPage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, words = keyring(window), []

    def press(box: QMessageBox) -> int:
        words.append(box.informativeText())
        texts = {each.text(): each for each in box.buttons()}
        texts["Keep the former key" if leave else "Show the new key"].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    person.press("Escape")
    assert person.page is (window.own.users if leave else page)
    assert len(words) == 1
    assert "Destroy what was printed" in words[0]
    assert keyring(window) == before
    page.open(page._clinic)  # type: ignore[arg-type]


def test_locking_in_the_middle_keeps_the_former_key(
    person: Person, window: MainWindow, page: RecoveryKeyPage, case_folder: Path
) -> None:
    before = keyring(window)
    person.press("Ctrl+L")
    assert window.clinic is None
    assert (case_folder / "keyring.json").read_bytes() == before
    person.write("three unrelated words")
    person.press("Return")
    person.qtbot.waitUntil(lambda: person.page is window.own.recovery_key)
    assert not window.own.recovery_key.key_part.isVisible()


def test_a_key_that_cannot_be_put_is_told_and_stays_shown(
    person: Person, window: MainWindow, page: RecoveryKeyPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_any: object) -> None:
        raise ClinicError("The folder is full.", "Nothing was changed.", "Make room.")

    monkeypatch.setattr("models.store.keyring.write_whole", refuse)
    key, before = shown_key(page), keyring(window)
    QTest.keyClick(page.key_part.kept, Qt.Key.Key_Space)
    person.click("Continue")
    person.qtbot.waitUntil(lambda: page.key_part.isEnabled() and page._problem.isVisible())
    assert "The folder is full." in page._problem.text()
    assert (shown_key(page), keyring(window)) == (key, before)
    page.open(page._clinic)  # type: ignore[arg-type]
