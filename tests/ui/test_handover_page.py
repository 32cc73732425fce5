"""Giving the open patient's records to a colleague, as somebody at the keyboard does it."""

import io
from pathlib import Path

import pytest
import pyzipper
from PySide6.QtWidgets import QApplication

from models.store.audit import Action
from models.store.clinic import FILE
from models.store.trail_search import Asked
from tests.ui.person import Person
from ui.handover_page import HandoverPage
from ui.main_window import MainWindow


@pytest.fixture
def page(
    person: Person, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> HandoverPage:
    person.open_case()
    person.choose("Give to a colleague…")
    shown = window.own.handover
    assert person.page is shown
    monkeypatch.setattr(shown, "ask_path", lambda name: tmp_path / name)
    return shown


def files_in(folder: Path) -> list[Path]:
    return [*folder.glob("*.zip")]


def test_enter_makes_the_file_that_the_shown_passphrase_opens(
    person: Person, window: MainWindow, page: HandoverPage, tmp_path: Path
) -> None:
    passphrase = page.passphrase.line.text()
    assert "Rossi, Anna" in page.what.text()
    person.press("Return")
    person.qtbot.waitUntil(page.next.isVisible, timeout=20_000)
    (made,) = files_in(tmp_path)
    assert "Rossi" not in made.name
    with pyzipper.AESZipFile(io.BytesIO(made.read_bytes())) as opened:
        opened.setpassword(passphrase.encode())
        assert opened.read("summary.pdf").startswith(b"%PDF")
        assert "tables/patient.csv" in opened.namelist()
    assert "by telephone or in person" in page.next.text()
    assert window.clinic is not None
    rows = window.clinic.trail.search(Asked()).rows
    (left,) = [row for row in rows if row.change and row.change.action is Action.EXPORTED]
    assert left.change
    assert (left.mrn, left.change.new) == ("004711", {"what": "handover", "to": FILE})
    assert passphrase not in str(rows)
    person.press("Return")
    assert person.page is person.patient
    assert not page.passphrase.line.text(), "nothing of it stays in the window"


def test_a_weak_passphrase_and_nothing_ticked_are_said_beside_them(
    person: Person, page: HandoverPage, tmp_path: Path
) -> None:
    page.passphrase.line.setFocus()
    person.press("Ctrl+A")
    person.write("anna rossi 004711")
    person.press("Ctrl+Return")
    assert "easy to guess" in page.passphrase.problem
    assert QApplication.focusWidget() is page.passphrase.line
    page.propose_button.setFocus()
    person.press("Return")
    assert not page.passphrase.problem
    for box in page.boxes.values():
        box.setFocus()
        person.press("Space")
    person.press("Ctrl+Return")
    assert page.strip.said.text() == "Tick what is to go in."
    assert not files_in(tmp_path)


def test_escape_stops_what_is_being_put_together(
    person: Person, page: HandoverPage, tmp_path: Path
) -> None:
    person.press("Return")
    assert page.strip.running
    person.press("Escape")
    person.qtbot.waitUntil(lambda: not page.strip.running, timeout=20_000)
    assert page.strip.said.text() == "Stopped."
    assert not files_in(tmp_path)
    person.press("Escape")
    assert person.page is person.patient
