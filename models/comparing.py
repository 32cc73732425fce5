"""What was found of a compartment now, at its lowest and at baseline, and how they are compared."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from models.base import PatientRecord
from models.history import History
from models.practice import Criteria
from models.response import Response
from models.rules import Rule, Standing, rule, rule_of
from models.staging import Staging
from models.values import AnyDate, date_words, earliest, latest
from models.words import N_, _, number_words

NEAR = dt.timedelta(days=14)

X = TypeVar("X")


@dataclass(frozen=True, slots=True)
class Found(Generic[X]):
    """What was found of a compartment on a day, and the record that says so.

    `staged`: the class, where a staging says so and nothing was measured.
    """

    date: AnyDate
    what: X
    record: PatientRecord
    staged: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure on a day, and its record; without a value where a staging gave the class alone."""

    date: AnyDate
    value: float | None
    figure: str
    record: PatientRecord

    @property
    def words(self) -> str:
        return _("{figure} on {date}").format(figure=self.figure, date=date_words(self.date))


@dataclass(frozen=True, slots=True)
class Compared:
    """What a compartment was judged by: at baseline, at its lowest before now, and now."""

    quantity: str
    baseline: Measured
    nadir: Measured
    now: Measured

    @property
    def words(self) -> str:
        """`mSWAT 112 on 6 Jul 2015, 24 on 7 Dec 2015; lowest before 20 on 2 Nov 2015`."""
        text = f"{_(self.quantity)} {self.baseline.words}, {self.now.words}"
        if self.nadir.record is self.baseline.record:
            return text
        return text + "; " + _("lowest before {figure}").format(figure=self.nadir.words)


@dataclass(frozen=True, slots=True)
class Compartment:
    """The response of one compartment, how it was reached or why not, and by which rule.

    `alone`: what baseline and now alone make of it; what was stated is that.
    """

    name: str
    response: Response | None
    how: str
    alone: Response | None = None
    compared: Compared | None = None
    rule: Rule | None = None

    @property
    def lost(self) -> bool:
        """PD because a response was lost, and not against the baseline."""
        return self.response is Response.PD and self.alone is not Response.PD


@dataclass(frozen=True, slots=True)
class Span:
    """What counts for an assessment: the day the treatment began, if any, and the day itself."""

    history: History
    began: AnyDate | None
    on: dt.date

    @property
    def of_2022(self) -> bool:
        return self.history.practice.criteria is Criteria.OLSEN_2022

    @property
    def until(self) -> dt.date:
        return min(self.on, dt.date.max - NEAR) + NEAR

    @property
    def stagings(self) -> list[Staging]:
        return [item for item in self.history.of(Staging) if item.date.last <= self.until]

    @property
    def stagings_before(self) -> list[Staging]:
        """Up to the start; without a line the first of all."""
        if self.began is None:
            return self.stagings[:1]
        return [item for item in self.stagings if item.date.last <= latest(self.began)]

    def near(self, date: AnyDate) -> bool:
        return self.on - earliest(date) <= NEAR and latest(date) <= self.until


@dataclass(frozen=True, slots=True)
class Judged:
    """The response; what baseline and now alone would make of it; and what else is to be said."""

    response: Response | None
    alone: Response | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Kind(Generic[X]):
    """How one compartment is worked out.

    `seen`: in the order of time, as everything of a history.
    `free`: the class of a compartment without disease, and what is found in one.
    """

    name: str
    quantity: str
    rule: Callable[..., Response | None]
    seen: Sequence[Found[X]]
    figure: Callable[[X], float]
    judge: Callable[[Sequence[Found[X]]], Judged]
    free: tuple[str, X] | None = None


