"""The letterhead, by keyboard: typed, saved, seen as it is printed; its logo chosen and removed."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from models.base import ClinicError, revised
from models.letterhead import MOST_LOGO_BYTES, usual_letterhead
from models.store.clinic import Clinic
from tests.conftest import PASSWORD, USER
from tests.ui.person import Person, answers
from tests.ui.samples import TODAY
from ui.letterhead_page import LetterheadPage
from ui.main_window import MainWindow
from ui.questions import Leaving
from ui.tasks import Tasks

ORIENTATION, ARTIST = 0x0112, 0x013B


@pytest.fixture
def page(qtbot: QtBot, clinic: Clinic, worker: Tasks) -> LetterheadPage:
    made = LetterheadPage(lambda: TODAY, clinic.save, worker)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.open(clinic)
    return made


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "logo.png"
    Image.new("RGB", (120, 60), "teal").save(path)
    return path


def press(page: LetterheadPage, key: Qt.Key, *, ctrl: bool = False) -> None:
    control, none = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
    QTest.keyClick(page.focusWidget(), key, control if ctrl else none)


def choose(page: LetterheadPage, path: Path | None) -> None:
    page.ask_picture = lambda: path  # type: ignore[method-assign]
    page.choose_button.setFocus()
    press(page, Qt.Key.Key_Space)


def printed(page: LetterheadPage) -> str:
    """What the picture of a page's head says."""
    return page.strip.pdf.getAllText(0).text()


def has_teal(page: LetterheadPage) -> bool:
    image = page.strip.grab().toImage()
    places = ((x, y) for x in range(0, image.width(), 4) for y in range(0, image.height(), 4))
    return any(image.pixelColor(x, y).name() == "#008080" for x, y in places)


def test_it_is_typed_and_saved_without_touching_the_mouse(
    qtbot: QtBot, page: LetterheadPage, clinic: Clinic
) -> None:
    QTest.keyClicks(page.focusWidget(), "12 Harbour Road")
    for text in ("555 0100", "Monday to Friday, 8 to 16", "555 0199", "skin@clinic.example"):
        press(page, Qt.Key.Key_Tab)
        QTest.keyClicks(page.focusWidget(), text)
    with qtbot.waitSignal(page.saved):
        press(page, Qt.Key.Key_Return, ctrl=True)
    kept = clinic.letterhead()
    assert kept.lines == ["12 Harbour Road", "555 0100 · skin@clinic.example"]
    assert (kept.hours, kept.other_phone) == ("Monday to Friday, 8 to 16", "555 0199")
    assert page.may_leave()
    clinic.undo()
    assert clinic.letterhead().phone is None


def test_it_is_seen_as_it_is_printed_while_it_is_typed(
    qtbot: QtBot, page: LetterheadPage, clinic: Clinic
) -> None:
    qtbot.waitUntil(lambda: clinic.name in printed(page))
    low = page.strip.height()
    QTest.keyClicks(page.focusWidget(), "12 Harbour Road")
    qtbot.waitUntil(lambda: "12 Harbour Road" in printed(page))
    assert page.strip.height() > low
    assert "12 Harbour Road" in page.strip.accessibleDescription()
    assert clinic.letterhead() == usual_letterhead()
    answers(page, Leaving.DISCARD)
    assert page.may_leave()
    qtbot.waitUntil(lambda: "12 Harbour Road" not in printed(page))


def test_a_logo_is_chosen_seen_and_removed(
    qtbot: QtBot, page: LetterheadPage, clinic: Clinic, picture: Path
) -> None:
    assert not page.remove_button.isEnabled()
    with qtbot.waitSignal(page.saved):
        choose(page, picture)
    logo = clinic.logo()
    assert Image.open(io.BytesIO(logo)).size == (120, 60)
    qtbot.waitUntil(lambda: has_teal(page))
    page.remove_button.setFocus()
    with qtbot.waitSignal(page.saved):
        press(page, Qt.Key.Key_Space)
    assert clinic.logo() == b""
    assert not page.remove_button.isEnabled()
    qtbot.waitUntil(lambda: not has_teal(page))
    clinic.undo()
    assert clinic.logo() == logo


def test_what_is_typed_is_saved_with_the_logo(
    page: LetterheadPage, clinic: Clinic, picture: Path
) -> None:
    QTest.keyClicks(page.focusWidget(), "12 Harbour Road")
    choose(page, picture)
    kept = clinic.letterhead()
    assert (kept.address, bool(kept.logo)) == ("12 Harbour Road", True)
    assert page.save()
    QTest.keyClicks(page.form.editors["phone"].inputs[0], "555 0100")
    assert page.save()
    assert clinic.letterhead().logo == kept.logo


def test_what_cannot_be_saved_keeps_the_logo_away(
    page: LetterheadPage, clinic: Clinic, picture: Path
) -> None:
    line = page.form.editors["phone"].inputs[0]
    assert isinstance(line, QLineEdit)
    line.setText("5" * 61)
    choose(page, picture)
    assert clinic.letterhead() == usual_letterhead()
    assert "too long" in page.form.editors["phone"].problem
    answers(page, Leaving.DISCARD)


