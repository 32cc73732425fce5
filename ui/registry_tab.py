"""What a registry collects of this patient: what is missing first, a click from its field."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from models.completeness import Filled, Item, at_the_start, completeness, since_then
from models.history import History
from models.patient import Consent, Purpose, consents_to
from models.rules import awaiting_words, rule_of
from models.words import N_, _, capitalised
from ui.calm_table import CalmTable, calm
from ui.flat_table import ROW_ROLE, Column, FlatTable, Index
from ui.sheet import label
from ui.theme import GAP, MARGIN, colours

RULES = (rule_of(at_the_start), rule_of(since_then))
COLUMNS = (
    Column(N_("Collected")),
    Column(N_("State")),
    Column(N_("On file")),
    Column(N_("Who says so")),
)
WIDTHS = (232, 120, 336)
BAR_WIDTH = 200
ORDER = (Filled.MISSING, Filled.PRESENT, Filled.NOT_APPLICABLE)


class ItemsTable(FlatTable[Item]):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)

    def cells(self, at: int) -> Sequence[str]:
        item = self.rows[at]
        return (item.words, item.filled.label, capitalised(item.why), item.source)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid():
            quiet = self.rows[index.row()].filled is Filled.NOT_APPLICABLE or index.column() == 3
            return QColor(colours().quiet) if quiet else None
        return super().data(index, role)


class RegistryTab(QWidget):
    """`place_asked`: where a gap is filled; `record_asked`: the id of what an item comes from."""

    place_asked = Signal(object)
    record_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.meter = label("", "strong", self)
        self.meter.setWordWrap(False)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(BAR_WIDTH, 8)
        self.bar.setAccessibleName(_("How much of the registry data is on file"))
        self.consent = label("", "quiet", self)
        self.table = ItemsTable(self)
        self.view = CalmTable(self)
        self.note = label("", "note", self)
        self._lay_out()
        self.view.clicked.connect(self._go)
        self.view.activated.connect(self._go)

    def set_history(self, history: History, today: dt.date) -> None:
        found = completeness(history, today)
        self.meter.setText(found.sentence)
        self.bar.setRange(0, max(found.asked, 1))
        self.bar.setValue(found.present)
        stands = consents_to(Purpose.REGISTRY, history.of(Consent), today)
        self.consent.setText(
            _("The consent to a registry stands.")
            if stands
            else _("No consent to a registry stands: no registry export has this patient.")
        )
        self.table.set_rows(
            [each for state in ORDER for each in found.items if each.filled is state]
        )
        words = _("By what is published of PROCLIPI, whose forms are not.")
        awaits = awaiting_words(RULES, history.confirmed)
        self.note.setText(f"{words} {awaits}".strip())

    def _go(self, index: QModelIndex) -> None:
        item: Item = index.data(ROW_ROLE)
        if item.place is not None:
            self.place_asked.emit(item.place)
        elif item.record is not None:
            self.record_asked.emit(item.record.id)

    def _lay_out(self) -> None:
        calm(self.view, self.table, _("Registry data"))
        header = self.view.horizontalHeader()
        for place, width in enumerate(WIDTHS):
            header.resizeSection(place, width)
        header.setStretchLastSection(True)
        header.setSectionsClickable(False)
        tip = _("A click or Enter opens the field of what is missing, or the record of what is not")
        self.view.setToolTip(tip)
        above = QHBoxLayout()
        above.setSpacing(MARGIN)
        above.addWidget(self.meter)
        above.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        above.addWidget(self.consent, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        whole.setSpacing(GAP)
        whole.addLayout(above)
        whole.addWidget(self.view, 1)
        whole.addWidget(self.note)
