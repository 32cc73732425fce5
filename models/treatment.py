"""Treatment lines, cycles and infusions; the mogamulizumab calendar and dose."""

import datetime as dt
import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from pydantic import model_validator

from models.base import PARTIAL_DATE, JsonColumn, PatientRecord, field
from models.response import Response
from models.therapies import MOGAMULIZUMAB, NAMES, Category
from models.values import Choice, PartialDate
from models.words import N_, _

MG_PER_KG = 1.0
MG_PER_VIAL = 20
MG_PER_ML = 4
DILUTION_MG_PER_ML = (0.1, 3.0)
WINDOW_DAYS = 2
CYCLE_DAYS = 28


class Protocol(Choice):
    """A calendar the program can schedule."""

    MOGAMULIZUMAB = MOGAMULIZUMAB


class StopReason(Choice):
    PROGRESSION = N_("progression")
    NO_RESPONSE = N_("no response")
    TOXICITY = N_("toxicity")
    INTOLERANCE = N_("intolerance")
    COMPLETED = N_("completed")
    PATIENTS_CHOICE = N_("patient's choice")
    TRANSPLANT = N_("transplant")
    DEATH = N_("death")
    OTHER = N_("other")


class InfusionStatus(Choice):
    GIVEN = N_("given")
    REDUCED = N_("reduced")
    INTERRUPTED = N_("interrupted")
    OMITTED = N_("omitted")


class TreatmentLine(PatientRecord, table=True):
    __tablename__ = "treatment_line"
    singular: ClassVar[str] = N_("treatment line")
    plural: ClassVar[str] = N_("treatment lines")
    dated_by: ClassVar[str] = "start"

    regimen: list[str] = field(
        N_("Regimen"),
        column=JsonColumn(list[str]),
        suggestions=NAMES,
        help=N_("One or more drugs, separated by semicolons."),
    )
    category: Category = field(N_("Category"))
    start: PartialDate = field(N_("Start"), column=PARTIAL_DATE)
    end: PartialDate | None = field(
        N_("End"), None, column=PARTIAL_DATE, help=N_("Empty while the treatment goes on.")
    )
    protocol: Protocol | None = field(
        N_("Protocol"), None, help=N_("Where the program is to schedule the infusions.")
    )
    given_here: bool = field(N_("Given in our clinic"))
    stop_reason: StopReason | None = field(N_("Reason for stopping"), None, group=N_("Stopped"))
    stop_detail: str | None = field(N_("In more words"), None, group=N_("Stopped"), max_length=1000)
    cycles_stated: int | None = field(
        N_("Cycles as stated"), None, group=N_("As a letter says it"), ge=0, le=500
    )
    best_response_stated: Response | None = field(
        N_("Best response as stated"), None, group=N_("As a letter says it")
    )
    end_stated: PartialDate | None = field(
        N_("End as stated"),
        None,
        group=N_("As a letter says it"),
        column=PARTIAL_DATE,
        help=N_("Where a letter's end differs from the one entered above."),
    )
    dose_text: str | None = field(N_("Dose"), None, group=N_("As a letter says it"), max_length=500)
    trial_name: str | None = field(N_("Trial"), None, group=N_("Trial"), max_length=200)
    trial_arm: str | None = field(N_("Arm"), None, group=N_("Trial"), max_length=200)
    trial_subject: str | None = field(N_("Subject number"), None, group=N_("Trial"), max_length=60)

    @property
    def regimen_words(self) -> str:
        return " + ".join(_(drug) for drug in self.regimen)

    @model_validator(mode="after")
    def _has_a_regimen_and_runs_forward(self) -> Self:
        if not any(drug.strip() for drug in self.regimen):
            raise ValueError(_("Name at least one drug or procedure."))
        if self.end and self.end.last < self.start.first:
            raise ValueError(_("The end lies before the start."))
        return self


class Cycle(PatientRecord, table=True):
    __tablename__ = "cycle"
    singular: ClassVar[str] = N_("cycle")
    plural: ClassVar[str] = N_("cycles")
    dated_by: ClassVar[str] = "day_1"

    treatment_line: uuid.UUID = field(N_("Treatment line"), foreign_key="treatment_line")
    number: int = field(N_("Cycle"), ge=1, le=500)
    day_1: dt.date = field(N_("Day 1"))
    weight_kg: float = field(N_("Weight"), unit=N_("kg"), gt=0, le=400)
    height_cm: float | None = field(
        N_("Height"), None, unit=N_("cm"), ge=30, le=250, help=N_("Only for doses in mg/m².")
    )


class Infusion(PatientRecord, table=True):
    __tablename__ = "infusion"
    singular: ClassVar[str] = N_("infusion")
    plural: ClassVar[str] = N_("infusions")
    dated_by: ClassVar[str] = "given_on"

    cycle: uuid.UUID = field(N_("Cycle"), foreign_key="cycle")
    day: int = field(N_("Day of the cycle"), ge=1, le=366)
    status: InfusionStatus = field(N_("Status"))
    given_on: dt.date | None = field(N_("Given on"), None)
    dose_mg: float | None = field(N_("Dose"), None, unit=N_("mg"), ge=0, le=10_000)
    minutes: int | None = field(N_("Duration"), None, unit=N_("min"), ge=0, le=1440)
    premedication: str | None = field(N_("Premedication"), None, max_length=500)
    batch: str | None = field(N_("Batch"), None, max_length=60)
    reason: str | None = field(
        N_("Reason"), None, max_length=1000, help=N_("When not given as planned.")
    )
    given_by: str | None = field(N_("Given by"), None, max_length=100)

    @property
    def administered(self) -> bool:
        return self.status is not InfusionStatus.OMITTED

    @model_validator(mode="after")
    def _date_and_reason(self) -> Self:
        if self.administered and self.given_on is None:
            raise ValueError(_("Enter the day on which it was given."))
        if self.status is InfusionStatus.OMITTED and self.given_on:
            raise ValueError(_("An omitted infusion was given on no day."))
        if self.status is not InfusionStatus.GIVEN and not self.reason:
            raise ValueError(_("Say why it was not given as planned."))
        return self


