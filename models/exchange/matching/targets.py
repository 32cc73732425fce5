"""How the columns of a clinic's own spreadsheet are matched with the fields of records.

A row tells of one patient, or of one visit of a patient. A column is left out, or holds a field,
or several fields at once (`Muster, Anna`; `T4 NX M0 B2`). Where a kind stands several times in a
row, its records are numbered from the left.
"""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from models.attachment import Attachment
from models.base import Record, described_fields
from models.exchange.cells import value_type
from models.exchange.columns import KINDS
from models.exchange.matching.words import plain
from models.exchange.tables.sheets import Sheet
from models.records import BY_NAME
from models.snooze import Snooze
from models.words import N_, _, capitalised

NAME, NAME_GIVEN_FIRST, TNMB, GRADE = "name", "name_given_first", "tnmb", "grade"
SEVERAL: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("patient", NAME): (N_("Family name, given name"), ("family_name", "given_name")),
    ("patient", NAME_GIVEN_FIRST): (N_("Given name, family name"), ("family_name", "given_name")),
    ("staging", TNMB): (N_("T, N, M and B"), ("t", "n", "m", "b", "stage_stated")),
    ("adverse_event", GRADE): (N_("Grade from the onset on"), ("grades",)),
}
"""What one cell may tell of several fields, or of one field in its own way."""
ONCE = frozenset({"patient", "diagnosis"})
NOTHING = frozenset(
    {"n/a", "na", "n.a.", "?", "??", "-", "--", "–", "—", ".", "/", "unknown", "nk", "not known"}
    | {"no data", "k.a.", "k. a.", "keine angabe", "unbekannt", "inconnu", "nc", "sconosciuto"}
    | {"n.d.", "nd", "non noto", "#n/a", "#n/v"}
)


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """A field of the nth record of a kind in a row; `number` 0: of every record of that kind."""

    kind: str
    field: str
    number: int = 1

    @property
    def every(self) -> "Target":
        return Target(self.kind, self.field, 0)

    @property
    def record(self) -> tuple[str, int]:
        return self.kind, self.number

    @property
    def type(self) -> type[Record]:
        return BY_NAME[self.kind]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the record that such a cell gives."""
        _title, fields = SEVERAL.get((self.kind, self.field), ("", (self.field,)))
        return fields

    @property
    def annotation(self) -> Any:
        return self.type.model_fields[self.field].annotation

    @property
    def numbered(self) -> bool:
        return self.kind not in ONCE and self.number > 0

    @property
    def kind_words(self) -> str:
        """`Treatment line 2`."""
        name = capitalised(_(self.type.singular))
        return f"{name} {self.number}" if self.numbered else name

    @property
    def title(self) -> str:
        """`Start`, `Weight (kg)`."""
        if (self.kind, self.field) in SEVERAL:
            return _(SEVERAL[self.kind, self.field][0])
        return _headings(self.kind)[self.field]

    @property
    def words(self) -> str:
        """`Treatment line 2 · Start`."""
        return f"{self.kind_words} · {self.title}"


@dataclass(frozen=True, slots=True)
class Fill:
    """What a field is where no column of its own gives it: a text, or what another column says."""

    text: str = ""
    column: int | None = None


@dataclass(frozen=True)
class Matching:
    """What each column of a sheet holds, and how its cells are read.

    `columns`: by place from 0, None where a column is left out; `sure`: those that the headings
    tell beyond doubt. `headings`: how many rows of headings end above `first`; `first` and
    `last`: the rows of data as a spreadsheet counts. `by_visit`: several rows may tell of one
    patient. `month_first`: None where the sheet has dates of both orders and nobody chose one.
    `nothing`: words beside the usual ones that mean nothing. `words`: by kind and field,
    what a word of the sheet means there, as a table says it. `fills`: what no column gives.
    `leave_unread`: what cannot be read stays outside, listed, instead of holding up the rest.
    """

    columns: tuple[Target | None, ...] = ()
    sure: frozenset[int] = frozenset()
    headings: int = 1
    first: int = 2
    last: int = 1
    by_visit: bool = False
    month_first: bool | None = False
    nothing: frozenset[str] = frozenset()
    words: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    fills: Mapping[Target, Fill] = field(default_factory=dict)
    leave_unread: bool = False

    @property
    def matched(self) -> list[tuple[int, Target]]:
        return [(at, target) for at, target in enumerate(self.columns) if target]

    def column_of(self, target: Target) -> int | None:
        return next((at for at, each in self.matched if each == target), None)

    def words_of(self, target: Target) -> str:
        """`Treatment line 2 · Start`; without a number where a row has one of its kind."""
        several = any(each.number > 1 for _at, each in self.matched if each.kind == target.kind)
        return target.words if several else target.every.words

    def fill_of(self, target: Target) -> Fill | None:
        return self.fills.get(target) or self.fills.get(target.every)

    def means_nothing(self, text: str) -> bool:
        word = text.strip().casefold()
        return not word or word in NOTHING or (bool(self.nothing) and plain(word) in self.nothing)


def headings_of(sheet: Sheet, matching: Matching) -> list[str]:
    """`Diagnosis · date`, for each column; with its letter where it has none or not its own."""
    told = [" · ".join(parts) for parts in headings_above(sheet, matching)]
    counts = Counter(told)
    return [
        each if each and counts[each] == 1 else f"{each} ({column_letter(at)})".strip()
        for at, each in enumerate(told)
    ]


def column_letter(at: int) -> str:
    """`A` to `Z`, `AA` and on, as a spreadsheet names a column."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def headings_above(sheet: Sheet, matching: Matching) -> list[list[str]]:
    """Those over each column, the lowest last; one stands over the empty cells to its right too."""
    width = max((len(row) for row in sheet.rows), default=0)
    first = max(matching.first - 1 - matching.headings, 0)
    rows = [[*row, *[""] * (width - len(row))] for row in sheet.rows[first : matching.first - 1]]
    return _parts(rows, width)


