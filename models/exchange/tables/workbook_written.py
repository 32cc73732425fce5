"""A workbook of tables, made in memory alone: openpyxl would put its sheets into files between."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from models.base import ClinicError, Record
from models.exchange.cells import value_type
from models.exchange.columns import Column, columns_of
from models.words import _

MOST_CHARACTERS = 32_767
NARROWEST, WIDEST = 8, 40
LOOKED_AT = 200
_NUMBERS: set[Any] = {int, float}
_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class WorkbookWritten:
    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._sheets: dict[str, io.BytesIO] = {}

    def sheet(self, kind: type[Record], rows: Sequence[Sequence[str]]) -> None:
        """The table of a kind: headings bold and always in sight, numbers as numbers."""
        columns = columns_of(kind)
        names = [column.name for column in columns]
        sheet = self._book.create_sheet(kind.table_name())
        sheet.freeze_panes = "A2"
        for number, cells in enumerate(zip(names, *rows[:LOOKED_AT], strict=True), start=1):
            longest = max(len(line) for cell in cells for line in cell.split("\n"))
            width = min(max(longest + 2, NARROWEST), WIDEST)
            sheet.column_dimensions[get_column_letter(number)].width = width
        self._keep_in_memory(sheet)
        sheet.append([_heading(sheet, name) for name in names])
        for row in rows:
            sheet.append([_cell(sheet, *each) for each in zip(columns, row, strict=True)])

    def content(self) -> bytes:
        file = io.BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            _InMemory(self._book, archive, self._sheets).write_data()
        return file.getvalue()

    def _keep_in_memory(self, sheet: Any) -> None:
        self._sheets[sheet.title] = io.BytesIO()
        writer = WorksheetWriter(sheet, self._sheets[sheet.title])
        writer.write_top()
        sheet._writer = writer  # noqa: SLF001 - there is no other way without a file


class _InMemory(ExcelWriter):
    def __init__(self, book: Workbook, archive: ZipFile, sheets: Mapping[str, io.BytesIO]) -> None:
        super().__init__(book, archive)
        self._file, self._sheets = archive, sheets

    def write_worksheet(self, ws: Any) -> None:
        ws.close()
        self._file.writestr(ws.path[1:], self._sheets[ws.title].getvalue())
        self.manifest.append(ws)


def _heading(sheet: Any, name: str) -> Any:
    cell = WriteOnlyCell(sheet, name)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, column: Column, text: str) -> Any:
    """A number where it stays the same, else text that is never a formula; None where empty."""
    if not text:
        return None
    if column.region or (column.field and value_type(column.field.annotation) in _NUMBERS):
        number = float(text)
        if float(f"{number:.16g}") == number:
            return number
    if len(text) > MOST_CHARACTERS:
        raise _too_long(column)
    cell = WriteOnlyCell(sheet, _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
    cell.data_type = "s"
    return cell


def _too_long(column: Column) -> ClinicError:
    return ClinicError(
        _("A cell of {name} is longer than a workbook can hold.").format(name=column.name),
        _("Nothing was written."),
        _("Write CSV files instead."),
    )
