"""Visits of a made-up patient: the first one, those on treatment, follow-up, and the next one."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from models.base import revised
from models.course import assess
from models.demo.chance import workday
from models.demo.draft import Draft
from models.demo.fate import REFERENCE_DAY
from models.demo.observed import Observed
from models.history import History
from models.response import RANK, Response
from models.treatment import TreatmentLine
from models.visit import Visit, VisitKind, VisitStatus
from models.words import N_, _

SYMPTOMS = (
    N_("Sleeps badly for itching"),
    N_("Skin dry and tight"),
    N_("Cold easily, shivers"),
    N_("Cracks on palms and soles"),
)


class Visits:
    """What a visit says of the disease is what an assessment on that day makes of the record."""

    def __init__(self, draft: Draft, observed: Observed, lines: list[TreatmentLine]) -> None:
        self.draft, self.chance = draft, draft.chance
        self.observed, self.lines = observed, lines

    def records(self, history: History) -> list[Visit]:
        visits = list(self._held(history))
        if self.draft.fate.end.lost:
            missed = workday(self.draft.fate.end.last + dt.timedelta(days=90))
            visits.append(self._visit(missed, VisitKind.FOLLOW_UP, VisitStatus.MISSED))
        elif self.draft.fate.end.last == REFERENCE_DAY:
            planned = workday(REFERENCE_DAY + self.chance.days(2, 80))
            visits.append(self._visit(planned, VisitKind.FOLLOW_UP, VisitStatus.PLANNED))
        arranged = [
            revised(visit, next_visit=following.date) for visit, following in pairwise(visits)
        ]
        entered = visits[-1].status is not VisitStatus.PLANNED or self.chance.happens(0.5)
        return [*arranged, visits[-1]] if entered else arranged

    def _held(self, history: History) -> Iterator[Visit]:
        fate = self.draft.fate
        yield self._seen(fate.origin.start - dt.timedelta(days=7), VisitKind.UNSCHEDULED)
        for day in fate.assessed:
            kind = VisitKind.TREATMENT if day != fate.course.stop else VisitKind.FOLLOW_UP
            yield self._seen(day, kind)
        for day in fate.followed_up:
            if day in self.observed.days:
                status = self._status(history, day)
                yield self._seen(day, VisitKind.FOLLOW_UP, disease_status=status)
            elif self.chance.happens(0.7):
                yield self._visit(day, VisitKind.TELEPHONE, VisitStatus.DONE)
            else:
                yield self._visit(day, VisitKind.FOLLOW_UP, VisitStatus.CANCELLED)

    def _status(self, history: History, day: dt.date) -> Response | None:
        """Against the start of the last line that began with disease to be seen."""
        level = self.draft.fate.course.level
        begun = [line for line in self.lines if line.start.last < day]
        line = next(line for line in reversed(begun) if level.at(line.start.first) > 0)
        found = assess(history, self.observed.assessment(day, line)).response
        return found if found in RANK else None

    def _seen(self, day: dt.date, kind: VisitKind, **more: Any) -> Visit:
        level = self.draft.fate.course.level.at(day)
        itch = min(10, round(level * 6 * self.chance.uniform(0.6, 1.4)))
        return self._visit(
            day,
            kind,
            VisitStatus.DONE,
            ecog=min(3, round(level * self.chance.uniform(0.2, 1.4))),
            itch=itch,
            symptoms=_(self.chance.choice(SYMPTOMS)) if itch >= 6 else None,
            **more,
        )

    def _visit(self, day: dt.date, kind: VisitKind, status: VisitStatus, **more: Any) -> Visit:
        return self.draft.make(Visit, date=day, kind=kind, status=status, **more)
