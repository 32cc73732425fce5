"""The columns of a kind's table: its key, whose it is, its fields; a record as a row, and back."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.attachment import Attachment
from models.base import FieldWords, Record, described_fields
from models.exchange.cells import guarded, read_cell, value_type, write_cell
from models.patient import Patient
from models.records import OF_A_PATIENT
from models.skin import WEIGHTS, Region, SkinScore
from models.words import N_, _

KINDS: tuple[type[Record], ...] = (Patient, *OF_A_PATIENT)
KEY, PATIENT, FILE = "key", "patient", "file"
_HELP = {
    KEY: N_("A name of your own for this row, unique in its table."),
    PATIENT: N_("The patient's MRN."),
    FILE: N_("The file beside this table."),
}


@dataclass(frozen=True, slots=True)
class Column:
    """`name`: its heading; `field`: which it holds, or a part of it; None where it is none."""

    name: str
    field: FieldWords | None
    region: Region | None = None
    lesion: str = ""

    @property
    def help(self) -> str:
        if self.field is None:
            return _(_HELP[self.name])
        if self.region:
            return self.field.help
        return " ".join(part for part in (self.field.heading + ".", self.field.help) if part)

    @property
    def required(self) -> bool:
        return self.name == PATIENT or (self.field is not None and self.field.required)

    def text(self, record: Record) -> str:
        """The cell of a record that is on file; a reference is the other record's id."""
        if self.field is None:
            return ""
        value = getattr(record, self.field.name)
        if self.region:
            lesions = value.get(self.region)
            return write_cell(getattr(lesions, self.lesion)) if lesions else ""
        default = type(record).model_fields[self.field.name].default
        return "" if value == default else write_cell(value)


@cache
def columns_of(kind: type[Record]) -> tuple[Column, ...]:
    """In their order: key, patient, the fields as declared, notes last."""
    return tuple(_columns(kind))


def _columns(kind: type[Record]) -> Iterator[Column]:
    yield Column(KEY, None)
    if kind is not Patient:
        yield Column(PATIENT, None)
    for each in described_fields(kind):
        if kind is SkinScore and each.name == "regions":
            for region in Region:
                for lesion in WEIGHTS:
                    yield Column(f"{region_name(region)}_{lesion}", each, region, lesion)
        elif kind is Attachment and each.name == "sha256":
            yield Column(FILE, None)
        else:
            yield Column(each.name, each)


def region_name(region: Region) -> str:
    """`genitalia_groin`."""
    return region.value.replace(" ", "_").replace("/", "_")


def row_of(record: Record, mrn: str, file: str = "") -> list[str]:
    """The cells of a record, in the order of its kind's columns."""
    beside = {KEY: str(record.id), PATIENT: guarded(mrn), FILE: guarded(file)}
    return [
        beside[column.name] if column.field is None else column.text(record)
        for column in columns_of(type(record))
    ]


def values_of(
    kind: type[Record], cells: Mapping[str, str], *, month_first: bool = False
) -> tuple[dict[str, Any], dict[str, str]]:
    """What `build()` takes, and by heading what cannot be read; empty cells say nothing.

    A field that points to another record holds that one's key.
    """
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for column in columns_of(kind):
        text = cells.get(column.name, "").strip()
        if column.field is None or not text:
            continue
        try:
            value = read_cell(column.field.annotation, text, month_first=month_first)
        except ValueError as error:
            problems[column.name] = str(error)
            continue
        if column.region:
            lesions = values.setdefault(column.field.name, {}).setdefault(column.region, {})
            lesions[column.lesion] = value
        else:
            values[column.field.name] = value
    return values, problems


def is_reference(column: Column) -> bool:
    return column.field is not None and value_type(column.field.annotation) is uuid.UUID
