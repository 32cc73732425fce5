"""The first start: making the clinic and keeping its key."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.store.clinic import Clinic, is_clinic
from ui.first_run_page import OWN_FOLDER, FirstRunPage
from ui.tasks import Tasks

PASSWORD = "three unrelated words"


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path, worker: Tasks) -> FirstRunPage:
    made = FirstRunPage(tmp_path / "records", worker)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


@pytest.fixture
def with_key(qtbot: QtBot, page: FirstRunPage) -> FirstRunPage:
    type_in(page, "Skin Clinic", "AB", PASSWORD, PASSWORD)
    qtbot.waitUntil(page.key_part.isVisible)
    return page


def type_in(page: FirstRunPage, *texts: str) -> None:
    """Each text into the next field, then Enter."""
    for place, text in enumerate(texts):
        if place:
            QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        QTest.keyClicks(page.focusWidget(), text)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)


def close(page: FirstRunPage) -> Clinic:
    made = page._made
    assert made
    made.clinic.close()
    return made.clinic


def shown_key(page: FirstRunPage) -> str:
    return "-".join(group.text() for group in page.key_part.groups)


def test_a_clinic_is_made_and_its_key_opens_it(qtbot: QtBot, with_key: FirstRunPage) -> None:
    page, key = with_key, shown_key(with_key)
    with qtbot.assertNotEmitted(page.created):
        page.key_part.main_button.click()
    page.key_part.kept.click()
    with qtbot.waitSignal(page.created) as created:
        page.key_part.main_button.click()
    clinic = created.args[0]
    assert (clinic.name, clinic.user, clinic.demo) == ("Skin Clinic", "AB", False)
    clinic.close()
    Clinic.recover(clinic.folder, key, user="AB", password="another password").close()


def test_the_password_does_not_stay_on_the_page(with_key: FirstRunPage) -> None:
    assert with_key.clinic_part.password.text == ""
    close(with_key)


def test_nothing_is_made_from_what_is_incomplete(page: FirstRunPage, tmp_path: Path) -> None:
    type_in(page, "Skin Clinic", "", "short", "other")
    part = page.clinic_part
    assert part.user.problem == "This is needed."
    type_in(page, "AB")
    assert part.password.first.problem == "This is too short: 8 characters at least."
    assert part.password.again.problem == "The two passwords differ."
    assert part.name.line.text() == "Skin Clinic"
    assert not is_clinic(tmp_path / "records")


def test_an_error_is_said_on_the_page_and_what_was_typed_stays(
    qtbot: QtBot, page: FirstRunPage, tmp_path: Path
) -> None:
    (tmp_path / "records").write_text("in the way")
    type_in(page, "Skin Clinic", "AB", PASSWORD, PASSWORD)
    qtbot.waitUntil(page.clinic_part.isEnabled)
    told = [each for each in page.findChildren(QLabel) if each.property("role") == "problems"]
    assert [bool(each.text()) for each in told if each.isVisible()] == [True]
    assert page.clinic_part.name.line.text() == "Skin Clinic"
    assert page.clinic_part.password.text == PASSWORD


def test_the_sheet_is_saved_and_printed(
    qtbot: QtBot, with_key: FirstRunPage, tmp_path: Path
) -> None:
    part, key = with_key.key_part, shown_key(with_key)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    part.output.ask_path = lambda file_name: tmp_path / file_name  # type: ignore[method-assign]
    part.output.ask_printer = lambda: printer  # type: ignore[method-assign]
    for act in (part.save_button.click, part.print_button.click):
        with qtbot.waitSignal(part.output.done):
            act()
    assert key in PdfReader(tmp_path / "recovery-sheet.pdf").pages[0].extract_text()
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 1
    assert part.said.text() == "Sent to the printer."
    close(with_key)


def test_a_sheet_that_cannot_be_saved_is_said(
    qtbot: QtBot, with_key: FirstRunPage, tmp_path: Path
) -> None:
    part = with_key.key_part
    part.output.ask_path = lambda file_name: tmp_path / "nowhere" / file_name  # type: ignore[method-assign]
    with qtbot.waitSignal(part.output.failed):
        part.save_button.click()
    assert "cannot be written" in part.said.text()
    close(with_key)


@pytest.mark.parametrize("taken", [False, True])
def test_another_folder_never_mixes_with_other_files(
    page: FirstRunPage, tmp_path: Path, taken: bool
) -> None:
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    if taken:
        (chosen / "letter.txt").write_text("somebody's")
    page.clinic_part.ask_folder = lambda: chosen  # type: ignore[method-assign]
    page.clinic_part.folder_button.click()
    expected = chosen / OWN_FOLDER if taken else chosen
    assert page.clinic_part.folder == expected
    assert page.clinic_part.place.text() == str(expected)


def test_a_folder_with_a_clinic_is_told(qtbot: QtBot, page: FirstRunPage, clinic: Clinic) -> None:
    before = page.clinic_part.folder
    page.clinic_part.ask_folder = lambda: clinic.folder  # type: ignore[method-assign]
    with qtbot.waitSignal(page.clinic_found) as found:
        page.clinic_part.folder_button.click()
    assert found.args == [clinic.folder]
    assert page.clinic_part.folder == before


def test_the_demo_clinic_is_one_press_away(qtbot: QtBot, page: FirstRunPage) -> None:
    with qtbot.waitSignal(page.demo_asked):
        page.demo_button.click()
