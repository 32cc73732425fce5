"""The fields of a treatment day, its place in the calendar, and the cycle and infusion it makes."""

import datetime as dt
import uuid
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, ClassVar

from models.base import Record, build, field
from models.history import History
from models.protocol import Protocol, Unit
from models.treatment import (
    Cycle,
    Infusion,
    InfusionStatus,
    PlannedInfusion,
    TreatmentLine,
    window_days,
)
from models.words import N_, _

Values = Mapping[str, Any]
REPEATED = ("premedication", "minutes", "batch", "given_by")
OF_A_DOSE = frozenset({"height_cm", "dose_mg", *REPEATED})


def _as_in(kind: type[Record], name: str, help: str = "") -> Any:
    """Declared as in this record, but never needed."""
    declared = copy(kind.model_fields[name])
    declared.default, declared.description = None, help
    return declared


class TreatmentDay(Record):
    """Is not kept itself: `records_of` makes of it what goes on file."""

    __tablename__ = "treatment_day"
    singular: ClassVar[str] = N_("treatment day")
    plural: ClassVar[str] = N_("treatment days")

    treatment_line: uuid.UUID = field(N_("Treatment line"))
    date: dt.date = field(N_("Date"))
    weight_kg: float | None = _as_in(Cycle, "weight_kg")
    height_cm: float | None = _as_in(Cycle, "height_cm")
    status: InfusionStatus = field(N_("Infusion"))
    dose_mg: float | None = _as_in(Infusion, "dose_mg")
    reason: str | None = _as_in(Infusion, "reason")
    premedication: str | None = _as_in(Infusion, "premedication")
    minutes: int | None = _as_in(Infusion, "minutes")
    batch: str | None = _as_in(Infusion, "batch")
    given_by: str | None = _as_in(Infusion, "given_by")
    next_on: dt.date | None = field(N_("Next date"), None)
    reaction: str | None = field(
        N_("Reaction"),
        None,
        max_length=1000,
        help=N_("In the patient's words. Once saved, the form of the event opens with them."),
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """The day of a line's calendar that comes next; `begun`: its cycle, where that is on file."""

    line: TreatmentLine
    protocol: Protocol
    planned: PlannedInfusion
    begun: Cycle | None

    @property
    def words(self) -> str:
        return _("cycle {cycle} day {day}").format(cycle=self.planned.cycle, day=self.planned.day)

    @property
    def by_surface(self) -> bool:
        return self.protocol.unit is Unit.MG_PER_M2


def lines_to_treat(history: History) -> list[TreatmentLine]:
    """The running lines that follow a protocol, the one due first in front."""
    lines = [line for line in history.lines if line.protocol and line.end is None]
    due = {line.id: history.next_infusion(line) for line in lines}
    return sorted(lines, key=lambda line: found.on if (found := due[line.id]) else dt.date.max)


def slot_of(values: Values, history: History) -> Slot | None:
    """The next day of the calendar of the line named, or None where it has none.

    Where the start of the line is not known to the day, its first dose is that of the day entered.
    """
    line = history.by_id.get(values.get("treatment_line") or uuid.UUID(int=0))
    if not isinstance(line, TreatmentLine) or line.protocol is None or line.end is not None:
        return None
    planned = history.next_infusion(line)
    if planned is None:
        first = line.protocol.days_of(1)[0]
        planned = PlannedInfusion(1, 1, first, values.get("date") or line.start.first)
    cycles = history.cycles_of(line)
    begun = next((cycle for cycle in cycles if cycle.number == planned.cycle), None)
    return Slot(line, line.protocol, planned, begun)


def cycle_of(slot: Slot, day_1: dt.date, measured: Values) -> Cycle:
    line = slot.line
    named = {"patient": line.patient, "treatment_line": line.id, "number": slot.planned.cycle}
    return build(Cycle, {**named, "day_1": day_1, **measured})


def day_1_of(day: TreatmentDay, slot: Slot) -> dt.date:
    """As planned; but the line's first dose makes its day 1, and a first dose of a cycle that comes
    after its window makes that of the cycle. The calendar is the same either way.
    """
    planned, on = slot.planned, slot.planned.on
    first = planned.day == slot.protocol.days_of(planned.cycle)[0]
    late = (day.date - on).days > window_days(slot.protocol)
    if first and day.status is not InfusionStatus.OMITTED and (late or planned.cycle == 1):
        on = day.date
    return on - dt.timedelta(days=planned.day - 1)


def infusion_of(day: TreatmentDay, slot: Slot, cycle: Cycle) -> Infusion:
    """It has the id of the day, so that one day saved twice is one infusion."""
    omitted = day.status is InfusionStatus.OMITTED
    said = ("status", "dose_mg", "reason", *REPEATED, "notes")
    values = {name: getattr(day, name) for name in said}
    values |= {"id": day.id, "patient": slot.line.patient, "cycle": cycle.id}
    given_on = None if omitted else day.date
    return build(Infusion, {**values, "day": slot.planned.day, "given_on": given_on})
