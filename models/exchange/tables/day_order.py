"""Whether the dates of a file can be read one way only: day before month, or the other."""

import datetime as dt
import re

from models.exchange.arrivals import Place
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


def month_first_in(text: str) -> str:
    """The date in a cell that can only have its month first, as `3/25/2017`; empty elsewhere."""
    found = _NUMERIC.match(text.strip())
    return found[0] if found and _month_first(found) else ""


def may_be_either(text: str) -> bool:
    """Whether a cell is one day or another by the order in which it is read: `3/4/2017`."""
    found = _NUMERIC.match(text.strip())
    return found is not None and (_month_first(found) or _either(found))


def why_unsure(place: Place, date: str) -> str:
    """`place`: of the date in the file that has its month first, for which others may have too."""
    words = _("The month stands before the day in {place} ({text}): write the dates as 2017-03-25.")
    return words.format(place=place.words, text=date)


def _month_first(date: re.Match[str]) -> bool:
    one, other = int(date[1]), int(date[2])
    return one <= 12 < other <= 31


def _either(date: re.Match[str]) -> bool:
    one, other = int(date[1]), int(date[2])
    return one != other and one <= 12 and other <= 12
