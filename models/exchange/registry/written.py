"""The registry export: who consented, de-identified, as tables that a site can type or map from.

The tables are this program's own, documented by `data_dictionary.csv`; no registry's format.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from models.base import ClinicError, Record
from models.deidentified import origin_of
from models.exchange.cells import guarded
from models.exchange.columns import KINDS
from models.exchange.outgoing import OutFile
from models.exchange.registry.columns import Dates, Entry, Told, columns_told
from models.exchange.registry.figures import figures_of_lines, figures_of_patients
from models.exchange.registry.studied import LEAVES, Numbers, StudyNumber, is_grouped, studied
from models.exchange.registry.words import read_me
from models.exchange.tables.sheets import Progress
from models.history import History
from models.patient import Consent, Patient, Purpose, consents_to
from models.summary import as_of
from models.treatment import TreatmentLine
from models.words import _

TABLES = tuple(kind for kind in KINDS if kind in LEAVES)
_DICTIONARY = ("table", "column", "title", "type", "unit", "choices", "meaning")
_MARK = "\ufeff"


@dataclass(frozen=True)
class Chosen:
    """Whose registry consent stands, and how many others are on file."""

    histories: tuple[History, ...]
    others: int


def unseen(done: int, whole: int) -> None:
    """Nobody looks how far it is."""


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
    """Figures are of the dates as they were: shifting leaves less of one that is partial."""
    as_it_was = studied(history, number.unshifted, today)
    in_days = dates is Dates.DAYS
    return Entry(
        number,
        as_it_was if in_days else studied(history, number, today),
        origin_of(as_it_was, today) if in_days else None,
        as_of(as_it_was, today),
        is_grouped(history, today),
    )


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
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return OutFile(f"{name}.csv", (_MARK + text.getvalue()).encode("utf-8"))
