"""The raw sheets of a spreadsheet: a folder of CSV files, one CSV file, or a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.progress import Progress
from models.words import _

Cell = tuple[int, int]
"""A row as a spreadsheet counts, from 1, and a column, from 0."""


@dataclass(frozen=True)
class Sheet:
    """`rows`: the text of every cell, row 1 of the file first; an empty row has no cells.

    `name`: of the sheet, or of the CSV file with its ending. `wrong`: why a cell cannot be read.
    """

    name: str
    rows: Sequence[tuple[str, ...]]
    wrong: Mapping[Cell, str] = field(default_factory=dict)


def read_sheets(path: Path, progress: Progress) -> list[Sheet]:
    """Raises `ClinicError` where the file is none of these, is spoilt, or holds too much."""
    from models.exchange.tables import csv_sheets, workbooks  # noqa: PLC0415 - they make sheets

    if path.is_file() and workbooks.is_workbook(first_bytes(path)):
        return workbooks.read(path, progress)
    return csv_sheets.read(path, progress)


def what_else(start: bytes) -> str:
    """What a file is that holds no tables, by its first 12 bytes; empty where nobody knows."""
    if start.startswith(b"%PDF-"):
        return _("It is a PDF, which holds no tables.")
    pictures = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
    if start.startswith(pictures) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return _("It is a picture, which holds no tables.")
    return ""


def first_bytes(path: Path, n: int = 4) -> bytes:
    """Empty where the file cannot be read: whoever opens it says why."""
    try:
        with path.open("rb") as file:
            return file.read(n)
    except OSError:
        return b""