def not_a_picture() -> bytes:
    return b"GIF89a"


def a_damaged_one() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (120, 60)).save(buffer, "PNG")
    return buffer.getvalue()[:40]


def a_large_one() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(MOST_LOGO_BYTES)


def an_enormous_one() -> bytes:
    buffer = io.BytesIO()
    Image.new("1", (8_000, 8_000)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("content", [not_a_picture, a_damaged_one, a_large_one, an_enormous_one])
def test_what_is_no_logo_is_said(
    content: Callable[[], bytes],
    page: LetterheadPage,
    clinic: Clinic,
    tmp_path: Path,
    told: list[ClinicError],
) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(content())
    choose(page, path)
    assert "Nothing was changed." in str(told[0])
    assert clinic.letterhead() == usual_letterhead()


def test_a_logo_is_kept_upright_and_small_and_without_what_its_file_tells(
    page: LetterheadPage, clinic: Clinic, tmp_path: Path
) -> None:
    told = Image.Exif()
    told[ORIENTATION], told[ARTIST] = 6, "Dr Vera Lindt"
    path = tmp_path / "logo.jpg"
    Image.new("RGB", (1200, 600), "teal").save(path, exif=told)
    choose(page, path)
    kept = clinic.logo()
    image = Image.open(io.BytesIO(kept))
    assert (image.format, image.size) == ("JPEG", (250, 500))
    assert not image.getexif()
    assert b"Lindt" not in kept


def test_what_is_transparent_in_a_logo_is_as_white_as_the_paper(
    page: LetterheadPage, clinic: Clinic, tmp_path: Path
) -> None:
    path = tmp_path / "logo.png"
    clear = Image.new("RGBA", (900, 300), (200, 0, 0, 0))
    clear.paste("teal", (0, 0, 450, 300))
    clear.save(path)
    choose(page, path)
    image = Image.open(io.BytesIO(clinic.logo()))
    assert (image.format, image.size) == ("PNG", (500, 167))
    assert [image.getpixel((x, 80)) for x in (100, 400)] == [(0, 128, 128), (255, 255, 255)]


def test_a_logo_that_is_missing_is_said_and_can_be_chosen_again(
    qtbot: QtBot, page: LetterheadPage, clinic: Clinic, picture: Path
) -> None:
    clinic.save(revised(clinic.letterhead(), logo="0" * 64))
    page.open(clinic)
    qtbot.waitUntil(lambda: "The logo itself is not in the store" in page.says.text())
    choose(page, picture)
    qtbot.waitUntil(lambda: "This is how" in page.says.text())
    assert has_teal(page)


def test_a_file_that_is_gone_is_said(
    page: LetterheadPage, clinic: Clinic, tmp_path: Path, told: list[ClinicError]
) -> None:
    choose(page, tmp_path / "gone.png")
    assert "gone.png cannot be read" in str(told[0])
    choose(page, None)
    assert len(told) == 1
    assert clinic.letterhead() == usual_letterhead()


def test_one_that_was_changed_meanwhile_is_not_overwritten(
    page: LetterheadPage, clinic: Clinic, picture: Path, told: list[ClinicError]
) -> None:
    with Clinic.open(clinic.folder, USER, PASSWORD) as elsewhere:
        elsewhere.save(revised(elsewhere.letterhead(), phone="555 0100"))
    QTest.keyClicks(page.focusWidget(), "12 Harbour Road")
    choose(page, picture)
    assert "changed meanwhile by anna" in str(told[0])
    assert (clinic.letterhead().phone, clinic.letterhead().logo) == ("555 0100", None)
    answers(page, Leaving.DISCARD)


def test_tab_goes_from_field_to_field_and_logo_and_notes_are_none(page: LetterheadPage) -> None:
    assert list(page.form.editors) == [
        *("address", "phone", "hours", "other_phone", "email", "website")
    ]


def test_from_the_menu_and_back_and_what_is_typed_waits(
    person: Person, window: MainWindow, qtbot: QtBot
) -> None:
    person.sign_in()
    person.choose("Letterhead")
    assert window.own.letterhead.isVisible()
    person.write("12 Harbour Road")
    person.press("Ctrl+Return")
    assert person.told == "Saved"
    person.press("Ctrl+Z")
    qtbot.waitUntil(lambda: window.own.letterhead.form.values()["address"] is None)
    person.write("14 Harbour Road")
    answers(window.own.letterhead, Leaving.KEEP_FOR_LATER)
    person.press("Escape")
    assert person.page is window.patients
    qtbot.waitUntil(lambda: window.unsaved.said == "1 form is not saved: Letterhead")
    person.choose("Letterhead")
    assert window.own.letterhead.form.values()["address"] == "14 Harbour Road"
    answers(window.own.letterhead, Leaving.DISCARD)
