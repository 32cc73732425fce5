"""The table of patients behind the page: who is shown, in which order, and what is told of them.

Everybody's name, number and age are at hand. What the records tell is asked for when a row is
looked at, and of all who are shown only where the rows are to be ordered by it.
"""

import uuid
from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from models.store.finding import Matching
from models.store.roll import Listed, Roll
from models.summary import CareStatus
from ui.flat_table import NOWHERE, FlatTable, Index
from ui.patient_columns import COLUMNS, OF_PATIENT, OF_RECORDS, Worked

AT_ONCE = 50
BY_NAME = (0, Qt.SortOrder.AscendingOrder)
NOT_YET = ("",) * len(OF_RECORDS)


class PatientTable(FlatTable[Listed]):
    """`wanted`: the ids of a few whose records are to be worked out, which `tell` answers.

    `shown_anew`: others are shown, or in another order; `far`: of how many of them it is worked out
    by what they are to be ordered, and of how many it has to be. Inside, a patient is a place on
    the roll.
    """

    wanted = Signal(object)
    shown_anew = Signal()
    far = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.everybody = Roll()
        self.spelled_otherwise = 0
        """How many of those shown are found only despite an error; they are the last."""
        self._shown: Sequence[int] = ()
        self._matching: Matching | None = None
        self._status: CareStatus | None = None
        self._by, self._order = BY_NAME
        self._worked: dict[int, Worked | None] = {}
        self._looked_at: dict[int, int] = {}
        self._missing: list[int] = []
        self._under_way: dict[uuid.UUID, int] = {}
        self._asked_of = self.everybody
        self._may_ask, self._resting = True, False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)

    def set_patients(self, everybody: Roll, matching: Matching | None = None) -> None:
        """Nothing that was told of them before is taken for what is so now."""
        with self._anew():
            self.everybody, self._worked, self._matching = everybody, {}, matching
            self._may_ask = True

    def show_matching(self, matching: Matching | None) -> None:
        """Only those; None: everybody."""
        with self._anew():
            self._matching = matching

    def show_status(self, status: CareStatus | None) -> None:
        with self._anew():
            self._status = status

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By what the records tell once it is worked out of all shown; till then by name."""
        with self._anew():
            self._by, self._order = column, order

    def tell(self, worked: Iterable[Worked]) -> None:
        """What was worked out of those who were wanted; of who is gone by now there is nothing."""
        asked, self._under_way = self._under_way, {}
        if self._asked_of is self.everybody:
            found = {asked[each.patient]: each for each in worked if each.patient in asked}
            self._take({**dict.fromkeys(asked.values()), **found})
        self._ask()

    def stop(self) -> None:
        """Nothing that was wanted is waited for, and nothing is wanted before `set_patients`."""
        self._looked_at, self._missing, self._under_way = {}, [], {}
        self._may_ask = False

    def rest(self) -> None:
        """Nobody looks: nothing is wanted until it goes on."""
        self._resting = True

    def go_on(self) -> None:
        self._resting = False
        self._soon.start(0)

    def row_at(self, at: int) -> Listed:
        return self.everybody[self._shown[at]]

    def id_at(self, at: int) -> uuid.UUID:
        return self.everybody.id_at(self._shown[at])

    def keys_of(self, rows: Iterable[int]) -> set[bytes]:
        """Who is shown in these, by the bytes of their ids."""
        return {self.everybody.key_at(self._shown[row]) for row in rows}

    def rows_of(self, keys: Set[bytes]) -> list[int]:
        """The rows in which these are shown."""
        places = {*self.everybody.places_of(keys)}
        return [row for row, place in enumerate(self._shown) if place in places]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def cells(self, at: int) -> Sequence[str]:
        row = self.row_at(at)
        if row.by_name not in self._worked:
            self._looked_at[row.by_name] = at
            self._soon.start(0)
        known = self._worked.get(row.by_name)
        return [*(column.words(row) for column in OF_PATIENT), *(known.cells if known else NOT_YET)]

    def tip(self, at: int, column: int) -> str:
        row, further = self.row_at(at), column - len(OF_PATIENT)
        if further < 0:
            declared = OF_PATIENT[column]
            return (declared.tip or declared.words)(row)
        known = self._worked.get(row.by_name)
        return known.tips[further] if known else ""

    def _take(self, told: dict[int, Worked | None]) -> None:
        self._worked |= told
        for place in told.keys() & self._looked_at.keys():
            row = self._looked_at.pop(place)
            self.say_anew(row, row)
        if self._missing:
            self._count_missing()

    def _ask(self) -> None:
        """A few at a time: first those whom somebody looks at, the latest first."""
        asked = [*self._looked_at][-AT_ONCE:] or self._missing[-AT_ONCE:]
        if asked and self._may_ask and not (self._resting or self._under_way):
            self._under_way = {self.everybody.id_at(place): place for place in asked}
            self._asked_of = self.everybody
            self.wanted.emit([*self._under_way])

    def _count_missing(self) -> None:
        """With those of whom what they are ordered by is not worked out yet."""
        while self._missing and self._missing[-1] in self._worked:
            self._missing.pop()
        if self._missing:
            self._say_how_far()
        else:
            self.sort(self._by, self._order)

    def _say_how_far(self) -> None:
        whole = len(self._shown)
        self.far.emit(whole - len(self._missing), whole)

    @contextmanager
    def _anew(self) -> Iterator[None]:
        """Others are shown after it, or in another order."""
        self.beginResetModel()
        yield
        self._looked_at, self._words = {}, {}
        self._arrange()
        self.endResetModel()
        self.shown_anew.emit()
        self._say_how_far()
        if self._missing:
            self._soon.start(0)

    def _arrange(self) -> None:
        """Whoever is to be shown, in order; last, who is spelled otherwise."""
        roll, matching = self.everybody, self._matching
        exact: Sequence[int] = range(len(roll))
        forgiven: Sequence[int] = ()
        if matching is not None:
            exact = roll.places_of(matching.exact)
            forgiven = roll.places_of(matching.forgiven) if matching.forgiven else ()
        if self._status is not None:
            exact = roll.with_status(self._status, exact)
            forgiven = roll.with_status(self._status, forgiven)
        self._missing = []
        if self._by >= len(OF_PATIENT):
            self._missing = [at for at in (*exact, *forgiven) if at not in self._worked]
        self.spelled_otherwise = len(forgiven)
        exact, forgiven = self._in_order(exact), self._in_order(forgiven)
        self._shown = exact if isinstance(exact, range) else array("l", (*exact, *forgiven))

    def _in_order(self, places: Sequence[int]) -> Sequence[int]:
        if self._missing or (self._by, self._order) == BY_NAME:
            return places
        backward = self._order is Qt.SortOrder.DescendingOrder
        further = self._by - len(OF_PATIENT)
        if further < 0:
            natives = OF_PATIENT[self._by].natives(self.everybody)
            return sorted(places, key=natives.__getitem__, reverse=backward)
        told = {at: known.keys[further] for at in places if (known := self._worked[at])}
        filled = [at for at in places if told.get(at) is not None]
        filled.sort(key=told.__getitem__, reverse=backward)
        return [*filled, *(at for at in places if told.get(at) is None)]
