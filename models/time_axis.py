"""The time axis of a timeline: quiet years folded, vague years narrowed, the rest to scale.

Positions are fractions of the axis, from 0 to 1; no pixel and no point is known here.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from models.values import PartialDate
from models.words import _

FOLDED_WEIGHT = 0.16
VAGUE_WEIGHT = 0.42
EDGE_DAYS = 21
LEAD_DAYS = 7
LEAD_SHARE = 0.1
FOUR_YEARS = 1461
"""Days of four years, one of them a leap year."""


@dataclass(frozen=True, slots=True)
class Years:
    """Calendar years; or, with an `origin`, years of 365.25 days counted from it, which tell of no
    leap year and so of no date.
    """

    origin: dt.date | None = None

    def of(self, day: dt.date) -> int:
        """The number of the year in which a day lies; counted from an origin, from 0."""
        origin = self.origin
        if origin is None:
            return day.year
        return (4 * (day - origin).days + 3) // FOUR_YEARS

    def first(self, number: int) -> dt.date:
        """A year's first day."""
        origin = self.origin
        if origin is None:
            return dt.date(number, 1, 1)
        return origin + dt.timedelta(days=FOUR_YEARS * number // 4)

    def label(self, first: int, last: int) -> str:
        """`2012`, `2021–24`; counted from an origin `year 2`, `years 3–5`, `year −1` before it."""
        if self.origin is None:
            return str(first) if first == last else f"{first}–{last % 100:02d}"
        if first == last:
            return _("year {n}").format(n=_counted(first))
        return _("years {first}–{last}").format(first=_counted(first), last=_counted(last))

    def short(self, first: int) -> str:
        """`’12`, or the mere number of a counted year."""
        return f"’{first % 100:02d}" if self.origin is None else _counted(first)


def _counted(number: int) -> str:
    """There is no year 0: `1` begins on the origin, and `−1` ends there."""
    return str(number + 1) if number >= 0 else f"−{-number}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of whole years, or what is drawn of the first or the last one, at one scale."""

    first: dt.date
    after: dt.date
    begin: float
    end: float
    folded: bool
    narrowed: bool
    label: str
    short: str

    @property
    def days(self) -> int:
        return (self.after - self.first).days


@dataclass(frozen=True)
class TimeAxis:
    """Maps days to fractions of the axis and back; `origin`: from which day it counts its years."""

    stretches: tuple[Stretch, ...]
    origin: dt.date | None = None

    @cached_property
    def _ends(self) -> list[dt.date]:
        return [stretch.after for stretch in self.stretches]

    @cached_property
    def _known(self) -> dict[dt.date, float]:
        """Where days lie that were asked for: a chart asks for each of them at every zoom."""
        return {}

    @property
    def first(self) -> dt.date:
        return self.stretches[0].first

    @property
    def after(self) -> dt.date:
        return self.stretches[-1].after

    def at(self, day: dt.date) -> float:
        """Where the morning of a day lies; days off the axis lie on its edge."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self._at(day)
        return known

    def _at(self, day: dt.date) -> float:
        day = min(max(day, self.first), self.after)
        stretch = self.stretches[bisect_left(self._ends, day)]
        return stretch.begin + (stretch.end - stretch.begin) * (
            (day - stretch.first).days / stretch.days
        )

    def day_at(self, fraction: float) -> dt.date:
        """The day that lies at a fraction of the axis."""
        fraction = min(max(fraction, 0.0), 1.0)
        stretch = next(found for found in self.stretches if fraction <= found.end)
        share = (fraction - stretch.begin) / (stretch.end - stretch.begin)
        return min(
            stretch.first + dt.timedelta(days=round(share * stretch.days)),
            self.after - dt.timedelta(days=1),
        )


def time_axis(
    dates: Collection[PartialDate],
    last: dt.date,
    since: dt.date | None = None,
    origin: dt.date | None = None,
) -> TimeAxis:
    """An axis for these dates, from the first one's year to three weeks after `last`.

    A year in which nothing is dated is folded; a year with vague dates alone is narrowed. `since`:
    it begins on this day. `origin`: its years are counted from this day.
    """
    years = Years(origin)
    last = max(last, since) if since else last
    after = last + dt.timedelta(days=EDGE_DAYS)
    kinds = _kinds(dates, last, years)
    begins = since or min((date.first for date in dates), default=last)
    numbers = range(years.of(begins), years.of(after - dt.timedelta(days=1)) + 1)
    stretches = [*_stretches(numbers, kinds, years)]
    stretches[-1] = replace(stretches[-1], after=after)
    first = since or _first_drawn(begins, stretches, origin)
    stretches[0] = replace(stretches[0], first=first)
    return TimeAxis(tuple(_placed(stretches)), origin)


def _kinds(dates: Collection[PartialDate], last: dt.date, years: Years) -> dict[int, bool]:
    """The years in which something is dated: whether anything in them is more than a year."""
    kinds: dict[int, bool] = {years.of(last): True}
    for date in dates:
        for number in {years.of(date.first), years.of(date.last)}:
            kinds[number] = kinds.get(number, False) or date.month is not None
    return kinds


def _stretches(numbers: range, kinds: dict[int, bool], years: Years) -> Iterator[Stretch]:
    """Whole years, not placed yet; neighbouring quiet years become one fold."""

    def kind(number: int) -> tuple[bool, int]:
        quiet = number not in kinds and number != numbers[-1]
        return quiet, 0 if quiet else number

    for (folded, _number), run in groupby(numbers, key=kind):
        found = [*run]
        yield Stretch(
            years.first(found[0]),
            years.first(found[-1] + 1),
            0.0,
            0.0,
            folded,
            not folded and not kinds.get(found[0], True),
            years.label(found[0], found[-1]),
            years.short(found[0]),
        )


def _first_drawn(begins: dt.date, stretches: list[Stretch], origin: dt.date | None) -> dt.date:
    """The first day of the first year; where that would leave much room empty, of a month."""
    whole, earlier = stretches[0], begins - dt.timedelta(days=LEAD_DAYS)
    all_days = (stretches[-1].after - whole.first).days
    if whole.narrowed or (earlier - whole.first).days < LEAD_SHARE * all_days:
        return whole.first
    return earlier if origin else earlier.replace(day=1)


def _placed(stretches: list[Stretch]) -> Iterator[Stretch]:
    """From 0 to 1, each as wide as its days, its fold or its vagueness make it."""
    weights = [_weight(stretch) for stretch in stretches]
    total, passed = sum(weights), 0.0
    begin = 0.0
    for place, (stretch, weight) in enumerate(zip(stretches, weights, strict=True)):
        passed += weight
        end = 1.0 if place == len(stretches) - 1 else passed / total
        yield replace(stretch, begin=begin, end=end)
        begin = end


def _weight(stretch: Stretch) -> float:
    if stretch.folded:
        return FOLDED_WEIGHT
    return VAGUE_WEIGHT if stretch.narrowed else stretch.days / 365.25