def worked_out(kind: Kind[X], span: Span) -> Compartment:
    """From the value nearest to the day against the baseline; else from the stagings."""
    baseline, now = compared(kind.seen, span.began, span.on)
    baseline = baseline or _staged(kind, span.stagings_before[-1:])
    if now is None and baseline and not kind.figure(baseline.what):
        later = [item for item in span.stagings if item.date.first > latest(baseline.date)]
        now = _staged(kind, later) if later and span.near(later[-1].date) else None
    if now is None or baseline is None or latest(baseline.date) >= earliest(now.date):
        return Compartment(kind.name, None, _missing(kind, baseline, now))
    after = bisect_right(kind.seen, latest(baseline.date), key=_first)
    between = kind.seen[after : bisect_left(kind.seen, earliest(now.date), key=_first)]
    judged = kind.judge([baseline, *between, now])
    lowest = min([baseline, *between], key=lambda found: kind.figure(found.what))
    shown = Compared(kind.quantity, *(_measured(kind, found) for found in (baseline, lowest, now)))
    how = f"{shown.words} ({judged.remark})" if judged.remark else shown.words
    by = rule_of(kind.rule)
    return Compartment(kind.name, judged.response, how, judged.alone, shown, by)


@rule(N_("Baseline and value now"), "Olsen, J Clin Oncol 2011", Standing.DERIVED)
def compared(
    seen: Sequence[Found[X]], began: AnyDate | None, on: dt.date
) -> tuple[Found[X] | None, Found[X] | None]:
    """The value now is the one nearest to the day of the assessment, at most 14 days before or
    after it. The baseline is the last one up to the first dose, or up to the start of the line
    where no dose is recorded. Where the start is known as a month or year only and no value lies
    before it, the baseline is the first one within it; without a line it is the first value of all.
    """

    def away(found: Found[X]) -> dt.timedelta:
        return _first(found) - on

    near = seen[bisect_left(seen, -NEAR, key=away) : bisect_right(seen, NEAR, key=away)]
    now = min(near, key=lambda found: abs(away(found)), default=None)
    if began is None:
        return next(iter(seen), None), now
    before = bisect_right(seen, earliest(began), key=_first)
    within = bisect_right(seen, latest(began), key=_first)
    return (seen[max(before - 1, 0)] if within else None), now


def _first(found: Found[Any]) -> dt.date:
    return earliest(found.date)


def _missing(kind: Kind[Any], baseline: Found[Any] | None, now: Found[Any] | None) -> str:
    if now is None and baseline and baseline.staged:
        words = _("not involved at baseline ({staged}, {date}); state whether it still is not")
        return words.format(staged=baseline.staged, date=date_words(baseline.date))
    if now is None:
        words = _("{quantity} not known within {days} days")
    elif baseline is None:
        words = _("{quantity} not known before the start")
    else:
        words = _("{quantity} not known since the baseline")
    return words.format(quantity=_(kind.quantity), days=NEAR.days)


def _measured(kind: Kind[X], found: Found[X]) -> Measured:
    if found.staged:
        return Measured(found.date, None, found.staged, found.record)
    value = kind.figure(found.what)
    return Measured(found.date, value, number_words(value), found.record)


@rule(N_("Not involved, by the staging"), "ISCL/EORTC: Olsen, Blood 2007", Standing.DERIVED)
def free_of_disease(stagings: Sequence[Staging], unaffected: str) -> bool:
    """Where nothing was measured, N0, B0 or M0 at the last staging before the start says that the
    compartment was not involved at baseline; N0, B0 or M0 at the last staging since, within 14 days
    of the assessment, says that it still is not, unless one in between says otherwise (X included).
    A staging from before the start alone does not tell how things are now.
    """
    return bool(stagings) and all(unaffected in (item.n, item.m, item.b[:2]) for item in stagings)


def _staged(kind: Kind[X], stagings: Sequence[Staging]) -> Found[X] | None:
    if kind.free is None or not free_of_disease(stagings, kind.free[0]):
        return None
    staged, what = kind.free
    return Found(stagings[-1].date, what, stagings[-1], staged)
