"""REDCap: a data dictionary and a data file with repeating instruments.

Every kind of record but the patient is an instrument that repeats: a row says whose it is
(`record_id`), which instrument (`redcap_repeat_instrument`) and its how manieth entry
(`redcap_repeat_instance`), as REDCap's data import tool has it. The record's id is the program's
own for the patient and not the MRN, for REDCap shows it in addresses and logs, where its
universities advise against a medical record number. Entries are numbered in the order in which
they were recorded, so that a later export gives the former ones the numbers they had.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from models.base import Record
from models.exchange.columns import FILE, KEY, KINDS
from models.exchange.outgoing import Content, OutFile
from models.exchange.redcap.dictionary import dictionary, repeating, written
from models.exchange.redcap.variables import (
    INSTANCE,
    INSTRUMENT,
    RECORD_ID,
    Variable,
    all_variables,
    variables_of,
)
from models.exchange.tables.written import Attached
from models.history import History
from models.records import OF_A_PATIENT
from models.words import N_, _

FOLDER = "redcap"
DICTIONARY, DATA, README = "data_dictionary.csv", "data.csv", "README.txt"
MORE_DATA = "data_{n}.csv"
MOST_ROWS = 10_000
"""Of a file: more is slow to import there, and too many cells to be read back here."""
_NO_TIME = dt.datetime.min.replace(tzinfo=dt.UTC)
_README = N_(
    "These files make a REDCap project with one record for each patient.\n\n"
    "1. Create an empty project, and in its Project Setup turn off auto-numbering of records.\n"
    "2. Data Dictionary: upload data_dictionary.csv.\n"
    "3. Project Setup, repeating instruments: let these instruments repeat:\n   {instruments}.\n"
    "4. Data Import Tool: import data.csv, dates as Y-M-D, without overwriting by blanks; then "
    "data_2.csv and so on, where there are more.\n"
    "5. Additional customizations: the custom record label [pt_mrn] shows who a record is.\n\n"
    "Dates that are known by month or year are texts, lists are texts with semicolons, and a text"
    " that a spreadsheet would take for a formula has an apostrophe before it. The files of"
    " attachments lie in the folder attachment: REDCap's import tool takes none, so upload by hand"
    " what you need.\n\n"
    "The program reads data.csv back, and a raw CSV export of this project as well: Exchange,"
    " Import.\n"
)


def redcap_files(histories: Sequence[History], content: Content | None) -> Iterator[OutFile]:
    """The attachments, how to import what follows, the project's dictionary, and its data."""
    files = Attached(content)
    for each in files.written(histories):
        yield OutFile(f"{FOLDER}/{each.name}", each.content)
    how = _(_README).format(instruments=", ".join(repeating()))
    yield OutFile(f"{FOLDER}/{README}", how.encode())
    yield OutFile(f"{FOLDER}/{DICTIONARY}", dictionary())
    for n, piece in enumerate(_pieces(histories), start=1):
        rows = (row for history in piece for row in _rows(history, files))
        name = DATA if n == 1 else MORE_DATA.format(n=n)
        yield OutFile(f"{FOLDER}/{name}", written(chain([_headings()], rows)))


def _pieces(histories: Sequence[History]) -> Iterator[list[History]]:
    """As many patients as an import takes at once; a patient is not taken apart."""
    piece: list[History] = []
    rows = 0
    for history in histories:
        own = 1 + sum(map(len, history.records.values()))
        if piece and rows + own > MOST_ROWS:
            yield piece
            piece, rows = [], 0
        piece.append(history)
        rows += own
    yield piece


def _headings() -> list[str]:
    return [RECORD_ID, INSTRUMENT, INSTANCE, *(variable.name for variable in all_variables())]


def _rows(history: History, files: Attached) -> Iterator[list[str]]:
    whose = str(history.patient.id)
    yield [whose, "", "", *_cells(history.patient, files)]
    for kind in OF_A_PATIENT:
        entered = sorted(history.of(kind), key=lambda each: each.recorded_at or _NO_TIME)
        for n, record in enumerate(entered, start=1):
            yield [whose, kind.table_name(), str(n), *_cells(record, files)]


def _cells(record: Record, files: Attached) -> list[str]:
    """Those of every instrument's variables: only the record's own are not empty."""
    before, after = _empty_around(type(record))
    own = (_cell(record, variable, files) for variable in variables_of(type(record)))
    return [*before, *own, *after]


@cache
def _empty_around(kind: type[Record]) -> tuple[list[str], list[str]]:
    place = KINDS.index(kind)
    before, after = (
        sum(len(variables_of(each)) for each in kinds)
        for kinds in (KINDS[:place], KINDS[place + 1 :])
    )
    return [""] * before, [""] * after


def _cell(record: Record, variable: Variable, files: Attached) -> str:
    if variable.column.name == KEY:
        return str(record.id)
    if variable.column.name == FILE:
        return files.name(record)
    return variable.written(variable.column.text(record))
