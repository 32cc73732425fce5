"""How far numbers lie apart, in the words of a table."""

from collections.abc import Sequence
from statistics import median, quantiles

from models.words import _, number_words

NOT_TOLD = "–"


def spread(values: Sequence[float], digits: int = 1) -> str:
    """`63 (41 to 80)`: median and range; a dash of none."""
    return _worded(values, min(values), max(values), digits) if values else NOT_TOLD


def quartiles(values: Sequence[float], digits: int = 1) -> str:
    """`63 (52 to 71)`: median and interquartile range; a dash of none."""
    if len(values) < 2:
        return spread(values, digits)
    low, _middle, high = quantiles(values, method="inclusive")
    return _worded(values, low, high, digits)


def span(values: Sequence[float], digits: int = 1) -> str:
    """`41 to 80`; a dash of none."""
    if not values:
        return NOT_TOLD
    least, most = (number_words(round(each, digits)) for each in (min(values), max(values)))
    return _("{least} to {most}").format(least=least, most=most)


def _worded(values: Sequence[float], low: float, high: float, digits: int) -> str:
    least, middle, most = (
        number_words(round(each, digits)) for each in (low, median(values), high)
    )
    words = _("{median} ({least} to {most})")
    return words.format(median=middle, least=least, most=most)