def _parts(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    parts: list[list[str]] = [[] for _column in range(width)]
    for level, row in enumerate(rows):
        below, over = rows[level + 1 :], ""
        for at in range(width):
            own = row[at].strip()
            over = own or over
            told = own or (over if any(each[at].strip() for each in below) else "")
            if told and told not in parts[at]:
                parts[at].append(told)
    return parts


def values_in(sheet: Sheet, matching: Matching, column: int) -> Iterator[str]:
    """The cells of a column that say something, in their order."""
    for row in sheet.rows[matching.first - 1 : matching.last]:
        if column < len(row) and not matching.means_nothing(row[column]):
            yield row[column].strip()


def cell_of(row: Sequence[str], column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


@cache
def needed_fields(kind: type[Record]) -> tuple[str, ...]:
    return tuple(each.name for each in described_fields(kind) if each.required)


@cache
def offered() -> tuple[Target, ...]:
    """Everything that a column can be matched with, numbered 1, in the order of the kinds."""
    return tuple(_offered())


def _offered() -> Iterator[Target]:
    for kind in (each for each in KINDS if each not in {Attachment, Snooze}):
        name = kind.table_name()
        yield from (Target(name, several) for of, several in SEVERAL if of == name)
        for each in described_fields(kind):
            if each.name != "regions" and value_type(each.annotation) is not uuid.UUID:
                yield Target(name, each.name)


@cache
def references_of(kind: type[Record]) -> dict[str, bool]:
    """The fields that point to a record of the kind of that name, and whether each is needed."""
    return {
        each.name: each.required
        for each in described_fields(kind)
        if value_type(each.annotation) is uuid.UUID and each.name in BY_NAME
    }


@cache
def _headings(kind: str) -> dict[str, str]:
    return {each.name: each.heading for each in described_fields(BY_NAME[kind])}
