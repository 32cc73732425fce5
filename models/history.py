"""History: one patient's records together, loaded at once, of no session and immutable."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from functools import cached_property, wraps
from typing import Any, TypeVar, cast
from weakref import WeakValueDictionary

from models.adverse_event import Action, AdverseEvent, Outcome, Seriousness
from models.base import PatientRecord, Record, described_fields, revised
from models.biopsy import Biopsy
from models.blood import BloodCount
from models.imaging import Imaging
from models.laboratory import LabResult
from models.patient import Consent, Patient
from models.practice import LateDose, Practice, usual_practice
from models.protocol import Protocol
from models.response import Assessment
from models.skin import SkinScore
from models.treatment import (
    Cycle,
    Infusion,
    PlannedInfusion,
    TreatmentLine,
    is_delayed,
    next_infusion,
    planned_days,
)
from models.values import AnyDate, Grade, PartialDate, earliest, latest
from models.visit import Visit, VisitStatus
from models.words import counted_from

P = TypeVar("P", bound=PatientRecord)


SEEN: tuple[type[PatientRecord], ...] = (
    SkinScore,
    BloodCount,
    LabResult,
    Imaging,
    Assessment,
    AdverseEvent,
    Biopsy,
)


@dataclass(frozen=True)
class History:
    """What was recorded about one patient, each kind in the order of time, without the removed.

    Everything a person sees is a function of this value. `known_until`: the day on which it is
    looked at; an event keeps its earliest grade even where that is later.
    """

    patient: Patient
    records: Mapping[type[PatientRecord], tuple[PatientRecord, ...]]
    practice: Practice = dataclass_field(default_factory=usual_practice)
    confirmed: frozenset[str] = frozenset()
    known_until: dt.date = dataclass_field(default=dt.date.max, compare=False)

    @classmethod
    def of_records(
        cls,
        patient: Patient,
        records: Iterable[PatientRecord],
        practice: Practice | None = None,
        confirmed: Iterable[str] = (),
    ) -> "History":
        """Records by their date; those of one and the same day in the order given: that of entry.

        `practice`: what the clinic chose about the rules; `confirmed`: names of those it confirmed.
        """
        by_kind: dict[type[PatientRecord], list[PatientRecord]] = {}
        for record in records:
            if record.removed_at is None:
                by_kind.setdefault(type(record), []).append(record)
        return cls(
            patient,
            {kind: tuple(sorted(found, key=_in_time)) for kind, found in by_kind.items()},
            practice or usual_practice(),
            frozenset(confirmed),
        )

    def of(self, kind: type[P]) -> tuple[P, ...]:
        return cast(tuple[P, ...], self.records.get(kind, ()))

    @cached_property
    def by_id(self) -> dict[uuid.UUID, PatientRecord]:
        return {record.id: record for found in self.records.values() for record in found}

    @cached_property
    def lines(self) -> tuple[TreatmentLine, ...]:
        """Treatment lines; a line's number is its place here, from 1."""
        return self.of(TreatmentLine)

    def cycles_of(self, line: TreatmentLine) -> list[Cycle]:
        return [*self._cycles.get(line.id, ())]

    def infusions_of(self, line: TreatmentLine) -> list[Infusion]:
        """The line's infusions, omitted ones included, in the order of cycle and day."""
        return [*self._infusions.get(line.id, ())]

    @cached_property
    def _biopsies(self) -> dict[uuid.UUID | None, list[Biopsy]]:
        """By the event that they are to explain."""
        found: defaultdict[uuid.UUID | None, list[Biopsy]] = defaultdict(list)
        for biopsy in self.of(Biopsy):
            found[biopsy.adverse_event].append(biopsy)
        return found

    @cached_property
    def _cycles(self) -> dict[uuid.UUID, list[Cycle]]:
        """By line, in the order of their numbers."""
        found: defaultdict[uuid.UUID, list[Cycle]] = defaultdict(list)
        for cycle in sorted(self.of(Cycle), key=lambda cycle: cycle.number):
            found[cycle.treatment_line].append(cycle)
        return found

    @cached_property
    def _infusions(self) -> dict[uuid.UUID, list[Infusion]]:
        """By line, in the order of cycle and day."""
        of_cycle: defaultdict[uuid.UUID, list[Infusion]] = defaultdict(list)
        for infusion in sorted(self.of(Infusion), key=lambda infusion: infusion.day):
            of_cycle[infusion.cycle].append(infusion)
        return {
            line: [infusion for cycle in cycles for infusion in of_cycle.get(cycle.id, ())]
            for line, cycles in self._cycles.items()
        }

    def biopsies_of(self, event: AdverseEvent) -> tuple[Biopsy, ...]:
        """The biopsies that are to explain an event."""
        return tuple(self._biopsies.get(event.id, ()))

    def cycle_of(self, infusion: Infusion) -> Cycle | None:
        found = self.by_id.get(infusion.cycle)
        return found if isinstance(found, Cycle) else None

    def protocol_of(self, cycle: Cycle) -> Protocol | None:
        line = self.by_id.get(cycle.treatment_line)
        return line.protocol if isinstance(line, TreatmentLine) else None

    def planned(self, infusion: Infusion) -> dt.date | None:
        """The day of the calendar, as earlier late doses have moved it; None without its cycle.

        Told of an infusion that is yet to be entered or corrected, too.
        """
        known = self.by_id.get(infusion.id)
        if known is infusion or known == infusion:
            return self.planned_days.get(infusion.id)
        cycle = self.cycle_of(infusion)
        if cycle is None:
            return None
        return self._planned_of(cycle.treatment_line, infusion)[infusion.id]

    def is_delayed(self, infusion: Infusion) -> bool:
        """Given outside the window after its planned day."""
        cycle, planned = self.cycle_of(infusion), self.planned(infusion)
        if cycle is None or planned is None:
            return False
        return is_delayed(infusion, planned, self.protocol_of(cycle))

    def next_infusion(self, line: TreatmentLine) -> PlannedInfusion | None:
        cycles, infusions = self.cycles_of(line), self.infusions_of(line)
        return next_infusion(line, cycles, infusions, self._late_dose_moves)

    @property
    def _late_dose_moves(self) -> bool:
        return self.practice.late_dose is LateDose.MOVES

    @cached_property
    def planned_days(self) -> dict[uuid.UUID, dt.date]:
        """The planned day of every infusion that has its cycle."""
        lines = {cycle.treatment_line for cycle in self.of(Cycle)}
        return {key: day for line in lines for key, day in self._planned_of(line).items()}

    def _planned_of(self, line: uuid.UUID, *entered: Infusion) -> dict[uuid.UUID, dt.date]:
        """`entered`: not yet on file, or in place of what is."""
        cycles = [cycle for cycle in self.of(Cycle) if cycle.treatment_line == line]
        own = {cycle.id for cycle in cycles}
        known = {infusion.id: infusion for infusion in (*self.of(Infusion), *entered)}
        infusions = [infusion for infusion in known.values() if infusion.cycle in own]
        return planned_days(self.protocol_of(cycles[0]), cycles, infusions, self._late_dose_moves)

    @cached_property
    def mswats(self) -> tuple[tuple[SkinScore, float], ...]:
        """Each skin score with its mSWAT, worked out once for all that compare them."""
        return tuple((score, score.mswat) for score in self.of(SkinScore))

    @cached_property
    def last_seen(self) -> PatientRecord | None:
        """The record that tells of the last contact."""
        return self._last_contact[1] if self._last_contact else None

    @cached_property
    def last_contact(self) -> dt.date | None:
        """The last day on which the patient is known to have been alive and seen; a date known by
        its month or year counts as its first day.
        """
        return earliest(self._last_contact[0]) if self._last_contact else None

    @cached_property
    def _last_contact(self) -> tuple[AnyDate, PatientRecord] | None:
        return max(self._contacts, key=_day_of, default=None)

    @cached_property
    def first_contact(self) -> dt.date | None:
        """The first day on which the patient is known to have been seen here: other examinations
        count only where no visit or treatment here is on file, as they may have been made
        elsewhere. A date known by its month or year counts as its last day.
        """
        here = [latest(date) for record in self._seen_here if (date := _date_of(record))]
        return min(here or [latest(date) for date, _record in self._contacts], default=None)

    @cached_property
    def _seen_here(self) -> list[PatientRecord]:
        """Visits that took place, and the doses and starts of lines given here."""
        here = [line for line in self.lines if line.given_here]
        doses = [dose for line in here for dose in self.infusions_of(line) if dose.given_on]
        visits = [visit for visit in self.of(Visit) if visit.status is VisitStatus.DONE]
        return [*visits, *doses, *here]

    @cached_property
    def _contacts(self) -> list[tuple[AnyDate, PatientRecord]]:
        """Whatever tells that the patient was seen, with its date."""
        seen = [*self._seen_here, *(given for given in self.of(Infusion) if given.given_on)]
        for kind in SEEN:
            seen += self.records.get(kind, ())
        dates = [(date, record) for record in seen if (date := _date_of(record))]
        dates += [(date, event) for event in self.of(AdverseEvent) for date in _looked_at(event)]
        return [pair for pair in dates if _day_of(pair) <= self.known_until]

    @cached_property
    def worked_out(self) -> dict[tuple[object, ...], Any]:
        """What was worked out once, by what did it and the day from which dates are counted in
        words; of a record also by its id.
        """
        return {}

    @cached_property
    def _days(self) -> "WeakValueDictionary[dt.date, History]":
        """The history as it stood on days that were asked for."""
        return WeakValueDictionary()

    def _ends_after(self, line: TreatmentLine, day: dt.date) -> bool:
        """Whether it had not ended by that day; a month does not end it before its last dose."""
        if line.end is None:
            return False
        doses = (infusion.given_on for infusion in self.infusions_of(line))
        return earliest(line.end) > day or any(given and given > day for given in doses)

    def __getstate__(self) -> dict[str, Any]:
        """Another process works out anew what was worked out here."""
        anew = {"worked_out", "_days"}
        return {name: value for name, value in vars(self).items() if name not in anew}

    def until(self, day: dt.date) -> "History":
        """The history as it stood on `day`: nothing dated later, and nothing later known yet.

        One and the same for all who ask while somebody holds it: what it tells is worked out once.
        """
        if self.known_until <= day:
            return self
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = self._until(day)
        return found

    def _until(self, day: dt.date) -> "History":
        patient = _as_known(self.patient, day)
        if patient.lost_to_follow_up and self.last_contact and self.last_contact > day:
            patient = revised(patient, lost_to_follow_up=False)
        dies_later = patient.death_date != self.patient.death_date
        running = {
            line.id
            for line in self.lines
            if line.start.first <= day and self._ends_after(line, day)
        }

        def known(record: PatientRecord) -> PatientRecord:
            survived = _without_death(record) if dies_later else record
            return _without_stop(_as_known(survived, day, running), running)

        records: dict[type[PatientRecord], tuple[PatientRecord, ...]] = {}
        for kind, found in self.records.items():
            begun = tuple(record for record in found if not _begins_after(record, day))
            if begun:
                records[kind] = tuple(map(known, begun)) if kind in _LATER_KNOWN else begun
        return replace(self, patient=patient, records=records, known_until=day)


