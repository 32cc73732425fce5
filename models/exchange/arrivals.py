"""What a file brings: one arrival for each record, from where, and what could not be read."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.base import Record
from models.values import Choice
from models.words import N_, _

_OWN_KEYS = uuid.UUID("6d5f3c3e-6b0e-5f0c-9a57-2f6d0b6c7a41")
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
    """What is wrong or was not understood, and where."""

    place: Place
    sentence: str

    @property
    def words(self) -> str:
        return f"{self.place.words}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One record as a file tells of it; whose it is goes by `mrn`.

    `key`: what the file calls it, unique for its kind and patient; empty where it has no name of
    its own, and a record with the same values is the same. `values`: what `build()` takes, by
    field; where a field points to another record, that one's key. `columns`: where in the file a
    field stands, where that is not its name. `content`: the file of an attachment.
    """

    kind: type[Record]
    mrn: str
    key: str
    values: Mapping[str, Any]
    place: Place
    columns: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None

    def place_of(self, name: str) -> Place:
        return self.place.at(self.columns.get(name, name)) if name else self.place


@dataclass(frozen=True)
class Reading:
    """A file as it was read; with a problem nothing may come in. `left`: what stays outside."""

    arrivals: Sequence[Arrival] = ()
    problems: Sequence[Problem] = ()
    left: Sequence[Problem] = ()


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


def record_id(kind: type[Record], mrn: str, key: str) -> uuid.UUID:
    """A key that is a record's id stands for that record; any other for the same one each time."""
    if is_id(key):
        return uuid.UUID(key)
    return uuid.uuid5(_OWN_KEYS, "\n".join((kind.table_name(), mrn, key)))


def is_id(key: str) -> bool:
    return _UUID.fullmatch(key) is not None
