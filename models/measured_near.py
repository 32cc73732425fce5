"""Which skin score or blood count belongs to the day of a staging."""

import datetime as dt
from typing import TypeVar

from models.blood import BloodCount
from models.course import active_lines
from models.history import History
from models.skin import SkinScore
from models.treatment import Infusion
from models.values import PartialDate

NEAR_DAYS = 14

Measured = TypeVar("Measured", SkinScore, BloodCount)


def measured_near(history: History, date: PartialDate, kind: type[Measured]) -> Measured | None:
    """The nearest of that kind within 14 days, where no treatment began or was given in between."""
    if not date.exact:
        return None
    day = date.first
    near = [
        found
        for found in history.of(kind)
        if abs((found.date - day).days) <= NEAR_DAYS
        and not _treated_between(history, min(found.date, day), max(found.date, day))
    ]
    return min(
        near, key=lambda found: (abs((found.date - day).days), found.date, found.id), default=None
    )


def _treated_between(history: History, first: dt.date, last: dt.date) -> bool:
    """Whether a treatment began or was given from the first of two days until before the last."""
    began = any(
        line.start.first < last and first <= line.start.last for line in active_lines(history)
    )
    given = (infusion.given_on for infusion in history.of(Infusion))
    return began or any(day is not None and first <= day < last for day in given)
