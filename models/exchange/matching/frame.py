"""Where in a clinic's own spreadsheet the headings stand, and where its data begin and end."""

import datetime as dt
import re
from collections.abc import Sequence

from models.exchange.cells import value_type
from models.exchange.matching.cells import partial_date
from models.exchange.matching.headings import analyte_named, named
from models.exchange.matching.targets import Matching, Target, cell_of, values_in
from models.exchange.tables.sheets import Sheet
from models.values import PartialDate

MRN = Target("patient", "mrn")
LOOKED_AT, MOST_BELOW = 20, 2
_NUMBER_OF_A_PATIENT = re.compile(r"(?=.*\d)[\w./-]{1,20}")
_SLASHED = re.compile(r"(\d{1,2})[/.-] ?(\d{1,2})[/.-] ?\d{2,4}")


def heading_rows(sheet: Sheet) -> tuple[int, int]:
    """The first row of data as a spreadsheet counts, and how many rows of headings end above it."""
    rows = sheet.rows[:LOOKED_AT]
    known = (at for at, row in enumerate(rows) if _known(row) >= max(2, 0.4 * _filled(row)))
    filled = (at for at, row in enumerate(rows) if _filled(row))
    top = next(known, next(filled, 0))
    end = top + 1
    while end < min(len(rows), top + 1 + MOST_BELOW) and _is_heading(rows[end]):
        end += 1
    if top and _filled(rows[top - 1]) >= 2 and not any(map(_is_datum, rows[top - 1])):
        top -= 1
    return end + 1, end - top


def last_row(sheet: Sheet, matching: Matching) -> int:
    """The last row of a patient: totals and a legend below have no number of a patient."""
    column = matching.column_of(MRN)
    told = (cell_of(row, column) for row in sheet.rows[matching.first - 1 :])
    is_like = is_mrn_like(next(filter(None, told), "")) if column is not None else False
    for at in range(len(sheet.rows), matching.first - 1, -1):
        row = sheet.rows[at - 1]
        if is_mrn_like(cell_of(row, column)) if is_like else _filled(row):
            return at
    return matching.first - 1


def is_mrn_like(text: str) -> bool:
    return _NUMBER_OF_A_PATIENT.fullmatch(text) is not None


def tells_visits(sheet: Sheet, matching: Matching) -> bool:
    """Whether several rows tell of one patient."""
    column = matching.column_of(MRN)
    numbers = [*values_in(sheet, matching, column)] if column is not None else []
    return len(set(numbers)) < len(numbers)


def is_month_first(sheet: Sheet, matching: Matching) -> bool | None:
    """Whether dates like `3/14/2017` stand in the sheet; None where such as `14/3/2017` do too."""
    dates = [
        found
        for at, target in matching.matched
        if is_dated(target)
        for text in values_in(sheet, matching, at)
        if (found := _SLASHED.fullmatch(text))
    ]
    month_first = any(int(each[2]) > 12 for each in dates)
    return None if month_first and any(int(each[1]) > 12 for each in dates) else month_first


def is_dated(target: Target) -> bool:
    """Whether cells of this target are dates."""
    if target.field not in target.fields:
        return False
    return value_type(target.annotation) in {dt.date, PartialDate}


def _known(row: Sequence[str]) -> int:
    return sum(_is_known(text) for text in row if text.strip())


def _is_known(text: str) -> bool:
    return bool(named([text]).kind or analyte_named(text))


def _filled(row: Sequence[str]) -> int:
    return sum(bool(text.strip()) for text in row)


def _is_heading(row: Sequence[str]) -> bool:
    """Below a heading: its parts, or units."""
    return 0 < _filled(row) <= 2 * _parts(row) and not any(map(_is_datum, row))


def _parts(row: Sequence[str]) -> int:
    kinds = ("diagnosis", "treatment_line", "visit", "biopsy", "adverse_event", "staging")
    return sum(
        _is_known(text) or any(named([text], kind).field for kind in kinds)
        for text in row
        if text.strip()
    )


def _is_datum(text: str) -> bool:
    """A date, or a number of more than one digit: no heading is one."""
    text = text.strip()
    if re.fullmatch(r"\d{2,}([.,]\d+)?", text):
        return True
    try:
        partial_date(text, month_first=False)
    except ValueError:
        return False
    return True
