"""A table of ready-made lines, to be read and perhaps chosen from."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.calm_table import CalmTable, calm
from ui.flat_table import FlatTable
from ui.theme import ROW

Line = Sequence[str]
FRAME = 4


@dataclass(frozen=True)
class Column:
    title: str
    width: int
    number: bool = False


class Lines(FlatTable[Line]):
    def cells(self, at: int) -> Line:
        return self.rows[at]


class LinesView(CalmTable):
    """`rows`: how many are seen at once; the last column takes what room is left."""

    def __init__(self, columns: Sequence[Column], rows: int, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines = Lines(columns, self)
        calm(self, self.lines, name)
        header = self.horizontalHeader()
        header.setFixedHeight(ROW)
        for place, column in enumerate(columns):
            self.setColumnWidth(place, column.width)
        header.setSectionResizeMode(len(columns) - 1, QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_height(rows))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def fit(self, least: int) -> None:
        """As high as its lines where there is room; of more than `least` some may be hidden."""
        lines = self.lines.rowCount()
        self.setMinimumHeight(_height(min(lines, least)))
        self.setMaximumHeight(_height(lines))


def _height(rows: int) -> int:
    """With the heading."""
    return (rows + 1) * ROW + FRAME
