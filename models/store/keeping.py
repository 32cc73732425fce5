"""Which backups are kept: pure rules about the moments at which they were made.

What lies in the future of the one just made is kept whatever the rule, and does not count: one of
the two was stamped by a wrong clock, and nothing tells which.
"""

import datetime as dt
from collections.abc import Callable, Iterable

DAYS, WEEKS, MONTHS = 7, 5, 12
FEW = 3

Moments = set[dt.datetime]
Rule = Callable[[Iterable[dt.datetime], dt.datetime], Moments]


def ladder(moments: Iterable[dt.datetime], made: dt.datetime) -> Moments:
    """The newest of each of the last 7 days, 5 weeks and 12 months that have one.

    Days, weeks and months are those of the time zone in which the moments are given.
    """
    past, future = _parted(moments, made)
    days = _newest_of_each(past, dt.datetime.date)[:DAYS]
    weeks = _newest_of_each(past, lambda moment: moment.isocalendar()[:2])[:WEEKS]
    months = _newest_of_each(past, lambda moment: (moment.year, moment.month))[:MONTHS]
    return {*days, *weeks, *months, *future}


def few(moments: Iterable[dt.datetime], made: dt.datetime) -> Moments:
    """The newest three."""
    past, future = _parted(moments, made)
    return {*past[:FEW], *future}


def _parted(
    moments: Iterable[dt.datetime], made: dt.datetime
) -> tuple[list[dt.datetime], list[dt.datetime]]:
    """Those up to the one just made, newest first, and those after it."""
    ordered = sorted({*moments}, reverse=True)
    return [m for m in ordered if m <= made], [m for m in ordered if m > made]


def _newest_of_each(
    newest_first: list[dt.datetime], period: Callable[[dt.datetime], object]
) -> list[dt.datetime]:
    found: dict[object, dt.datetime] = {}
    for moment in newest_first:
        found.setdefault(period(moment), moment)
    return [*found.values()]