@dataclass(frozen=True, slots=True)
class PlannedInfusion:
    """One day of a treatment calendar; `number` counts from 1 over the whole course."""

    number: int
    cycle: int
    day: int
    on: dt.date


def cycle_days(cycle: int) -> tuple[int, ...]:
    """The days of a mogamulizumab cycle: 1, 8, 15, 22 in the first, then 1 and 15 (label)."""
    return (1, 8, 15, 22) if cycle == 1 else (1, 15)


def calendar(first_day: dt.date, cycles: int) -> list[PlannedInfusion]:
    """The mogamulizumab calendar of `cycles` 28-day cycles from the first infusion's day.

    Days 1, 8, 15, 22 of the first cycle, days 1 and 15 of later ones (EU SmPC, US PI 2018): 30
    cycles are 62 infusions. Raises `ValueError` for fewer than one cycle.
    """
    if cycles < 1:
        raise ValueError("A calendar has at least one cycle.")
    days = [(cycle, day) for cycle in range(1, cycles + 1) for day in cycle_days(cycle)]
    return [
        PlannedInfusion(number, cycle, day, planned_on(cycle_start(first_day, cycle), day))
        for number, (cycle, day) in enumerate(days, start=1)
    ]


def cycle_start(first_day: dt.date, cycle: int) -> dt.date:
    return first_day + dt.timedelta(days=CYCLE_DAYS * (cycle - 1))


def planned_on(day_1: dt.date, day: int) -> dt.date:
    return day_1 + dt.timedelta(days=day - 1)


@dataclass(frozen=True, slots=True)
class Dose:
    """A mogamulizumab dose and its preparation."""

    mg: float
    ml: float
    vials: int
    bag_ml_least: float
    bag_ml_most: float


def dose(weight_kg: float) -> Dose:
    """1 mg/kg of that day's weight, in 20 mg vials of 4 mg/mL, diluted to 0.1 to 3.0 mg/mL.

    EU SmPC, US PI 2018. Raises `ValueError` for a weight that is not above zero.
    """
    if not weight_kg > 0:
        raise ValueError("A weight is above 0 kg.")
    mg = round(weight_kg * MG_PER_KG, 2)
    thinnest, strongest = DILUTION_MG_PER_ML
    return Dose(
        mg=mg,
        ml=round(mg / MG_PER_ML, 2),
        vials=math.ceil(mg / MG_PER_VIAL),
        bag_ml_least=math.ceil(round(10 * mg / strongest, 6)) / 10,
        bag_ml_most=math.floor(round(10 * mg / thinnest, 6)) / 10,
    )


def delay(infusion: Infusion, cycle: Cycle, moved: int = 0) -> int | None:
    """Days after (below zero: before) the planned day; None when it was not given.

    `moved`: by how many days earlier late doses have moved the calendar.
    """
    if infusion.given_on is None:
        return None
    return (infusion.given_on - planned_on(cycle.day_1, infusion.day)).days - moved


def is_delayed(infusion: Infusion, cycle: Cycle, moved: int = 0) -> bool:
    """Given more than two days late: outside the label's window (EU SmPC, US PI 2018)."""
    return (delay(infusion, cycle, moved) or 0) > WINDOW_DAYS


def next_infusion(
    line: TreatmentLine, cycles: Sequence[Cycle], infusions: Sequence[Infusion]
) -> PlannedInfusion | None:
    """The next infusion due of a running line that follows the mogamulizumab label.

    A dose given more than two days late moves what follows, and later ones are late against the
    days so moved (EU SmPC 2018); the US rule is not offered yet. None where the line has ended or
    follows no protocol.
    """
    if line.protocol is not Protocol.MOGAMULIZUMAB or line.end is not None:
        return None
    if not cycles:
        return PlannedInfusion(1, 1, 1, line.start.first) if line.start.exact else None
    last_cycle = max(cycles, key=lambda cycle: cycle.number)
    in_cycle = [infusion for infusion in infusions if infusion.cycle == last_cycle.id]
    shift = moved_by(in_cycle, last_cycle)
    done = {infusion.day for infusion in in_cycle}
    number = len(infusions) + 1
    for day in cycle_days(last_cycle.number):
        if day not in done:
            due = planned_on(last_cycle.day_1, day) + dt.timedelta(days=shift)
            return PlannedInfusion(number, last_cycle.number, day, due)
    following = last_cycle.day_1 + dt.timedelta(days=CYCLE_DAYS + shift)
    return PlannedInfusion(number, last_cycle.number + 1, 1, following)


def moved_by(infusions: Sequence[Infusion], cycle: Cycle) -> int:
    """By how many days late doses have moved the rest of the cycle (EU SmPC 2018)."""
    moved = 0
    for infusion in sorted(infusions, key=lambda infusion: infusion.day):
        if is_delayed(infusion, cycle, moved):
            moved += delay(infusion, cycle, moved) or 0
    return moved
