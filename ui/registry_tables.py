"""The tables of the registry page: how often each item is on file, and who has the most gaps."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from models.completeness import Completeness, Tally
from models.patient import Patient
from models.words import N_, _
from ui.flat_table import ROW_ROLE, Column, FlatTable
from ui.theme import colours

BAR, BAR_HEIGHT, INSET = 1, 8, 8
Gaps = tuple[Patient, Completeness]


class TallyTable(FlatTable[Tally]):
    """The bar stands in a column of its own."""

    def __init__(self, parent: QObject | None = None) -> None:
        columns = (
            Column(N_("Collected")),
            Column(N_("On file")),
            Column(N_("Patients"), number=True),
        )
        super().__init__(columns, parent)

    def cells(self, at: int) -> Sequence[str]:
        tally = self.rows[at]
        told = _("{n} of {all}").format(n=tally.present, all=tally.asked)
        return (_(tally.title), "", told)

    def tip(self, at: int, column: int) -> str:
        return ": ".join(part for part in self.cells(at) if part)


class GapsTable(FlatTable[Gaps]):
    def __init__(self, parent: QObject | None = None) -> None:
        columns = (
            Column(N_("Name")),
            Column(N_("MRN")),
            Column(N_("Missing"), number=True),
        )
        super().__init__(columns, parent)

    def cells(self, at: int) -> Sequence[str]:
        patient, found = self.rows[at]
        told = _("{n} of {all}").format(n=len(found.gaps), all=found.asked)
        return (patient.name, patient.mrn, told)

    def tip(self, at: int, column: int) -> str:
        """What is missing."""
        return "\n".join(each.words for each in self.rows[at][1].gaps)


class Bars(QStyledItemDelegate):
    """A bar as long as the share that is on file."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        tally: Tally = index.data(ROW_ROLE)
        whole = option.rect
        top = whole.top() + (whole.height() - BAR_HEIGHT) // 2
        room = QRect(whole.left() + INSET, top, whole.width() - 2 * INSET, BAR_HEIGHT)
        filled = QRect(room)
        filled.setWidth(round(room.width() * tally.present / max(tally.asked, 1)))
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for part, colour in ((room, colours().line), (filled, colours().accent)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(part, 4, 4)
        painter.restore()
