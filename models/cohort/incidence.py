"""Who had which adverse event under a line: by term, by system organ class, and any at all."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

from models.adverse_event import Action
from models.cohort.event_facts import EventFacts
from models.cohort.figure_table import Bounds, Figure, Measured, Numbers, who
from models.cohort.figure_words import DAYS_PER_YEAR, range_words
from models.cohort.selection import Unit
from models.cohort.spread import NOT_TOLD
from models.ctcae import Soc
from models.rules import Standing, rule
from models.survival.incidence import poisson_interval
from models.values import Choice, Grade
from models.words import N_, _

PER = 100
_poisson = cache(poisson_interval)
Counts = Callable[[EventFacts], bool]
Key = tuple[str, ...]


class Order(Choice):
    """Which event stands first."""

    FREQUENT = N_("most frequent first")
    WORST = N_("worst grade first")


@dataclass(frozen=True, slots=True)
class Had:
    """A unit that had an event: the worst grade, the days to the first onset, what was done."""

    unit: Unit
    worst: Grade
    onset: int
    serious: bool
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Event:
    """Who had an event of this name."""

    name: str
    had: tuple[Had, ...]

    @cached_property
    def units(self) -> list[Unit]:
        return [each.unit for each in self.had]

    @cached_property
    def grades(self) -> Counter[Grade]:
        """How many had it at this worst grade."""
        return Counter([each.worst for each in self.had])

    def of(self, grades: Sequence[Grade]) -> list[Unit]:
        """Those whose worst grade was one of these."""
        return [each.unit for each in self.had if each.worst in grades]


E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class OrganClass(Event):
    """A system organ class with its terms."""

    terms: tuple[Event, ...]


@dataclass(frozen=True)
class Incidence:
    """`units`: those exposed; `classes`: in the order asked for, and so are the terms in each."""

    units: Sequence[Unit]
    any: Event
    classes: tuple[OrganClass, ...]
    order: Order

    @cached_property
    def days(self) -> int:
        """All the time at risk of all of them."""
        return sum(days_at_risk(unit) or 0 for unit in self.units)

    @property
    def terms(self) -> list[Event]:
        """Those of all classes, in the order asked for."""
        return _ordered((term for each in self.classes for term in each.terms), self.order)


def incidence(units: Sequence[Unit], counts: Counts, order: Order) -> Incidence:
    """Of the events that count."""
    found: dict[Key, list[Had]] = defaultdict(list)
    for unit in units:
        events = [event for event in unit.events if counts(event)]
        if not events:
            continue
        by_key: dict[Key, list[EventFacts]] = defaultdict(list)
        for event in events:
            soc = event.soc or ""
            by_key[(soc,)].append(event)
            by_key[(soc, event.term)].append(event)
        whole = had(unit, events)
        found[()].append(whole)
        for key, some in by_key.items():
            found[key].append(whole if len(some) == len(events) else had(unit, some))
    terms: dict[str, list[Event]] = defaultdict(list)
    for key, those in found.items():
        if len(key) == 2:
            terms[key[0]].append(Event(key[1], tuple(those)))
    classes = [
        OrganClass(_class_words(soc), tuple(found[(soc,)]), tuple(_ordered(own, order)))
        for soc, own in terms.items()
    ]
    return Incidence(
        units, Event(_("Any event"), tuple(found[()])), tuple(_ordered(classes, order)), order
    )


@rule(N_("Incidence of adverse events"), "ICH E3; ICH E9", Standing.UNVERIFIED)
def had(unit: Unit, events: Sequence[EventFacts]) -> Had:
    """Of those exposed to a line everybody counts once for a term, for a system organ class and for
    all events together, however often she had it: with the worst of its grades under the line, and
    the first of its onsets. Only what is treatment-emergent counts, surely or possibly.
    """
    return Had(
        unit,
        worst=max([event.worst for event in events]),
        onset=min([event.onset for event in events]),
        serious=any(event.serious for event in events),
        actions=tuple([event.action for event in events if event.action]),
    )


@rule(N_("Rate of an event per time at risk"), "Garwood, Biometrika 1936", Standing.UNVERIFIED)
def years_at_risk(event: Event, days: int) -> float:
    """The rate of an event is the number of those who had it, divided by the time for which all
    were at risk of having it first: up to the first onset, its day included, or to the end of the
    time at risk, for those without it and where an onset known by its month or year is taken to lie
    later. Its interval is the exact one of a Poisson count.
    """
    after_onset = sum(max((days_at_risk(each.unit) or 0) - each.onset - 1, 0) for each in event.had)
    return (days - after_onset) / DAYS_PER_YEAR


def days_at_risk(unit: Unit) -> int | None:
    return unit.line.doses.at_risk if unit.line else None


def rate_of_time(event: Event, years: float) -> Figure:
    """`12.3 (5.0 to 20.1)`, per 100 patient-years with its interval; a dash of no time."""
    k = len(event.had)
    if not years:
        return Figure(NOT_TOLD)
    value, low, high = (PER * count / years for count in (k, *_poisson(k)))
    words = range_words(*(f"{each:.1f}" for each in (value, low, high)))
    numbers = Numbers(value, low, high, k, None, Measured.RATE, Bounds.CONFIDENCE)
    return Figure(words, who(event.units), numbers)


def _class_words(soc: str) -> str:
    return Soc(soc).label if soc else _("System organ class not known")


def _ordered(events: Iterable[E], order: Order) -> list[E]:
    return sorted(events, key=lambda event: (*_place(event, order), event.name))


def _place(event: Event, order: Order) -> tuple[int, ...]:
    worst = tuple(-event.grades[grade] for grade in reversed(Grade))
    return (*worst, -len(event.had)) if order is Order.WORST else (-len(event.had), *worst)
