"""Figures as they are read: months, shares, intervals and p values, worded alike everywhere."""

from models.values import DAYS_PER_MONTH
from models.words import _

DAYS_PER_YEAR = 12 * DAYS_PER_MONTH
NOT_REACHED = "–"
LARGEST_RATIO = 100


def months_words(days: float | None) -> str:
    """A number of days in months, `14.2`; a dash where it is not reached."""
    return NOT_REACHED if days is None else f"{days / DAYS_PER_MONTH:.1f}"


def percent_words(share: float) -> str:
    """A share of 1 in whole per cent, `37`; what is near 0 or 100 and neither keeps a decimal."""
    percent = 100 * share
    if 0 < percent < 0.95 or 99.05 <= percent < 100:
        return f"{min(max(percent, 0.1), 99.9):.1f}"
    return f"{percent:.0f}"


def count_words(k: int, n: int) -> str:
    """`17 (37 %)`."""
    return _("{k} ({percent} %)").format(k=k, percent=percent_words(k / n))


def share_words(k: int, n: int) -> str:
    """`17 of 46 (37 %)`; no per cent of nobody."""
    if not n:
        return _("0 of 0")
    return _("{k} of {n} ({percent} %)").format(k=k, n=n, percent=percent_words(k / n))


def ratio_words(ratio: float) -> str:
    """A hazard ratio or a rate, `0.53`."""
    if ratio >= LARGEST_RATIO:
        return _("over {n}").format(n=LARGEST_RATIO)
    return f"{ratio:.2f}" if ratio >= 0.005 or not ratio else _("under 0.01")


def p_words(p: float) -> str:
    """`p = 0.012`, `p = 0.34`, `p < 0.001`, `p > 0.99`."""
    if p < 0.001:
        return _("p < 0.001")
    if p >= 0.995:
        return _("p > 0.99")
    return _("p = {p}").format(p=f"{p:.3f}" if p < 0.1 else f"{p:.2f}")


def interval_words(value: str, low: str, high: str) -> str:
    """A figure with its interval of 95 %, each in words: `0.53 (95 % CI 0.41 to 0.68)`."""
    return _("{value} (95 % CI {low} to {high})").format(value=value, low=low, high=high)


def range_words(value: str, low: str, high: str) -> str:
    """The same under a heading that names the interval: `0.53 (0.41 to 0.68)`."""
    return _("{value} ({low} to {high})").format(value=value, low=low, high=high)


def ratio_interval_words(ratio: float, low: float, high: float) -> str:
    """`0.53 (95 % CI 0.41 to 0.68)`."""
    return interval_words(ratio_words(ratio), ratio_words(low), ratio_words(high))


def months_interval_words(days: float | None, low: float | None, high: float | None) -> str:
    """`14.2 (95 % CI 10.1 to –)`, in months; `not reached` where the figure itself is not."""
    if days is None and low is None:
        return _("not reached")
    value = _("not reached") if days is None else months_words(days)
    return interval_words(value, months_words(low), months_words(high))
