"""The headings of a table named after a kind of record: which column holds which field."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from models.base import Record
from models.exchange.columns import KINDS, PATIENT, Column, columns_of
from models.patient import Patient
from models.words import _


@dataclass
class Headings:
    """`columns`: by their place from 0; `written`: the headings of the file, by column's name;
    `unknown`: the places of those of which no column is read.
    """

    kind: type[Record]
    columns: dict[int, Column] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    unknown: set[int] = field(default_factory=set)

    @property
    def patient(self) -> str:
        """The name of the column that says whose a row is."""
        return "mrn" if self.kind is Patient else PATIENT

    @property
    def other_names(self) -> dict[str, str]:
        """By field the heading under which it stands, where that is not its name."""
        return {
            column.field.name: self.written[column.name]
            for column in self.columns.values()
            if column.field and not column.region and self.written[column.name] != column.name
        }


def read_headings(kind: type[Record], row: Sequence[str]) -> Headings:
    """A field's name or its title, whatever the case; an empty heading has no column."""
    found = Headings(kind)
    known = _known_as(kind)
    for at, text in enumerate(row):
        heading = text.strip()
        column = known.get(as_name(heading))
        if not heading:
            continue
        if column is None:
            words = _("There is no such field; there are {fields}.")
            names = ", ".join(each.name for each in columns_of(kind))
            found.problems.append((heading, words.format(fields=names)))
            found.unknown.add(at)
        elif column.name in found.written:
            found.problems.append((heading, _("This column is there twice.")))
            found.unknown.add(at)
        else:
            found.columns[at] = column
            found.written[column.name] = heading
    if not found.problems and found.patient not in found.written:
        found.problems.append((found.patient, _("This column is missing.")))
    return found


def kind_named(name: str) -> type[Record] | None:
    """The kind whose table is called so: `patient.csv`, `Treatment line`, `skin scores`."""
    return _kinds().get(as_name(re.sub(r"\.(csv|tsv)$", "", name.strip(), flags=re.IGNORECASE)))


def as_name(text: str) -> str:
    """`Skin score (%)` as `skin_score`."""
    return re.sub(r"[\W_]+", "_", text.casefold()).strip("_")


@cache
def _kinds() -> dict[str, type[Record]]:
    names = {as_name(name): kind for kind in KINDS for name in (kind.singular, kind.plural)}
    return names | {kind.table_name(): kind for kind in KINDS}


@cache
def _known_as(kind: type[Record]) -> dict[str, Column]:
    titles = {
        as_name(title): column
        for column in columns_of(kind)
        if column.field and not column.region
        for title in (column.field.title, column.field.heading)
    }
    names = {as_name(column.name): column for column in columns_of(kind)}
    also = {} if kind is Patient else {"mrn": names[PATIENT]}
    return also | titles | names
