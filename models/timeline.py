"""Timeline: one patient's course as lanes of bars, marks and curves, for screen and paper alike.

Nothing here knows a pixel, a point or a colour.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from models.adverse_event import AdverseEvent
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.disease_lanes import blood_curve, response_tracks, skin_curve, stage_tracks
from models.event_lanes import biopsy_tracks, event_tracks
from models.history import History
from models.lanes import Lane, LaneKey, Mark, Point, Track
from models.response import Assessment
from models.skin import SkinScore
from models.staging import Staging
from models.time_axis import TimeAxis, time_axis
from models.treatment import Cycle, Infusion, TreatmentLine
from models.treatment_lanes import infusion_tracks, infusions_note, line_tracks
from models.values import PartialDate
from models.visit import Visit, VisitStatus
from models.wording import in_words
from models.words import _, counted_from, day_words


@dataclass(frozen=True, slots=True)
class LastKnown:
    """How far the course is known: to death, or to the last contact."""

    on: PartialDate
    words: str
    died: bool


@dataclass(frozen=True)
class Timeline:
    """Every lane, in the order of the page, as of a day.

    `since`: what lay before is left out; `origin`: from which day the years are counted.
    """

    lanes: tuple[Lane, ...]
    history: History = field(repr=False, compare=False)
    as_of: dt.date
    horizon: dt.date
    last_known: LastKnown | None = None
    since: dt.date | None = None
    origin: dt.date | None = None

    @cached_property
    def axis(self) -> TimeAxis:
        dates = {date for lane in self.lanes for date in lane.dates}
        known = self.last_known
        if known and dates and not (self.since and known.on.last < self.since):
            dates.add(known.on)
        if self.since:
            dates = {date for date in dates if date.last >= self.since}
        latest = max((date.first for date in dates), default=self.as_of)
        return time_axis(dates or {PartialDate.of(latest)}, latest, self.since, self.origin)

    def words_of(self, record: uuid.UUID) -> str:
        """What a mark tells: its record in words."""
        return in_words(self.history.by_id[record], self.history)

    @property
    def empty(self) -> bool:
        return all(lane.empty for lane in self.lanes)

    def only(self, keys: Collection[LaneKey]) -> "Timeline":
        """These lanes and no others."""
        return replace(self, lanes=tuple(lane for lane in self.lanes if lane.key in keys))


def timeline(history: History, as_of: dt.date, since: dt.date | None = None) -> Timeline:
    """The timeline of a patient's history as of a day.

    `since`: earlier marks and values are left out, and bars that began before are cut.
    """
    horizon = max(_known_ends(history), default=as_of)
    lanes = _lanes(history, horizon, since)
    if since:
        lanes = tuple(lane.since(since) for lane in lanes)
    return Timeline(
        tuple(_noted(lane) for lane in lanes),
        history,
        as_of,
        horizon,
        _last_known(history),
        since,
        counted_from(),
    )


def _lanes(history: History, horizon: dt.date, since: dt.date | None) -> tuple[Lane, ...]:
    key = LaneKey
    lines, events = line_tracks(history, horizon), event_tracks(history, horizon)
    return (
        Lane(key.TREATMENT, _("Treatment"), TreatmentLine, lines),
        Lane(key.INFUSIONS, _("Infusions"), Infusion, infusion_tracks(history)),
        Lane(key.RESPONSE, _("Response"), Assessment, response_tracks(history)),
        Lane(key.STAGE, _("Stage"), Staging, stage_tracks(history)),
        Lane(key.SKIN, _("Skin"), SkinScore, curve=skin_curve(history)),
        Lane(key.BLOOD, _("Blood"), BloodCount, curve=blood_curve(history)),
        Lane(key.EVENTS, _("Adverse events"), AdverseEvent, events),
        Lane(key.BIOPSIES, _("Biopsies"), Biopsy, biopsy_tracks(history, since)),
        Lane(key.VISITS, _("Visits"), Visit, _visits(history)),
    )


def _noted(lane: Lane) -> Lane:
    is_infusions = lane.key is LaneKey.INFUSIONS
    return replace(lane, note=infusions_note(lane.tracks)) if is_infusions else lane


DRAWN = (
    TreatmentLine,
    Cycle,
    Infusion,
    Assessment,
    Staging,
    SkinScore,
    BloodCount,
    AdverseEvent,
    Biopsy,
    Visit,
)


def _known_ends(history: History) -> Iterator[dt.date]:
    """The days to which everything drawn reaches for certain, and its end where it has one."""
    for kind in DRAWN:
        yield from (when.first for record in history.of(kind) if (when := record.when))
    yield from (line.end.first for line in history.lines if line.end)
    for event in history.of(AdverseEvent):
        yield from (episode.date.first for episode in event.grades)
        if event.resolved:
            yield event.resolved.first
    for infusion in history.of(Infusion):
        planned = None if infusion.administered else history.planned(infusion)
        if planned:
            yield planned
    if history.patient.death_date:
        yield history.patient.death_date.first


def _last_known(history: History) -> LastKnown | None:
    patient = history.patient
    if patient.death_date:
        words = _("died {date}").format(date=patient.death_date.words)
        return LastKnown(patient.death_date, words, died=True)
    if history.last_contact is None:
        return None
    told = _("lost to follow-up, last contact {date}")
    words = told if patient.lost_to_follow_up else _("last contact {date}")
    date = PartialDate.of(history.last_contact)
    return LastKnown(date, words.format(date=day_words(history.last_contact)), died=False)


_VISIT_MARKS = {
    VisitStatus.DONE: Mark.VISIT_DONE,
    VisitStatus.PLANNED: Mark.VISIT_PLANNED,
}


def _visits(history: History) -> tuple[Track, ...]:
    points = [
        Point(
            PartialDate.of(visit.date),
            _VISIT_MARKS.get(visit.status, Mark.VISIT_MISSED),
            visit.id,
        )
        for visit in history.of(Visit)
    ]
    return (Track(points=tuple(points)),) if points else ()