F = TypeVar("F")


def once(work_out: Callable[[History, P], F]) -> Callable[[History, P], F]:
    """Worked out once for each record of a history, and each time for one that is not in it."""

    @wraps(work_out)
    def known(history: History, record: P) -> F:
        if history.by_id.get(record.id) is not record:
            return work_out(history, record)
        return _remembered(
            history, (work_out, record.id, counted_from()), work_out, history, record
        )

    return known


def once_in_all(work_out: Callable[[History], F]) -> Callable[[History], F]:
    """Worked out once for each history."""

    @wraps(work_out)
    def known(history: History) -> F:
        return _remembered(history, (work_out, counted_from()), work_out, history)

    return known


def _remembered(
    history: History, key: tuple[object, ...], work_out: Callable[..., F], *given: object
) -> F:
    try:
        result: F = history.worked_out[key]
    except KeyError:
        result = history.worked_out[key] = work_out(*given)
    return result


R = TypeVar("R", bound=Record)

_STOPPED = ("stop_reason", "stop_detail")
_LATER_KNOWN: dict[type[Record], dict[str, tuple[str, ...]]] = {
    Patient: {"death_date": ("cause_of_death",)},
    Consent: {"withdrawn": ()},
    TreatmentLine: {
        "end": (*_STOPPED, "cycles_stated", "best_response_stated", "end_stated"),
        "end_stated": (),
    },
    AdverseEvent: {"resolved": ("outcome",)},
    Biopsy: {"result_on": tuple(each.name for each in described_fields(Biopsy) if each.group)},
}


