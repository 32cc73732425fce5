"""Tables named after the kinds of record: their rows as arrivals, or what is wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from models.attachment import Attachment
from models.base import Record
from models.exchange.arrivals import Arrival, Place, Problem, Reading
from models.exchange.cells import unguarded
from models.exchange.columns import FILE, KEY, KINDS, values_of
from models.exchange.tables.attached import Beside, media_type_of
from models.exchange.tables.day_order import holds_days, two_ways
from models.exchange.tables.headings import Headings, kind_named, plain, read_headings
from models.exchange.tables.sheets import Progress, Sheet
from models.words import _

EXPLANATION = "explanation"
TOLD_EVERY = 500
MOST_PROBLEMS = 1_000


def read_tables(sheets: Sequence[Sheet], beside: Path, progress: Progress) -> Reading:
    """`beside`: the folder in which the files of the table `attachment` lie."""
    arrivals: list[Arrival] = []
    problems: list[Problem] = []
    seen: dict[type[Record], str] = {}
    files, done, whole = Beside(beside), 0, sum(len(sheet.rows) for sheet in sheets)
    for sheet in sheets:
        kind = kind_named(sheet.name)
        if kind is None:
            problems += _unknown(sheet)
        elif kind in seen:
            words = _("The table {other} is of the same kind: put their rows together.")
            problems.append(Problem(Place(sheet.name), words.format(other=seen[kind])))
        else:
            seen[kind] = sheet.name
            table = _Table(kind, sheet, files)
            for number, arrival in enumerate(table.arrivals()):
                arrivals.append(arrival)
                if number % TOLD_EVERY == 0:
                    progress(done + number, whole)
            problems += table.problems
        done += len(sheet.rows)
    return Reading(arrivals, problems)


def _unknown(sheet: Sheet) -> Iterator[Problem]:
    if any(sheet.rows) and plain(sheet.name) != EXPLANATION:
        words = _("No kind of record is called so; there are {kinds}.")
        kinds = ", ".join(kind.table_name() for kind in KINDS)
        yield Problem(Place(sheet.name), words.format(kinds=kinds))


class _Table:
    """One table; `problems` are complete once all its arrivals were asked for."""

    def __init__(self, kind: type[Record], sheet: Sheet, files: Beside) -> None:
        self._kind, self._sheet, self._files = kind, sheet, files
        self.problems: list[Problem] = []
        rows = sheet.rows
        self._first = next((n for n, row in enumerate(rows) if any(row)), len(rows))

    def arrivals(self) -> Iterator[Arrival]:
        headings = self._headings
        self.problems += (
            Problem(Place(self._sheet.name, self._first + 1, heading), sentence)
            for heading, sentence in headings.problems
            if self._first < len(self._sheet.rows)
        )
        if headings.problems:
            return
        for number, row in enumerate(self._sheet.rows[self._first + 1 :], self._first + 2):
            if len(self.problems) >= MOST_PROBLEMS:
                self._refuse(number, "", _("More may be wrong from here on: correct this first."))
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
    def _rows_with_wrong_cells(self) -> set[int]:
        return {row for row, _column in self._sheet.wrong}

    @cached_property
    def _wrong(self) -> Mapping[tuple[int, int], str]:
        """What cannot be read, by row and column: of the file, and dates that may be either."""
        rows = self._sheet.rows
        found = dict(self._sheet.wrong)
        for at, column in self._headings.columns.items():
            if holds_days(column):
                below = enumerate(rows[self._first + 1 :], self._first + 2)
                cells = {number: row[at] for number, row in below if len(row) > at and row[at]}
                found |= {(number, at): why for number, why in two_ways(cells).items()}
        return found

    def _arrival(self, number: int, row: tuple[str, ...]) -> Iterator[Arrival]:
        """Nothing where the row cannot be read; the problems then tell why."""
        headings, before = self._headings, len(self.problems)
        cells = {}
        for at in range(max(len(row), len(self._sheet.rows[self._first]))):
            column = headings.columns.get(at)
            text = row[at] if at < len(row) else ""
            if column is None and text.strip():
                self._refuse(number, "", _("“{text}” has no heading.").format(text=text[:40]))
            elif column and (number, at) in self._wrong:
                self._refuse(number, headings.written[column.name], self._wrong[number, at])
            elif column:
                cells[column.name] = text
        values, wrong = values_of(self._kind, cells)
        for name, sentence in wrong.items():
            self._refuse(number, headings.written[name], sentence)
        mrn = unguarded(cells.get(headings.patient, "").strip())
        if not mrn and len(self.problems) == before:
            heading = headings.written[headings.patient]
            self._refuse(number, heading, _("Whose is this row? Its MRN is missing."))
        content = self._content(number, cells, values)
        if len(self.problems) == before:
            place = Place(self._sheet.name, number)
            key = unguarded(cells.get(KEY, "").strip())
            yield Arrival(self._kind, mrn, key, values, place, self._other_names, content)

    def _content(
        self, number: int, cells: Mapping[str, str], values: dict[str, Any]
    ) -> bytes | None:
        """The file of an attachment, whose media type is found out where none is given."""
        name = unguarded(cells.get(FILE, "").strip())
        if self._kind is not Attachment or not name:
            return None
        try:
            content = self._files.content(name)
        except ValueError as error:
            self._refuse(number, self._headings.written[FILE], str(error))
            return None
        values.setdefault("media_type", media_type_of(content, name))
        return content

    def _refuse(self, number: int, column: str, sentence: str) -> None:
        self.problems.append(Problem(Place(self._sheet.name, number, column), sentence))
