"""Shares with their exact intervals, and the patients behind them."""

from collections.abc import Sequence, Sized
from functools import cache

from models.cohort.figure_table import Figure, who
from models.cohort.figure_words import percent_words
from models.cohort.selection import Unit
from models.words import _


def rate(some: Sequence[Unit], every: Sized) -> Figure:
    """How many of these; behind it stand those who are some of them."""
    return Figure(rate_words(len(some), len(every)), who(some))


@cache
def rate_words(k: int, n: int) -> str:
    """`17 of 46 (37 %, 95 % CI 23 to 52)`, Clopper and Pearson; no per cent of nobody."""
    from models.survival.proportions import clopper_pearson  # noqa: PLC0415 - it loads scipy

    if not n:
        return _("0 of 0")
    low, high = clopper_pearson(k, n)
    return _("{k} of {n} ({percent} %, 95 % CI {low} to {high})").format(
        k=k,
        n=n,
        percent=percent_words(k / n),
        low=percent_words(low),
        high=percent_words(high),
    )
