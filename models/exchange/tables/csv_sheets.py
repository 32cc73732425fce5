"""CSV files as they come: encoding, separator and quoted line breaks found out from the file."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from models.base import ClinicError
from models.exchange.limits import Tally, check_size, too_much, unreadable
from models.exchange.tables.sheets import Sheet, first_bytes, what_else
from models.progress import Progress
from models.words import _

ENDINGS = frozenset({".csv", ".tsv"})
LONGEST_LINE = 2_000_000
CHUNK = 1 << 20
TOLD_EVERY = 1_000
SEPARATORS = ",;\t"


def read(path: Path, progress: Progress) -> list[Sheet]:
    """The tables of a folder, in the order of their names, or the one of a file."""
    files = tables_in(path) if path.is_dir() else [path]
    sizes = [_size(file) for file in files]
    check_size(sum(sizes), path.name)
    tally, sheets = Tally(), []
    for n, file in enumerate(files):
        sheets.append(_Table(file, tally).sheet(progress, sum(sizes[:n]), sum(sizes)))
    return sheets


def tables_in(folder: Path) -> list[Path]:
    """Raises `ClinicError` where there is none."""
    try:
        files = sorted(each for each in folder.iterdir() if each.suffix.casefold() in ENDINGS)
    except OSError as error:
        raise _not_opened(folder, error) from error
    if not files:
        raise unreadable(
            _("The folder holds no CSV file."),
            folder.name,
            _("Choose the folder in which patient.csv and the other tables lie."),
        )
    return files


def _size(file: Path) -> int:
    try:
        if not file.exists():
            raise ClinicError(
                _("There is no such file: {path}.").format(path=file),
                _("Nothing was imported."),
                _("Check how its name and folder are written."),
            )
        if not file.is_file():
            raise unreadable(_("It is not a file."), file.name)
        return file.stat().st_size
    except OSError as error:
        raise _not_opened(file, error) from error


class _Table:
    """One CSV file."""

    def __init__(self, file: Path, tally: Tally) -> None:
        self._file, self._name, self._tally = file, file.name, tally

    def sheet(self, progress: Progress, before: int, whole: int) -> Sheet:
        try:
            with self._file.open("rb") as raw:
                encoding = self._encoding(raw)
                raw.seek(0)
                text = io.TextIOWrapper(raw, encoding, newline="")
                rows = []
                for row in self._rows(text):
                    rows.append(row)
                    if len(rows) % TOLD_EVERY == 0:
                        progress(min(before + raw.tell(), whole), whole)
        except UnicodeError:
            raise self._no_text() from None
        except OSError as error:
            raise _not_opened(self._file, error) from error
        return Sheet(self._name, rows)

    def _encoding(self, raw: io.BufferedReader) -> str:
        """UTF-8 or UTF-16 with a mark, UTF-8 without, else Windows-1252."""
        start = raw.peek(12)[:12]
        if what_else(start):
            raise self._no_text()
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        decoder = codecs.getincrementaldecoder("utf-8")()
        is_utf_8 = True
        while chunk := raw.read(CHUNK):
            if b"\0" in chunk:
                raise self._no_text()
            is_utf_8 = is_utf_8 and _decodes(decoder, chunk)
        if is_utf_8 and decoder.getstate()[0]:
            raise unreadable(_("It ends in the middle of a character."), self._name)
        if is_utf_8:
            return "utf-8-sig"
        if start.startswith(codecs.BOM_UTF8):
            raise self._no_text()
        return "cp1252"

    def _rows(self, text: io.TextIOWrapper) -> Iterator[tuple[str, ...]]:
        first = text.readline(LONGEST_LINE)
        separator = _named_separator(first)
        if separator:
            yield ()
        else:
            text.seek(0)
            separator = _separator(first)
        reader = csv.reader(self._lines(text), delimiter=separator, strict=True)
        try:
            for cells in reader:
                yield self._tally.row(cells, self._name)
        except csv.Error as error:
            raise self._spoilt(reader.line_num, error) from None

    def _lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        while line := text.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise too_much(_("A line has no end."), self._name)
            if "\0" in line:
                raise self._no_text()
            yield line

    def _spoilt(self, line: int, error: csv.Error) -> ClinicError:
        if "field larger" in str(error):
            return too_much(_("A cell in line {n} is too long.").format(n=line), self._name)
        if "unexpected end" in str(error):
            what = _("It ends inside quotation marks: it may be half a file.")
        else:
            what = _("The quotation marks of line {n} do not match.").format(n=line)
        return unreadable(what, self._name)

    def _no_text(self) -> ClinicError:
        what = what_else(first_bytes(self._file, 12))
        if what:
            return unreadable(
                what,
                self._name,
                _(
                    "Choose a CSV file or its folder, a workbook (.xlsx), or the export of another"
                    " program (FHIR, REDCap)."
                ),
            )
        return unreadable(
            _("It is no text in UTF-8 or Windows-1252."),
            self._name,
            _("Save it in the spreadsheet program as “CSV UTF-8”, and try again."),
        )


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _named_separator(line: str) -> str:
    """Of the line `sep=;` with which some programs begin a file."""
    line = line.strip("\ufeff\r\n")
    return line[4:] if line[:4].casefold() == "sep=" and len(line) == 5 else ""


def _separator(line: str) -> str:
    """The one that makes most cells of the headings."""
    return max(SEPARATORS, key=lambda each: _number_of_cells(line, each))


def _number_of_cells(line: str, separator: str) -> int:
    try:
        return max((len(cells) for cells in csv.reader([line], delimiter=separator)), default=0)
    except csv.Error:
        return 0


def _not_opened(path: Path, error: OSError) -> ClinicError:
    return unreadable(
        _("It cannot be opened: {why}.").format(why=error.strerror or type(error).__name__),
        path.name,
        _("Check the file and the disk on which it lies, and try again."),
    )
