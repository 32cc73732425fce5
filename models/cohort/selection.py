"""Who belongs to a population, and who is left out and why."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from models.biopsy import Conclusion
from models.cohort.event_facts import EventFacts
from models.cohort.member import Member, Treated
from models.ctcae import canonical
from models.diagnosis import Disease
from models.population import Population, Which
from models.therapies import drugs_of
from models.values import Grade
from models.words import _, day_words

ANY = 999


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: a patient from the diagnosis on, or one of her lines from its start on."""

    member: Member
    line: Treated | None = None

    @property
    def patient(self) -> uuid.UUID:
        return self.member.id

    @property
    def start(self) -> dt.date | None:
        return self.line.start if self.line else self.member.diagnosed

    @property
    def lines(self) -> tuple[Treated, ...]:
        """The line that is counted; of a patient all of hers."""
        return (self.line,) if self.line else self.member.lines

    @property
    def vague(self) -> bool:
        """Whether the origin is not known to the day."""
        return self.line.vague if self.line else self.member.vague

    @property
    def age(self) -> int | None:
        return self.line.age if self.line else self.member.age

    @property
    def disease(self) -> Disease | None:
        return self.line.disease if self.line else self.member.disease

    @property
    def stage(self) -> str:
        return self.line.stage if self.line else self.member.stage

    @property
    def seen_from(self) -> int:
        return self.line.seen_from if self.line else self.member.seen_from

    @property
    def events(self) -> tuple[EventFacts, ...]:
        return self.line.events if self.line else self.member.events


@dataclass(frozen=True, slots=True)
class LeftOut:
    member: Member
    why: str


@dataclass(frozen=True)
class Selection:
    """`today`: the day up to which records were read; `further`: lines that fit and do not count,
    as another one of the same patient does.
    """

    population: Population
    today: dt.date
    units: tuple[Unit, ...]
    left_out: tuple[LeftOut, ...]
    further: int

    @cached_property
    def patients(self) -> int:
        """How many patients there are, each counted once."""
        return len({unit.patient for unit in self.units})


def select(members: Sequence[Member], population: Population, today: dt.date) -> Selection:
    """Those who fit, in the order of the members."""
    units: list[Unit] = []
    left_out: list[LeftOut] = []
    further = 0
    tests = _tests(population)
    for member in members:
        fitting, why = _fitting(member, population, tests)
        counted = _counted(fitting, population.which)
        units += counted
        further += len(fitting) - len(counted)
        if why:
            left_out.append(LeftOut(member, why))
    return Selection(population, today, tuple(units), tuple(left_out), further)


Test = tuple[Callable[[Unit], bool], Callable[[Unit], str]]


def _fitting(
    member: Member, population: Population, tests: Sequence[Test]
) -> tuple[list[Unit], str]:
    """The units that fit; where none does, why the one that came furthest does not."""
    offered = _offered(member, population)
    if not offered:
        return [], _("no treatment line") if population.by_line else _("no diagnosis")
    fitting, furthest, why = [], -1, ""
    for unit in offered:
        failed = next((place for place, (fits, _w) in enumerate(tests) if not fits(unit)), None)
        if failed is None:
            fitting.append(unit)
        elif failed > furthest:
            furthest, why = failed, tests[failed][1](unit)
    return fitting, "" if fitting else why


def _offered(member: Member, population: Population) -> list[Unit]:
    if population.by_line:
        return [Unit(member, line) for line in member.lines]
    return [Unit(member)] if member.diagnosed else []


def _counted(fitting: list[Unit], which: Which) -> list[Unit]:
    if which is Which.EVERY:
        return fitting
    return fitting[:1] if which is Which.FIRST else fitting[-1:]


def _tests(population: Population) -> list[Test]:
    """One for each criterion that is not empty: whether a unit fits, and what is said if not."""
    about = (_about_patient, _about_treatment, _about_origin, _about_later)
    return [test for each in about for test in each(population)]


def _about_patient(asked: Population) -> Iterator[Test]:
    if asked.diseases:
        yield (lambda unit: unit.disease in asked.diseases), _disease
    if asked.sexes:
        yield (lambda unit: unit.member.sex in asked.sexes), (lambda unit: _(unit.member.sex.value))


