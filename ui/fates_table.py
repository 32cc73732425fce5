"""The rows of a file with their fates; those of one fate, or all."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from models.exchange.arrivals import Fate
from models.exchange.fates import ONE, Line
from models.words import N_, _
from ui.flat_table import Column, FlatTable, Index
from ui.theme import colours

COLUMNS = (
    *(Column(N_("Where")), Column(N_("Patient")), Column(N_("MRN")), Column(N_("Kind"))),
    *(Column(N_("Fate")), Column(N_("What"))),
)
WIDTHS = (200, 152, 88, 120, 112)
FATE = 4
COLOURS = {Fate.REFUSED: "wrong", Fate.COMES_BACK: "beware", None: "beware", Fate.SAME: "quiet"}


class FatesTable(FlatTable[Line]):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.lines: Sequence[Line] = ()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """All that there are; they are shown."""
        self.lines = lines
        self.set_rows(lines)

    def show_fates(self, fates: Sequence[Fate | None]) -> None:
        self.set_rows([line for line in self.lines if line.fate in fates])

    def cells(self, at: int) -> Sequence[str]:
        line = self.rows[at]
        words = (line.name, line.mrn, line.kind, _(ONE[line.fate]), line.words)
        return (line.place.at("").words, *words)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == FATE:
            name = COLOURS.get(self.rows[index.row()].fate)
            return QColor(getattr(colours(), name)) if name else None
        return super().data(index, role)
