"""Empty tables with their headings, and a text that explains each of them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from models.adverse_event import GradeEpisode
from models.base import Record
from models.exchange.cells import value_type
from models.exchange.columns import FILE, KINDS, Column, columns_of, is_reference
from models.exchange.outgoing import OutFile
from models.exchange.tables.written import csv_table
from models.imaging import Node
from models.protocol import Protocol
from models.skin import WEIGHTS, Region
from models.values import Choice, PartialDate
from models.words import N_, _, capitalised

EXPLAINED = "README.txt"
FOUND_OUT = frozenset({"media_type"})
_ABOUT = (
    N_("Fill in the tables that you need and leave out the others: one row for each record."),
    N_("The first row of a table holds its headings; columns that you do not need may go."),
    N_("`patient` in a table is the MRN of the patient in patient.csv, or of one on file."),
    N_("`key` is a name of your own for a row: another row points to it by that name."),
    N_("A date is 2017-10-14, 2017-10 or 2017, or 14.10.2017: the day before the month."),
    N_("A list stands in one cell, with semicolons between its parts; `none` is an empty list."),
    N_("Save as CSV in UTF-8. The files of attachment.csv lie in this folder, or in `attachment`."),
)
_FORMS: dict[Any, str] = {
    bool: N_("yes or no"),
    int: N_("a whole number"),
    float: N_("a number"),
    PartialDate: N_("a date"),
    dt.date: N_("a full date"),
    Protocol: N_("a protocol: mogamulizumab, or 1000 mg/m² (Mosteller) on days 1, 8, 15 of 28"),
    list[str]: N_("a list: bexarotene; phototherapy"),
    list[GradeEpisode]: N_("a list of dates and grades: 2017-07:2; 2017-10:1"),
    list[Node]: N_("a list of sites with their axes in mm: left axilla 22x14; right groin 18x12"),
}
_BY_NAME = {
    FILE: N_("a name: attachment/scan.pdf"),
    "media_type": N_("as image/jpeg; found out from the file where it is empty"),
}


def template() -> Iterator[OutFile]:
    """A table for each kind of record, and what its headings mean."""
    yield OutFile(EXPLAINED, "\r\n".join(_explained()).encode("utf-8-sig"))
    for kind in KINDS:
        yield OutFile(f"{kind.table_name()}.csv", csv_table(kind, []))


def _explained() -> Iterator[str]:
    yield from map(_, _ABOUT)
    yield from columns_explained()


def columns_explained() -> Iterator[str]:
    """What every column of every table means, and what its cells hold."""
    for kind in KINDS:
        yield from ("", f"{kind.table_name()}.csv: {capitalised(_(kind.plural))}", "")
        for column in columns_of(kind):
            if column.region is None:
                yield f"  {column.name}: {_in_words(kind, column)}"
            elif column is _first_region(kind):
                yield f"  {column.name} …: {_regions(column)}"


def _in_words(kind: type[Record], column: Column) -> str:
    """`Day 1. As planned, or as given. (needed; a full date)`."""
    said = [_("needed")] if column.required and column.name not in FOUND_OUT else []
    return f"{column.help} ({'; '.join([*said, _form(kind, column)])})"


def _form(kind: type[Record], column: Column) -> str:
    if column.name in _BY_NAME:
        return _(_BY_NAME[column.name])
    annotation = value_type(column.field.annotation if column.field else str)
    if is_reference(column):
        target = getattr(kind.model_fields[column.name], "foreign_key", None)
        if not isinstance(target, str):
            return _("the id of a record, as an export writes it")
        return _("the key of a row of {table}").format(table=target.removesuffix(".id"))
    if annotation in _FORMS:
        return _(_FORMS[annotation])
    if get_origin(annotation) is list:
        return _("a list of {choices}").format(choices=", ".join(get_args(annotation)[0]))
    if issubclass(annotation, Choice):
        return _("one of {choices}").format(choices=", ".join(annotation))
    return _("text")


def _first_region(kind: type[Record]) -> Column | None:
    return next((column for column in columns_of(kind) if column.region), None)


def _regions(column: Column) -> str:
    words = _("{help} (a number; one column for each of {n} regions and of {lesions})")
    lesions = ", ".join(WEIGHTS)
    return words.format(help=column.help, n=len(Region), lesions=lesions)
