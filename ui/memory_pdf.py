"""A PDF that lies in memory, to be shown or drawn; nothing of it is on the disk."""

from PySide6.QtCore import QBuffer, QIODevice, QObject, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

POINTS_PER_INCH = 72


class MemoryPdf(QPdfDocument):
    """A PDF read from memory, which it keeps for as long as it is open."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self._buffer = QBuffer(self)

    def show(self, content: bytes) -> bool:
        """Whether it can be read."""
        self.forget()
        self._buffer.setData(content)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.load(self._buffer)
        return self.status() is QPdfDocument.Status.Ready

    def forget(self) -> None:
        self.close()
        self._buffer.close()
        self._buffer.setData(b"")


def on_white(page: QImage) -> QImage:
    white = QImage(page.size(), QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, page)
    painter.end()
    return white
