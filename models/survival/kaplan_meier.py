"""The share without the event as time goes by, with what chance leaves open."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from models.survival.risk_sets import at_risk, leaving, risk_sets
from models.survival.times import Flags, Numbers, Times

ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Estimate:
    """`low`, `high`: None where survival is 1 or 0, as Greenwood's variance says nothing there."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Median:
    """Days; each None where the curve, or that side of its band, does not come down to one half."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Survival from each of `days` on, up to the next; 1 before the first.

    `days`: distinct, rising, those on which somebody had the event; `low`, `high`: the band, no
    number (`nan`) where survival is 0; `at_risk`, `events`: how many on each of these days;
    `censored`: the days of those who left without the event, rising, each as often as it was;
    `last`: the longest observation in days, 0 if there is nobody.
    """

    times: Times
    days: Numbers
    survival: Numbers
    low: Numbers
    high: Numbers
    at_risk: Numbers
    events: Numbers

    @property
    def censored(self) -> Numbers:
        return np.sort(self.times.exit[~self.times.event])

    @property
    def last(self) -> float:
        return float(self.times.exit.max(initial=0))

    def at(self, day: float) -> Estimate | None:
        """Survival on a day, counting who had the event on it.

        None with nobody, and after the last observation unless nobody was left without the event.
        """
        place = int(np.searchsorted(self.days, day, side="right")) - 1
        share = float(self.survival[place]) if place >= 0 else 1.0
        if not len(self.times) or (day > self.last and share > 0):
            return None
        if share in {0.0, 1.0}:
            return Estimate(share, None, None)
        return Estimate(share, float(self.low[place]), float(self.high[place]))

    @property
    def median(self) -> Median:
        """The first day on which one half or less is without the event; so of the band.

        Brookmeyer and Crowley, Biometrics 1982.
        """
        return Median(*(self._halved(line) for line in (self.survival, self.low, self.high)))

    def number_at_risk(self, days: Sequence[float]) -> list[int]:
        """How many came before each day and have not left before it; on 0 those there from 0."""
        return [int(each) for each in at_risk(self.times, np.asarray(days, dtype=np.float64))]

    @property
    def emptied(self) -> float | None:
        """The day on which all at risk had the event though others came later, or None.

        The curve is 0 from that day on, whatever became of the others: it must not be believed.
        """
        gone = self.days[self.survival == 0]
        return float(gone[0]) if len(gone) and gone[0] < self.last else None

    @property
    def unwatched(self) -> tuple[tuple[float, float], ...]:
        """From when to when, before the last observation, nobody was there to be seen.

        Only with delayed entry. The curve goes on as if no event could have happened in between.
        """
        order = np.argsort(self.times.entry)
        came = self.times.entry[order]
        left = np.concatenate(([0.0], np.maximum.accumulate(self.times.exit[order])))[:-1]
        empty = came > left
        return tuple(zip(left[empty].tolist(), came[empty].tolist(), strict=True))

    def _halved(self, line: Numbers) -> float | None:
        reached = np.flatnonzero(line <= 0.5 + ROUNDING)
        return float(self.days[reached[0]]) if len(reached) else None


def kaplan_meier(times: Times, confidence: float = 0.95) -> Curve:
    """The product-limit estimate; at one time, events come before censorings.

    Kaplan and Meier, J Am Stat Assoc 1958; variance by Greenwood 1926; the band is symmetrical on
    the scale of log(-log), so that it stays between 0 and 1 (Kalbfleisch and Prentice 1980).
    With delayed entry, whoever comes on the day of an event is not yet at risk of it.
    """
    sets = risk_sets([times])
    return _curve(times, sets.days, sets.at_risk[0], sets.events[0], confidence)


def median_follow_up(times: Times, confidence: float = 0.95) -> Median:
    """How long patients would have been followed had nobody had the event, in days.

    The reverse Kaplan-Meier: leaving without the event is what is waited for. Schemper and Smith,
    Control Clin Trials 1996. Events come before censorings here too: whoever had the event on a
    day is no longer there when others are censored on it.
    """
    left, had = times.exit[~times.event], times.exit[times.event]
    days = np.unique(left)
    there = at_risk(times, days) - leaving(had, days)
    return _curve(times, days, there, leaving(left, days), confidence).median


def _curve(
    times: Times, days: Numbers, there: Numbers, events: Numbers, confidence: float
) -> Curve:
    remain = there - events
    survival: Numbers = np.multiply.accumulate(remain / there)
    inside: Flags = survival > 0
    terms = np.divide(events, there * remain, out=np.zeros_like(there), where=inside)
    low, high = np.full_like(survival, np.nan), np.full_like(survival, np.nan)
    log = np.log(survival[inside])
    wide = NormalDist().inv_cdf((1 + confidence) / 2)
    width = np.exp(wide * np.sqrt(np.cumsum(terms)[inside]) / log)
    low[inside], high[inside] = np.exp(log / width), np.exp(log * width)
    return Curve(times, days, survival, low, high, there, events)
