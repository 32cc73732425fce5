"""The distributions behind p-values and exact intervals.

Right to ten digits for chances down to 1e-300 and for counts up to a million: the tests compare
with SciPy. The `tail` of an interval is a chance below one half.
"""

import math
from collections.abc import Callable
from math import exp, inf, lgamma, log, log1p, sqrt
from statistics import NormalDist

ROUNDING = 1e-17
SMALL = 1e-6
FEW = 100


def chi_square_tail(chi2: float, degrees: int) -> float:
    """The chance of `chi2` or more.

    Abramowitz and Stegun, Handbook of Mathematical Functions 1964, 26.4.4 and 26.4.5: the closed
    sums for whole degrees of freedom, of terms that are all positive.
    """
    half, odd = chi2 / 2, degrees % 2
    if half <= 0:
        return 1.0
    tail = math.erfc(sqrt(half)) if odd else 0.0
    powers = (odd / 2 + step for step in range(degrees // 2))
    return tail + sum(exp(power * log(half) - half - lgamma(power + 1)) for power in powers)


def binomial_log_odds(k: int, n: int, tail: float) -> float:
    """The logarithm of the odds with which `k` or more of `n`, `k` above 0, have the chance `tail`.

    With share p and q = 1 - p that chance, I(k, n - k + 1) at p (Abramowitz and Stegun 26.5.24),
    grows with the log odds by k q times the chance of `k` itself.
    """
    ways = _log_ways(n, k)

    def at(log_odds: float) -> tuple[float, float]:
        odds = exp(log_odds)
        run = _run(odds, n - k, 1, k + 1, 1)
        just_k = ways - k * log1p(1 / odds) - (n - k) * log1p(odds)
        return just_k + log(run), k / (1 + odds) / run

    middle = log((k - 0.5) / (n - k + 0.5))
    return _reached(tail, at, middle + _normal(tail) * sqrt(1 / k + 1 / (n - k + 1)))


def poisson_least(k: int, tail: float) -> float:
    """The mean with which `k` or more, `k` above 0, have the chance `tail`.

    That chance grows with the logarithm of the mean by k times the chance of `k` itself
    (Abramowitz and Stegun 26.4.21).
    """

    def at(log_mean: float) -> tuple[float, float]:
        mean = exp(log_mean)
        run = _run(mean, 1, 0, k + 1, 1)
        return k * log_mean - mean - lgamma(k + 1) + log(run), k / run

    return exp(_reached(tail, at, log(k - 0.5) + _normal(tail) / sqrt(k)))


def poisson_greatest(k: int, tail: float) -> float:
    """The mean with which `k` or fewer have the chance `tail`.

    That chance falls with the logarithm of the mean by the mean times the chance of `k` itself.
    """

    def at(log_mean: float) -> tuple[float, float]:
        mean = exp(log_mean)
        run = _run(1 / mean, k, 1, 1, 0)
        return k * log_mean - mean - lgamma(k + 1) + log(run), -mean / run

    return exp(_reached(tail, at, log(k + 1) - _normal(tail) / sqrt(k + 1)))


def _normal(tail: float) -> float:
    return NormalDist().inv_cdf(tail)


def _log_ways(n: int, k: int) -> float:
    """To choose `k` of `n`; of few exactly, as the logarithms of factorials would cancel."""
    if min(k, n - k) <= FEW:
        return log(math.comb(n, k))
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _run(scale: float, above: int, falling: int, below: float, rising: int) -> float:
    """The chance of a count and all beyond it, as a multiple of the chance of the count itself.

    Each chance is `scale` times `above` by `below` times the one before; with each step `above`
    falls and `below` rises.
    """
    chance = total = 1.0
    while chance > ROUNDING * total:
        chance *= scale * above / below
        total += chance
        above -= falling
        below += rising
    return total


def _reached(tail: float, at: Callable[[float], tuple[float, float]], place: float) -> float:
    """Where the logarithm of a chance, which `at` tells with its slope, is that of `tail`.

    Newton's method. The chance is the integral of a density whose logarithm is concave, so its own
    is too (Prékopa, Acta Sci Math 1973): no step but the first can pass the place, all others climb
    to it. A step from where the logarithm is short by a small s leaves it short by s² / 2 at most.
    """
    short = inf
    while abs(short) > SMALL:
        chance, slope = at(place)
        short = log(tail) - chance
        place += short / slope
    return place
