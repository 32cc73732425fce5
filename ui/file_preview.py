"""A look at an attached file: a photograph or the pages of a PDF, from memory."""

from PySide6.QtCore import QBuffer, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from models.words import _
from ui.pdf_output import MemoryPdf
from ui.sheet import label


class Picture(QWidget):
    """An image, as large as there is room for, never distorted nor enlarged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.setMinimumSize(QSize(160, 120))

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.update()

    @property
    def place(self) -> QRectF:
        """Where the image stands: in the middle."""
        size = self.image.size().toSizeF() / self.devicePixelRatioF()
        room = self.size().toSizeF()
        if size.width() > room.width() or size.height() > room.height():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (room.width() - size.width()) / 2, (room.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.image.isNull():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.place, self.image)


class FilePreview(QStackedWidget):
    """Shows what it can, and says so where it cannot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = label("", "quiet", self)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture = Picture(self)
        self.picture.setAccessibleName(_("Photograph"))
        self.pdf = MemoryPdf(self)
        self.pages = QPdfView(self)
        self.pages.setAccessibleName(_("Pages"))
        self.pages.setFrameShape(QFrame.Shape.NoFrame)
        self.pages.setDocument(self.pdf)
        self.pages.setPageMode(QPdfView.PageMode.MultiPage)
        self.pages.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        for each in (self.message, self.picture, self.pages):
            self.addWidget(each)

    def show_file(self, content: bytes, media_type: str) -> None:
        self.clear()
        if media_type == "application/pdf" and self.pdf.show(content):
            self.setCurrentWidget(self.pages)
            return
        image = image_of(content) if media_type.startswith("image/") else QImage()
        if image.isNull():
            self.say(_("No preview of this kind of file. Save a copy to look at it."))
        else:
            self.picture.show_image(image)
            self.setCurrentWidget(self.picture)

    def say(self, text: str) -> None:
        self.clear()
        self.message.setText(text)

    def clear(self) -> None:
        """Keep nothing of a file in memory."""
        self.pdf.forget()
        self.picture.show_image(QImage())
        self.message.clear()
        self.setCurrentWidget(self.message)


def image_of(content: bytes) -> QImage:
    """The image the right way up, as the camera says; null where it cannot be read."""
    buffer = QBuffer()
    buffer.setData(content)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return reader.read()
