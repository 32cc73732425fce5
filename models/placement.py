"""Where a date lies: cycle and day, days on the drug, since the last dose, since diagnosis."""

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from models.adverse_event import AdverseEvent, Emergent, emergent
from models.course import began
from models.diagnosis import Diagnosis
from models.history import History, once_in_all
from models.protocol import BY_LABEL
from models.rules import Standing, rule
from models.treatment import TreatmentLine
from models.values import AnyDate, Days, PartialDate, earliest, latest
from models.words import N_, _

DAY = dt.timedelta(days=1)


class CycleDay(NamedTuple):
    """A day of a cycle; `day` is None after its last day, where no other cycle has begun."""

    number: int
    day: int | None

    @property
    def words(self) -> str:
        """`C27 day 15`, `after C30`."""
        text = _("after C{number}") if self.day is None else _("C{number} day {day}")
        return text.format(number=self.number, day=self.day)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a date lies in the course of a line; a range wherever a date is partial.

    `first` and `last`: the first and the last day of a cycle that the date may mean, None before
    the first cycle; `cycles`: the numbers of the cycles that it touches. The days are those that
    have passed: 0 on the day itself, below zero before it.
    """

    line: TreatmentLine | None
    first: CycleDay | None
    last: CycleDay | None
    cycles: tuple[int, ...]
    since_first_dose: Days | None
    since_last_dose: Days | None
    since_diagnosis: Days | None

    @property
    def study_day(self) -> Days | None:
        """The day on the drug: the first dose is day 1 and the day before it −1, there is no 0."""
        passed = self.since_first_dose
        return Days(_study_day(passed.least), _study_day(passed.most)) if passed else None

    @property
    def study_day_words(self) -> str:
        """`743`, `−7`, `about 41`; empty without a first dose."""
        passed = self.since_first_dose
        if passed is None:
            return ""
        number = str(_study_day(passed.about)).replace("-", "−")
        return number if passed.exact else _("about {number}").format(number=number)

    @property
    def cycle_words(self) -> str:
        """`C27 day 15`, `C26 day 20 to C28 day 1`, `after C30`; empty before the first cycle."""
        if self.last is None:
            return ""
        if self.first == self.last:
            return self.last.words
        first = (
            self.first.words if self.first else _("before C{number}").format(number=self.cycles[0])
        )
        return _("{first} to {last}").format(first=first, last=self.last.words)

    @property
    def brief(self) -> str:
        """The most telling of them: `C27 day 15`, `7 days before mogamulizumab`."""
        return self.cycle_words or self._on_drug or self.words

    @property
    def words(self) -> str:
        """`C27 day 15, day 743 on mogamulizumab, 14 days after the last dose, 6 y after diagnosis`,
        as far as each is known.
        """
        parts = (
            self.cycle_words,
            self._on_drug,
            _passed(
                self.since_last_dose,
                at=_("on the day of a dose"),
                after=_("{time} after the last dose"),
            ),
            _passed(
                self.since_diagnosis,
                before=_("{time} before diagnosis"),
                at=_("about the time of diagnosis"),
                after=_("{time} after diagnosis"),
            ),
        )
        return ", ".join(part for part in parts if part)

    @property
    def _on_drug(self) -> str:
        passed = self.since_first_dose
        if self.line is None or passed is None:
            return ""
        drug = self.line.regimen_words
        if passed.least < 0:
            before, at = _("{time} before {drug}"), _("about the start of {drug}")
            return _passed(passed, before=before, at=at, drug=drug)
        over = self.last is not None and self.last.day is None
        day = (_("day {n}") if passed.exact else _("about day {n}")).format(
            n=_study_day(passed.about)
        )
        text = _("{day} from the first {drug}") if over else _("{day} on {drug}")
        return text.format(day=day, drug=drug)


def _study_day(passed: int) -> int:
    return passed + 1 if passed >= 0 else passed


def _passed(
    days: Days | None, before: str = "", at: str = "", after: str = "", drug: str = ""
) -> str:
    """Days that have passed, in one of these words; `at` where they may be none or are none."""
    if days is None:
        return ""
    if days.most < 0:
        return before.format(time=Days(-days.most, -days.least).words, drug=drug)
    if days.least < 0 or days.most == 0:
        return at.format(drug=drug)
    return after.format(time=days.words)


@rule(N_("Cycle and day of a date"), "mogamulizumab label: EU SmPC, US PI", Standing.DERIVED)
def place(history: History, when: PartialDate, line: TreatmentLine | None = None) -> Placement:
    """A date is placed in the line of mogamulizumab, or other line with cycles, that is running on
    it; where none is, in the last one begun, and before all of them in the first.
    A cycle's days count from its day 1 and end with its protocol's length, 28 days where the line
    has no protocol, or where the next cycle begins. Later days lie after the cycle, not in it.
    The day on the drug counts from the first dose recorded, which is day 1, or else from the start
    of the line; there is no day 0, and days before it are below zero. Days since the last dose
    count from the last one given on or before the date; days since diagnosis from the first one.
    Of a date known by month or year each is the range over its days on which it is defined. Where
    such a date falls into more than one line, only the time since diagnosis is told.
    """
    return places_of(history).place(when, line)


class Places:
    """Places the dates of one history, whose lines are looked through once."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._diagnosed = next((found.date for found in history.of(Diagnosis)), None)
        courses = [
            _Course(history, line)
            for line in history.lines
            if line.has_mogamulizumab or history.cycles_of(line)
        ]
        self._courses = sorted(courses, key=lambda course: course.first_day)
        self._edges = sorted({day for course in courses for day in course.edges})
        self._by_line = {course.line.id: course for course in courses}

    def place(self, when: PartialDate, line: TreatmentLine | None = None) -> Placement:
        """`line`: the line to place it in, where that is known."""
        course = self._of(line) if line else self._course(when)
        return Placement(
            line=course.line if course else None,
            first=course.cycle_day(when.first) if course else None,
            last=course.cycle_day(when.last) if course else None,
            cycles=course.cycles_touched(when) if course else (),
            since_first_dose=_apart(course.began, when) if course else None,
            since_last_dose=course.since_last_dose(when) if course else None,
            since_diagnosis=_apart(self._diagnosed, when) if self._diagnosed else None,
        )

    def line_of_event(self, event: AdverseEvent) -> TreatmentLine | None:
        """The line an event is attributed to; otherwise the one running at its onset."""
        by_id = self._history.by_id
        named = by_id.get(event.treatment_line) if event.treatment_line else None
        if isinstance(named, TreatmentLine):
            return named
        running = self._course(event.onset)
        return running.line if running else None

    def onset(self, event: AdverseEvent) -> Placement:
        """The onset of an event in the course of its line."""
        return self.place(event.onset, self.line_of_event(event))

    def emergent_under(self, event: AdverseEvent) -> Emergent | None:
        """Whether an event is treatment-emergent under its line; None where there is no line.

        A running line has no last dose yet; where no dose is recorded, its start and end stand for
        it.
        """
        line = self.line_of_event(event)
        if line is None:
            return None
        course = self._of(line)
        last = course.doses[-1] if course.doses else line.end
        within = self._history.practice.emergent_days
        return emergent(event, course.began, line.end and last, within)

    def _of(self, line: TreatmentLine) -> "_Course":
        if line.id not in self._by_line:
            self._by_line[line.id] = _Course(self._history, line)
        return self._by_line[line.id]

    def _course(self, when: PartialDate) -> "_Course | None":
        """The course that every day of the date falls into; None where there are several."""
        begin, end = when.first, when.last
        between = self._edges[bisect_right(self._edges, begin) : bisect_left(self._edges, end)]
        days = dict.fromkeys((begin, *between, end))
        first, *others = [self._course_on(day) for day in days]
        return first if all(other is first for other in others) else None

    def _course_on(self, day: dt.date) -> "_Course | None":
        begun = [course for course in self._courses if course.first_day <= day]
        running = [course for course in begun if day <= course.last_day]
        return next(reversed(running or begun or self._courses[:1]), None)


