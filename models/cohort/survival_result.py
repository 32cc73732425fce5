"""What is told of the survival of a population: its groups, their curves, and what to beware of."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.cohort.figure_table import FigureTable, Who
from models.cohort.question import Outcome, Question, Remedy
from models.cohort.selection import Selection
from models.cohort.subjects import Dropped, Subject
from models.survival.cox import HazardRatio
from models.survival.kaplan_meier import Curve, Median
from models.survival.log_rank import LogRank
from models.survival.times import Flags, Numbers, Times
from models.values import DAYS_PER_MONTH
from models.words import _

YEAR = 12
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
MOST_TICKS = 8
LONG = 96
NOT_KNOWN = Median(None, None, None)


@dataclass(frozen=True, eq=False)
class Group:
    """`place`: its own, whichever others are shown; `repeated`: whether a patient may be in it
    several times; `ratio`: against the first group.
    """

    name: str
    place: int
    subjects: Sequence[Subject]
    times: Times
    curve: Curve
    repeated: bool = False
    ratio: HazardRatio | None = None

    @property
    def events(self) -> int:
        return int(self.times.event.sum())

    @cached_property
    def patients(self) -> NDArray[np.object_]:
        """Of each subject."""
        return np.array([each.unit.patient for each in self.subjects], dtype=object)

    def who(self, among: Flags | None = None) -> Who:
        """The patients of these subjects, each once; of all without `among`."""
        found = self.patients if among is None else self.patients[among]
        return _once(found, repeated=self.repeated)

    def at_risk(self, day: float) -> Who:
        if day not in self._at_risk:
            times = self.times
            there = ((times.entry < day) | (times.entry == 0)) & (times.exit >= day)
            self._at_risk[day] = self.who(there)
        return self._at_risk[day]

    @cached_property
    def _at_risk(self) -> dict[float, Who]:
        """By the day, as far as it was asked for: tables and charts ask for the same ones."""
        return {}

    def left(self, *, by_event: bool) -> "Left":
        return self._by_event if by_event else self._censored

    @cached_property
    def _by_event(self) -> "Left":
        return self._left(self.times.event)

    @cached_property
    def _censored(self) -> "Left":
        return self._left(~self.times.event)

    def _left(self, among: Flags) -> "Left":
        places = np.flatnonzero(among)
        order = places[np.argsort(self.times.exit[places], kind="stable")]
        return Left(self.times.exit[order], self.patients[order], self.repeated)


@dataclass(frozen=True, slots=True, eq=False)
class Left:
    """Those of a group who left in one way, in the order of the days on which they did."""

    days: Numbers
    patients: NDArray[np.object_]
    repeated: bool

    def who(self, first: float, last: float) -> Who:
        """From one day to another, both included."""
        begin = np.searchsorted(self.days, first, side="left")
        end = np.searchsorted(self.days, last, side="right")
        return _once(self.patients[begin:end], repeated=self.repeated)


def _once(patients: NDArray[np.object_], *, repeated: bool) -> Who:
    """Told apart by the object, as all lines of a member have hers: that is quicker by far."""
    found = patients.tolist()
    return tuple(dict(zip(map(id, found), found, strict=True)).values() if repeated else found)


@dataclass(frozen=True, slots=True)
class Caution:
    """What would mislead a reader, and what is to be done about it where something is."""

    words: str
    remedy: Remedy | None = None


@dataclass(frozen=True, eq=False)
class Survival:
    """`sentence`: why there is no figure, empty where there is one; `needs_line`: as it
    is told only from the start of a treatment line; `dropped`: units of the population that are
    not counted here; `follow_up`: the median, by reverse Kaplan-Meier.
    """

    selection: Selection
    question: Question
    groups: tuple[Group, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    follow_up: Median = NOT_KNOWN
    test: LogRank | None = None
    sentence: str = ""
    needs_line: bool = False
    tables: tuple[FigureTable, ...] = ()
    methods: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def last(self) -> float:
        """The longest observation in days."""
        return max((group.curve.last for group in self.groups), default=0.0)

    @cached_property
    def vague(self) -> int:
        """How many lengths of time are known only roughly."""
        return sum(each.vague for group in self.groups for each in group.subjects)

    @property
    def horizons(self) -> tuple[int, ...]:
        """The months at which survival is told: 1, 2 and 5 years, or less of a short follow-up."""
        long = self.last > 3 * YEAR * DAYS_PER_MONTH
        return (YEAR, 2 * YEAR, 5 * YEAR) if long else (6, YEAR, 2 * YEAR)

    @property
    def horizon_days(self) -> tuple[float, ...]:
        return tuple(months * DAYS_PER_MONTH for months in self.horizons)

    @property
    def ticks(self) -> tuple[int, ...]:
        """The months at which the number at risk is told, from 0 on."""
        months = self.last / DAYS_PER_MONTH
        step = next((each for each in STEPS if months / each <= MOST_TICKS), STEPS[-1])
        return tuple(range(0, int(months) + 1, step))

    @property
    def in_years(self) -> bool:
        """Whether a long follow-up is told in years."""
        return self.ticks[-1] > LONG and all(month % YEAR == 0 for month in self.ticks)

    @property
    def unit(self) -> str:
        return _("Years") if self.in_years else _("Months")

    @property
    def axis(self) -> str:
        """`Months since the diagnosis`."""
        if self.question.landmark_days is not None:
            words = _("{unit} since the landmark at {month}")
            return words.format(unit=self.unit, month=self.question.landmark_words)
        if self.question.endpoint is Outcome.DOR:
            since = _("{unit} since the first response")
        elif self.selection.population.by_line:
            since = _("{unit} since the start of the line")
        else:
            since = _("{unit} since the diagnosis")
        return since.format(unit=self.unit)

    def tick_words(self, month: int) -> str:
        return str(month // YEAR if self.in_years else month)

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(caution.words for caution in self.cautions)
