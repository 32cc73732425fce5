"""A rash with what belongs to it: its biopsies, the drug, and what was measured around it."""

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from models.adverse_event import AdverseEvent
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.course import Status, last_dose, statuses
from models.history import History
from models.laboratory import LabResult
from models.placement import place
from models.response import Assessment
from models.skin import SkinScore
from models.treatment import TreatmentLine
from models.values import AnyDate, Days, PartialDate, earliest, latest

NEAR = dt.timedelta(days=28)
D = TypeVar("D", Assessment, BloodCount, LabResult, SkinScore)


@dataclass(frozen=True)
class Rash:
    """A skin event with what belongs to it: its biopsies, the drug, the time around it."""

    history: History
    event: AdverseEvent
    biopsies: tuple[Biopsy, ...]
    line: TreatmentLine | None

    @property
    def onset(self) -> Days | None:
        """Days from the first dose of mogamulizumab; below zero where it may lie before."""
        if self.line is None:
            return None
        return place(self.history, self.event.onset, self.line).since_first_dose

    @property
    def stopped(self) -> AnyDate | None:
        """The last dose of a line that has ended, or its end where none is recorded."""
        if self.line is None or self.line.end is None:
            return None
        return last_dose(self.history, self.line) or self.line.end

    @cached_property
    def told(self) -> list[PartialDate]:
        """The dates on which it is known to have been there: onset, grades and biopsies."""
        dated = [self.event.onset]
        dated += [episode.date for episode in self.event.grades]
        return dated + [biopsy.date for biopsy in self.biopsies]

    @cached_property
    def until(self) -> dt.date:
        """28 days after the last of these dates, or the resolution where that is later."""
        resolved = self.event.resolved
        last = max(date.last for date in self.told) + NEAR
        return max(last, resolved.first) if resolved else last

    def near(self, when: AnyDate) -> bool:
        """From 28 days before the onset until then."""
        return self._from_onset_to(when, self.until)

    def at_the_time(self, kind: type[D]) -> tuple[D, ...]:
        """The records of a kind, dated by their day, that are near."""
        found = self.history.of(kind)
        first = bisect_left(found, self.event.onset.first - NEAR, key=_day)
        return found[first : bisect_right(found, self.until, key=_day)]

    def near_or_after(self, when: AnyDate) -> bool:
        """The same, and up to 28 days after the resolution: when it is shown to be over."""
        resolved = self.event.resolved
        until = resolved.last + NEAR if resolved else dt.date.min
        return self.near(when) or self._from_onset_to(when, until)

    def _from_onset_to(self, when: AnyDate, until: dt.date) -> bool:
        return self.event.onset.first - NEAR <= latest(when) and earliest(when) <= until

    @cached_property
    def states(self) -> list[Status]:
        """The states of the disease told at that time."""
        return [status for status in statuses(self.history) if self.near(status.date)]

    @cached_property
    def highest_count(self) -> BloodCount | None:
        """The highest count of neoplastic cells at that time."""
        return max(
            (count for count in self.at_the_time(BloodCount) if count.neoplastic is not None),
            key=lambda count: count.neoplastic or 0,
            default=None,
        )

    @cached_property
    def count_before(self) -> BloodCount | None:
        """The last one before the onset, and before the highest one."""
        now, onset = self.highest_count, self.event.onset.first
        until = min(now.date, onset) if now else onset
        before = [each for each in self.history.of(BloodCount) if each.date < until and each.b]
        return before[-1] if before else None

    @property
    def scores(self) -> list[SkinScore]:
        """The skin scores since the onset, at that time."""
        onset = self.event.onset.first
        return [score for score in self.at_the_time(SkinScore) if score.date >= onset]

    @property
    def highest_score(self) -> SkinScore | None:
        return max(self.scores, key=lambda score: score.mswat, default=None)

    @property
    def score_before(self) -> SkinScore | None:
        """The last one before the onset."""
        onset = self.event.onset.first
        return next((s for s in reversed(self.history.of(SkinScore)) if s.date < onset), None)


def _day(record: Assessment | BloodCount | LabResult | SkinScore) -> dt.date:
    return record.date
