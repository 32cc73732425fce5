"""What contradicts cycles and infusions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, combinations, pairwise

from models.contradictions.finding import Check, Contradiction, among, before
from models.history import History
from models.rules import Standing, rule
from models.treatment import (
    DOSE_TOLERANCE,
    Cycle,
    Infusion,
    InfusionStatus,
    TreatmentLine,
    planned_dose,
    window_days,
)
from models.words import N_, _, number_words

WEIGHT_TOLERANCE = 0.20


@rule(
    N_("Against cycles and infusions"),
    "EU SmPC 2018; the line's protocol; tolerances of this program",
    Standing.DERIVED,
)
def against_the_doses(history: History) -> Iterator[Contradiction]:
    """The cycles of a line count from 1 without a gap, each number once, as many as stated. A later
    cycle begins on a later day, and where the line has a protocol not before the earlier one is
    over, save for the window of a dose. From one cycle to the next the weight changes by no more
    than 20 %.

    An infusion lies within its line. Where the line has a protocol, it stands on one of its days,
    and a dose given in full is no more than 10 % off the dose for that cycle's weight. No infusion
    is given before one that comes earlier in the calendar. Of a single drug, no day of a cycle
    stands twice and no two infusions are given on one day.
    """
    for check in CHECKS:
        yield from check(history)


def _cycle_missing(history: History) -> Iterator[Contradiction]:
    for line in history.lines:
        cycles = history.cycles_of(line)
        for earlier, later in zip([None, *cycles], cycles, strict=False):
            first = earlier.number + 1 if earlier else 1
            if later.number > first:
                yield among(_missing(first, later.number - 1), earlier or line, later)


def _missing(first: int, last: int) -> str:
    if first == last:
        return _("no entry for cycle {number}").format(number=first)
    return _("no entry for cycles {first} to {last}").format(first=first, last=last)


def _cycle_twice(history: History) -> Iterator[Contradiction]:
    for _line, earlier, later in _successive(history):
        if earlier.number == later.number:
            yield among(_("one cycle number stands twice"), earlier, later)


def _cycles_differ_from_stated(history: History) -> Iterator[Contradiction]:
    for line in history.lines:
        cycles = history.cycles_of(line)
        if cycles and line.cycles_stated not in {None, len(cycles)}:
            wrong = _("{stated} cycles stated, {counted} recorded, this one the last").format(
                stated=line.cycles_stated, counted=len(cycles)
            )
            yield among(wrong, line, cycles[-1])


def _cycle_out_of_order(history: History) -> Iterator[Contradiction]:
    for _line, earlier, later in _successive(history):
        if later.number > earlier.number and later.day_1 <= earlier.day_1:
            yield among(_("the later cycle does not begin after the earlier one"), earlier, later)


def _cycle_too_early(history: History) -> Iterator[Contradiction]:
    for line, earlier, later in _successive(history):
        days = (later.day_1 - earlier.day_1).days
        length = line.protocol.cycle_days if line.protocol else 0
        least = (later.number - earlier.number) * length - window_days(line.protocol)
        if later.number > earlier.number and 0 < days < least:
            wrong = _("{days} days apart, a cycle has {length}").format(days=days, length=length)
            yield among(wrong, earlier, later)


def _weight_jumps(history: History) -> Iterator[Contradiction]:
    for _line, earlier, later in _successive(history):
        change = abs(later.weight_kg - earlier.weight_kg)
        if later.number == earlier.number + 1 and change > WEIGHT_TOLERANCE * earlier.weight_kg:
            wrong = _("{earlier} kg, then {later} kg").format(
                earlier=number_words(earlier.weight_kg), later=number_words(later.weight_kg)
            )
            yield among(wrong, earlier, later)


def _successive(history: History) -> Iterator[tuple[TreatmentLine, Cycle, Cycle]]:
    for line in history.lines:
        for earlier, later in pairwise(history.cycles_of(line)):
            yield line, earlier, later


def _outside_its_line(history: History) -> Iterator[Contradiction]:
    for line, _cycle, infusion in _infusions(history):
        given = infusion.given_on
        if given and before(given, line.start):
            yield among(_("given before the line began"), infusion, line)
        if given and line.end and before(line.end, given):
            yield among(_("given after the line ended"), infusion, line)


def _day_not_of_the_protocol(history: History) -> Iterator[Contradiction]:
    for line, cycle, infusion in _infusions(history):
        if line.protocol and infusion.day not in line.protocol.days_of(cycle.number):
            wrong = _("day {day} is none of the protocol's").format(day=infusion.day)
            yield among(wrong, infusion, cycle)


def _dose_off(history: History) -> Iterator[Contradiction]:
    for line, cycle, infusion in _infusions(history):
        planned = planned_dose(line, cycle)
        given = infusion.dose_mg if infusion.status is InfusionStatus.GIVEN else None
        if planned and given is not None and abs(given - planned.mg) > DOSE_TOLERANCE * planned.mg:
            wrong = _("{given} mg given in full, {weight} kg makes {planned} mg").format(
                given=number_words(given),
                weight=number_words(cycle.weight_kg),
                planned=number_words(planned.mg),
            )
            yield among(wrong, infusion, cycle)


def _given_after_a_later_one(history: History) -> Iterator[Contradiction]:
    for line in history.lines:
        given = [infusion for infusion in history.infusions_of(line) if infusion.given_on]
        for earlier, later in pairwise(given):
            if earlier.given_on and later.given_on and earlier.given_on > later.given_on:
                wrong = _("the one stands earlier in the calendar but was given later")
                yield among(wrong, earlier, later)


def _two_on_one_day(history: History) -> Iterator[Contradiction]:
    for line in _of_one_drug(history):
        on: defaultdict[dt.date, list[Infusion]] = defaultdict(list)
        for infusion in history.infusions_of(line):
            if infusion.given_on:
                on[infusion.given_on].append(infusion)
        for one, other in chain.from_iterable(combinations(same, 2) for same in on.values()):
            if (one.cycle, one.day) != (other.cycle, other.day):
                yield among(_("two infusions on one day"), one, other)


def _day_twice(history: History) -> Iterator[Contradiction]:
    for line in _of_one_drug(history):
        for one, other in pairwise(history.infusions_of(line)):
            if one.day == other.day and one.cycle == other.cycle:
                wrong = _("day {day} of the cycle stands twice").format(day=one.day)
                yield among(wrong, one, other)


def _of_one_drug(history: History) -> list[TreatmentLine]:
    return [line for line in history.lines if len(line.regimen) == 1]


def _infusions(history: History) -> Iterator[tuple[TreatmentLine, Cycle, Infusion]]:
    for line in history.lines:
        cycles = {cycle.id: cycle for cycle in history.cycles_of(line)}
        for infusion in history.infusions_of(line):
            yield line, cycles[infusion.cycle], infusion


CHECKS: tuple[Check, ...] = (
    _cycle_missing,
    _cycle_twice,
    _cycles_differ_from_stated,
    _cycle_out_of_order,
    _cycle_too_early,
    _weight_jumps,
    _outside_its_line,
    _day_not_of_the_protocol,
    _dose_off,
    _given_after_a_later_one,
    _two_on_one_day,
    _day_twice,
)
