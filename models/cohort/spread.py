"""How far numbers lie apart, as a cell of a table."""

from collections.abc import Sequence
from statistics import median, quantiles

from models.cohort.figure_table import Bounds, Figure, Measured, Numbers, Who
from models.words import _, number_words

NOT_TOLD = "–"
DIGITS = 1


def spread(values: Sequence[float], whose: Who, unit: Measured | None = None) -> Figure:
    """`63 (41 to 80)`: median and range; a dash of none."""
    if not values:
        return Figure(NOT_TOLD)
    return _around(values, (min(values), max(values)), Bounds.RANGE, whose, unit)


def quartiles(values: Sequence[float], whose: Who, unit: Measured | None = None) -> Figure:
    """`63 (52 to 71)`: median and interquartile range; a dash of none."""
    if len(values) < 2:
        return spread(values, whose, unit)
    low, _middle, high = quantiles(values, n=4, method="inclusive")
    return _around(values, (low, high), Bounds.QUARTILES, whose, unit)


def span(values: Sequence[float], whose: Who, unit: Measured | None = None) -> Figure:
    """`41 to 80`; a dash of none."""
    if not values:
        return Figure(NOT_TOLD)
    low, high = min(values), max(values)
    words = _("{least} to {most}").format(least=_told(low), most=_told(high))
    n = len(values)
    return Figure(words, whose, Numbers(None, low, high, None, n, unit, Bounds.RANGE))


def _around(
    values: Sequence[float],
    bounds: tuple[float, float],
    kind: Bounds,
    whose: Who,
    unit: Measured | None,
) -> Figure:
    (low, high), middle = bounds, median(values)
    words = _("{median} ({least} to {most})")
    words = words.format(median=_told(middle), least=_told(low), most=_told(high))
    return Figure(words, whose, Numbers(middle, low, high, None, len(values), unit, kind))


def _told(value: float) -> str:
    return number_words(round(value, DIGITS))
