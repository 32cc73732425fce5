"""The table of patients behind the page: who is shown, in which order, and what is told of them.

Everybody's name, number and age are at hand. What the records tell is asked for when a row is
looked at, and of everybody only where the rows are to be ordered by it.
"""

import uuid
from array import array
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from models.store.finding import Matching
from models.store.roll import Listed, Roll
from models.summary import CareStatus
from ui.flat_table import NOWHERE, ROW_ROLE, FlatTable, Index
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
        self.everybody = Roll()
        self._in_order: Sequence[int] = ()
        self._shown: Sequence[int] = ()
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

    def set_patients(self, everybody: Roll) -> None:
        """Nothing that was told of them before is taken for what is so now."""
        self.everybody, self._worked, self._under_way = everybody, {}, ()
        self._missing = []
        self._arrange(range(len(everybody)))
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
        self._missing = []
        if column >= len(OF_PATIENT):
            everybody = map(self.everybody.id_at, range(len(self.everybody)))
            self._missing = [each for each in everybody if each not in self._worked]
        if self._missing:
            self.far.emit(len(self._worked), len(self.everybody))
            self._soon.start(0)
        else:
            self._in_new_order()

    @property
    def spelled_otherwise(self) -> int:
        """How many of those shown are found only despite an error; they are the last."""
        forgiven = self._matching.forgiven if self._matching else frozenset()
        rows = range(self.rowCount()) if forgiven else ()
        return sum(self.id_at(row) in forgiven for row in rows)

    def row_at(self, at: int) -> Listed:
        return self.everybody[self._shown[at]]

    def id_at(self, at: int) -> uuid.UUID:
        return self.everybody.id_at(self._shown[at])

    def rows_of(self, patients: Collection[uuid.UUID]) -> list[int]:
        """The rows in which these are shown."""
        places = {*self.everybody.places_of(patients)}
        return [row for row, place in enumerate(self._shown) if place in places]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def cells(self, at: int) -> Sequence[str]:
        row = self.row_at(at)
        if row.id not in self._worked:
            self._looked_at[row.id] = at
            self._soon.start(0)
        known = self._worked.get(row.id)
        return [*(column.words(row) for column in OF_PATIENT), *(known.cells if known else NOT_YET)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROW_ROLE and index.isValid():
            return self.row_at(index.row())
        return super().data(index, role)

    def tip(self, at: int, column: int) -> str:
        row, further = self.row_at(at), column - len(OF_PATIENT)
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
        keys = [self._key(each) for each in self.everybody]
        known = [place for place, key in enumerate(keys) if key is not None]
        known.sort(key=keys.__getitem__, reverse=self._order is Qt.SortOrder.DescendingOrder)
        self._arrange([*known, *(place for place, key in enumerate(keys) if key is None)])

    def _key(self, row: Listed) -> Any:
        further = self._by - len(OF_PATIENT)
        if further < 0:
            return OF_PATIENT[self._by].native(row)
        known = self._worked[row.id]
        return known.keys[further] if known else None

    def _arrange(self, in_order: Sequence[int]) -> None:
        self._in_order = in_order if isinstance(in_order, range) else array("l", in_order)
        self._show()

    def _show(self) -> None:
        """Of those in order whoever is to be shown; last, who is spelled otherwise."""
        shown = self._in_order
        if self._matching is not None:
            shown = [*self._among(self._matching.exact), *self._among(self._matching.forgiven)]
        if self._status is not None:
            shown = [at for at in shown if self.everybody.status_at(at) == self._status]
        self.beginResetModel()
        self._shown, self._looked_at, self._words = shown, {}, {}
        self.endResetModel()
        self.shown_anew.emit()

    def _among(self, patients: Collection[uuid.UUID]) -> Sequence[int]:
        places = self.everybody.places_of(patients) if patients else []
        if isinstance(self._in_order, range):
            return places
        found = {*places}
        return [place for place in self._in_order if place in found]
