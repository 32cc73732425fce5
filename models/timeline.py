"""Timeline: one patient's course as lanes of bars, marks and curves, for screen and paper alike.

Nothing here knows a pixel, a point or a colour.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from models.adverse_event import AdverseEvent
from models.biopsy import Biopsy, Conclusion
from models.blood import B1_FROM, B2_FROM, BloodCount
from models.course import Status, statuses
from models.history import History
from models.lanes import Bar, Curve, Lane, LaneKey, Mark, Point, Track, Value
from models.response import FAILING, Assessment
from models.skin import SkinScore
from models.therapies import short_name
from models.time_axis import TimeAxis, time_axis
from models.treatment import Cycle, Infusion, InfusionStatus, TreatmentLine
from models.values import PartialDate
from models.visit import Visit, VisitStatus
from models.wording import in_words
from models.words import _


@dataclass(frozen=True)
class Timeline:
    """Every lane, in the order of the page, as of a day."""

    lanes: tuple[Lane, ...]
    dates: tuple[PartialDate, ...]
    as_of: dt.date
    horizon: dt.date

    @cached_property
    def axis(self) -> TimeAxis:
        return time_axis(self.dates or (PartialDate.of(self.as_of),), self.horizon)

    @property
    def empty(self) -> bool:
        return all(lane.empty for lane in self.lanes)


def timeline(history: History, as_of: dt.date) -> Timeline:
    """The timeline of a patient's history as of a day."""
    dates = tuple(_dates(history))
    horizon = max((date.last if date.exact else date.first for date in dates), default=as_of)
    return Timeline(
        lanes=(
            Lane(LaneKey.TREATMENT, _("Treatment"), TreatmentLine, _treatment(history, horizon)),
            Lane(LaneKey.INFUSIONS, _("Infusions"), Infusion, _infusions(history)),
            Lane(LaneKey.RESPONSE, _("Response"), Assessment, _responses(history)),
            Lane(LaneKey.SKIN, _("Skin"), SkinScore, curve=_skin(history)),
            Lane(LaneKey.BLOOD, _("Blood"), BloodCount, curve=_blood(history)),
            Lane(LaneKey.EVENTS, _("Adverse events"), AdverseEvent, _events(history, horizon)),
            Lane(LaneKey.BIOPSIES, _("Biopsies"), Biopsy, _biopsies(history)),
            Lane(LaneKey.VISITS, _("Visits"), Visit, _visits(history)),
        ),
        dates=dates,
        as_of=as_of,
        horizon=horizon,
    )


DRAWN = (
    TreatmentLine,
    Cycle,
    Infusion,
    Assessment,
    SkinScore,
    BloodCount,
    AdverseEvent,
    Biopsy,
    Visit,
)


def _dates(history: History) -> Iterator[PartialDate]:
    """Every date on which something drawn happened, began or ended."""
    for kind in DRAWN:
        for record in history.of(kind):
            for name in (record.dated_by, "end", "resolved"):
                value = getattr(record, name, None)
                if isinstance(value, dt.date):
                    yield PartialDate.of(value)
                elif isinstance(value, PartialDate):
                    yield value
    for event in history.of(AdverseEvent):
        yield from (episode.date for episode in event.grades)
    for infusion in history.of(Infusion):
        planned = history.planned(infusion)
        if planned and not infusion.administered:
            yield PartialDate.of(planned)
    if history.patient.death_date:
        yield history.patient.death_date


def _until(history: History, horizon: dt.date) -> PartialDate:
    """Where an open bar ends: at death, else at the horizon."""
    return history.patient.death_date or PartialDate.of(horizon)


def _treatment(history: History, horizon: dt.date) -> tuple[Track, ...]:
    def track(line: TreatmentLine) -> Track:
        bar = Bar(
            start=line.start,
            end=line.end or _until(history, horizon),
            fill=line.category,
            open_end=line.end is None and history.patient.death_date is None,
            elsewhere=not line.given_here,
            ended_by_death=line.end is None and history.patient.death_date is not None,
        )
        label = " + ".join(short_name(drug) for drug in line.regimen)
        return Track((bar,), (), label, in_words(line, history), line.id)

    return tuple(track(line) for line in history.lines)


def _infusions(history: History) -> tuple[Track, ...]:
    points = []
    for line in history.lines:
        numbers = {cycle.id: cycle for cycle in history.cycles_of(line)}
        for infusion in history.infusions_of(line):
            points.append(_infusion_point(infusion, numbers[infusion.cycle], history))
    return (Track(points=tuple(points)),) if points else ()


def _infusion_point(infusion: Infusion, cycle: Cycle, history: History) -> Point:
    planned = history.planned(infusion) or cycle.day_1
    starts = infusion.day == 1 and (cycle.number == 1 or cycle.number % 5 == 0)
    return Point(
        on=PartialDate.of(infusion.given_on or planned),
        mark=_infusion_mark(infusion, history),
        words=in_words(infusion, history),
        record=infusion.id,
        letters=_("C{number}").format(number=cycle.number) if starts else "",
    )


