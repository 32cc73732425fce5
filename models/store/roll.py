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


class Roll(Sequence[Listed]):
    """Of each in the order of names: the id, name and MRN, the day of birth, the age and how care
    stands. A row is made when it is looked at. `by_mrn`: where each stands by number.
    """

    def __init__(
        self, rows: Iterable[tuple[uuid.UUID, str, str, dt.date, int, CareStatus]] = ()
    ) -> None:
        """Id, name, MRN, birth date, age and status, in any order."""
        ids, words = bytearray(), list[str]()
        born, ages, statuses = array("l"), array("h"), bytearray()
        for key, name, mrn, birth_date, age, status in rows:
            ids += key.bytes
            words.append(f"{name}\n{mrn}")
            born.append(birth_date.toordinal())
            ages.append(age)
            statuses.append(STATUSES.index(status))
        apart = (each.partition("\n") for each in words)
        by_name = [f"{folded(name)}\0{mrn}" for name, _sign, mrn in apart]
        order = sorted(range(len(words)), key=by_name.__getitem__)
        self._ids = b"".join(ids[BYTES * at : BYTES * (at + 1)] for at in order)
        self.words = [words[at] for at in order]
        mrns = [each.partition("\n")[2] for each in self.words]
        self.by_mrn = array("l", range(len(mrns)))
        for rank, place in enumerate(sorted(range(len(mrns)), key=mrns.__getitem__)):
            self.by_mrn[place] = rank
        self.born = array("l", (born[at] for at in order))
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
        return self._ids[BYTES * place : BYTES * (place + 1)]

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