def _about_treatment(asked: Population) -> Iterator[Test]:
    """Of a line; from the diagnosis on one of them must meet all that is asked of a treatment."""
    tests = [*of_treatment(asked)]
    for n, (_fits, why) in enumerate(tests, 1):
        yield partial(_some_line, [fits for fits, _why in tests[:n]]), partial(_always, why)
    if asked.by_line and (asked.number_from or asked.number_to):
        least, most = asked.number_from or 1, asked.number_to or ANY
        yield (lambda unit: any(least <= each.number <= most for each in unit.lines)), _number


def of_treatment(asked: Population) -> Iterator[tuple[Callable[[Treated], bool], str]]:
    """What is asked of a treatment: whether a line meets it, and what is said if none does."""
    if asked.treatments:
        drugs = frozenset(drugs_of(asked.treatments))
        never = _("no {drugs}").format(drugs=_(" or ").join(map(_, asked.treatments)))
        yield (lambda line: not drugs.isdisjoint(line.drugs)), never
    if asked.categories:
        kinds = asked.categories
        yield (lambda line: line.category in kinds), _("no such category of treatment")
    if asked.given_here:
        yield (lambda line: line.given_here), _("given elsewhere")


def _some_line(tests: Sequence[Callable[[Treated], bool]], unit: Unit) -> bool:
    return any(all(fits(line) for fits in tests) for line in unit.lines)


def _always(why: str, _unit: Unit) -> str:
    return why


def _about_origin(asked: Population) -> Iterator[Test]:
    if asked.stages:
        yield (lambda unit: unit.stage in asked.stages), _stage
    if asked.age_from is not None or asked.age_to is not None:
        least, most = asked.age_from or 0, ANY if asked.age_to is None else asked.age_to
        yield (lambda unit: unit.age is not None and least <= unit.age <= most), _age(least, most)
    if asked.since or asked.until:
        first, last = asked.since or dt.date.min, asked.until or dt.date.max
        why = _began(first, last)
        yield (lambda unit: unit.start is not None and first <= unit.start <= last), why


def _about_later(asked: Population) -> Iterator[Test]:
    if asked.responses:
        other = _("another best response, or none on file")
        kinds = asked.responses
        yield (lambda unit: any(e.response.best in kinds for e in unit.lines)), lambda _unit: other
    for days, why in of_later(asked):
        yield partial(_on_some_day, days), partial(_always, why)


def of_later(asked: Population) -> Iterator[tuple[Callable[[Unit], list[int]], str]]:
    """What is asked of events and biopsies: on which days after the origin a unit had them, and
    what is said if on none.
    """
    if asked.events or asked.grade_from:
        least, terms = asked.grade_from or Grade.MILD, [*map(canonical, asked.events)]
        yield partial(onsets, terms=terms, least=least), _("no such adverse event")
    if asked.conclusions:
        yield partial(biopsied, conclusions=asked.conclusions), _("no such biopsy since then")


def onsets(unit: Unit, terms: Sequence[str], least: Grade) -> list[int]:
    """Days after the origin; `terms`: as CTCAE writes them, any where there are none."""
    return [
        each.onset
        for each in unit.events
        if each.onset >= 0 and each.worst >= least and (not terms or each.term in terms)
    ]


def biopsied(unit: Unit, conclusions: Sequence[Conclusion]) -> list[int]:
    """Days after the origin on which a biopsy with one of these conclusions was taken."""
    start = unit.start or dt.date.max
    return [
        (on - start).days
        for what, on in unit.member.conclusions
        if what in conclusions and on >= start
    ]


def _on_some_day(days: Callable[[Unit], list[int]], unit: Unit) -> bool:
    return bool(days(unit))


def _disease(unit: Unit) -> str:
    return _(unit.disease.value) if unit.disease else _("no diagnosis")


def _number(unit: Unit) -> str:
    return _("line {n}").format(n=unit.line.number) if unit.line else ""


def _stage(unit: Unit) -> str:
    return _("stage {stage}").format(stage=unit.stage) if unit.stage else _("stage not known")


def _age(least: int, most: int) -> Callable[[Unit], str]:
    def why(unit: Unit) -> str:
        if unit.age is None:
            return _("age not known")
        if unit.age < least:
            return _("younger than {n}").format(n=least)
        return _("older than {n}").format(n=most)

    return why


def _began(first: dt.date, last: dt.date) -> Callable[[Unit], str]:
    def why(unit: Unit) -> str:
        if unit.start is not None and unit.start < first:
            return _("begun before {date}").format(date=day_words(first))
        return _("begun after {date}").format(date=day_words(last))

    return why
