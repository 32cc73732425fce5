"""The first page of a PDF, as wide as there is room, on white as paper is."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.memory_pdf import MemoryPdf, on_white
from ui.theme import colours


class PaperStrip(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pdf = MemoryPdf(self)
        self._image = QImage()

    def show_pdf(self, content: bytes) -> None:
        self.pdf.show(content)
        self._take_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(self.rect(), self._image)
        painter.setPen(QPen(QColor(colours().line), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _take_room(self) -> None:
        """As high as its width makes it, as sharp as the screen."""
        page = self.pdf.pagePointSize(0)
        if page.isEmpty() or not self.width():
            return
        height = round(self.width() * page.height() / page.width())
        self.setFixedHeight(height)
        size = QSize(self.width(), height) * self.devicePixelRatioF()
        self._image = on_white(self.pdf.render(0, size))
        self.update()
