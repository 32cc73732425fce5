"""History: one patient's records together, loaded at once, detached and immutable."""

import datetime as dt
import uuid
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
from models.practice import Practice, usual_practice
from models.response import Assessment
from models.skin import SkinScore
from models.treatment import Cycle, Infusion, TreatmentLine, moved_by, planned_on
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
        found = [cycle for cycle in self.of(Cycle) if cycle.treatment_line == line.id]
        return sorted(found, key=lambda cycle: cycle.number)

    def infusions_of(self, line: TreatmentLine) -> list[Infusion]:
        """The line's infusions, omitted ones included, in the order of cycle and day."""
        place = {cycle.id: cycle.number for cycle in self.cycles_of(line)}
        found = [infusion for infusion in self.of(Infusion) if infusion.cycle in place]
        return sorted(found, key=lambda infusion: (place[infusion.cycle], infusion.day))

    def cycle_of(self, infusion: Infusion) -> Cycle | None:
        found = self.by_id.get(infusion.cycle)
        return found if isinstance(found, Cycle) else None

    def planned(self, infusion: Infusion) -> dt.date | None:
        """The day of the calendar, as earlier late doses of the cycle have moved it."""
        cycle = self.cycle_of(infusion)
        if cycle is None:
            return None
        return planned_on(cycle.day_1, infusion.day) + dt.timedelta(days=self.moved(infusion))

    def moved(self, infusion: Infusion) -> int:
        """By how many days earlier late doses of its cycle have moved an infusion."""
        cycle = self.cycle_of(infusion)
        within = self._by_cycle.get(infusion.cycle, [])
        earlier = [other for other in within if other.day < infusion.day]
        return moved_by(earlier, cycle) if cycle else 0

    @cached_property
    def _by_cycle(self) -> dict[uuid.UUID, list[Infusion]]:
        found: dict[uuid.UUID, list[Infusion]] = {}
        for infusion in self.of(Infusion):
            found.setdefault(infusion.cycle, []).append(infusion)
        return found

    @cached_property
    def last_contact(self) -> dt.date | None:
        """The last day on which the patient is known to have been alive and seen."""
        seen = [visit.date for visit in self.of(Visit) if visit.status is VisitStatus.DONE]
        seen += [given.given_on for given in self.of(Infusion) if given.given_on]
        for kind in SEEN:
            seen += [record.when.first for record in self.records.get(kind, ()) if record.when]
        return max(seen, default=None)

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


def _in_time(record: PatientRecord) -> tuple[bool, PartialDate, dt.datetime]:
    when = record.when
    return (
        when is None,
        when or PartialDate(2200),
        record.recorded_at or dt.datetime.min.replace(tzinfo=dt.UTC),
    )
