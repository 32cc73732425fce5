"""Excel workbooks as they come; a formula gives what the spreadsheet last worked out."""

import datetime as dt
import math
import re
import warnings
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl

from models.base import ClinicError
from models.exchange.limits import Tally, check_size, unreadable
from models.exchange.tables.sheets import Sheet
from models.exchange.tables.workbook_guard import SHARE, Part, check_directory, parts_of
from models.progress import Progress
from models.value_words import typed_text
from models.words import _

ARCHIVE = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
TOLD_EVERY = 500
_LITERAL = re.compile(r'"[^"]*"|\\.')
_PADDED = re.compile(r"0{2,}")
_ESCAPED = re.compile(r"_x(?!d[89a-f])([0-9a-f]{4})_", re.IGNORECASE)


def is_workbook(start: bytes) -> bool:
    return start.startswith((ARCHIVE, OLD_WORKBOOK))


def read(path: Path, progress: Progress) -> list[Sheet]:
    """The sheets with cells, in their order; charts and macros are not looked at."""
    try:
        with path.open("rb") as file:
            return _Workbook(file, path.name).sheets(progress)
    except OSError as error:
        raise unreadable(str(error.strerror or type(error).__name__) + ".", path.name) from error


class _Workbook:
    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name, self._tally = file, name, Tally()

    def sheets(self, progress: Progress) -> list[Sheet]:
        parts = self._guarded(progress)
        try:
            with warnings.catch_warnings(action="ignore"):
                return self._read(parts, progress)
        except ClinicError:
            raise
        except Exception as error:  # whatever a file that is spoilt makes of the library
            raise self._spoilt() from error

    def _guarded(self, progress: Progress) -> dict[str, Part]:
        """The parts of the archive, counted before anything is made of them."""
        if self._file.read(len(OLD_WORKBOOK)) == OLD_WORKBOOK:
            raise unreadable(
                _("It is an old workbook (.xls), or one protected by a password."),
                self._name,
                _("Save it as .xlsx without a password, and try again."),
            )
        check_size(self._file.seek(0, 2), self._name)
        check_directory(self._file, self._name)
        try:
            with zipfile.ZipFile(self._file) as archive:
                return parts_of(archive, self._name, progress)
        except ClinicError:
            raise
        except Exception as error:  # of an archive that is spoilt
            raise self._spoilt() from error

    def _read(self, parts: dict[str, Part], progress: Progress) -> list[Sheet]:
        book = openpyxl.load_workbook(self._file, read_only=True, data_only=True, keep_links=False)
        try:
            if not book.worksheets:
                raise unreadable(_("It has no sheet."), self._name)
            whole = sum(_part(sheet, parts).rows for sheet in book.worksheets)
            return [self._sheet(each, parts, progress, whole) for each in book.worksheets]
        finally:
            book.close()

    def _sheet(self, sheet: Any, parts: dict[str, Part], progress: Progress, whole: int) -> Sheet:
        sheet.reset_dimensions()
        wrong = dict.fromkeys(_part(sheet, parts).formulas, _no_value())
        rows = []
        for number, row in enumerate(sheet.iter_rows(), start=1):
            texts = []
            for column, cell in enumerate(row):
                text, why = _text(cell)
                texts.append(text)
                if why:
                    wrong[number, column] = why
            rows.append(self._tally.row(texts, self._name))
            if self._tally.rows % TOLD_EVERY == 0:
                progress(whole + (SHARE - 1) * min(self._tally.rows, whole), SHARE * whole)
        return Sheet(sheet.title, rows, wrong)

    def _spoilt(self) -> ClinicError:
        return unreadable(_("It is no workbook, or a spoilt one."), self._name)


def _part(sheet: Any, parts: dict[str, Part]) -> Part:
    return parts[sheet._worksheet_path]  # noqa: SLF001 - nothing else tells which part it is


def _text(cell: Any) -> tuple[str, str]:
    """The text of a cell, and why it cannot be read where it cannot."""
    value = cell.value
    match value:
        case None:
            return "", ""
        case bool():
            return ("yes" if value else "no"), ""
        case int() | float():
            if not math.isfinite(value):
                return "", _("This number is none.")
            return _figure(value, str(cell.number_format)), ""
        case dt.datetime():
            return _moment(value), ""
        case dt.date() | dt.time():
            return value.isoformat(), ""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    if cell.data_type == "e":
        return text, _("The spreadsheet could not work this out: {error}.").format(error=text)
    return text, ""


def _figure(value: float, shown_as: str) -> str:
    """As the cell shows it: 0.3 as `30` where it is formatted as `30%`, 123 as `00123`."""
    if "%" in _LITERAL.sub("", shown_as):
        return typed_text(float(Decimal(repr(value)) * 100))
    if _PADDED.fullmatch(shown_as) and value >= 0 and value == int(value):
        return str(int(value)).zfill(len(shown_as))
    return typed_text(value)


def _moment(value: dt.datetime) -> str:
    """A day where the time is midnight, as a spreadsheet keeps a date."""
    return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")


def _no_value() -> str:
    return _("A formula without a value: save the file once in the spreadsheet program.")
