"""How much more often, at any time, one group has the event than another."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from models.survival.distributions import chi_square_tail
from models.survival.risk_sets import RiskSets, reaches, risk_sets
from models.survival.times import Numbers, Times

SMALL = 1e-6
MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class HazardRatio:
    """`p`: of Wald's test against a ratio of 1."""

    value: float
    low: float
    high: float
    p: float


def hazard_ratios(
    groups: Sequence[Times], confidence: float = 0.95
) -> tuple[HazardRatio | None, ...]:
    """Each later group against the first, from one model of proportional hazards.

    Cox, J R Stat Soc B 1972; ties by Efron, J Am Stat Assoc 1977; delayed entry allowed; the
    interval is symmetrical on the scale of the logarithm. None where no ratio is the likeliest: it
    grows or falls without end, or the groups are never at risk together.
    """
    sets = risk_sets(groups)
    told = _comparable(sets)
    if len(told) < 2:
        return (None,) * (len(groups) - 1)
    logs, errors = _fitted(RiskSets(sets.days, sets.at_risk[told], sets.events[told]))
    wide = NormalDist().inv_cdf((1 + confidence) / 2) * errors
    found = zip(np.exp([logs, logs - wide, logs + wide]).T, logs / errors, strict=True)
    ratios = {
        group: HazardRatio(*map(float, limits), p=chi_square_tail(float(z**2), 1))
        for group, (limits, z) in zip(told[1:].tolist(), found, strict=True)
    }
    return tuple(ratios.get(group) for group in range(1, len(groups)))


def _comparable(sets: RiskSets) -> NDArray[np.intp]:
    """The first group and those whose ratio to it has a likeliest value.

    A step leads from a group to another if somebody of the first had the event while somebody of
    the other was at risk. The likelihood has one maximum just where ways lead there and back; what
    it says of such groups, the other ones do not change.
    """
    ways = reaches((sets.events > 0).astype(np.float64) @ (sets.at_risk > 0).T > 0)
    return np.flatnonzero(ways[0] & ways[:, 0])


def _fitted(sets: RiskSets) -> tuple[Numbers, Numbers]:
    """Logarithms of the ratios to the first group, and their standard errors.

    Newton's method. No step is longer than 1: the likelihood is a sum of log-sum-exp, whose
    curvature changes so little over that length that each such step climbs (Bach, Electron J Stat
    2010). Steps square what is left to go: after one below 1e-6 it is nothing.
    """
    rows, seen = _rows(sets), sets.events.sum(axis=1)
    logs, longest, steps = np.zeros(len(seen)), 1.0, 0
    while longest > SMALL and steps < MOST_STEPS:
        expected, information = _at(logs, rows)
        step = np.append(0.0, np.linalg.solve(information, (seen - expected)[1:]))
        longest = float(np.ptp(step))
        logs += step / max(longest, 1.0)
        steps += 1
    _expected, information = _at(logs, rows)
    return logs[1:], np.sqrt(np.diag(np.linalg.inv(information)))


def _at(logs: Numbers, rows: Numbers) -> tuple[Numbers, Numbers]:
    """The events to be expected in each group, and what is known of the later groups' ratios."""
    shares = rows * np.exp(logs - logs.max())
    shares /= shares.sum(axis=1, keepdims=True)
    expected = shares.sum(axis=0)
    return expected, (np.diag(expected) - shares.T @ shares)[1:, 1:]


def _rows(sets: RiskSets) -> Numbers:
    """For each event, how many of each group were at risk; of several on one day, the second and
    further ones find less by their share of those who had the event (Efron).
    """
    together = sets.events.sum(axis=0).astype(np.intp)
    first = np.repeat(np.cumsum(together) - together, together)
    gone = (np.arange(len(first)) - first) / np.repeat(together, together)
    there, events = (np.repeat(each.T, together, axis=0) for each in (sets.at_risk, sets.events))
    rows: Numbers = there - gone[:, np.newaxis] * events
    return rows