def _infusion_mark(infusion: Infusion, history: History) -> Mark:
    if infusion.status is InfusionStatus.OMITTED:
        return Mark.OMITTED
    if infusion.status is not InfusionStatus.GIVEN:
        return Mark.REDUCED
    return Mark.DELAYED if history.is_delayed(infusion) else Mark.GIVEN


def _responses(history: History) -> tuple[Track, ...]:
    """One bar for as long as the state of the disease held, as far as it was seen."""
    runs: list[list[Status]] = []
    for status in statuses(history):
        if runs and runs[-1][0].response is status.response:
            runs[-1].append(status)
        else:
            runs.append([status])
    tracks = []
    for run, following in zip_longest(runs, runs[1:]):
        end = following[0].date if following else run[-1].date
        alive = following is None and history.patient.death_date is None
        bar = Bar(
            PartialDate.of(run[0].date),
            PartialDate.of(end),
            run[0].response,
            open_end=alive and run[0].response not in FAILING,
            letters=_(run[0].response.value),
        )
        words = in_words(run[0].record, history)
        tracks.append(Track((bar,), (), "", words, run[0].record.id))
    return tuple(tracks)


def _skin(history: History) -> Curve | None:
    values = tuple(
        Value(score.date, score.mswat, in_words(score, history), score.id)
        for score in history.of(SkinScore)
    )
    return Curve("mSWAT", values) if values else None


def _blood(history: History) -> Curve | None:
    values = tuple(
        Value(count.date, count.neoplastic, in_words(count, history), count.id)
        for count in history.of(BloodCount)
        if count.neoplastic is not None
    )
    thresholds = (("B1", float(B1_FROM)), ("B2", float(B2_FROM)))
    return Curve(_("Sézary cells/µL"), values, thresholds) if values else None


def _events(history: History, horizon: dt.date) -> tuple[Track, ...]:
    return tuple(_event_track(event, history, horizon) for event in history.of(AdverseEvent))


def _event_track(event: AdverseEvent, history: History, horizon: dt.date) -> Track:
    course = event.course
    going_on = event.is_open(horizon)
    over = event.resolved or (_until(history, horizon) if going_on else course[-1].date)
    ends = [*(episode.date for episode in course[1:]), max(over, course[-1].date)]
    words = in_words(event, history)
    died = history.patient.death_date is not None
    bars = tuple(
        Bar(
            start=episode.date,
            end=end,
            fill=episode.grade,
            open_end=going_on and episode is course[-1] and not died,
            serious=bool(event.serious),
            ended_by_death=going_on and episode is course[-1] and died,
        )
        for episode, end in zip(course, ends, strict=True)
    )
    points = tuple(
        Point(episode.date, Mark.GRADE, words, event.id, str(int(episode.grade)))
        for episode in course
    )
    return Track(bars, points, event.label, words, event.id)


_BIOPSY_MARKS = {
    None: Mark.AWAITED,
    Conclusion.ACTIVE_DISEASE: Mark.ACTIVE_DISEASE,
    Conclusion.DRUG_RELATED: Mark.DRUG_RELATED,
}


def _biopsies(history: History) -> tuple[Track, ...]:
    """One track for the biopsies that explain one event, with their common conclusion."""
    groups: dict[uuid.UUID, list[Biopsy]] = {}
    for biopsy in history.of(Biopsy):
        groups.setdefault(biopsy.adverse_event or biopsy.id, []).append(biopsy)
    return tuple(_biopsy_track(group, history) for group in groups.values())


def _biopsy_track(group: list[Biopsy], history: History) -> Track:
    points = tuple(
        Point(
            biopsy.date,
            _BIOPSY_MARKS.get(biopsy.conclusion, Mark.OTHER_RESULT),
            in_words(biopsy, history),
            biopsy.id,
        )
        for biopsy in group
    )
    conclusions = dict.fromkeys(
        _(biopsy.conclusion.value) if biopsy.conclusion else _("awaited") for biopsy in group
    )
    label = ", ".join(conclusions)
    if len(group) > 1 and len(conclusions) == 1:
        several = _("{conclusion}, both") if len(group) == 2 else _("{conclusion}, all {n}")
        label = several.format(conclusion=label, n=len(group))
    return Track((), points, label, "", group[0].id)


_VISIT_MARKS = {
    VisitStatus.DONE: Mark.VISIT_DONE,
    VisitStatus.PLANNED: Mark.VISIT_PLANNED,
}


def _visits(history: History) -> tuple[Track, ...]:
    points = [
        Point(
            PartialDate.of(visit.date),
            _VISIT_MARKS.get(visit.status, Mark.VISIT_MISSED),
            in_words(visit, history),
            visit.id,
        )
        for visit in history.of(Visit)
    ]
    return (Track(points=tuple(points)),) if points else ()
