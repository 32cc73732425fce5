"""A table of figures: one value for the screen, the page and the CSV, traceable to its patients."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from models.cohort.selection import Unit

Who = tuple[uuid.UUID, ...]
"""The patients behind a figure, each once, in the order of the population."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell: its words, and whom it counts. Nobody behind it: it is a heading or a sentence."""

    words: str
    who: Who = ()


@dataclass(frozen=True, slots=True)
class FigureTable:
    """`key`: its name as a file, as `response-rates`; `note`: how to read it, a sentence or two.

    The first column of a row says what the row is about; the others are figures, set to the right.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Figure, ...], ...]
    note: str = ""


def who(units: Iterable[Unit]) -> Who:
    return tuple(dict.fromkeys(unit.patient for unit in units))
