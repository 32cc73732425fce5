"""One thing that a registry collects: whether it is on file, why, and where a gap is filled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from models.base import PatientRecord, Record, described_fields
from models.values import Choice
from models.words import N_, _, number_words

MARKERS = "CLIC: Scarisbrick, J Clin Oncol 2015"
COLLECTED = "PROCLIPI: EADV; ASCO Post 2016; Lymphoma Action"

P = TypeVar("P", bound=PatientRecord)


class Filled(Choice):
    """Whether something that a registry collects is on file."""

    PRESENT = N_("recorded")
    MISSING = N_("missing")
    NOT_APPLICABLE = N_("does not apply")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is entered: a new record of this kind, or the one on file.

    `focus`: the field; `values`: what a new one begins with.
    """

    kind: type[Record]
    focus: str
    record: Record | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a registry collects; `why`: the value, or why it is missing or does not apply.

    `source`: who says that it is collected; `record`: where it comes from; `place`: where it is
    entered if it is missing.
    """

    title: str
    source: str
    filled: Filled
    why: str
    record: Record | None = None
    place: Place | None = None

    @property
    def words(self) -> str:
        return _(self.title)


@dataclass(frozen=True, slots=True)
class Completeness:
    items: tuple[Item, ...]

    @property
    def gaps(self) -> tuple[Item, ...]:
        return tuple(each for each in self.items if each.filled is Filled.MISSING)

    @property
    def present(self) -> int:
        return sum(each.filled is Filled.PRESENT for each in self.items)

    @property
    def asked(self) -> int:
        """How many apply to this patient."""
        return self.present + len(self.gaps)

    @property
    def sentence(self) -> str:
        return _("Registry data: {n} of {all}").format(n=self.present, all=self.asked)


def present(title: str, source: str, why: str, record: Record) -> Item:
    return Item(title, source, Filled.PRESENT, why, record)


def missing(title: str, source: str, why: str, place: Place) -> Item:
    return Item(title, source, Filled.MISSING, why, None, place)


def not_asked(title: str, source: str, why: str) -> Item:
    return Item(title, source, Filled.NOT_APPLICABLE, why)


def measured(gap: Item, name: str, near: Sequence[PatientRecord]) -> Item:
    """What the first of these records tells that has a value of this name; else the gap."""
    for each in near:
        value = getattr(each, name, None)
        if value is not None:
            words = f"{number_words(value)} {_unit(type(each), name)}".strip()
            return present(gap.title, gap.source, dated(words, each), each)
    return gap


def place_in(kind: type[P], focus: str, near: Sequence[P], values: Mapping[str, Any]) -> Place:
    """In the record that is there, or in a new one."""
    return Place(kind, focus, near[0]) if near else Place(kind, focus, None, values)


def dated(words: str, record: PatientRecord) -> str:
    return f"{words}, {record.when.words}" if record.when else words


def _unit(kind: type[Record], name: str) -> str:
    """Of a score there is none: `0–100` says how far it reaches."""
    unit = next((each.unit for each in described_fields(kind) if each.name == name), "")
    return "" if unit[:1].isdigit() else unit
