"""The patients of a run of pages, and what became of each."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QColor

from models.patient import Patient
from models.words import N_, _
from ui.batch_run import Outcome
from ui.record_table import NOWHERE, Index
from ui.theme import colours

NAME = 1
COLUMNS = (N_("No."), N_("Patient"), N_("MRN"), N_("Result"))


class BatchTable(QAbstractTableModel):
    """One row for each patient; an outcome says what became of its page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.patients: list[Patient] = []
        self.outcomes: dict[int, Outcome] = {}

    def set_patients(self, patients: Sequence[Patient]) -> None:
        """Of none of them anything is known yet."""
        self.beginResetModel()
        self.patients, self.outcomes = [*patients], {}
        self.endResetModel()

    def begin(self) -> None:
        """Forget what became of them in a former run."""
        self.set_patients(self.patients)

    def add(self, outcome: Outcome) -> None:
        self.outcomes[outcome.place] = outcome
        cells = (self.index(outcome.place, 0), self.index(outcome.place, len(COLUMNS) - 1))
        self.dataChanged.emit(*cells)

    @property
    def done(self) -> int:
        return sum(not each.why for each in self.outcomes.values())

    @property
    def left(self) -> list[Patient]:
        """Those of whom a page is still to be printed."""
        return [patient for patient, each in self.ran if each is None or each.open]

    @property
    def ran(self) -> list[tuple[Patient, Outcome | None]]:
        """Each with what became of its page; None where nothing has yet."""
        return [(patient, self.outcomes.get(at)) for at, patient in enumerate(self.patients)]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.patients)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        wanted = orientation is Qt.Orientation.Horizontal and section < len(COLUMNS)
        return _(COLUMNS[section]) if wanted and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        patient, outcome = self.patients[index.row()], self.outcomes.get(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                told = outcome.word if outcome else ""
                return (index.row() + 1, patient.name, patient.mrn, told)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return outcome.why if outcome and outcome.why else patient.name
            case Qt.ItemDataRole.ForegroundRole if index.column() != NAME:
                failed = outcome is not None and outcome.open
                return QColor(colours().wrong if failed else colours().quiet)
        return None
