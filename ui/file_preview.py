"""A look at an attached file: a photograph, the pages of a PDF or a text, from memory."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QStackedWidget, QWidget

from models.words import _
from ui.memory_pdf import MemoryPdf
from ui.pictures import halved, image_of, paint, turned
from ui.sheet import label
from ui.theme import colours

MOST_PIXELS = 2048
MOST_LETTERS = 200_000
TEXTS = {"text/plain", "text/csv", "text/markdown"}
TURNS = {Qt.Key.Key_L: -1, Qt.Key.Key_R: 1}


class Picture(QWidget):
    """An image, as large as there is room for, never distorted nor enlarged.

    `turn_asked`: by so many quarters, clockwise.
    """

    turn_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self._sizes: list[QImage] = []
        self.setMinimumSize(QSize(160, 120))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(_("L turns it to the left, R to the right"))

    def show_image(self, image: QImage) -> None:
        self.image = image
        self._sizes = [] if image.isNull() else halved(image)
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
        if self._sizes:
            painter = QPainter(self)
            paint(painter, self.place, self._sizes)
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours().accent), 2))
                painter.drawRect(self.place.adjusted(1, 1, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in TURNS and not event.modifiers():
            self.turn_asked.emit(TURNS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class FilePreview(QStackedWidget):
    """Shows what it can, and says so where it cannot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read = QImage()
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
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(_("Text"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        for each in (self.message, self.picture, self.pages, self.text):
            self.addWidget(each)

    def show_file(self, content: bytes, media_type: str, turns: int = 0) -> None:
        """`turns`: by how many quarters a photograph is turned, clockwise."""
        self.clear()
        if media_type == "application/pdf" and self.pdf.show(content):
            self.setCurrentWidget(self.pages)
        elif media_type in TEXTS:
            self.text.setPlainText(_readable(content))
            self.setCurrentWidget(self.text)
        elif media_type.startswith("image/"):
            self._read = image_of(content, MOST_PIXELS)
            self.turn_to(turns)
        if self.currentWidget() is self.message:
            self.say(_("No preview of this kind of file. A saved copy opens elsewhere."))

    @property
    def shows_photograph(self) -> bool:
        return self.currentWidget() is self.picture

    def turn_to(self, turns: int) -> None:
        """Show the photograph that is open turned by so many quarters."""
        if not self._read.isNull():
            self.picture.show_image(turned(self._read, turns))
            self.setCurrentWidget(self.picture)

    def say(self, text: str) -> None:
        self.clear()
        self.message.setText(text)

    def clear(self) -> None:
        """Keep nothing of a file in memory."""
        self._read = QImage()
        self.pdf.forget()
        self.picture.show_image(QImage())
        self.text.clear()
        self.message.clear()
        self.setCurrentWidget(self.message)


def _readable(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if len(text) <= MOST_LETTERS:
        return text
    more = _("Only the beginning is shown. A saved copy has the rest.")
    return f"{text[:MOST_LETTERS]}…\n\n{more}"
