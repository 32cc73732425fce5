"""Widgets beside each other, in as many rows as they need."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class Flow(QLayout):
    """What has no room in a row, though as narrow as it may be, begins the next one."""

    def __init__(self, *, across: int, down: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._across, self._down = across, down
        self.setContentsMargins(0, 0, 0, 0)

    def add_row(self, row: QLayout) -> None:
        """Widgets that stay beside each other."""
        self.addChildLayout(row)
        self.addItem(row)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        placed = self._placed(QRect(0, 0, width, 0))
        return max((each.bottom() + 1 for each in placed), default=0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in zip(self._shown(), self._placed(rect), strict=True):
            item.setGeometry(place)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        shown = self._shown()
        widest = max((each.minimumSize().width() for each in shown), default=0)
        return QSize(widest, max((each.sizeHint().height() for each in shown), default=0))

    def _shown(self) -> Sequence[QLayoutItem]:
        return [each for each in self._items if not each.isEmpty()]

    def _placed(self, rect: QRect) -> list[QRect]:
        """Where each that is shown goes; all rows are as high as the highest of them."""
        placed: list[QRect] = []
        at, height = rect.topLeft(), self.minimumSize().height()
        for item in self._shown():
            wanted, room = item.sizeHint().width(), rect.x() + rect.width() - at.x()
            if at.x() > rect.x() and item.minimumSize().width() > room:
                at = QPoint(rect.x(), at.y() + height + self._down)
                room = rect.width()
            placed.append(QRect(at, QSize(min(wanted, room), height)))
            at += QPoint(placed[-1].width() + self._across, 0)
        return placed
