"""The first start: making the clinic and keeping its key."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import shiboken6
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QStackedWidget
from pytestqt.qtbot import QtBot

from models.base import ClinicError
from models.store.clinic import Clinic
from models.store.folder import is_clinic
from ui.first_run_page import OWN_FOLDER, FirstRunPage, own_folder
from ui.tasks import Tasks

PASSWORD = "three unrelated words"


@pytest.fixture
def around(qtbot: QtBot) -> QStackedWidget:
    """The window, which outlives the page."""
    made = QStackedWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def page(qtbot: QtBot, around: QStackedWidget, tmp_path: Path, worker: Tasks) -> FirstRunPage:
    made = FirstRunPage(tmp_path / "records", worker, around)
    around.addWidget(made)
    around.show()
    with qtbot.waitActive(around):
        around.activateWindow()
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


def is_closed(clinic: Clinic) -> bool:
    try:
        clinic.patients()
    except ClinicError:
        return True
    return False


def answers(page: FirstRunPage, leave: bool) -> list[bool]:
    """Answer whether to go without the key; the list tells how often it was asked."""
    asked: list[bool] = []

    def ask() -> bool:
        asked.append(leave)
        return leave

    page.ask_to_leave = ask  # type: ignore[method-assign]
    return asked


@pytest.fixture
def go_on(worker: Tasks) -> Iterator[Event]:
    """Nothing is done by the worker until this is set."""
    made = Event()
    worker.run(made.wait, ignore, ignore)
    yield made
    made.set()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Clinic]:
    """Every clinic that is created."""
    made: list[Clinic] = []
    create = Clinic.create

    def noted(*given: Any, **named: Any) -> tuple[Clinic, str]:
        clinic, key = create(*given, **named)
        made.append(clinic)
        return clinic, key

    monkeypatch.setattr(Clinic, "create", noted)
    return made


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
    Clinic.recover(clinic.folder, key, user="AB", password="another good phrase").close()


def test_the_password_does_not_stay_on_the_page(with_key: FirstRunPage) -> None:
    assert with_key.clinic_part.password.text == ""


def test_nothing_is_made_from_what_is_incomplete(page: FirstRunPage, tmp_path: Path) -> None:
    type_in(page, "Skin Clinic", "", "short", "other")
    part = page.clinic_part
    assert part.user.problem == "This is needed."
    type_in(page, "AB")
    assert part.password.first.problem == "The password is shorter than 10 characters."
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
    part.output.ask_printer = lambda *_any: printer  # type: ignore[method-assign]
    for act in (part.save_button.click, part.print_button.click):
        with qtbot.waitSignal(part.output.done):
            act()
    assert key in PdfReader(tmp_path / "recovery-sheet.pdf").pages[0].extract_text()
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 1
    assert part.said.text() == f"Saved as {tmp_path / 'printed.pdf'}, all pages."


def test_a_sheet_that_cannot_be_saved_is_said(
    qtbot: QtBot, with_key: FirstRunPage, tmp_path: Path
) -> None:
    part = with_key.key_part
    part.output.ask_path = lambda file_name: tmp_path / "nowhere" / file_name  # type: ignore[method-assign]
    with qtbot.waitSignal(part.output.failed):
        part.save_button.click()
    assert "cannot be written" in part.said.text()


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


@pytest.mark.parametrize("leave", [False, True])
def test_the_key_is_not_left_behind_without_asking(
    qtbot: QtBot, opened: list[Clinic], with_key: FirstRunPage, leave: bool
) -> None:
    asked = answers(with_key, leave)
    assert with_key.may_leave() is leave
    assert len(asked) == 1
    assert is_closed(opened[0]) is leave
    with_key.key_part.kept.click()
    assert with_key.may_leave()
    assert len(asked) == 1
    assert is_closed(opened[0])


@pytest.mark.parametrize("leave", [False, True])
def test_the_question_names_what_would_be_lost(
    monkeypatch: pytest.MonkeyPatch, with_key: FirstRunPage, leave: bool
) -> None:
    words: list[str] = []

    def press(box: QMessageBox) -> int:
        words.append(f"{box.text()} {box.informativeText()}")
        texts = {each.text(): each for each in box.buttons()}
        assert box.defaultButton() is box.escapeButton() is texts["Show the key again"]
        texts["Leave without it" if leave else "Show the key again"].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    assert with_key.may_leave() is leave
    assert words == [
        "The recovery key has not been printed or written down. It is shown only this once."
    ]


def test_nothing_is_asked_before_a_clinic_is_made(page: FirstRunPage) -> None:
    asked = answers(page, False)
    assert page.may_leave()
    assert not asked


def test_the_page_is_not_left_while_the_clinic_is_made(
    qtbot: QtBot, opened: list[Clinic], page: FirstRunPage, go_on: Event
) -> None:
    type_in(page, "Skin Clinic", "AB", PASSWORD, PASSWORD)
    assert not page.may_leave()
    assert "The clinic is being created." in shown_texts(page)
    go_on.set()
    qtbot.waitUntil(page.key_part.isVisible)
    assert "being created" not in shown_texts(page)
    assert not is_closed(opened[0])


def test_a_clinic_handed_on_stays_open(
    qtbot: QtBot, opened: list[Clinic], with_key: FirstRunPage
) -> None:
    with_key.key_part.kept.click()
    with_key.key_part.main_button.click()
    assert with_key.may_leave()
    vanish(qtbot, with_key)
    assert not is_closed(opened[0])
    opened[0].close()


def test_a_clinic_is_closed_with_the_page_that_showed_its_key(
    qtbot: QtBot, opened: list[Clinic], with_key: FirstRunPage
) -> None:
    vanish(qtbot, with_key)
    assert is_closed(opened[0])


def test_a_clinic_that_nobody_waits_for_any_more_is_closed(
    qtbot: QtBot, opened: list[Clinic], page: FirstRunPage, worker: Tasks, go_on: Event
) -> None:
    type_in(page, "Skin Clinic", "AB", PASSWORD, PASSWORD)
    vanish(qtbot, page)
    go_on.set()
    qtbot.waitUntil(lambda: bool(opened))
    worker.shutdown()
    assert is_closed(opened[0])


def test_the_folder_of_a_clinic_is_its_own(tmp_path: Path, clinic: Clinic) -> None:
    assert own_folder(clinic.folder) == clinic.folder
    assert own_folder(tmp_path) == tmp_path / OWN_FOLDER
    assert own_folder(tmp_path / "new") == tmp_path / "new"


def test_a_clinic_in_our_own_folder_is_found_again(
    qtbot: QtBot, page: FirstRunPage, tmp_path: Path, clinic: Clinic
) -> None:
    clinic.close()
    clinic.folder.rename(tmp_path / OWN_FOLDER)
    page.clinic_part.ask_folder = lambda: tmp_path  # type: ignore[method-assign]
    with qtbot.waitSignal(page.clinic_found) as found:
        page.clinic_part.folder_button.click()
    assert found.args == [tmp_path / OWN_FOLDER]


def ignore(outcome: object) -> None:
    """What the worker hands back does not matter here."""


def shown_texts(page: FirstRunPage) -> str:
    return " ".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def vanish(qtbot: QtBot, page: FirstRunPage) -> None:
    page.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(page))
