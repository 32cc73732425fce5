"""A table of figures: one value for the screen, the page and the CSV, traceable to its patients."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from models.cohort.selection import Unit
from models.values import DAYS_PER_MONTH, Choice
from models.words import N_

Who = tuple[uuid.UUID, ...]
"""The patients behind a figure, each once, in the order of the population."""


class Measured(Choice):
    """What a figure's value is measured in."""

    SHARE = N_("share of 1")
    RATIO = N_("ratio")
    P = N_("p value")
    RATE = N_("per 100 patient-years")
    PERCENT = N_("%")
    MG = N_("mg")
    YEARS = N_("years")
    MONTHS = N_("months")
    WEEKS = N_("weeks")
    DAYS = N_("days")


class Bounds(Choice):
    """What lies between a figure's `low` and its `high`."""

    CONFIDENCE = N_("95 % confidence interval")
    RANGE = N_("range")
    QUARTILES = N_("quartiles")


@dataclass(frozen=True, slots=True)
class Numbers:
    """A figure to be computed with: a value between its bounds, `k` of `n`. None: there is none."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    k: int | None = None
    n: int | None = None
    unit: Measured | None = None
    bounds: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell: its words, and whom it counts. Nobody behind it: it is a heading or a sentence.

    `numbers`: what the words tell, not rounded; a whole number is told by its words.
    """

    words: str
    who: Who = ()
    numbers: Numbers | None = None


Row = tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """`key`: its name as a file, as `response-rates`; `note`: how to read it, a sentence or two.

    The first column of a row says what the row is about; the others are figures, set to the right.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


def in_months(
    value: float | None, low: float | None, high: float | None, bounds: Bounds
) -> Numbers:
    """Of days."""
    value, low, high = (
        None if days is None else days / DAYS_PER_MONTH for days in (value, low, high)
    )
    return Numbers(value, low, high, unit=Measured.MONTHS, bounds=bounds)


def who(units: Iterable[Unit]) -> Who:
    members = {id(unit.member): unit.member for unit in units}
    return tuple([member.id for member in members.values()])
