"""Chance that falls the same way again: the same seed and number make the same patient."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import Self, TypeVar

T = TypeVar("T")


class Chance(random.Random):
    """What chance decides about one made-up patient."""

    @classmethod
    def for_patient(cls, seed: int, number: int) -> Self:
        return cls(f"{seed} {number}")

    def happens(self, share: float) -> bool:
        return self.random() < share

    def pick(self, weighted: Mapping[T, float]) -> T:
        """One of the keys, each as often as its weight says."""
        return self.choices(list(weighted), list(weighted.values()))[0]

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """A few different ones, in the order in which they stand."""
        count = min(self.randint(least, most), len(choices))
        return [choices[place] for place in sorted(self.sample(range(len(choices)), count))]

    def days(self, least: int, most: int) -> dt.timedelta:
        return dt.timedelta(days=self.randint(least, most))

    def years(self, mean: float) -> dt.timedelta:
        """A waiting time of this many years on average."""
        return dt.timedelta(days=int(self.expovariate(1 / (mean * 365.25))))


def workday(day: dt.date) -> dt.date:
    """The day itself, or the Monday after a weekend."""
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
