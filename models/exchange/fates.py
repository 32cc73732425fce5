"""What becomes of each row of a file: what is wrong first, in words, and as a table to keep."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from models.base import FieldWords, Record, described_fields
from models.exchange.arrivals import Arrival, Fate, Outlook, Place, Problem, Reading
from models.exchange.cells import guarded, value_type
from models.exchange.outgoing import csv_of
from models.patient import Patient
from models.value_words import in_words
from models.words import N_, _, capitalised

ORDER: tuple[Fate | None, ...] = (
    *(Fate.REFUSED, Fate.COMES_BACK, Fate.CHANGES, Fate.NEW),
    *(None, Fate.SAME),
)
"""What a person looks at first; None: it stays outside."""
WRITTEN = frozenset({Fate.NEW, Fate.CHANGES, Fate.COMES_BACK})
TITLES: Mapping[Fate | None, str] = {
    Fate.REFUSED: N_("Refused"),
    Fate.COMES_BACK: N_("Come back"),
    Fate.CHANGES: N_("Change"),
    Fate.NEW: N_("New"),
    None: N_("Stay outside"),
    Fate.SAME: N_("Same as on file"),
}
ONE: Mapping[Fate | None, str] = {
    **TITLES,
    Fate.COMES_BACK: N_("Comes back"),
    Fate.CHANGES: N_("Changes"),
    None: N_("Stays outside"),
    Fate.SAME: N_("Same"),
}
HEADINGS = (
    *(N_("Table"), N_("Row"), N_("Column"), N_("Kind"), N_("Patient's MRN"), N_("Fate")),
    N_("What"),
)
NAMES = ("family_name", "given_name")
MOST_VALUES = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file with its fate, or what was found in the file beside its rows.

    `fate`: None where it stays outside; `name`: the patient's, empty where it is not known.
    """

    fate: Fate | None
    place: Place
    arrival: Arrival | None = None
    outlook: Outlook | None = None
    problems: Sequence[Problem] = ()
    name: str = ""

    @property
    def kind(self) -> str:
        return capitalised(_(self.arrival.kind.singular)) if self.arrival else ""

    @property
    def mrn(self) -> str:
        return self.arrival.mrn if self.arrival else ""

    @property
    def remarks(self) -> Sequence[str]:
        """What a person should know before it comes in."""
        return self.outlook.remarks if self.outlook and self.fate is not Fate.SAME else ()

    @property
    def counts(self) -> bool:
        """Whether a record lacks it, where it stays outside."""
        return not all(each.beside for each in self.problems)

    @property
    def words(self) -> str:
        """Why it is refused; what it changes; what is new."""
        if self.problems:
            by_column = groupby(self.problems, key=lambda each: each.place.column)
            wrong = (_at_its_column(column, some) for column, some in by_column)
            return " ".join([*wrong, *self.remarks])
        if self.outlook is None or self.arrival is None or self.fate is Fate.SAME:
            return ""
        told = [*self.remarks, "; ".join(_changes(self.outlook))]
        if self.fate is Fate.NEW:
            told.append(_values(self.arrival))
        return " ".join(filter(None, told))


def lines_of(
    reading: Reading, looked_at: Sequence[Outlook], names: Mapping[str, str]
) -> list[Line]:
    """In the order in which they are looked at, of each fate first those with a remark.

    `names`: of the patients on file, by MRN.
    """
    names = {**names, **_named(reading.arrivals)}
    unread = {some[0].place.at(""): some for some in _by_row(reading.problems)}
    judged = [
        (arrival, each, (*(unread.pop(each.place, ()) if arrival.unread else ()), *each.problems))
        for arrival, each in zip(reading.judged, looked_at, strict=True)
    ]
    lines = [Line(Fate.REFUSED, place, problems=some) for place, some in unread.items()]
    lines += [
        Line(each.fate, each.place, arrival, each, problems, names.get(each.mrn, ""))
        for arrival, each, problems in judged
    ]
    left: dict[object, list[Problem]] = {}
    for each in reading.left:
        left.setdefault(each.place if each.place.column else each, []).append(each)
    lines += [Line(None, some[0].place, problems=some) for some in left.values()]
    return sorted(
        lines, key=lambda line: (ORDER.index(line.fate), not line.remarks, not line.counts)
    )


def table_of(lines: Sequence[Line]) -> bytes:
    """CSV for whoever corrects the file: every problem a row; of changes the fields' titles.

    Remarks are left out: they may tell of others who are on file.
    """
    rows = [[_(heading) for heading in HEADINGS]]
    for line in lines:
        for place, sentence in _told(line):
            row = (place.table, str(place.row or ""), place.column, line.kind, line.mrn)
            rows.append([guarded(text) for text in (*row, _(ONE[line.fate]), sentence)])
    return csv_of(rows)


def _told(line: Line) -> Iterator[tuple[Place, str]]:
    for each in line.problems:
        yield each.place, each.sentence
    if not line.problems:
        titles = _fields(line.arrival.kind) if line.arrival else {}
        changed = line.outlook.changes if line.outlook else ()
        yield line.place, "; ".join(titles[name].title for name in changed if name in titles)


def _by_row(problems: Sequence[Problem]) -> Iterator[Sequence[Problem]]:
    for _row, some in groupby(problems, key=lambda each: (each.place.table, each.place.row)):
        yield (*some,)


def _named(arrivals: Sequence[Arrival]) -> dict[str, str]:
    patients = [each for each in arrivals if each.kind is Patient]
    return {each.mrn: ", ".join(filter(None, map(each.values.get, NAMES))) for each in patients}


def _at_its_column(column: str, problems: Iterable[Problem]) -> str:
    told = " ".join(each.quoting for each in problems)
    return f"{column}: {told}" if column else told


def _changes(outlook: Outlook) -> Iterator[str]:
    """`Weight: 70 kg → 72 kg`."""
    fields = _fields(outlook.kind)
    for name, (old, new) in outlook.changes.items():
        words = fields[name]
        yield f"{words.title}: {_shown(words, old)} → {_shown(words, new)}"


def _values(arrival: Arrival) -> str:
    """The first of what is said of a new record, without what it points to."""
    fields, values = _fields(arrival.kind), arrival.values
    plain = [
        _shown(words, values[name])
        for name, words in fields.items()
        if values.get(name) and not words.multiline and _is_plain(words, values[name])
    ]
    return " · ".join(plain[:MOST_VALUES])


def _is_plain(words: FieldWords, value: Any) -> bool:
    return value_type(words.annotation) is not uuid.UUID and not isinstance(value, Mapping)


def _shown(words: FieldWords, value: Any) -> str:
    if isinstance(value, uuid.UUID):
        return _("another record")
    told = in_words(value) or _("empty")
    return f"{told} {words.unit}" if words.unit and value is not None else told


@cache
def _fields(kind: type[Record]) -> dict[str, FieldWords]:
    return {words.name: words for words in described_fields(kind)}
