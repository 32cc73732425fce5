"""Tables named after the kinds of record: their rows as arrivals, or what is wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from models.attachment import Attachment
from models.base import Record
from models.exchange.arrivals import Arrival, Place, Problem, Reading
from models.exchange.cells import unguarded
from models.exchange.columns import FILE, KEY, KINDS, Column, columns_of, values_of
from models.exchange.tables.attached import Beside, media_type_of, remarks_on
from models.exchange.tables.day_order import holds_days, may_be_either, month_first_in, why_unsure
from models.exchange.tables.headings import Headings, as_name, kind_named, read_headings
from models.exchange.tables.sheets import Sheet
from models.progress import Progress
from models.words import _

EXPLANATION = "explanation"
TOLD_EVERY = 500
MOST_PROBLEMS = 1_000
_OF_A_FILE = {FILE, "sha256", "media_type"}


def read_tables(sheets: Sequence[Sheet], files: Beside, progress: Progress) -> Reading:
    """`files`: those which the table `attachment` names."""
    arrivals: list[Arrival] = []
    problems: list[Problem] = []
    tables: dict[type[Record], _Table] = {}
    for sheet in sheets:
        kind = kind_named(sheet.name)
        if kind is None:
            problems += _unknown(sheet)
        elif kind in tables:
            words = _("The table {other} is of the same kind: put their rows together.")
            problems.append(Problem(Place(sheet.name), words.format(other=tables[kind].name)))
        else:
            tables[kind] = _Table(kind, sheet, files)
    done, rows, is_whole = 0, sum(len(sheet.rows) for sheet in sheets), not problems
    unsure = next(filter(None, (table.why_unsure for table in tables.values())), "")
    for table in tables.values():
        for number, arrival in enumerate(table.arrivals(unsure)):
            arrivals.append(arrival)
            if number % TOLD_EVERY == 0:
                progress(done + number, rows)
        problems += table.problems
        is_whole = is_whole and table.is_whole
        done += table.length
    return Reading(arrivals, problems, whole=is_whole)


def _unknown(sheet: Sheet) -> Iterator[Problem]:
    if any(sheet.rows) and as_name(sheet.name) != EXPLANATION:
        words = _("No kind of record is called so; there are {kinds}.")
        kinds = ", ".join(kind.table_name() for kind in KINDS)
        yield Problem(Place(sheet.name), words.format(kinds=kinds))


class _Table:
    """One table; `problems` and `is_whole` hold once all its arrivals were asked for."""

    def __init__(self, kind: type[Record], sheet: Sheet, files: Beside) -> None:
        self._kind, self._sheet, self._files = kind, sheet, files
        self.problems: list[Problem] = []
        self.is_whole = True
        rows = sheet.rows
        self._first = next((n for n, row in enumerate(rows) if any(row)), len(rows))
        self._unsure = ""
        self.name, self.length = sheet.name, len(rows)

    @property
    def why_unsure(self) -> str:
        """Why no date of the file that may be two days can be read; empty where nothing says so."""
        for number, at, text in self._dates():
            if date := month_first_in(text):
                heading = self._sheet.rows[self._first][at]
                return why_unsure(Place(self.name, number, heading), date)
        return ""

    def _dates(self) -> Iterator[tuple[int, int, str]]:
        """The cells of dates, by row and column."""
        columns = [at for at, column in self._headings.columns.items() if holds_days(column)]
        for number, row in enumerate(self._sheet.rows[self._first + 1 :], self._first + 2):
            yield from ((number, at, row[at]) for at in columns if at < len(row))

    def arrivals(self, unsure: str) -> Iterator[Arrival]:
        """`unsure`: why dates that may be two days cannot be read."""
        headings, self._unsure = self._headings, unsure
        self.problems += (
            Problem(Place(self._sheet.name, self._first + 1, heading), sentence)
            for heading, sentence in headings.problems
            if self._first < len(self._sheet.rows)
        )
        if headings.patient not in headings.written:
            self.is_whole = self._first >= len(self._sheet.rows)
            return
        for number, row in enumerate(self._sheet.rows[self._first + 1 :], self._first + 2):
            if len(self.problems) >= MOST_PROBLEMS:
                self._refuse(number, "", _("More may be wrong from here on: correct this first."))
                self.is_whole = False
                return
            if any(cell.strip() for cell in row) or number in self._rows_with_wrong_cells:
                yield from self._arrival(number, row)

    @cached_property
    def _headings(self) -> Headings:
        rows = self._sheet.rows
        return read_headings(self._kind, rows[self._first] if self._first < len(rows) else ())

    @cached_property
    def _other_names(self) -> dict[str, str]:
        return self._headings.other_names

    @cached_property
    def _told(self) -> frozenset[str]:
        """Regions of the body are told of as a whole where each has its columns."""
        columns, here = columns_of(self._kind), self._headings.written
        fields = {column.field for column in columns if column.name in here}
        missing = {column.field for column in columns if column.name not in here}
        return frozenset(field.name for field in fields - missing if field)

    @cached_property
    def _not_there(self) -> set[str]:
        """The fields for which a heading that is not understood may stand."""
        if not self._headings.problems:
            return set()
        here = self._headings.written
        missing = (each for each in columns_of(self._kind) if each.name not in here)
        return {name for each in missing for name in _fields_in(each)}

    @cached_property
    def _rows_with_wrong_cells(self) -> set[int]:
        return {row for row, _column in self._sheet.wrong}

    @cached_property
    def _wrong(self) -> Mapping[tuple[int, int], str]:
        """What cannot be read, by row and column: of the file, and dates that may be either."""
        if not self._unsure:
            return self._sheet.wrong
        either = ((n, at) for n, at, text in self._dates() if may_be_either(text))
        return {**self._sheet.wrong, **dict.fromkeys(either, self._unsure)}

    def _arrival(self, number: int, row: tuple[str, ...]) -> Iterator[Arrival]:
        """Nothing where nobody can say whose the row is; the problems then tell why."""
        headings, cells, unread = self._headings, {}, {*self._not_there}
        for at in range(max(len(row), len(self._sheet.rows[self._first]))):
            column = headings.columns.get(at)
            text = row[at] if at < len(row) else ""
            if column is None and text.strip() and at not in headings.unknown:
                self._refuse(number, "", _("“{text}” has no heading.").format(text=text[:40]))
                unread.add("")
            elif column and (number, at) in self._wrong:
                self._refuse(number, headings.written[column.name], self._wrong[number, at], text)
                unread |= _fields_in(column)
            elif column:
                cells[column.name] = text
        values, wrong = values_of(self._kind, cells)
        for column in headings.columns.values():
            if column.name in wrong:
                text = cells[column.name].strip()
                self._refuse(number, headings.written[column.name], wrong[column.name], text)
                unread |= _fields_in(column)
        mrn = unguarded(cells.get(headings.patient, "").strip())
        if not mrn and headings.patient in cells:
            heading = headings.written[headings.patient]
            self._refuse(number, heading, _("Whose is this row? Its MRN is missing."))
        before = len(self.problems)
        content = self._content(number, cells, values)
        if len(self.problems) > before:
            unread |= _OF_A_FILE
        if mrn:
            place = Place(self._sheet.name, number)
            key = unguarded(cells.get(KEY, "").strip())
            remarks = remarks_on(_file_in(cells)) if content is not None else ()
            names = self._other_names
            about = (remarks, self._told, frozenset(unread))
            yield Arrival(self._kind, mrn, key, values, place, names, content, *about)

    def _content(
        self, number: int, cells: Mapping[str, str], values: dict[str, Any]
    ) -> bytes | None:
        """The file of an attachment, whose media type is found out where none is given."""
        name = _file_in(cells)
        if self._kind is not Attachment or not name:
            return None
        try:
            content = self._files.content(name)
        except ValueError as error:
            self._refuse(number, self._headings.written[FILE], str(error))
            return None
        values.setdefault("media_type", media_type_of(content, name))
        return content

    def _refuse(self, number: int, column: str, sentence: str, text: str = "") -> None:
        self.problems.append(Problem(Place(self._sheet.name, number, column), sentence, text))


def _fields_in(column: Column) -> set[str]:
    """What nobody can say where its cell cannot be read."""
    if column.name == FILE:
        return _OF_A_FILE
    return {column.field.name if column.field else column.name}


def _file_in(cells: Mapping[str, str]) -> str:
    return unguarded(cells.get(FILE, "").strip())
