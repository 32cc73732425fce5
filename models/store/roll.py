"""The roll: everybody on file by name, a hundred thousand of them in little memory."""

import datetime as dt
import uuid
from array import array
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from struct import iter_unpack
from typing import overload

from models.folding import folded
from models.summary import CareStatus

STATUSES = tuple(CareStatus)
BYTES = 16  # of an id


@dataclass(frozen=True, slots=True)
class Listed:
    """One patient of a roll; `by_name`: where the name stands among others."""

    roll: "Roll"
    by_name: int

    @property
    def id(self) -> uuid.UUID:
        return self.roll.id_at(self.by_name)

    @property
    def name(self) -> str:
        return self.roll.words[self.by_name].partition("\n")[0]

    @property
    def mrn(self) -> str:
        return self.roll.words[self.by_name].partition("\n")[2]

    @property
    def birth_date(self) -> dt.date:
        return dt.date.fromordinal(self.roll.born[self.by_name])

    @property
    def age(self) -> int:
        return self.roll.ages[self.by_name]

    @property
    def status(self) -> CareStatus:
        return self.roll.status_at(self.by_name)


class Texts:
    """Short texts one after the other: in a list each would take four times the memory."""

    def __init__(self) -> None:
        self._all, self._ends = bytearray(), array("i", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, at: int) -> str:
        return self._all[self._ends[at] : self._ends[at + 1]].decode()

    def append(self, text: str) -> None:
        self._all += text.encode()
        self._ends.append(len(self._all))


class Roll(Sequence[Listed]):
    """Of each in the order of names: the id, name and MRN, the day of birth, the age and how care
    stands. A row is made when it is looked at. `by_mrn`: where each stands by number.
    """

    def __init__(
        self, rows: Iterable[tuple[uuid.UUID, str, str, dt.date, int, CareStatus]] = ()
    ) -> None:
        """Id, name, MRN, birth date, age and status, in any order."""
        ids, words = bytearray(), Texts()
        born, ages, statuses = array("i"), array("h"), bytearray()
        for key, name, mrn, birth_date, age, status in rows:
            ids += key.bytes
            words.append(f"{name}\n{mrn}")
            born.append(birth_date.toordinal())
            ages.append(age)
            statuses.append(STATUSES.index(status))
        order = array("i", sorted(range(len(words)), key=lambda at: _by_name(words[at])))
        self._ids = bytearray()
        self.words = Texts()
        for at in order:
            self._ids += ids[BYTES * at : BYTES * (at + 1)]
            self.words.append(words[at])
        self.by_mrn = array("i", range(len(order)))
        mrns = sorted(self.by_mrn, key=lambda at: self.words[at].partition("\n")[2])
        for rank, place in enumerate(mrns):
            self.by_mrn[place] = rank
        self.born = array("i", (born[at] for at in order))
        self.ages = array("h", (ages[at] for at in order))
        self._statuses = bytes(statuses[at] for at in order)

    def __len__(self) -> int:
        return len(self.words)

    @overload
    def __getitem__(self, at: int) -> Listed: ...
    @overload
    def __getitem__(self, at: slice) -> list[Listed]: ...
    def __getitem__(self, at: int | slice) -> Listed | list[Listed]:
        places = range(len(self))[at]
        if isinstance(places, int):
            return Listed(self, places)
        return [Listed(self, place) for place in places]

    def key_at(self, place: int) -> bytes:
        """The id as its bytes: a hundred thousand are compared at once."""
        return bytes(self._ids[BYTES * place : BYTES * (place + 1)])

    def id_at(self, place: int) -> uuid.UUID:
        return uuid.UUID(bytes=self.key_at(place))

    def status_at(self, place: int) -> CareStatus:
        return STATUSES[self._statuses[place]]

    def how_many(self, status: CareStatus) -> int:
        return self._statuses.count(STATUSES.index(status))

    def places_of(self, keys: Set[bytes]) -> list[int]:
        """Where those stand whose ids have these bytes, in order; others are left out."""
        ids = iter_unpack(f"{BYTES}s", self._ids)
        return [at for at, (key,) in enumerate(ids) if key in keys]

    def with_status(self, status: CareStatus, places: Iterable[int]) -> list[int]:
        """Those of these places, in their order."""
        wanted, statuses = STATUSES.index(status), self._statuses
        return [at for at in places if statuses[at] == wanted]


def _by_name(words: str) -> str:
    name, _sign, mrn = words.partition("\n")
    return f"{folded(name)}\0{mrn}"
