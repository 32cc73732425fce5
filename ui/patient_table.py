"""The table of patients behind the page: who is shown, in which order, and what is told of them.

Everybody's name, number and age are at hand. What the records tell is asked for when a row is
looked at, and of everybody only where the rows are to be ordered by it.
"""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from models.store.finding import Matching
from models.store.listing import Listed
from models.summary import CareStatus
from ui.flat_table import FlatTable
from ui.patient_columns import COLUMNS, OF_PATIENT, OF_RECORDS, Worked

AT_ONCE = 50
BY_NAME = (0, Qt.SortOrder.AscendingOrder)
NOT_YET = ("",) * len(OF_RECORDS)


class PatientTable(FlatTable[Listed]):
    """`wanted`: the ids of a few whose records are to be worked out, which `tell` answers.

    `shown_anew`: others are shown, or in another order; `far`: of how many it is worked out by what
    they are to be ordered, and of how many it has to be.
    """

    wanted = Signal(object)
    shown_anew = Signal()
    far = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.everybody: list[Listed] = []
        self._in_order: list[Listed] = []
        self._places: dict[uuid.UUID, int] = {}
        self._matching: Matching | None = None
        self._status: CareStatus | None = None
        self._by, self._order = BY_NAME
        self._worked: dict[uuid.UUID, Worked | None] = {}
        self._looked_at: dict[uuid.UUID, int] = {}
        self._missing: list[uuid.UUID] = []
        self._under_way: Sequence[uuid.UUID] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)

    def set_patients(self, everybody: Sequence[Listed]) -> None:
        """Nothing that was told of them before is taken for what is so now."""
        self.everybody, self._worked, self._under_way = [*everybody], {}, ()
        self._missing = []
        self._arrange(self.everybody)
        if (self._by, self._order) != BY_NAME:
            self.sort(self._by, self._order)

    def show_matching(self, matching: Matching | None) -> None:
        """Only those; None: everybody."""
        self._matching = matching
        self._show()

    def show_status(self, status: CareStatus | None) -> None:
        self._status = status
        self._show()

    def tell(self, worked: Iterable[Worked]) -> None:
        """What was worked out of those who were wanted; of who is gone by now there is nothing."""
        told = {**dict.fromkeys(self._under_way), **{each.patient: each for each in worked}}
        self._worked |= told
        self._under_way = ()
        for key in told:
            if key in self._looked_at:
                row = self._looked_at.pop(key)
                self.say_anew(row, row)
        if self._missing:
            self._go_on()
        self._ask()

    def stop(self) -> None:
        """Nothing that was wanted is waited for any more."""
        self._looked_at, self._missing, self._under_way = {}, [], ()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By what the records tell once it is worked out of everybody; till then by name."""
        self._by, self._order = column, order
        of_records = column >= len(OF_PATIENT)
        self._missing = [each.id for each in self.everybody if each.id not in self._worked]
        if of_records and self._missing:
            self.far.emit(len(self._worked), len(self.everybody))
            self._soon.start(0)
        else:
            self._missing = []
            self._in_new_order()

    @property
    def spelled_otherwise(self) -> int:
        """How many of those shown are found only despite an error; they are the last."""
        forgiven = self._matching.forgiven if self._matching else frozenset()
        return sum(each.id in forgiven for each in self.rows) if forgiven else 0

    def row_of(self, patient: uuid.UUID | None) -> int | None:
        return next((row for row, each in enumerate(self.rows) if each.id == patient), None)

    def cells(self, at: int) -> Sequence[str]:
        row = self.rows[at]
        if row.id not in self._worked:
            self._looked_at[row.id] = at
            self._soon.start(0)
        known = self._worked.get(row.id)
        return [*(column.words(row) for column in OF_PATIENT), *(known.cells if known else NOT_YET)]

    def tip(self, at: int, column: int) -> str:
        row, further = self.rows[at], column - len(OF_PATIENT)
        if further < 0:
            declared = OF_PATIENT[column]
            return (declared.tip or declared.words)(row)
        known = self._worked.get(row.id)
        return known.tips[further] if known else ""

    def _ask(self) -> None:
        """A few at a time: first those whom somebody looks at, the latest first."""
        asked = [*self._looked_at][-AT_ONCE:] or self._missing[-AT_ONCE:]
        if asked and not self._under_way:
            self._under_way = asked
            self.wanted.emit(asked)

    def _go_on(self) -> None:
        """With those of whom what they are ordered by is not worked out yet."""
        while self._missing and self._missing[-1] in self._worked:
            self._missing.pop()
        self.far.emit(len(self.everybody) - len(self._missing), len(self.everybody))
        if not self._missing:
            self._in_new_order()

    def _in_new_order(self) -> None:
        keys = {each.id: self._key(each) for each in self.everybody}
        known = [each for each in self.everybody if keys[each.id] is not None]
        known.sort(
            key=lambda each: keys[each.id], reverse=self._order is Qt.SortOrder.DescendingOrder
        )
        self._arrange([*known, *(each for each in self.everybody if keys[each.id] is None)])

    def _key(self, row: Listed) -> Any:
        further = self._by - len(OF_PATIENT)
        if further < 0:
            return OF_PATIENT[self._by].native(row)
        known = self._worked[row.id]
        return known.keys[further] if known else None

    def _arrange(self, in_order: list[Listed]) -> None:
        self._in_order = in_order
        self._places = {each.id: place for place, each in enumerate(in_order)}
        self._show()

    def _show(self) -> None:
        """Of those in order whoever is to be shown; last, who is spelled otherwise."""
        rows = self._in_order
        if self._matching is not None:
            found = (self._matching.exact, self._matching.forgiven)
            rows = [self._in_order[place] for each in found for place in self._places_of(each)]
        if self._status is not None:
            rows = [row for row in rows if row.status == self._status]
        self._looked_at = {}
        self.set_rows(rows)
        self.shown_anew.emit()

    def _places_of(self, patients: Iterable[uuid.UUID]) -> list[int]:
        return sorted(self._places[each] for each in patients if each in self._places)
