"""Histories as tables: a folder of CSV files, or one workbook; attachments lie beside them."""

import mimetypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, cast

from models.attachment import Attachment
from models.base import PatientRecord, Record
from models.exchange.columns import KINDS, columns_of, row_of
from models.exchange.outgoing import Content, OutFile, csv_of
from models.exchange.tables.attached import FOLDER
from models.history import History
from models.patient import Patient

WORKBOOK = "tables.xlsx"


def csv_files(histories: Sequence[History], content: Content | None) -> Iterator[OutFile]:
    """One file for each kind of which there is a record; UTF-8 with the mark by which a
    spreadsheet program knows it.
    """
    files = Attached(content)
    yield from files.written(histories)
    for kind in KINDS:
        rows = [*_rows(kind, histories, files)]
        if rows:
            yield OutFile(f"{kind.table_name()}.csv", csv_table(kind, rows))


def csv_table(kind: type[Record], rows: Iterable[Sequence[str]]) -> bytes:
    return csv_of(chain([[column.name for column in columns_of(kind)]], rows))


def workbook_files(histories: Sequence[History], content: Content | None) -> Iterator[OutFile]:
    """One workbook with a sheet for each kind of which there is a record."""
    from models.exchange.tables import workbook_written  # noqa: PLC0415 - it brings openpyxl along

    files = Attached(content)
    yield from files.written(histories)
    book = workbook_written.WorkbookWritten()
    for kind in KINDS:
        rows = _rows(kind, histories, files)
        first = next(rows, None)
        if first is not None:
            book.sheet(kind, [first, *rows])
    yield OutFile(WORKBOOK, book.content())


class Attached:
    """The files of attachments, as they lie beside the tables."""

    def __init__(self, content: Content | None) -> None:
        self._content = content
        self._names: dict[Any, str] = {}

    def written(self, histories: Sequence[History]) -> Iterator[OutFile]:
        """Every file that is in the store; an entry without its file has an empty cell."""
        if self._content is None:
            return
        for history in histories:
            for each in history.of(Attachment):
                content = self._content(each)
                if content is not None:
                    ending = mimetypes.guess_extension(each.media_type) or ""
                    self._names[each.id] = f"{FOLDER}/{each.id}{ending}"
                    yield OutFile(self._names[each.id], content)

    def name(self, record: Record) -> str:
        return self._names.get(record.id, "")


def _rows(kind: type[Record], histories: Sequence[History], files: Attached) -> Iterator[list[str]]:
    for history in histories:
        mrn = history.patient.mrn
        of_kind = cast(type[PatientRecord], kind)
        own = [history.patient] if kind is Patient else history.of(of_kind)
        for record in own:
            yield row_of(record, mrn, files.name(record))
