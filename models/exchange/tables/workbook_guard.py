"""A workbook is inflated and counted before anything is made of it: no bomb reaches the memory."""

import struct
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from models.base import ClinicError
from models.exchange.limits import (
    MOST_BYTES,
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    too_much,
    unreadable,
)
from models.exchange.tables.sheets import Cell
from models.progress import Progress
from models.words import _

MOST_PARTS, MOST_STRINGS, MOST_OTHERS, DEEPEST = 5_000, 1_000_000, 300_000, 60
MOST_IN_ONE = 20 * MOST_COLUMNS
LONGEST_TAG = 1_000_000
CHUNK = 1 << 16
SHARE = 4
"""Counting is the first quarter of reading a workbook."""
_END = b"PK\x05\x06"
_END_SIZE, _LONGEST_COMMENT, _LARGEST_DIRECTORY = 22, 65_535, 2_000_000
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
ROW, STRING, CELL, VALUE, FORMULA = (_MAIN + name for name in ("row", "si", "c", "v", "f"))


@dataclass
class Part:
    """What a part of a workbook holds; `formulas`: the cells with one whose value is missing."""

    rows: int = 0
    formulas: set[Cell] = field(default_factory=set)


def has_macros(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.casefold().endswith("vbaproject.bin") for name in archive.namelist())
    except (OSError, ValueError, zipfile.BadZipFile):
        return False


def check_directory(file: BinaryIO, where: str) -> None:
    """Raises `ClinicError` where even the list of what is in the archive is too much."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(_END)
    end = tail[-_END_SIZE:] if tail[-_END_SIZE:].startswith(_END) else tail[at : at + _END_SIZE]
    if at < 0 or len(end) < _END_SIZE:
        raise unreadable(_("It is not whole: it may be half a file."), where)
    entries, directory = struct.unpack("<10xHI6x", end)
    if entries > MOST_PARTS or directory > _LARGEST_DIRECTORY:
        raise too_much(_("It has more parts than any workbook."), where)


def parts_of(archive: zipfile.ZipFile, where: str, progress: Progress) -> dict[str, Part]:
    """Every part by its name, inflated and counted; raises `ClinicError` beyond a limit."""
    size = sum(each.file_size for each in archive.infolist())
    if size > MOST_BYTES:
        words = _("Unpacked it would be larger than {n} MB.").format(n=MOST_BYTES // 1_000_000)
        raise too_much(words, where)
    room = MOST_BYTES
    parts = {}
    for each in archive.infolist():
        counted = _Counted(where, room)
        with archive.open(each) as stream:
            while chunk := stream.read(CHUNK):
                progress(MOST_BYTES - room + counted.fed, SHARE * size)
                if not counted.goes_on(chunk):
                    break
        room -= counted.fed
        parts[each.filename] = counted.part
    return parts


class _Counted:
    """One part as it is read; what is no XML is not looked at, for nobody can read it either."""

    def __init__(self, where: str, room: int) -> None:
        self.part, self.fed = Part(), 0
        self._where, self._room = where, room
        self._depth = self._others = self._strings = self._cells = 0
        self._inside = self._characters = self._column = 0
        self._outer = ""
        self._row = 0
        self._cell: _Cell | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._no_document_type
        self._parser.StartElementHandler = self._begins
        self._parser.EndElementHandler = self._ends
        self._parser.CharacterDataHandler = self._says

    def goes_on(self, chunk: bytes) -> bool:
        self.fed += len(chunk)
        if self.fed > self._room:
            raise too_much(_("Unpacked it is larger than it says."), self._where)
        try:
            self._parser.Parse(chunk, False)
        except expat.ExpatError:
            return False
        if self.fed - self._parser.CurrentByteIndex > LONGEST_TAG:
            raise self._none_has(_("a name without an end"))
        return True

    def _no_document_type(self, *_declared: object) -> None:
        raise unreadable(_("It declares entities, which no workbook needs."), self._where)

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._none_has(_("elements so deep in others"))
        if not self._outer and name in {ROW, STRING}:
            self._outer, self._inside, self._characters, self._column = name, 0, 0, 0
            self._count_outer(name, attributes)
        elif self._outer:
            self._inside += 1
            if self._inside > MOST_IN_ONE:
                raise self._none_has(_("so many cells in a row"))
            self._begins_inside(name, attributes)
        else:
            self._others += 1 + len(attributes)
            if self._others > MOST_OTHERS:
                raise self._none_has(_("so many elements"))

    def _count_outer(self, name: str, attributes: dict[str, str]) -> None:
        if name == STRING:
            self._strings += 1
            if self._strings > MOST_STRINGS:
                words = _("It has more than {n} different texts.")
                raise too_much(words.format(n=f"{MOST_STRINGS:,}"), self._where)
            return
        self.part.rows += 1
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() and len(number) < 9 else self._row + 1
        if max(self.part.rows, self._row) > MOST_ROWS:
            words = _("It has more than {n} rows.")
            raise too_much(words.format(n=f"{MOST_ROWS:,}"), self._where)

    def _begins_inside(self, name: str, attributes: dict[str, str]) -> None:
        if name == CELL:
            self._cells += 1
            self._characters = 0
            self._column = _column(attributes.get("r", "")) or self._column + 1
            self._cell = _Cell(is_text=attributes.get("t") == "str")
            if self._column > MOST_COLUMNS:
                words = _("It has more than {n} columns.")
                raise too_much(words.format(n=f"{MOST_COLUMNS:,}"), self._where)
            if self._cells > MOST_CELLS:
                words = _("It has more than {n} cells.")
                raise too_much(words.format(n=f"{MOST_CELLS:,}"), self._where)
        elif self._cell and name == FORMULA:
            self._cell.has_formula = True
        elif self._cell and name == VALUE:
            self._cell.in_value = True
            self._cell.has_value = self._cell.is_text

    def _says(self, text: str) -> None:
        self._characters += len(text)
        if self._outer and self._characters > MOST_CHARACTERS:
            words = _("A cell holds more than {n} characters.")
            raise too_much(words.format(n=f"{MOST_CHARACTERS:,}"), self._where)
        if not self._outer and self._characters > 100 * MOST_CHARACTERS:
            raise self._none_has(_("so much text"))
        if self._cell and self._cell.in_value:
            self._cell.has_value = True

    def _ends(self, name: str) -> None:
        self._depth -= 1
        if name == self._outer and name in {ROW, STRING}:
            self._outer = ""
        elif self._cell and name == VALUE:
            self._cell.in_value = False
        elif self._cell and name == CELL:
            if self._cell.has_formula and not self._cell.has_value:
                self.part.formulas.add((self._row, self._column - 1))
            self._cell = None

    def _none_has(self, what: str) -> ClinicError:
        return too_much(_("No workbook has {what}.").format(what=what), self._where)


@dataclass(slots=True)
class _Cell:
    is_text: bool
    has_formula: bool = False
    has_value: bool = False
    in_value: bool = False


def _column(coordinate: str) -> int:
    """`C12` is in column 3; 0 where it says none."""
    number = 0
    for letter in coordinate[:6]:
        if not "A" <= letter <= "Z":
            break
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
