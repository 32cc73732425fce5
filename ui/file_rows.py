"""The rows of the list of files: thumbnail and date, title and what kind of file it is."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from models.attachment import Attachment
from ui.record_table import RECORD_ROLE
from ui.theme import BASE, GAP, SMALL, colours, font
from ui.thumbnails import Thumbnails

COLUMNS = ("date", "title", "kind", "body_site")  # the last two stand below the title
DATE, TITLE, KIND, SITE = range(4)
SHOWN, ROW_HEIGHT, INSET = 40, 48, 11

Index = QModelIndex | QPersistentModelIndex


def dress_rows(view: QTableView, thumbnails: Thumbnails) -> None:
    """What is hidden can still be looked for."""
    view.setItemDelegateForColumn(DATE, ThumbnailAndDate(thumbnails, view))
    view.setItemDelegateForColumn(TITLE, TitleAndKind(view))
    view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    for column in (KIND, SITE):
        view.setColumnHidden(column, True)
    thumbnails.made.connect(view.viewport().update)


class ThumbnailAndDate(QStyledItemDelegate):
    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        record: Attachment = index.data(RECORD_ROLE)
        image = self._thumbnails.of(record)
        size, ratio = QSize(SHOWN, SHOWN), option.widget.devicePixelRatioF()
        pixmap = QPixmap.fromImage(image) if not image.isNull() else _sheet(size, ratio)
        icon = QIcon(pixmap)
        icon.addPixmap(pixmap, QIcon.Mode.Selected)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.icon, option.decorationSize = icon, size


class TitleAndKind(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        title, below = index.data(), _kind_and_site(index)
        room = option.rect.adjusted(INSET, 0, -GAP, 0)
        upper, lower = room.adjusted(0, 6, 0, -room.height() // 2), room.adjusted(0, 25, 0, -5)
        for place, text, size, colour in (
            (upper, title, BASE, colours().text),
            (lower, below, SMALL, colours().quiet),
        ):
            painter.setFont(font(size))
            painter.setPen(QColor(colour))
            elided = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, place.width()
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""


def _kind_and_site(index: Index) -> str:
    texts = (index.sibling(index.row(), column).data() for column in (KIND, SITE))
    return " · ".join(filter(None, texts))


def _sheet(size: QSize, ratio: float) -> QPixmap:
    """The outline of a written page, for a file without a picture."""
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours().edge), 1.5))
    painter.drawPolyline([QPointF(*at) for at in _PAGE])
    for start, end in _LINES:
        painter.drawLine(QPointF(*start), QPointF(*end))
    painter.end()
    return pixmap


_PAGE = [(25, 6), (9, 6), (9, 34), (31, 34), (31, 12), (25, 6), (25, 12), (31, 12)]
_LINES = [((14, y), (26, y)) for y in (18, 23, 28)]
