"""Shares, with their exact intervals where they are rates, and the patients behind them."""

from collections.abc import Iterator, Sequence, Sized
from functools import cache

from models.cohort.figure_table import Bounds, Figure, Measured, Numbers, Who, who
from models.cohort.figure_words import percent_words, share_words
from models.cohort.selection import Selection, Unit
from models.survival.proportions import clopper_pearson
from models.words import _

_interval = cache(clopper_pearson)


def share(k: int, n: int, whose: Who) -> Figure:
    """`17 of 46 (37 %)`; no per cent of nobody."""
    value = k / n if n else None
    return Figure(share_words(k, n), whose, Numbers(value, None, None, k, n, Measured.SHARE))


def rate(some: Sequence[Unit], every: Sized) -> Figure:
    """`17 of 46 (37 %, 95 % CI 23 to 52)`; behind it stand those who are some of them."""
    k, n = len(some), len(every)
    if not n:
        return share(k, n, who(some))
    low, high = _interval(k, n)
    words = _("{k} of {n} ({percent} %, 95 % CI {low} to {high})").format(
        k=k,
        n=n,
        percent=percent_words(k / n),
        low=percent_words(low),
        high=percent_words(high),
    )
    numbers = Numbers(k / n, low, high, k, n, Measured.SHARE, Bounds.CONFIDENCE)
    return Figure(words, who(some), numbers)


def several_lines(selection: Selection) -> Iterator[str]:
    """A warning where intervals take one patient for several."""
    if len(selection.units) > selection.patients:
        yield _(
            "Several lines of one patient count as if they were of several patients: the intervals"
            " are too narrow."
        )
