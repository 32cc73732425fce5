"""What a timeline is made of: lanes of bars, marks and curves, without a pixel or a colour."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto

from models.base import PatientRecord
from models.response import Response
from models.therapies import Category
from models.values import Grade, PartialDate
from models.words import N_


class Mark(StrEnum):
    """The vocabulary of marks; each has its own shape as well as its colour."""

    GIVEN = N_("infusion given")
    REDUCED = N_("reduced or interrupted")
    DELAYED = N_("delayed")
    OMITTED = N_("omitted")
    GRADE = N_("grade of an adverse event")
    ACTIVE_DISEASE = N_("biopsy: active disease")
    DRUG_RELATED = N_("biopsy: drug-related")
    OTHER_RESULT = N_("biopsy: other result")
    AWAITED = N_("biopsy: result awaited")
    VISIT_DONE = N_("visit done")
    VISIT_MISSED = N_("visit missed")
    VISIT_PLANNED = N_("visit planned")
    DEATH = N_("death")


Fill = Category | Response | Grade


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasted: soft at an edge whose date is partial, open where it still goes on."""

    start: PartialDate
    end: PartialDate
    fill: Fill
    open_end: bool = False
    elsewhere: bool = False
    serious: bool = False
    ended_by_death: bool = False
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """Something that happened on a day, with its record in words."""

    on: PartialDate
    mark: Mark
    words: str
    record: uuid.UUID
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """What belongs on one row: a line with its label, an event with its grades, all visits."""

    bars: tuple[Bar, ...] = ()
    points: tuple[Point, ...] = ()
    label: str = ""
    words: str = ""
    record: uuid.UUID | None = None

    @property
    def first(self) -> dt.date:
        return min(item.first for item in self._dates())

    @property
    def last(self) -> dt.date:
        return max(item.last for item in self._dates())

    def _dates(self) -> Iterator[PartialDate]:
        for bar in self.bars:
            yield bar.start
            yield bar.end
        for point in self.points:
            yield point.on


@dataclass(frozen=True, slots=True)
class Value:
    """A measurement on a day."""

    on: dt.date
    value: float
    words: str
    record: uuid.UUID


@dataclass(frozen=True, slots=True)
class Curve:
    """Measurements over time with their unit; `thresholds` are lines that mean something."""

    unit: str
    values: tuple[Value, ...]
    thresholds: tuple[tuple[str, float], ...] = ()

    @property
    def nadir(self) -> Value:
        """The lowest value, the first where there are several."""
        return min(self.values, key=lambda item: item.value)

    @property
    def peak(self) -> float:
        return max(item.value for item in self.values)


class LaneKey(StrEnum):
    TREATMENT = auto()
    INFUSIONS = auto()
    RESPONSE = auto()
    SKIN = auto()
    BLOOD = auto()
    EVENTS = auto()
    BIOPSIES = auto()
    VISITS = auto()


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of thing over time; `kind` is the record that is added in it."""

    key: LaneKey
    title: str
    kind: type[PatientRecord]
    tracks: tuple[Track, ...] = ()
    curve: Curve | None = None

    @property
    def empty(self) -> bool:
        return not self.tracks and self.curve is None
