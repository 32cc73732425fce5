"""Whether the dates of a column can be read one way only: day before month, or the other."""

import datetime as dt
import re
from collections.abc import Mapping

from models.exchange.cells import value_type
from models.exchange.columns import Column
from models.values import PartialDate
from models.words import _

_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")


def holds_days(column: Column) -> bool:
    return column.field is not None and value_type(column.field.annotation) in {
        dt.date,
        PartialDate,
    }


def two_ways(cells: Mapping[int, str]) -> dict[int, str]:
    """The cells of a column of dates, by row, that nobody can read for sure, and why.

    A date as `3/25/2017` has its month first; beside it `3/4/2017` may be either, and is refused.
    Where no such date stands in the column, the day comes before the month.
    """
    parts = {row: found for row, text in cells.items() if (found := _NUMERIC.match(text.strip()))}
    first = next((row for row, found in parts.items() if _month_first(found)), None)
    if first is None:
        return {}
    words = _(
        "In row {n} of this column the month stands before the day ({text}):"
        " write the dates as 2017-03-25."
    ).format(n=first, text=parts[first][0])
    return {row: words for row, found in parts.items() if _month_first(found) or _either(found)}


def _month_first(date: re.Match[str]) -> bool:
    one, other = int(date[1]), int(date[2])
    return one <= 12 < other <= 31


def _either(date: re.Match[str]) -> bool:
    one, other = int(date[1]), int(date[2])
    return one != other and one <= 12 and other <= 12
