"""Small pictures of attached files, in memory only."""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from models.attachment import Attachment
from models.base import ClinicError
from ui.memory_pdf import MemoryPdf, on_white
from ui.pictures import image_of, turned
from ui.tasks import Tasks

EDGE = 96
MOST_KEPT = 300

Content = Callable[[Attachment], bytes]


class Thumbnails(QObject):
    """Made one at a time on the worker, the one asked for last first; `made`: one more is there."""

    made = Signal()

    def __init__(self, content: Content, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._content, self._tasks = content, tasks
        self._kept: OrderedDict[str, QImage] = OrderedDict()
        self._wanted: dict[str, Attachment] = {}
        self._busy = False

    def of(self, record: Attachment) -> QImage:
        """As it is shown; null where it is still to be made or the file has no picture."""
        if record.sha256 not in self._kept:
            self._wanted[record.sha256] = record
            self._make_next()
            return QImage()
        self._kept.move_to_end(record.sha256)
        return turned(self._kept[record.sha256], record.quarter_turns or 0)

    def forget(self) -> None:
        """Keep nothing of any file, nor what is being made of one."""
        self._kept.clear()
        self._wanted.clear()

    def _make_next(self) -> None:
        if self._wanted and not self._busy:
            self._busy = True
            record = next(reversed(self._wanted.values()))
            work = partial(_thumbnail, self._content, record)
            self._tasks.run(work, self._on_made, self._on_failed)

    def _on_made(self, found: tuple[str, QImage]) -> None:
        sha256, image = found
        self._busy = False
        if self._wanted.pop(sha256, None):
            self._kept[sha256] = image
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            self.made.emit()
        self._make_next()

    def _on_failed(self, _error: ClinicError) -> None:
        self._busy = False
        self._wanted.clear()


def _thumbnail(content: Content, record: Attachment) -> tuple[str, QImage]:
    """Runs on the worker; why there is none is told when the file itself is opened."""
    try:
        return record.sha256, _small(content(record), record.media_type)
    except ClinicError:
        return record.sha256, QImage()


def _small(content: bytes, media_type: str) -> QImage:
    if media_type.startswith("image/"):
        return image_of(content, EDGE)
    pdf = MemoryPdf()
    if media_type != "application/pdf" or not pdf.show(content):
        return QImage()
    room = QSize(EDGE, EDGE).toSizeF()
    page = pdf.pagePointSize(0).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    image = on_white(pdf.render(0, page.toSize()))
    painter = QPainter(image)
    painter.setPen(Qt.GlobalColor.lightGray)
    painter.drawRect(image.rect().adjusted(0, 0, -1, -1))
    painter.end()
    return image
