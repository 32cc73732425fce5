"""How much of the planned dose a line delivered, and how often it was not given as planned."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from itertools import takewhile

from models.history import History
from models.protocol import Protocol
from models.rules import Standing, rule
from models.treatment import Infusion, InfusionStatus, TreatmentLine, planned_dose
from models.words import N_, _

Slot = tuple[int, int]  # cycle and day


@dataclass(frozen=True, slots=True)
class Counts:
    """A line's infusions as they were entered; a late one stands under its status as well."""

    given: int
    reduced: int
    interrupted: int
    omitted: int
    delayed: int

    @property
    def words(self) -> str:
        """`62 in full, 1 reduced, 2 late`; what did not happen is left out."""
        parts = (
            (_("{n} in full"), self.given),
            (_("{n} reduced"), self.reduced),
            (_("{n} interrupted"), self.interrupted),
            (_("{n} omitted"), self.omitted),
            (_("{n} late"), self.delayed),
        )
        return ", ".join(words.format(n=n) for words, n in parts if n)


@rule(
    N_("Infusions not given as planned"),
    "Infusions as entered; the label's window",
    Standing.DERIVED,
)
def infusion_counts(history: History, line: TreatmentLine) -> Counts:
    """How many infusions of a line were given in full, reduced, interrupted and omitted, each as it
    was entered, and how many of those given in any way were late: outside the window of their
    planned day.
    """
    infusions = history.infusions_of(line)
    by_status = Counter(infusion.status for infusion in infusions)
    return Counts(
        given=by_status[InfusionStatus.GIVEN],
        reduced=by_status[InfusionStatus.REDUCED],
        interrupted=by_status[InfusionStatus.INTERRUPTED],
        omitted=by_status[InfusionStatus.OMITTED],
        delayed=sum(history.is_delayed(infusion) for infusion in infusions),
    )


@dataclass(frozen=True, slots=True)
class DoseIntensity:
    """A line's relative dose intensity with what it was worked out from.

    `taken_as_planned`: doses given in full whose mg were not entered; `unknown`: doses that may be
    anything from nothing to what was planned.
    """

    planned_mg: float
    given_mg_least: float
    given_mg_most: float
    planned_days: int
    actual_days: int
    taken_as_planned: int
    unknown: int

    @property
    def least(self) -> float:
        return self._relative(self.given_mg_least)

    @property
    def most(self) -> float:
        return self._relative(self.given_mg_most)

    @property
    def planned_weeks(self) -> float:
        return self.planned_days / 7

    @property
    def actual_weeks(self) -> float:
        return self.actual_days / 7

    def _relative(self, given_mg: float) -> float:
        return (given_mg / self.actual_days) / (self.planned_mg / self.planned_days)


@rule(
    N_("Relative dose intensity"),
    "Ratio of delivered to planned mg per week (Hryniuk, J Clin Oncol 1984)",
    Standing.UNVERIFIED,
)
def dose_intensity(history: History, line: TreatmentLine) -> DoseIntensity | None:
    """The mg per week that a line delivered, divided by the mg per week of its protocol; 1 is all
    that was planned, when it was planned.

    Both run from the first entered dose to the day on which the dose after the last entered one
    would be due: after whole cycles this is the end of the last cycle, and doses not yet due, or
    never due because the line ended, do not count against it. Planned are the doses of the
    protocol's days between, each by the weight of its cycle. The time planned is the protocol's;
    the actual time is the dates on which the doses were given, so that delays lower the intensity.

    A dose given in full without its mg is taken as planned. A reduced or interrupted dose without
    its mg, or a day of the protocol without an entry, may be anything from nothing to the planned
    dose: the intensity is then a range. It is not known without a protocol, without an entry, where
    a cycle between is not entered or a dose in mg/m² lacks the height.
    """
    protocol, infusions = line.protocol, history.infusions_of(line)
    if protocol is None or not infusions:
        return None
    cycles = {cycle.id: cycle for cycle in history.cycles_of(line)}
    entered = [(cycles[each.cycle].number, each.day) for each in infusions]
    first, last = entered[0], entered[-1]
    slots = slots_between(protocol, first, last)
    doses = {cycle.number: planned_dose(line, cycle) for cycle in cycles.values()}
    mg = {number: dose.mg for number, dose in doses.items() if dose}
    if any(number not in mg for number, _day in slots + entered):
        return None
    planned_mg = sum(mg[number] for number, _day in slots)
    following = due_after(protocol, last)
    to_following = protocol.offset(*following) - protocol.offset(*last)
    days_between = (_on(history, infusions[-1]) - _on(history, infusions[0])).days
    if days_between < 0 or not planned_mg:
        return None
    amounts = [_given(each, mg[slot[0]]) for each, slot in zip(infusions, entered, strict=True)]
    amounts += [(0.0, mg[slot[0]]) for slot in slots if slot not in entered]
    return DoseIntensity(
        planned_mg=round(planned_mg, 2),
        given_mg_least=round(sum(least for least, _most in amounts), 2),
        given_mg_most=round(sum(most for _least, most in amounts), 2),
        planned_days=protocol.offset(*following) - protocol.offset(*first),
        actual_days=days_between + to_following,
        taken_as_planned=sum(_in_full_without_mg(each) for each in infusions),
        unknown=sum(least != most for least, most in amounts),
    )


def _given(infusion: Infusion, planned_mg: float) -> tuple[float, float]:
    """The least and the most mg that were given."""
    if not infusion.administered:
        return 0.0, 0.0
    if infusion.dose_mg is not None:
        return infusion.dose_mg, infusion.dose_mg
    return (planned_mg, planned_mg) if _in_full_without_mg(infusion) else (0.0, planned_mg)


def _in_full_without_mg(infusion: Infusion) -> bool:
    return infusion.status is InfusionStatus.GIVEN and infusion.dose_mg is None


def due_after(protocol: Protocol, slot: Slot) -> Slot:
    """The next dose of the protocol."""
    return next(later for later in protocol.doses(slot[0]) if later > slot)


def slots_between(protocol: Protocol, first: Slot, last: Slot) -> list[Slot]:
    """The protocol's days from one to another."""
    up_to_last = takewhile(lambda slot: slot <= last, protocol.doses(first[0]))
    return [slot for slot in up_to_last if slot >= first]


def _on(history: History, infusion: Infusion) -> dt.date:
    """The day it was given, or for an omitted one was planned for."""
    return infusion.given_on or history.planned_days[infusion.id]
