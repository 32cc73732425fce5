"""Pictures from memory: read the right way up, turned, in several sizes, painted."""

from PySide6.QtCore import QBuffer, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QTransform

SMALLEST_HALF = 200


def image_of(content: bytes, most: int) -> QImage:
    """The right way up, as the camera says, no side longer than `most`; null if unreadable."""
    buffer = QBuffer()
    buffer.setData(content)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > most:
        bound = QSize(most, most)
        reader.setScaledSize(size.scaled(bound, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def turned(image: QImage, quarters: int) -> QImage:
    """Clockwise."""
    return image.transformed(QTransform().rotate(90 * quarters)) if quarters % 4 else image


def halved(image: QImage) -> list[QImage]:
    """The image, its half, the half of that …: a small picture of a large image stays smooth."""
    sizes = [image]
    while min(sizes[-1].width(), sizes[-1].height()) > SMALLEST_HALF:
        smooth = Qt.TransformationMode.SmoothTransformation
        ratio = Qt.AspectRatioMode.KeepAspectRatio
        sizes.append(sizes[-1].scaled(sizes[-1].size() / 2, ratio, smooth))
    return sizes


def paint(painter: QPainter, place: QRectF, sizes: list[QImage]) -> None:
    """Fill a place with the smallest size that is large enough for it."""
    needed = place.width() * painter.device().devicePixelRatio()
    fit = [image for image in sizes if image.width() >= needed]
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(place, (fit or sizes[:1])[-1])
