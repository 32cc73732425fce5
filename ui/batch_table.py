"""The patients of a run of pages, and what became of each."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from models.store.listing import Person
from models.words import N_
from ui.batch_run import Outcome
from ui.flat_table import Column, FlatTable, Index
from ui.theme import colours

NAME = 1
COLUMNS = (Column(N_("No.")), Column(N_("Patient")), Column(N_("MRN")), Column(N_("Result")))


class BatchTable(FlatTable[Person]):
    """One row for each patient; an outcome says what became of its page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.outcomes: dict[int, Outcome] = {}

    def set_patients(self, patients: Sequence[Person]) -> None:
        """Of none of them anything is known yet."""
        self.outcomes = {}
        self.set_rows(patients)

    def begin(self) -> None:
        """Forget what became of them in a former run."""
        self.set_patients(self.rows)

    def add(self, outcome: Outcome) -> None:
        self.outcomes[outcome.place] = outcome
        self.say_anew(outcome.place, outcome.place)

    @property
    def done(self) -> int:
        return sum(not each.why for each in self.outcomes.values())

    @property
    def left(self) -> list[Person]:
        """Those of whom a page is still to be printed."""
        return [patient for patient, each in self.ran if each is None or each.open]

    @property
    def ran(self) -> list[tuple[Person, Outcome | None]]:
        """Each with what became of its page; None where nothing has yet."""
        return [(patient, self.outcomes.get(at)) for at, patient in enumerate(self.rows)]

    def cells(self, at: int) -> Sequence[str]:
        patient, outcome = self.rows[at], self.outcomes.get(at)
        return str(at + 1), patient.name, patient.mrn, outcome.word if outcome else ""

    def tip(self, at: int, column: int) -> str:
        outcome = self.outcomes.get(at)
        return outcome.why if outcome and outcome.why else self.rows[at].name

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.column() != NAME:
            outcome = self.outcomes.get(index.row())
            return QColor(colours().wrong if outcome and outcome.open else colours().quiet)
        return super().data(index, role)
