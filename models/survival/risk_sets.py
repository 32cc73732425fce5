"""Who is at risk when, in each group; everything else here counts with that."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.survival.times import Flags, Numbers, Times


@dataclass(frozen=True, slots=True, eq=False)
class RiskSets:
    """`days`: the distinct days of events in any group; `at_risk`, `events`: groups × days."""

    days: Numbers
    at_risk: Numbers
    events: Numbers


def risk_sets(groups: Sequence[Times]) -> RiskSets:
    """Raises `ValueError` without a group."""
    days = np.unique(np.concatenate([times.exit[times.event] for times in groups]))
    return RiskSets(
        days,
        np.array([at_risk(times, days) for times in groups]),
        np.array([leaving(times.exit[times.event], days) for times in groups]),
    )


def at_risk(times: Times, days: Numbers) -> Numbers:
    """How many could be seen with the event on each day: they came before it and have not left
    before it. Whoever is there from 0 on is so on day 0 too.
    """
    came = np.where(times.entry == 0, -np.inf, times.entry)
    return _before(came, days) - _before(times.exit, days)


def leaving(exits: Numbers, days: Numbers) -> Numbers:
    """How many of `exits` fall on each day."""
    ordered = np.sort(exits)
    return (
        np.searchsorted(ordered, days, side="right") - np.searchsorted(ordered, days, side="left")
    ).astype(np.float64)


def reaches(edges: Flags) -> Flags:
    """Of a graph given as a square of flags: whether a way leads from one to another, or itself."""
    ways: Flags = edges | np.eye(len(edges), dtype=np.bool_)
    for through in range(len(edges)):
        ways |= np.outer(ways[:, through], ways[through])
    return ways


def _before(moments: Numbers, days: Numbers) -> Numbers:
    return np.searchsorted(np.sort(moments), days, side="left").astype(np.float64)
