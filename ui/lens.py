"""One lens over several pictures: they are shown at the same scale, zoomed and moved together."""

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ui.pictures import paint
from ui.theme import colours

MOST_ZOOM, STEP = 16.0, 1.25
MOVE = 0.1
ARROWS = {
    Qt.Key.Key_Left: QPointF(-MOVE, 0),
    Qt.Key.Key_Right: QPointF(MOVE, 0),
    Qt.Key.Key_Up: QPointF(0, -MOVE),
    Qt.Key.Key_Down: QPointF(0, MOVE),
}


class Lens(QObject):
    """`centre`: what is in the middle, from the middle of a picture, in its longer sides.

    At zoom 1 the longer sides of all pictures are equally long, and each picture fits its place.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.zoom, self.centre = 1.0, QPointF()
        self.pictures: list[LensPicture] = []

    @property
    def scale(self) -> float:
        """How many pixels of the screen the longer side of a picture takes."""
        fits = [picture.fits for picture in self.pictures if picture.sizes]
        return min(fits, default=1.0) * self.zoom

    def fit(self) -> None:
        self._look(1.0, QPointF())

    def zoom_in(self) -> None:
        self.zoom_by(STEP)

    def zoom_out(self) -> None:
        self.zoom_by(1 / STEP)

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        """`about`: what stays where it is, in pixels from the middle."""
        zoom = min(max(self.zoom * factor, 1.0), MOST_ZOOM)
        held = (about or QPointF()) / self.scale
        self._look(zoom, self.centre + held - held * (self.zoom / zoom))

    def move_by(self, pixels: QPointF) -> None:
        self._look(self.zoom, self.centre + pixels / self.scale)

    def _look(self, zoom: float, centre: QPointF) -> None:
        """Never so far that nothing of a picture is seen."""
        most = (1 - 1 / zoom) / 2
        x, y = (min(max(value, -most), most) for value in (centre.x(), centre.y()))
        self.zoom, self.centre = zoom, QPointF(x, y)
        self.changed.emit()


class LensPicture(QWidget):
    """One of the pictures under a lens; `sizes`: the same picture, smaller and smaller."""

    def __init__(self, lens: Lens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lens = lens
        self.sizes: list[QImage] = []
        self._dragged: QPointF | None = None
        lens.pictures.append(self)
        lens.changed.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(160, 120))
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_sizes(self, sizes: list[QImage]) -> None:
        self.sizes = sizes
        self.lens.changed.emit()

    @property
    def fits(self) -> float:
        """How long the longer side may be for the whole picture to be seen."""
        size = self.sizes[0].size()
        longer = max(size.width(), size.height(), 1)
        return min(self.width() * longer / size.width(), self.height() * longer / size.height())

    @property
    def place(self) -> QRectF:
        """Where the picture stands, in part outside the widget when it is zoomed."""
        size = self.sizes[0].size().toSizeF()
        size *= self.lens.scale / max(size.width(), size.height(), 1)
        middle = QPointF(self.width(), self.height()) / 2 - self.lens.centre * self.lens.scale
        return QRectF(middle - QPointF(size.width(), size.height()) / 2, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours().surface))
        if self.sizes:
            paint(painter, self.place, self.sizes)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.lens.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "+":
            self.lens.zoom_in()
        elif event.text() in {"-", "−"}:
            self.lens.zoom_out()
        elif event.text() == "0":
            self.lens.fit()
        elif event.key() in ARROWS:
            self.lens.move_by(ARROWS[Qt.Key(event.key())] * min(self.width(), self.height()))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            about = event.position() - QPointF(self.width(), self.height()) / 2
            self.lens.zoom_by(STEP**steps, about)
        else:
            self.lens.move_by(-QPointF(event.angleDelta()) / 2)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self.lens.move_by(self._dragged - event.position())
            self._dragged = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
