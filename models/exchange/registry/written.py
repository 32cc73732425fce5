"""The registry export: who consented, de-identified, as tables that a site can type or map from.

The tables are this program's own, documented by `data_dictionary.csv`; no registry's format.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from models.base import ClinicError, Record
from models.deidentified import origin_of
from models.exchange.cells import guarded
from models.exchange.columns import KINDS
from models.exchange.outgoing import OutFile, csv_of
from models.exchange.registry.columns import Dates, Entry, Told, columns_told
from models.exchange.registry.figures import figures_of_lines, figures_of_patients
from models.exchange.registry.studied import (
    LEAVES,
    Numbers,
    StudyNumber,
    is_grouped,
    last_shifted,
    studied,
)
from models.exchange.registry.words import read_me
from models.history import History
from models.patient import Consent, Patient, Purpose, consents_to
from models.progress import Progress, unseen
from models.summary import as_of
from models.treatment import TreatmentLine
from models.words import _

TABLES = tuple(kind for kind in KINDS if kind in LEAVES)
_DICTIONARY = ("table", "column", "title", "type", "unit", "choices", "meaning")


@dataclass(frozen=True)
class Chosen:
    """Whose registry consent stands, and how many others are on file."""

    histories: tuple[History, ...]
    others: int


def consenting(histories: Sequence[History], day: dt.date) -> Chosen:
    """Who may leave on that day."""
    found = tuple(
        each for each in histories if consents_to(Purpose.REGISTRY, each.of(Consent), day)
    )
    return Chosen(found, len(histories) - len(found))


def willing(histories: Sequence[History], day: dt.date) -> Chosen:
    """The same; raises `ClinicError` where nobody's consent stands."""
    found = consenting(histories, day)
    if not found.histories:
        raise ClinicError(
            _("No patient's consent to a registry stands."),
            _("Nothing was written."),
            _("Enter the consents first: a patient's page, Summary, Consents."),
        )
    return found


def registry_files(
    chosen: Chosen,
    numbers: Numbers,
    today: dt.date,
    dates: Dates = Dates.DAYS,
    progress: Progress = unseen,
) -> Iterator[OutFile]:
    """A table for each kind of record, what their columns mean, and what the reader must know."""
    by_number = sorted(chosen.histories, key=lambda each: numbers[each.patient.id].number)
    entries = []
    for done, each in enumerate(by_number):
        progress(done, len(by_number))
        entries.append(_entry(each, numbers[each.patient.id], today, dates))
    said = read_me(len(entries), chosen.others, dates)
    yield OutFile("README.txt", said.replace("\n", "\r\n").encode("utf-8"))
    for kind in TABLES:
        yield _csv(kind.table_name(), _rows(kind, entries, dates))
    yield _csv("data_dictionary", _dictionary(dates))


def _entry(history: History, number: StudyNumber, today: dt.date, dates: Dates) -> Entry:
    """Days and figures, too, are those of shifted dates, so that they tell no more than these:
    counted from the middle of a true year, they would tell the day of the diagnosis.
    """
    told = studied(history, number, today)
    origin = origin_of(told, today) if dates is Dates.DAYS else None
    return Entry(number, told, origin, as_of(told, last_shifted(today)), is_grouped(told, today))


@cache
def _columns(kind: type[Record], dates: Dates) -> tuple[Told, ...]:
    figures = {Patient: figures_of_patients, TreatmentLine: figures_of_lines}.get(kind)
    return (*columns_told(kind, dates), *(figures() if figures else ()))


def _rows(kind: type[Record], entries: Iterable[Entry], dates: Dates) -> Iterator[Sequence[str]]:
    columns = _columns(kind, dates)
    yield [each.name for each in columns]
    for entry in entries:
        for record in _records(kind, entry.told):
            yield [each.cell(entry, record) for each in columns]


def _records(kind: type[Record], history: History) -> Sequence[Record]:
    if kind is Patient:
        return (history.patient,)
    return next((found for known, found in history.records.items() if known is kind), ())


def _dictionary(dates: Dates) -> Iterator[Sequence[str]]:
    yield _DICTIONARY
    for kind in TABLES:
        for each in _columns(kind, dates):
            choices = "; ".join(each.choices)
            told = (each.title, _(each.type), each.unit, choices, each.meaning)
            yield [kind.table_name(), each.name, *map(guarded, told)]


def _csv(name: str, rows: Iterable[Sequence[str]]) -> OutFile:
    return OutFile(f"{name}.csv", csv_of(rows))