@once_in_all
def places_of(history: History) -> Places:
    """Those of a history."""
    return Places(history)


class _Course:
    """A line's cycles and doses in the order of time."""

    def __init__(self, history: History, line: TreatmentLine) -> None:
        self.line = line
        given = (infusion.given_on for infusion in history.infusions_of(line))
        self.doses = sorted(day for day in given if day)
        self.began = began(history, line)
        self.first_day = earliest(self.began)
        self.last_day = line.end.last if line.end else dt.date.max
        self._cycles = sorted(history.cycles_of(line), key=lambda cycle: cycle.day_1)
        self._length = (line.protocol or BY_LABEL).cycle_days
        self._firsts = [cycle.day_1 for cycle in self._cycles]
        self._lasts = [self._last_day(place) for place in range(len(self._cycles))]

    @property
    def edges(self) -> tuple[dt.date, ...]:
        """The days on which it begins to be the running line, and no longer is."""
        if self.line.end is None:
            return (self.first_day,)
        return self.first_day, self.last_day + DAY

    def cycle_day(self, day: dt.date) -> CycleDay | None:
        begun = bisect_right(self._firsts, day)
        if not begun:
            return None
        number = (day - self._firsts[begun - 1]).days + 1
        return CycleDay(self._cycles[begun - 1].number, number if number <= self._length else None)

    def cycles_touched(self, when: PartialDate) -> tuple[int, ...]:
        begin, end = bisect_left(self._lasts, when.first), bisect_right(self._firsts, when.last)
        return tuple(cycle.number for cycle in self._cycles[begin:end])

    def _last_day(self, place: int) -> dt.date:
        """As long as a cycle is, or up to the next one."""
        full = self._firsts[place] + (self._length - 1) * DAY
        return min([full, *(after - DAY for after in self._firsts[place + 1 : place + 2])])

    def since_last_dose(self, when: PartialDate) -> Days | None:
        """The range over the days of the date from the first dose on."""
        if not self.doses or when.last < self.doses[0]:
            return None
        begins, ends = max(when.first, self.doses[0]), when.last
        begun = bisect_right(self.doses, begins)
        within = self.doses[begun : bisect_right(self.doses, ends)]
        before = self.doses[begun - 1]
        untils = [*(dose - DAY for dose in within), ends]
        spans = [(until - dose).days for dose, until in zip([before, *within], untils, strict=True)]
        return Days(0 if within else (begins - before).days, max(spans))


def _apart(start: AnyDate, end: PartialDate) -> Days:
    """As `Days.between`, but below zero where the end may lie before the start."""
    return Days((end.first - latest(start)).days, (end.last - earliest(start)).days)


def line_of_event(history: History, event: AdverseEvent) -> TreatmentLine | None:
    """The line an event is attributed to; otherwise the one running at its onset."""
    return places_of(history).line_of_event(event)


def place_onset(history: History, event: AdverseEvent) -> Placement:
    """The onset of an event in the course of its line."""
    return places_of(history).onset(event)


def emergent_under(history: History, event: AdverseEvent) -> Emergent | None:
    """Whether an event is treatment-emergent under its line, as `Places.emergent_under`."""
    return places_of(history).emergent_under(event)
