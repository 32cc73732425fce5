"""What a file brings: one arrival for each record, from where, and what could not be read."""

import re
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.base import Record
from models.values import Choice
from models.words import N_, _, within_sentence

_OWN_KEYS = uuid.UUID("6d5f3c3e-6b0e-5f0c-9a57-2f6d0b6c7a41")
MOST_QUOTED = 40
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: table, sheet or resource; the row as a spreadsheet counts; the column."""

    table: str
    row: int | None = None
    column: str = ""

    @property
    def words(self) -> str:
        """`biopsy.csv, row 12, date`."""
        row = _("row {n}").format(n=self.row) if self.row else ""
        return ", ".join(part for part in (self.table, row, self.column) if part)

    def at(self, column: str) -> "Place":
        return Place(self.table, self.row, column)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong or was not understood, and where.

    `text`: what stands there, for the screen and standard error alone. `beside`: no record lacks
    it, as a title or a total: it is listed and not counted.
    """

    place: Place
    sentence: str
    text: str = ""
    beside: bool = False

    @property
    def words(self) -> str:
        return f"{self.place.words}: {self.quoting}"

    @property
    def quoting(self) -> str:
        """`“weiblich”: choose one of: …`."""
        if not self.text or f"“{self.text}”" in self.sentence:
            return self.sentence
        text = self.text if len(self.text) <= MOST_QUOTED else f"{self.text[:MOST_QUOTED]}…"
        return f"“{text}”: {within_sentence(self.sentence)}"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One record as a file tells of it; whose it is goes by `mrn`.

    `key`: what the file calls it, unique for its kind and patient; empty where it has no name of
    its own, and a record with the same values is the same. `values`: what `build()` takes, by
    field; where a field points to another record, that one's key. `columns`: where in the file a
    field stands, where that is not its name. `content`: the file of an attachment. `remarks`: what
    a person should know before it comes in. `told`: the fields of which the file tells even where
    it leaves them empty, None for all; any other that it gives no value stays as it is on file.
    `unread`: those whose cells cannot be read, as the reading's problems tell: it does not come in,
    and is there so that what points to it can be looked through.
    """

    kind: type[Record]
    mrn: str
    key: str
    values: Mapping[str, Any]
    place: Place
    columns: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    remarks: Sequence[str] = ()
    told: frozenset[str] | None = None
    unread: Collection[str] = ()

    def place_of(self, name: str) -> Place:
        return self.place.at(self.columns.get(name, name)) if name else self.place


@dataclass(frozen=True)
class Reading:
    """A file as it was read; with a problem nothing may come in. `left`: what stays outside.

    `whole`: a row that cannot be read is among the arrivals as well, so that nothing else is taken
    to point to what is not there.
    """

    arrivals: Sequence[Arrival] = ()
    problems: Sequence[Problem] = ()
    left: Sequence[Problem] = ()
    whole: bool = field(default=False, kw_only=True)

    @property
    def judged(self) -> Sequence[Arrival]:
        """What can be looked through, so that all that is wrong is told at once."""
        return self.arrivals if self.whole or not self.problems else ()


class Fate(Choice):
    """What becomes of an arrival."""

    NEW = N_("new")
    SAME = N_("same as on file")
    CHANGES = N_("changes what is on file")
    COMES_BACK = N_("was removed, comes back")
    REFUSED = N_("refused")


@dataclass(frozen=True, slots=True)
class Outlook:
    """An arrival's fate; `changes`: by field, as it is on file and as it would be.

    `problems`: why it is refused; `remarks`: what a person should know before it comes in.
    """

    kind: type[Record]
    mrn: str
    place: Place
    fate: Fate
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    remarks: Sequence[str] = field(default=(), compare=False)


def record_id(kind: type[Record], whose: str, key: str) -> uuid.UUID:
    """A key that is a record's id stands for that record; any other for the same one each time.

    `whose`: the patient's id, which stays when the MRN is corrected.
    """
    if is_id(key):
        return uuid.UUID(key)
    return uuid.uuid5(_OWN_KEYS, "\n".join((kind.table_name(), whose, key)))


def is_id(key: str) -> bool:
    return _UUID.fullmatch(key) is not None