def _without_death(record: R) -> R:
    """The record without the death of which it tells."""
    if not isinstance(record, AdverseEvent):
        return record
    survived = [episode for episode in record.grades if episode.grade < Grade.DEATH]
    changes: dict[str, Any] = {"grades": survived or record.grades}
    if record.outcome is Outcome.FATAL:
        changes["outcome"] = None
    if record.seriousness is Seriousness.DEATH:
        changes |= {"serious": None, "seriousness": None}
    return revised(record, **changes)


def _without_stop(record: PatientRecord, running: set[uuid.UUID]) -> PatientRecord:
    """Without the stop for which it is known, while the line to which it belongs was running."""
    if not isinstance(record, AdverseEvent) or record.action is not Action.STOPPED:
        return record
    line = record.treatment_line
    stopped_later = line in running if line else bool(running)
    return revised(record, action=None) if stopped_later else record


def _as_known(record: R, day: dt.date, running: Collection[uuid.UUID] = ()) -> R:
    """The record without what lies after `day`: a line not yet ended, an event still open.

    `running`: the lines that had not ended by then.
    """
    changes: dict[str, Any] = {}
    for dated, explained in _LATER_KNOWN.get(type(record), {}).items():
        value = getattr(record, dated)
        if value is not None and (earliest(value) > day or record.id in running):
            changes |= {name: _unset(type(record), name) for name in (dated, *explained)}
    if isinstance(record, AdverseEvent) and any(g.date.first > day for g in record.grades):
        changes["grades"] = [g for g in record.grades if g.date.first <= day] or record.course[:1]
    return revised(record, **changes) if changes else record


def _unset(kind: type[Record], name: str) -> object:
    return kind.model_fields[name].get_default(call_default_factory=True)


def _looked_at(event: AdverseEvent) -> list[PartialDate]:
    """The dates of its grades and of its resolution."""
    dates = [episode.date for episode in event.grades]
    return [*dates, event.resolved] if event.resolved else dates


def _day_of(contact: tuple[AnyDate, PatientRecord]) -> dt.date:
    return earliest(contact[0])


def _date_of(record: PatientRecord) -> AnyDate | None:
    """As it was entered; `when` is always a partial date, which takes its time to make."""
    date: AnyDate | None = getattr(record, record.dated_by, None)
    return date


def _begins_after(record: PatientRecord, day: dt.date) -> bool:
    date = _date_of(record)
    return date is not None and earliest(date) > day


def _in_time(record: PatientRecord) -> tuple[dt.date, dt.date]:
    """By the first and the last day that its date may mean; without a date, after all others."""
    date = _date_of(record) or dt.date.max
    return (date.first, date.last) if isinstance(date, PartialDate) else (date, date)
