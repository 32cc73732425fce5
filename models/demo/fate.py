"""What becomes of a made-up patient, before anything is written into the record."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from models.demo.chance import workday
from models.demo.stages import Tnmb
from models.diagnosis import Disease
from models.patient import CauseOfDeath
from models.treatment import StopReason

REFERENCE_DAY = dt.date(2026, 11, 1)


class Path(Enum):
    """How the disease answers the main treatment."""

    COMPLETE = auto()
    PARTIAL = auto()
    STABLE = auto()
    PROGRESSIVE = auto()


@dataclass(frozen=True, slots=True)
class Level:
    """Burden of disease over time, 1 at the start of the main line; straight between its turns."""

    turns: tuple[tuple[dt.date, float], ...]

    def at(self, day: dt.date) -> float:
        if day <= self.turns[0][0]:
            return self.turns[0][1]
        for (begin, before), (end, after) in pairwise(self.turns):
            if day <= end:
                return before + (after - before) * ((day - begin).days / (end - begin).days)
        return self.turns[-1][1]

    def lowest(self, since: dt.date, day: dt.date) -> float:
        """The lowest level from one day until before another."""
        between = [level for when, level in self.turns if since <= when < day]
        return min([*between, self.at(since)])

    def turning(self, day: dt.date, level: float) -> "Level":
        """The same level with one more turn; a turn that does not come later is left out."""
        return Level((*self.turns, (day, level))) if day > self.turns[-1][0] else self


@dataclass(frozen=True, slots=True)
class Origin:
    """The patient until the start of the main line."""

    disease: Disease
    mogamulizumab: bool
    birth: dt.date
    diagnosis: dt.date
    at_diagnosis: Tnmb
    start: dt.date
    at_start: Tnmb


@dataclass(frozen=True, slots=True)
class Course:
    """What the main line does; `failure` is the day on which progression or relapse is seen."""

    path: Path
    level: Level
    stop: dt.date | None
    reason: StopReason | None
    failure: dt.date | None
    at_failure: Tnmb
    next_start: dt.date | None
    rash: dt.date | None


@dataclass(frozen=True, slots=True)
class End:
    """How long the patient is seen: until death, until lost, or until the reference day."""

    last: dt.date
    death: dt.date | None = None
    cause: CauseOfDeath | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Fate:
    origin: Origin
    course: Course
    end: End

    @property
    def assessed(self) -> list[dt.date]:
        """Days of assessments under the main line."""
        until = min(self.course.stop or self.end.last, self.end.last)
        return [day for day in assessment_days(self.origin.start) if day <= until]

    @property
    def followed_up(self) -> list[dt.date]:
        days = follow_up_days(self.course.stop) if self.course.stop else []
        return [day for day in days if day <= self.end.last]

    @property
    def treated_until(self) -> dt.date:
        """The last day on which the main treatment may be given."""
        if self.course.stop:
            return self.course.stop - dt.timedelta(days=1)
        return self.end.last - dt.timedelta(days=4 if self.end.death else 0)


def assessment_days(start: dt.date) -> list[dt.date]:
    """Every 8 weeks in the first year, every 16 weeks after that."""
    weeks = [*range(8, 49, 8), *range(64, 300, 16)]
    return [start + dt.timedelta(weeks=week) for week in weeks]


def follow_up_days(stop: dt.date) -> list[dt.date]:
    """Every three months for two years, then every half-year."""
    days = [*range(91, 729, 91), *range(910, 6400, 182)]
    return [workday(stop + dt.timedelta(days=day)) for day in days]
