"""A patient's files: added, dropped, looked at, copied, refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from pypdf import PdfWriter
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.attachment import MOST_BYTES, Attachment, AttachmentKind
from models.base import ClinicError
from models.patient import Patient
from models.values import PartialDate
from tests.ui.desk import Desk
from tests.ui.person import Person
from tests.ui.samples import TODAY, sample
from ui import questions
from ui.editor import LineEditor
from ui.file_preview import FilePreview
from ui.files_tab import FilesTab
from ui.main_window import MainWindow
from ui.patient_drafts import bring_forward
from ui.questions import Leaving
from ui.tasks import Tasks


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    assert image.save(str(tmp_path / "left cheek.png"))
    return tmp_path / "left cheek.png"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(tmp_path / "referral.pdf")
    return tmp_path / "referral.pdf"


def press_save(desk: Desk) -> None:
    focus = desk.tab.focusWidget()
    QTest.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.wait()


def drop(tab: FilesTab, *urls: QUrl) -> bool:
    """What happens when these are dragged in from the desktop; whether they were taken."""
    data = QMimeData()
    data.setUrls(list(urls))
    copy, left, no_key = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(QPointF(10, 10), copy, data, left, no_key)
    entering.ignore()
    tab.dragEnterEvent(entering)
    if entering.isAccepted():
        tab.dropEvent(QDropEvent(QPointF(10, 10), copy, data, left, no_key))
    return entering.isAccepted()


def test_a_photograph_is_added_by_keyboard(qtbot: QtBot, desk: Desk, photograph: Path) -> None:
    tab = desk.tab
    tab.ask_files = lambda: [photograph]  # type: ignore[method-assign]
    QTest.keyClick(tab.list.add_button, Qt.Key.Key_Space)
    desk.wait()
    assert desk.files == ()
    with qtbot.waitSignal(tab.saved):
        press_save(desk)
    (file,) = desk.files
    assert (file.title, file.date) == ("left cheek", PartialDate.of(TODAY))
    assert (file.kind, file.media_type) == (AttachmentKind.PHOTOGRAPH, "image/png")
    assert desk.clinic.content(file) == photograph.read_bytes()
    assert tab.preview.currentWidget() is tab.preview.picture
    assert not tab.form.is_dirty()


def test_what_was_asked_for_is_filled_in(desk: Desk, letter: Path) -> None:
    desk.add([letter], {"date": PartialDate(2017, 7), "body_site": "left cheek"})
    assert desk.tab.save()
    (file,) = desk.files
    assert (file.kind, file.date.iso, file.body_site) == ("letter", "2017-07", "left cheek")
    assert file.media_type == "application/pdf"


def test_files_dropped_together_follow_each_other(
    qtbot: QtBot, desk: Desk, photograph: Path, letter: Path
) -> None:
    urls = [QUrl.fromLocalFile(str(each)) for each in (photograph, letter)]
    assert drop(desk.tab, *urls)
    desk.wait()
    assert desk.tab.preview.currentWidget() is desk.tab.preview.picture
    with qtbot.waitSignal(desk.tab.saved):
        press_save(desk)
    assert desk.tab.form.record is None
    assert desk.tab.form.values()["title"] == "referral"
    assert desk.tab.preview.currentWidget() is desk.tab.preview.pages
    with qtbot.waitSignal(desk.tab.saved):
        press_save(desk)
    assert sorted(file.title for file in desk.files) == ["left cheek", "referral"]
    for file in desk.files:
        assert desk.clinic.content(file)


@pytest.mark.parametrize("url", ["https://example.org/photo.jpg", ""])
def test_only_files_can_be_dropped(desk: Desk, url: str) -> None:
    assert not drop(desk.tab, *([QUrl(url)] if url else []))


def test_a_chosen_file_is_not_lost_without_asking(desk: Desk, photograph: Path) -> None:
    desk.add([photograph])
    desk.answer = Leaving.KEEP_EDITING
    assert not desk.tab.may_leave()
    assert desk.asked == [Leaving.KEEP_EDITING]
    desk.answer = Leaving.DISCARD
    assert desk.tab.may_leave()
    assert desk.files == ()
    assert desk.tab.preview.picture.image.isNull()


def test_a_chosen_file_is_asked_about_though_every_field_was_emptied(
    desk: Desk, photograph: Path
) -> None:
    desk.add([photograph])
    for editor in desk.tab.form.editors.values():
        editor.set_value(None)
    desk.answer = Leaving.KEEP_EDITING
    assert not desk.tab.may_leave()


def test_saving_on_leaving_loses_no_file_that_waits(
    desk: Desk, told: list[ClinicError], photograph: Path, letter: Path, tmp_path: Path
) -> None:
    desk.add([photograph, tmp_path / "missing.jpg", letter])
    desk.answer = Leaving.SAVE
    assert not desk.tab.may_leave()
    desk.wait()
    assert [file.title for file in desk.files] == ["left cheek"]
    assert desk.tab.form.values()["title"] == "referral"
    assert len(told) == 1
    assert desk.tab.may_leave()
    assert sorted(file.title for file in desk.files) == ["left cheek", "referral"]


def test_discarding_says_how_many_are_discarded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, photograph: Path, letter: Path
) -> None:
    said: list[str] = []

    def ask(parent: FilesTab, what: str, later: bool) -> Leaving:
        said.append(what)
        return Leaving.DISCARD

    monkeypatch.setattr(questions, "ask_to_leave", ask)
    del desk.tab.ask_to_leave
    desk.add([photograph, letter, letter])
    assert desk.tab.may_leave()
    assert said == ["file, 2 more waiting"]
    assert desk.tab.may_leave()
    assert desk.files == ()


def test_an_unreadable_file_does_not_drop_the_others(
    qtbot: QtBot, desk: Desk, told: list[ClinicError], photograph: Path, letter: Path
) -> None:
    missing = photograph.with_name("missing.jpg")
    desk.add([missing, photograph, missing, letter, missing])
    assert desk.tab.form.values()["title"] == "left cheek"
    for _file in range(2):
        press_save(desk)
    assert sorted(file.title for file in desk.files) == ["left cheek", "referral"]
    assert [error.happened for error in told] == [told[0].happened] * 3
    assert desk.tab.may_leave()


def test_files_added_while_one_is_entered_wait_behind_it(
    desk: Desk, photograph: Path, letter: Path
) -> None:
    desk.add([photograph])
    desk.add([letter], {"date": PartialDate(2017, 7)})
    assert desk.asked == []
    assert desk.tab.form.values()["title"] == "left cheek"
    desk.answer = Leaving.SAVE
    assert not desk.tab.may_leave()
    desk.wait()
    assert desk.tab.may_leave()
    assert {file.title: file.date.iso for file in desk.files} == {
        "left cheek": TODAY.isoformat(),
        "referral": "2017-07",
    }


def test_a_file_is_not_attached_twice_when_what_follows_fails(
    desk: Desk, told: list[ClinicError], photograph: Path
) -> None:
    def attach(record: Attachment, content: bytes) -> Attachment:
        desk.clinic.attach(record, content)
        raise ClinicError("The disk does not answer.", "", "")

    desk.tab._attach = attach
    desk.add([photograph])
    assert not desk.tab.save()
    assert not desk.tab.save()
    assert len(desk.files) == 1
    assert len(told) == 2


def test_a_title_is_corrected_and_the_file_stays(desk: Desk, photograph: Path) -> None:
    desk.add([photograph])
    assert desk.tab.save()
    desk.tab.select(desk.files[0].id)
    editor = desk.tab.form.editors["title"]
    assert isinstance(editor, LineEditor)
    editor.line.clear()
    QTest.keyClicks(editor.line, "right cheek")
    assert desk.tab.save()
    (file,) = desk.files
    assert (file.title, file.version) == ("right cheek", 2)
    assert desk.clinic.content(file) == photograph.read_bytes()


def test_too_large_empty_and_missing_files_are_refused_in_words(
    desk: Desk, told: list[ClinicError], tmp_path: Path
) -> None:
    large, empty = tmp_path / "large.jpg", tmp_path / "empty.jpg"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    empty.touch()
    for path in (large, empty, tmp_path / "missing.jpg", tmp_path):
        desk.add([path])
    said = [error.happened for error in told]
    assert "larger than 25 MB" in said[0]
    assert "empty" in said[1]
    assert "no such file" in said[2]
    assert len(said) == 4
    assert desk.tab.may_leave()
    assert desk.files == ()


def test_a_copy_is_written_whole_under_a_name_that_tells_no_patient(
    desk: Desk, photograph: Path, tmp_path: Path
) -> None:
    names: list[str] = []

    def ask_path(file_name: str) -> Path:
        names.append(file_name)
        return tmp_path / "copy.png"

    desk.tab.viewer.ask_path = ask_path  # type: ignore[method-assign]
    desk.add([photograph])
    assert not desk.tab.viewer.copy_button.isVisible()
    assert desk.tab.save()
    desk.tab.viewer.copy_button.click()
    assert (tmp_path / "copy.png").read_bytes() == photograph.read_bytes()
    assert names == ["photograph-2020-04-30.png"]


def test_a_copy_that_cannot_be_written_is_said(
    desk: Desk, told: list[ClinicError], photograph: Path, tmp_path: Path
) -> None:
    desk.add([photograph])
    assert desk.tab.save()
    desk.tab.viewer.ask_path = lambda file_name: tmp_path / "nowhere" / file_name  # type: ignore[method-assign]
    desk.tab.viewer.copy_button.click()
    assert "cannot be written" in told[0].happened


def test_a_removed_file_is_no_longer_shown(qtbot: QtBot, desk: Desk, photograph: Path) -> None:
    desk.add([photograph])
    assert desk.tab.save()
    desk.tab.ask_why = lambda: "of somebody else"  # type: ignore[method-assign]
    with qtbot.waitSignal(desk.tab.removed):
        desk.tab.remove()
    assert desk.files == ()
    assert desk.tab.preview.picture.image.isNull()
    assert not desk.tab.viewer.copy_button.isVisible()


def test_another_patient_sees_nothing_of_it(desk: Desk, photograph: Path) -> None:
    desk.add([photograph])
    assert desk.tab.save()
    other: Any = desk.clinic.save(
        sample(Patient, id="00000000-0000-0000-0000-000000000009", mrn="9")
    )
    desk.tab.set_history(desk.clinic.history(other.id))
    assert desk.tab.preview.picture.image.isNull()
    assert desk.tab.list.sorted.rowCount() == 0


@pytest.mark.parametrize("size", [(300, 300), (900, 200), (200, 900)])
def test_a_picture_keeps_its_proportions(
    qtbot: QtBot, size: tuple[int, int], photograph: Path
) -> None:
    preview = FilePreview()
    qtbot.addWidget(preview)
    preview.resize(*size)
    preview.show()
    preview.show_file(photograph.read_bytes(), "image/png")
    place = preview.picture.place
    assert place.width() / place.height() == pytest.approx(2)
    assert (place.width(), place.height()) <= (400, 200)
    assert preview.picture.rect().toRectF().contains(place)
    colour = preview.grab().toImage().pixelColor(place.center().toPoint())
    assert colour == QColor("red")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(b"rubbish", "text/rtf"), (b"rubbish", "image/png"), (b"rubbish", "application/pdf")],
)
def test_what_cannot_be_shown_is_said(qtbot: QtBot, content: bytes, media_type: str) -> None:
    preview = FilePreview()
    qtbot.addWidget(preview)
    preview.show_file(content, media_type)
    assert preview.currentWidget() is preview.message
    assert preview.message.text().startswith("No preview of this kind of file.")


@contextmanager
def busy(worker: Tasks) -> Iterator[None]:
    """The worker is at something else: no file is read until then."""
    free = Event()
    worker.run(free.wait, lambda _done: None, lambda _error: None)
    try:
        yield
    finally:
        free.set()


def catch_up(qtbot: QtBot, worker: Tasks) -> None:
    """Until the worker has done what it was given."""
    done: list[None] = []
    worker.run(lambda: None, done.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(done))


def test_until_a_file_is_read_nothing_else_is_opened_and_more_can_be_added(
    desk: Desk, worker: Tasks, photograph: Path, letter: Path
) -> None:
    with busy(worker):
        desk.tab.add_files([photograph])
        assert desk.tab._empty.text() == "Reading left cheek…"
        assert not desk.tab.may_leave()
        desk.tab.add_files([letter])
        desk.reload()
        assert desk.tab._empty.text() == "Reading left cheek…"
    desk.wait()
    assert desk.asked == []
    for title in ("left cheek", "referral"):
        assert desk.tab.form.values()["title"] == title
        press_save(desk)
    assert sorted(file.title for file in desk.files) == ["left cheek", "referral"]


def test_the_next_file_is_read_while_the_first_is_entered(
    qtbot: QtBot, desk: Desk, worker: Tasks, photograph: Path, letter: Path
) -> None:
    desk.add([photograph, letter])
    catch_up(qtbot, worker)
    with busy(worker):
        press_save(desk)
        QTest.keyClicks(desk.tab.focusWidget(), "2")
        assert desk.tab.form.values()["title"] == "referral"
        assert desk.tab.form.is_dirty()


def test_a_file_that_is_still_being_read_does_not_come_to_another_patient(
    qtbot: QtBot, desk: Desk, worker: Tasks, photograph: Path, letter: Path
) -> None:
    values = {"id": "00000000-0000-0000-0000-000000000009", "mrn": "9"}
    other: Any = desk.clinic.save(sample(Patient, **values))
    with busy(worker):
        desk.tab.add_files([photograph])
        desk.tab.set_history(desk.clinic.history(other.id))
    catch_up(qtbot, worker)
    assert not desk.tab.form.isVisible()
    assert desk.tab.may_leave()
    desk.add([letter])
    assert desk.tab.form.values()["title"] == "referral"


def test_who_types_elsewhere_by_then_goes_on_typing_there(
    qtbot: QtBot, person: Person, window: MainWindow, photograph: Path
) -> None:
    person.open_case()
    tab = window.patient.record_tabs[Attachment]
    bring_forward(window.patient.tabs, tab)
    with busy(window.tasks):
        tab.add_files([photograph])
        person.press("Ctrl+K")
        person.write("ro")
    qtbot.waitUntil(tab.form.isVisible)
    person.write("ss")
    assert window.find_box.text() == "ross"
    tab.ask_to_leave = lambda _later: Leaving.DISCARD
