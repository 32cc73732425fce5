"""The time axis of a timeline: quiet years folded, vague years narrowed, the rest to scale.

Positions are fractions of the axis, from 0 to 1; no pixel and no point is known here.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from models.values import PartialDate

FOLDED_WEIGHT = 0.16
VAGUE_WEIGHT = 0.42
EDGE_DAYS = 21


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of whole years (or the rest of the last one) drawn at one scale."""

    first: dt.date
    after: dt.date
    begin: float
    end: float
    folded: bool
    narrowed: bool

    @property
    def days(self) -> int:
        return (self.after - self.first).days

    @property
    def label(self) -> str:
        """`2012`, or `2021–24` for a fold of several years."""
        first, last = self.first.year, (self.after - dt.timedelta(days=1)).year
        return str(first) if first == last else f"{first}–{last % 100:02d}"


@dataclass(frozen=True)
class TimeAxis:
    """Maps days to fractions of the axis and back."""

    stretches: tuple[Stretch, ...]

    @cached_property
    def _ends(self) -> list[dt.date]:
        return [stretch.after for stretch in self.stretches]

    @property
    def first(self) -> dt.date:
        return self.stretches[0].first

    @property
    def after(self) -> dt.date:
        return self.stretches[-1].after

    def at(self, day: dt.date) -> float:
        """Where the morning of a day lies; days off the axis lie on its edge."""
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


def time_axis(dates: Collection[PartialDate], last: dt.date) -> TimeAxis:
    """An axis for these dates, from the first one's year to three weeks after `last`.

    A year in which nothing is dated is folded; a year with vague dates alone is narrowed.
    """
    years = sorted({date.year for date in dates} | {last.year})
    exact = {date.year for date in dates if date.month} | {last.year}
    after = last + dt.timedelta(days=EDGE_DAYS)
    weighted = list(_weighted(range(years[0], after.year + 1), set(years), exact, after))
    total = sum(weight for *_others, weight in weighted)
    stretches, begin = [], 0.0
    for first, end_day, folded, narrowed, weight in weighted:
        end = begin + weight / total
        stretches.append(Stretch(first, end_day, begin, end, folded, narrowed))
        begin = end
    stretches[-1] = _ending_at_one(stretches[-1])
    return TimeAxis(tuple(stretches))


Weighted = tuple[dt.date, dt.date, bool, bool, float]


def _weighted(
    years: Iterable[int], busy: set[int], exact: set[int], after: dt.date
) -> Iterator[Weighted]:
    """Stretches with their weights; neighbouring quiet years become one fold."""

    def kind(year: int) -> tuple[str, int]:
        if year not in busy and year != after.year:
            return "folded", 0
        return ("exact" if year in exact or year == after.year else "vague"), year

    for (name, _year), run in groupby(years, key=kind):
        run_years = list(run)
        first, end = dt.date(run_years[0], 1, 1), dt.date(run_years[-1] + 1, 1, 1)
        end = min(end, after)
        if end <= first:
            continue
        share = (end - first).days / 365.25
        weight = {"folded": FOLDED_WEIGHT, "vague": VAGUE_WEIGHT, "exact": share}[name]
        yield first, end, name == "folded", name == "vague", weight


def _ending_at_one(stretch: Stretch) -> Stretch:
    return Stretch(
        stretch.first, stretch.after, stretch.begin, 1.0, stretch.folded, stretch.narrowed
    )
