"""History: one patient's records together, loaded at once, detached and immutable."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property
from typing import Any, TypeVar, cast

from models.adverse_event import AdverseEvent
from models.base import PatientRecord, Record, revised
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
from models.values import PartialDate, earliest
from models.visit import Visit, VisitStatus

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

    Everything a person sees is a function of this value.
    """

    patient: Patient
    records: Mapping[type[PatientRecord], tuple[PatientRecord, ...]]
    practice: Practice = dataclass_field(default_factory=usual_practice)
    confirmed: frozenset[str] = frozenset()

    @classmethod
    def of_records(
        cls,
        patient: Patient,
        records: Iterable[PatientRecord],
        practice: Practice | None = None,
        confirmed: Iterable[str] = (),
    ) -> "History":
        """The same history whatever the order of entry, but for records of one and the same day.

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

    def cycle_of(self, infusion: Infusion) -> Cycle | None:
        found = self.by_id.get(infusion.cycle)
        return found if isinstance(found, Cycle) else None

    def protocol_of(self, cycle: Cycle) -> Protocol | None:
        line = self.by_id.get(cycle.treatment_line)
        return line.protocol if isinstance(line, TreatmentLine) else None

    def planned(self, infusion: Infusion) -> dt.date | None:
        """The day of the calendar, as earlier late doses have moved it; None without its cycle.

        Told of an infusion that is yet to be entered, too.
        """
        cycle = self.cycle_of(infusion)
        if cycle is None:
            return None
        known = self.planned_days.get(infusion.id)
        return known or self._planned_of(cycle.treatment_line, infusion)[infusion.id]

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

    def _planned_of(self, line: uuid.UUID, *unentered: Infusion) -> dict[uuid.UUID, dt.date]:
        cycles = [cycle for cycle in self.of(Cycle) if cycle.treatment_line == line]
        own = {cycle.id for cycle in cycles}
        infusions = [each for each in (*self.of(Infusion), *unentered) if each.cycle in own]
        return planned_days(self.protocol_of(cycles[0]), cycles, infusions, self._late_dose_moves)

    @cached_property
    def mswats(self) -> tuple[tuple[SkinScore, float], ...]:
        """Each skin score with its mSWAT, worked out once for all that compare them."""
        return tuple((score, score.mswat) for score in self.of(SkinScore))

    @cached_property
    def last_seen(self) -> PatientRecord | None:
        """The record of the last day on which the patient is known to have been alive and seen."""
        seen: list[PatientRecord] = [
            visit for visit in self.of(Visit) if visit.status is VisitStatus.DONE
        ]
        seen += [given for given in self.of(Infusion) if given.given_on]
        for kind in SEEN:
            seen += [record for record in self.records.get(kind, ()) if record.when]
        return max(seen, key=_first_day, default=None)

    @cached_property
    def last_contact(self) -> dt.date | None:
        """The last day on which the patient is known to have been alive and seen."""
        return _first_day(self.last_seen) if self.last_seen else None

    def until(self, day: dt.date) -> "History":
        """The history as it stood on `day`: nothing dated later, and nothing later known yet."""
        kept = [
            _as_known(record, day)
            for found in self.records.values()
            for record in found
            if record.when is None or record.when.first <= day
        ]
        patient = _as_known(self.patient, day)
        return History.of_records(patient, kept, self.practice, self.confirmed)


R = TypeVar("R", bound=Record)

_LATER_KNOWN: dict[type[Record], dict[str, tuple[str, ...]]] = {
    Patient: {"death_date": ("cause_of_death",)},
    Consent: {"withdrawn": ()},
    TreatmentLine: {"end": ("stop_reason", "stop_detail", "cycles_stated", "best_response_stated")},
    AdverseEvent: {"resolved": ("outcome",)},
    Biopsy: {"result_on": ("conclusion",)},
}


def _as_known(record: R, day: dt.date) -> R:
    """The record without what lies after `day`: a line not yet ended, an event still open."""
    changes: dict[str, Any] = {}
    for dated, explained in _LATER_KNOWN.get(type(record), {}).items():
        value = getattr(record, dated)
        if value is not None and earliest(value) > day:
            changes |= dict.fromkeys((dated, *explained))
    if isinstance(record, AdverseEvent) and any(g.date.first > day for g in record.grades):
        changes["grades"] = [g for g in record.grades if g.date.first <= day] or record.course[:1]
    return revised(record, **changes) if changes else record


def _first_day(record: PatientRecord) -> dt.date:
    return record.when.first if record.when else dt.date.min


def _in_time(record: PatientRecord) -> tuple[bool, PartialDate, dt.datetime]:
    when = record.when
    return (
        when is None,
        when or PartialDate(2200),
        record.recorded_at or dt.datetime.min.replace(tzinfo=dt.UTC),
    )
