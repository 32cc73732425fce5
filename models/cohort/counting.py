"""From when on, and until when, a patient's time counts."""

from collections.abc import Iterable

from models.rules import Standing, rule
from models.words import N_

LATE_DAYS = 30
"""Whoever was first seen so long after the start is told of where delayed entry is off."""


@rule(N_("Delayed entry"), "Klein and Moeschberger 2003: left truncation", Standing.UNVERIFIED)
def was_at_risk(entry: int, left: int) -> bool:
    """With delayed entry a patient counts among those at risk only from the day on which she was
    first seen, for had she had the event before, she would not be on file. Whoever was first seen
    on the last day that is known of her, or after it, was never at risk and is left out; whoever
    was seen from the start on is not.
    """
    return left > entry or entry == 0


@rule(N_("Landmark"), "Anderson, J Clin Oncol 1983", Standing.UNVERIFIED)
def is_past(landmark: int, left: int) -> bool:
    """A landmark analysis takes those who on a day fixed beforehand are still under observation and
    without the event, puts them into groups by what was known by that day, and counts time from
    it. Whoever left on that day or before, by the event or otherwise, is left out.
    """
    return left > landmark


@rule(N_("Immortal time"), "Suissa, Am J Epidemiol 2008", Standing.UNVERIFIED)
def joined_late(since: Iterable[int | None]) -> int:
    """Whoever joins a group by what happens after the start, as by a response or a treatment that
    came later, cannot have died before: until then she was immortal, and her group does better
    than it should. Such groups are compared with a warning, or from a landmark on. How many of
    them joined after the start, or on a day that is not on file.
    """
    return sum(day is None or day > 0 for day in since)
