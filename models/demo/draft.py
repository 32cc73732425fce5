"""A made-up patient in the making: the fate, and the one way to make a record of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeVar

from models.base import PatientRecord, build
from models.demo.chance import Chance
from models.demo.fate import Fate
from models.patient import Patient
from models.values import PartialDate

P = TypeVar("P", bound=PatientRecord)


@dataclass(frozen=True)
class Draft:
    patient: Patient
    chance: Chance
    fate: Fate

    def make(self, kind: type[P], /, **values: Any) -> P:
        return build(kind, {"patient": self.patient.id, **values})

    def seen(self, day: dt.date) -> bool:
        """Whether the patient was still seen here on that day."""
        return day <= self.fate.end.last


def known_to(day: dt.date, parts: int) -> PartialDate:
    """The day as it was known: 1 to the year, 2 to the month, 3 to the day."""
    return PartialDate(*(day.year, day.month, day.day)[:parts])
