"""What a timeline is made of: lanes of bars, marks and curves, without a pixel or a colour."""

import datetime as dt
import math
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    STAGED = N_("staging")
    GRADE = N_("grade of an adverse event")
    OTHER_GRADE = N_("grade of another adverse event")
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
    """Something that lasted: soft at an edge whose date is partial, open where it still goes on.

    `cut`: it began before what is shown.
    """

    start: PartialDate
    end: PartialDate
    fill: Fill
    open_end: bool = False
    cut: bool = False
    elsewhere: bool = False
    serious: bool = False
    ended_by_death: bool = False
    letters: str = ""

    def since(self, day: dt.date) -> "Bar | None":
        """What is left of it from that day on."""
        if self.end.last < day:
            return None
        if self.start.first >= day:
            return self
        return replace(self, start=PartialDate.of(day), cut=True)


@dataclass(frozen=True, slots=True)
class Point:
    """Something that happened on a day, and its record.

    `letters` stand beside the mark, and `more` after them where there is room; `planned`: the day
    on which it ought to have happened.
    """

    on: PartialDate
    mark: Mark
    record: uuid.UUID
    letters: str = ""
    more: str = ""
    planned: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """What belongs on one row: a line with its label, an event with its grades, all visits.

    `explains`: the record, in another lane, that it was to explain.
    """

    bars: tuple[Bar, ...] = ()
    points: tuple[Point, ...] = ()
    label: str = ""
    record: uuid.UUID | None = None
    explains: uuid.UUID | None = None

    @property
    def first(self) -> dt.date:
        return min(item.first for item in self.dates)

    @property
    def last(self) -> dt.date:
        return max(item.last for item in self.dates)

    @property
    def dates(self) -> Iterator[PartialDate]:
        for bar in self.bars:
            yield bar.start
            yield bar.end
        for point in self.points:
            yield point.on
            if point.planned:
                yield PartialDate.of(point.planned)

    def since(self, day: dt.date) -> "Track | None":
        """What is left of it from that day on; a bar that is cut keeps its grade."""
        bars = tuple(left for bar in self.bars if (left := bar.since(day)))
        points = tuple(point for point in self.points if point.on.last >= day)
        before = [point for point in self.points if point.on.last < day]
        if bars and bars[0].cut and before and before[-1].mark is Mark.GRADE:
            points = (replace(before[-1], on=PartialDate.of(day)), *points)
        return replace(self, bars=bars, points=points) if bars or points else None


@dataclass(frozen=True, slots=True)
class Value:
    """A measurement on a day."""

    on: dt.date
    value: float
    record: uuid.UUID


@dataclass(frozen=True, slots=True)
class Curve:
    """Measurements over time with their unit; `thresholds` are lines that mean something.

    `logarithmic`: for values of several orders of magnitude; `earlier`: the values before the
    period, which are not shown.
    """

    unit: str
    values: tuple[Value, ...]
    thresholds: tuple[tuple[str, float], ...] = ()
    logarithmic: bool = False
    earlier: tuple[Value, ...] = ()

    @property
    def nadir(self) -> Value | None:
        """The lowest value, the first where there are several; None where it is not shown."""
        lowest = min(self.values, key=lambda item: item.value)
        before = min((item.value for item in self.earlier), default=math.inf)
        return lowest if lowest.value < before else None

    @property
    def lowest(self) -> float:
        return min(item.value for item in self.values)

    @property
    def peak(self) -> float:
        """Of the whole course: a period is drawn on the same scale."""
        return max(item.value for item in (*self.earlier, *self.values))

    def since(self, day: dt.date) -> "Curve | None":
        """The values from that day on."""
        kept = tuple(item for item in self.values if item.on >= day)
        earlier = tuple(item for item in self.values if item.on < day)
        return replace(self, values=kept, earlier=earlier) if kept else None


class LaneKey(StrEnum):
    TREATMENT = auto()
    INFUSIONS = auto()
    RESPONSE = auto()
    STAGE = auto()
    SKIN = auto()
    BLOOD = auto()
    EVENTS = auto()
    BIOPSIES = auto()
    VISITS = auto()


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of thing over time; `kind` is the record that is added in it.

    `note`: a few words under the title.
    """

    key: LaneKey
    title: str
    kind: type[PatientRecord]
    tracks: tuple[Track, ...] = ()
    curve: Curve | None = None
    note: str = ""

    @property
    def empty(self) -> bool:
        return not self.tracks and self.curve is None

    @property
    def dates(self) -> Iterator[PartialDate]:
        """Every date that is drawn in it."""
        for track in self.tracks:
            yield from track.dates
        if self.curve:
            yield from (PartialDate.of(item.on) for item in self.curve.values)

    def since(self, day: dt.date) -> "Lane":
        """What is left of it from that day on."""
        tracks = tuple(left for track in self.tracks if (left := track.since(day)))
        return replace(self, tracks=tracks, curve=self.curve and self.curve.since(day))
