"""Photographs in a patient's files: without their place, pasted, turned, small in the list."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.attachment import Attachment
from models.base import ClinicError
from models.patient import Consent, Patient
from models.values import PartialDate
from tests.ui.desk import Desk
from tests.ui.pictures import BLUE, RED, photograph, tells_place
from tests.ui.samples import TODAY, sample
from ui.editor import LineEditor
from ui.file_preview import MOST_LETTERS, FilePreview
from ui.files_tab import FilesTab


@pytest.fixture(autouse=True)
def clipboard(qtbot: QtBot) -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def camera(tmp_path: Path) -> Path:
    path = tmp_path / "IMG 2041.jpg"
    path.write_bytes(photograph(taken="2016:04:25 10:30:00", place=True))
    return path


def added(desk: Desk, path: Path) -> Attachment:
    desk.add([path])
    assert desk.tab.save()
    (file,) = desk.files
    return file


def upper_left(image: QImage) -> QColor:
    return image.pixelColor(image.width() // 8, image.height() // 8)


def is_like(colour: QColor, wanted: tuple[int, int, int]) -> bool:
    """JPEG keeps colours only nearly."""
    near = (colour.red(), colour.green(), colour.blue())
    return all(abs(one - other) < 12 for one, other in zip(near, wanted, strict=True))


def press(tab: FilesTab, keys: str) -> None:
    QTest.keySequence(tab.focusWidget(), keys)


def test_the_place_is_removed_and_said_and_the_date_is_the_cameras(
    desk: Desk, camera: Path
) -> None:
    assert tells_place(camera.read_bytes())
    desk.add([camera])
    assert desk.tab.form.values()["date"] == PartialDate(2016, 4, 25)
    assert desk.tab._pane.explained.result.text() == "Place of the photograph removed."
    assert desk.tab.save()
    (file,) = desk.files
    assert file.date == PartialDate(2016, 4, 25)
    assert not tells_place(desk.clinic.content(file))
    assert not desk.tab._pane.explained.isVisible()


def test_no_door_leads_round_it(desk: Desk, camera: Path) -> None:
    record = sample(Attachment, patient=desk.patient.id)
    saved = desk.clinic.attach(record, camera.read_bytes())
    assert not tells_place(desk.clinic.content(saved))


def test_a_camera_whose_clock_is_ahead_is_not_believed(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "ahead.jpg"
    path.write_bytes(photograph(taken="2031:01:01 00:00:00"))
    desk.add([path])
    assert desk.tab.form.values()["date"] == PartialDate.of(TODAY)
    assert not desk.tab._pane.explained.isVisible()


def test_a_kind_that_cannot_be_cleaned_is_refused_and_the_next_one_follows(
    desk: Desk, told: list[ClinicError], camera: Path
) -> None:
    heic = camera.with_suffix(".heic")
    heic.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0\0\0\x0cmetaExif")
    desk.add([heic, camera])
    assert "JPEG" in told[0].next_step
    assert desk.tab.form.values()["title"] == "IMG 2041"


def test_a_copied_picture_is_pasted_as_a_photograph(desk: Desk) -> None:
    assert not desk.tab.paste_button.isEnabled()
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor(*RED))
    QGuiApplication.clipboard().setImage(picture)
    assert desk.tab.paste_button.isEnabled()
    desk.tab.list.view.setFocus()
    press(desk.tab, "Ctrl+V")
    desk.wait()
    assert desk.tab.save()
    (file,) = desk.files
    assert (file.title, file.media_type) == ("Pasted photograph", "image/png")
    assert QImage.fromData(desk.clinic.content(file)).size() == picture.size()


def test_copied_files_are_pasted_one_after_the_other(desk: Desk, camera: Path) -> None:
    letter = camera.with_name("letter.txt")
    letter.write_text("Dear colleague", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (camera, letter)])
    QGuiApplication.clipboard().setMimeData(data)
    desk.tab.paste_button.click()
    for _file in range(2):
        desk.wait()
        press(desk.tab, "Ctrl+Return")
    assert {file.title for file in desk.files} == {"IMG 2041", "letter"}


def test_in_a_field_text_is_pasted(desk: Desk, camera: Path) -> None:
    added(desk, camera)
    data = QMimeData()
    data.setText("zygoma")
    data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(data)
    editor = desk.tab.form.editors["notes"]
    editor.setFocus()
    press(desk.tab, "Ctrl+V")
    desk.wait()
    assert desk.tab.form.values()["notes"] == "zygoma"
    assert desk.tab.form.record is not None


def test_a_photograph_is_turned_by_key_and_stays_so(desk: Desk, camera: Path) -> None:
    added(desk, camera)
    desk.tab.preview.picture.setFocus()
    press(desk.tab, "R")
    (file,) = desk.files
    assert (file.quarter_turns, file.version) == (1, 2)
    image = desk.tab.preview.picture.image
    assert image.width() < image.height()
    assert is_like(upper_left(image), BLUE)
    press(desk.tab, "L")
    assert desk.files[0].quarter_turns is None
    assert is_like(upper_left(desk.tab.preview.picture.image), RED)
    press(desk.tab, "L")
    assert desk.files[0].quarter_turns == 3


def test_what_is_typed_stays_when_the_photograph_is_turned(desk: Desk, camera: Path) -> None:
    added(desk, camera)
    editor = desk.tab.form.editors["title"]
    assert isinstance(editor, LineEditor)
    editor.line.setText("")
    QTest.keyClicks(editor.line, "left cheek")
    desk.tab.viewer.right_button.click()
    assert desk.tab.form.values()["title"] == "left cheek"
    assert desk.tab.save()
    (file,) = desk.files
    assert (file.title, file.quarter_turns) == ("left cheek", 1)
    assert desk.asked == []


def test_a_new_photograph_is_turned_before_it_is_saved(desk: Desk, camera: Path) -> None:
    desk.add([camera])
    desk.tab.viewer.left_button.click()
    assert desk.files == ()
    assert desk.tab.save()
    assert (desk.files[0].quarter_turns, desk.files[0].version) == (3, 1)
    assert desk.tab.preview.picture.image.width() < desk.tab.preview.picture.image.height()


def test_only_photographs_can_be_turned(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes("Sézary".encode("cp1252"))
    added(desk, path)
    assert desk.tab.preview.text.toPlainText() == "Sézary"
    assert not desk.tab.viewer.left_button.isVisible()


def test_of_a_long_text_the_beginning_is_shown(qtbot: QtBot) -> None:
    preview = FilePreview()
    qtbot.addWidget(preview)
    preview.show_file(b"x" * (MOST_LETTERS + 1), "text/plain")
    assert preview.text.toPlainText().endswith("A saved copy has the rest.")


def test_the_list_shows_the_photograph_as_it_is_turned(
    qtbot: QtBot, desk: Desk, camera: Path
) -> None:
    with qtbot.waitSignal(desk.tab.thumbnails.made):
        added(desk, camera)
    small = desk.tab.thumbnails.of(desk.files[0])
    assert max(small.width(), small.height()) == 96
    assert is_like(first_row_colour(desk.tab), RED)
    desk.tab.viewer.right_button.click()
    assert is_like(first_row_colour(desk.tab), BLUE)


def first_row_colour(tab: FilesTab) -> QColor:
    """In the upper left of the thumbnail, whether it lies or stands."""
    view = tab.list.view
    row = view.visualRect(tab.list.sorted.index(0, 0))
    shown = view.viewport().grab(row).toImage()
    return shown.pixelColor(QPoint(22, 19) * shown.devicePixelRatio())


def test_nothing_small_is_kept_of_another_patient(qtbot: QtBot, desk: Desk, camera: Path) -> None:
    with qtbot.waitSignal(desk.tab.thumbnails.made):
        file = added(desk, camera)
    other = desk.clinic.save(sample(Patient, id="00000000-0000-0000-0000-000000000009", mrn="9"))
    desk.tab.set_history(desk.clinic.history(other.id))
    assert desk.tab.thumbnails.of(file).isNull()


def test_an_empty_list_says_what_to_do(desk: Desk) -> None:
    assert desk.tab._empty.isVisible()
    assert "paste with Ctrl+V" in desk.tab._empty.text()


def test_a_lacking_consent_is_said_until_it_stands(desk: Desk) -> None:
    assert desk.tab.consent.isVisible()
    given = sample(Consent, patient=desk.patient.id, purpose="photographs", document=None)
    consent = desk.clinic.save(given)
    desk.reload()
    assert not desk.tab.consent.isVisible()
    desk.clinic.save(consent.model_copy(update={"withdrawn": TODAY}))
    desk.reload()
    assert desk.tab.consent.isVisible()


def test_a_key_with_another_meaning_does_not_turn(desk: Desk, camera: Path) -> None:
    added(desk, camera)
    desk.tab.preview.picture.setFocus()
    QTest.keyClick(desk.tab.preview.picture, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert desk.files[0].version == 1
