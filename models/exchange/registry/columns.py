"""The columns of a registry export: what each is called, what it means, what its cells hold."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from models.adverse_event import AdverseEvent
from models.base import FieldWords, Record
from models.exchange.cells import value_type
from models.exchange.columns import KEY, Column, columns_of
from models.exchange.registry.studied import LEAVES, StudyNumber
from models.history import History
from models.patient import Patient
from models.summary import Summary
from models.values import Choice, PartialDate
from models.words import N_, _

STUDY_NUMBER = "study_number"
TEXT, NUMBER, WHOLE_NUMBER, ANSWER = N_("text"), N_("number"), N_("whole number"), N_("yes or no")
DATE, CHOICE, LIST = N_("date"), N_("choice"), N_("list, parted by semicolons")
YES_OR_NO = ("yes", "no")
PRECISIONS = ("day", "month", "year")
_OWN: dict[type[Record], tuple[str, ...]] = {
    Patient: ("mrn", "birth_date"),
    AdverseEvent: ("verbatim",),
}
"""Told otherwise: as the study number, as the age at diagnosis, as the term."""


class Dates(Choice):
    """How an export tells of time."""

    DAYS = N_("days since diagnosis")
    SHIFTED = N_("shifted dates")


@dataclass(frozen=True)
class Entry:
    """One patient of an export: the history that leaves; the day that counts as 0, none where
    dates are told; the figures of what is told; whether the patient may pass the age of 89.
    """

    number: StudyNumber
    told: History
    origin: dt.date | None
    summary: Summary
    grouped: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A column; `cell`: its text of an entry, and of one record of that."""

    name: str
    title: str
    type: str
    meaning: str
    cell: Callable[[Entry, Any], str]
    unit: str = ""
    choices: tuple[str, ...] = ()


def columns_told(kind: type[Record], dates: Dates) -> Iterator[Told]:
    """What is recorded, in the order of the fields."""
    words = _("The patient's number in studies; whose it is the clinic alone knows.")
    yield Told(STUDY_NUMBER, _("Study number"), TEXT, words, _number)
    if kind is not Patient:
        words = _("Stands for this record in every export; other columns point to it.")
        yield Told(KEY, _("Key"), TEXT, words, _key)
    for column in columns_of(kind):
        about = column.field
        if about and about.name in LEAVES[kind] and about.name not in _OWN.get(kind, ()):
            yield from _of_field(column, about, dates)


def _number(entry: Entry, record: Record) -> str:
    return entry.number.words


def _key(entry: Entry, record: Record) -> str:
    return str(record.id)


def _of_field(column: Column, about: FieldWords, dates: Dates) -> Iterator[Told]:
    held = value_type(about.annotation)
    if dates is Dates.DAYS and held in {dt.date, PartialDate}:
        yield from _days(column.name, about, partly=held is PartialDate)
        return
    meaning, cell = about.help, lambda entry, record: column.text(record)
    if column.name == "grades" and dates is Dates.DAYS:
        meaning, cell = _("Day 0 is that of the diagnosis, as 120:2; 150:1."), _grades
    kind, choices = _type(held)
    title = column.name.replace("_", " ") if column.region else about.title
    yield Told(column.name, title, kind, meaning, cell, about.unit, choices)


def _days(name: str, about: FieldWords, *, partly: bool) -> Iterator[Told]:
    def day(entry: Entry, record: Record) -> str:
        value = getattr(record, name)
        return "" if value is None else day_number(value, entry.origin)

    def precision(entry: Entry, record: Record) -> str:
        value = getattr(record, name)
        return "" if value is None else known_to(value)

    words = _("Days since the diagnosis; of a month or a year, as shifted, its middle.")
    yield Told(f"{name}_day", about.title, WHOLE_NUMBER, words, day, _("days"))
    if partly:
        title = _("{date}: known to the").format(date=about.title)
        yield Told(f"{name}_known_to", title, CHOICE, "", precision, "", PRECISIONS)


def known_to(date: PartialDate) -> str:
    if date.exact:
        return "day"
    return "month" if date.month else "year"


def day_number(date: dt.date | PartialDate, origin: dt.date | None) -> str:
    middle = date.middle if isinstance(date, PartialDate) else date
    return "" if origin is None else str((middle - origin).days)


def _grades(entry: Entry, record: Any) -> str:
    told = (f"{day_number(each.date, entry.origin)}:{int(each.grade)}" for each in record.grades)
    return "; ".join(told)


def _type(held: Any) -> tuple[str, tuple[str, ...]]:
    """What a cell holds, and the choices where they are few."""
    if get_origin(held) is list:
        return LIST, _type(get_args(held)[0])[1]
    if isinstance(held, type) and issubclass(held, Choice):
        return CHOICE, tuple(each.value for each in held)
    if held is bool:
        return ANSWER, YES_OR_NO
    names = {int: WHOLE_NUMBER, float: NUMBER, dt.date: DATE, PartialDate: DATE, dict: NUMBER}
    return names.get(get_origin(held) or held, TEXT), ()
