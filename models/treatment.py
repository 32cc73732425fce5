"""Treatment lines, cycles and infusions; what a protocol makes of them: calendar and dose."""

import datetime as dt
import math
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, ClassVar, Self

from pydantic import field_validator, model_validator

from models.base import (
    PARTIAL_DATE,
    FieldProblem,
    JsonColumn,
    PatientRecord,
    field,
    readable,
)
from models.protocol import BY_LABEL, EXAMPLE, MG_PER_VIAL, PROTOCOL, Protocol, vials_of
from models.response import Response
from models.rules import Standing, rule
from models.therapies import MOGAMULIZUMAB, NAMES, Category, names_drug
from models.values import Choice, PartialDate
from models.words import N_, _

LABEL = "EU SmPC; US PI 2018"
MG_PER_ML = 4
DILUTION_MG_PER_ML = (0.1, 3.0)
WINDOW_DAYS = 2
DOSE_TOLERANCE = 0.10
WEEK = 7


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
        N_("Protocol"),
        None,
        column=PROTOCOL,
        suggestions=(BY_LABEL.label, EXAMPLE),
        help=N_("Where the program is to schedule the infusions: by label, or in one line."),
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

    @property
    def has_mogamulizumab(self) -> bool:
        """Whether the regimen names it, however it was typed."""
        return names_drug(self.regimen, MOGAMULIZUMAB)

    @field_validator("regimen", mode="after")
    @classmethod
    def _can_stand_in_a_list(cls, regimen: list[str]) -> list[str]:
        """Each drug on one line; a semicolon stands between two."""
        drugs = (" ".join(readable(drug).split()) for each in regimen for drug in each.split(";"))
        return [drug for drug in drugs if drug]

    @model_validator(mode="after")
    def _has_a_regimen_and_runs_forward(self) -> Self:
        if not self.regimen:
            raise FieldProblem("regimen", _("Name at least one drug or procedure."))
        if self.end and self.end.last < self.start.first:
            raise FieldProblem("end", _("The end lies before the start."))
        return self

    @classmethod
    def needed_with(cls, values: Mapping[str, Any]) -> dict[str, str]:
        """A line without an end goes on; an old letter may tell why it stopped and not when."""
        when = _("When was it stopped? A month or a year is enough.")
        return {"end": when} if values.get("stop_reason") else {}


class Cycle(PatientRecord, table=True):
    __tablename__ = "cycle"
    singular: ClassVar[str] = N_("cycle")
    plural: ClassVar[str] = N_("cycles")
    dated_by: ClassVar[str] = "day_1"

    treatment_line: uuid.UUID = field(N_("Treatment line"), foreign_key="treatment_line")
    number: int = field(N_("Cycle"), ge=1, le=500)
    day_1: dt.date = field(
        N_("Day 1"), help=N_("As planned, or as given: the calendar is kept either way.")
    )
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
            raise FieldProblem("given_on", _("Enter the day on which it was given."))
        if self.status is InfusionStatus.OMITTED and self.given_on:
            raise FieldProblem("given_on", _("An omitted infusion was given on no day."))
        if self.status is not InfusionStatus.GIVEN and not self.reason:
            raise FieldProblem("reason", _("Say why it was not given as planned."))
        return self

    @classmethod
    def needed_with(cls, values: Mapping[str, Any]) -> dict[str, str]:
        if values.get("status") in {None, InfusionStatus.GIVEN}:
            return {}
        return {"reason": _("Say why it was not given as planned.")}


@dataclass(frozen=True, slots=True)
class PlannedInfusion:
    """One day of a treatment calendar; `number` counts from 1 over the whole course."""

    number: int
    cycle: int
    day: int
    on: dt.date


@rule(N_("Calendar"), LABEL)
def calendar(
    first_day: dt.date, cycles: int, protocol: Protocol = BY_LABEL
) -> list[PlannedInfusion]:
    """Mogamulizumab is given in cycles of 28 days: days 1, 8, 15 and 22 of the first, days 1 and 15
    of later ones, so that 30 cycles are 62 infusions. A clinic's own protocol has its own days.

    Raises `ValueError` for fewer than one cycle.
    """
    if cycles < 1:
        raise ValueError(_("A calendar has at least one cycle."))
    doses = takewhile(lambda dose: dose[0] <= cycles, protocol.doses())
    return [
        PlannedInfusion(number, cycle, day, _ahead(first_day, protocol.offset(cycle, day)))
        for number, (cycle, day) in enumerate(doses, start=1)
    ]


def planned_on(day_1: dt.date, day: int) -> dt.date:
    return _ahead(day_1, day - 1)


@dataclass(frozen=True, slots=True)
class PlannedDose:
    """What a protocol makes of a weight; `vials`: None where their size is not known."""

    mg: float
    vials: int | None


@dataclass(frozen=True, slots=True)
class Dose(PlannedDose):
    """A mogamulizumab dose and its preparation."""

    vials: int
    ml: float
    bag_ml_least: float
    bag_ml_most: float


@rule(N_("Dose of mogamulizumab"), LABEL)
def dose(weight_kg: float) -> Dose:
    """1 mg for each kg of that day's weight, over at least 60 minutes, from single-dose vials of
    20 mg in 5 mL (4 mg/mL). No adjustment for age, sex or renal function.

    Raises `ValueError` for a weight that is not above zero.
    """
    if not weight_kg > 0:
        raise ValueError(_("A weight is above 0 kg."))
    mg = round(weight_kg * BY_LABEL.dose, 2)
    least, most = bag_volume(mg)
    ml = math.floor(100 * mg / MG_PER_ML + 0.5) / 100
    return Dose(mg, vials_of(mg, MG_PER_VIAL), ml, bag_ml_least=least, bag_ml_most=most)


@rule(N_("Volume of the bag"), LABEL, Standing.DERIVED)
def bag_volume(mg: float) -> tuple[float, float]:
    """The solution in the bag is to hold 0.1 to 3.0 mg/mL: its volume in mL is at least a third of
    the dose in mg and at most ten times the dose, rounded inwards to 0.1 mL.
    """
    thinnest, strongest = DILUTION_MG_PER_ML
    least = math.ceil(round(10 * mg / strongest, 6)) / 10
    return least, math.floor(round(10 * mg / thinnest, 6)) / 10


@rule(N_("Dose by the line's protocol"), "The protocol as entered; the label", Standing.DERIVED)
def planned_dose(line: TreatmentLine, cycle: Cycle) -> PlannedDose | None:
    """The dose of a cycle by its weight: by the label for mogamulizumab, else as the clinic's own
    protocol says, in mg, in mg/kg or in mg/m² of the body surface; rounded to 0.01 mg. Vials are
    counted where the protocol names their size. Without a height there is no dose in mg/m², and
    without a protocol none at all.
    """
    protocol = line.protocol
    if protocol == BY_LABEL:
        return dose(cycle.weight_kg)
    mg = protocol.mg(cycle.weight_kg, cycle.height_cm) if protocol else None
    return PlannedDose(mg, protocol.vials(mg)) if protocol and mg is not None else None


def delay(infusion: Infusion, planned: dt.date) -> int | None:
    """Days after (below zero: before) the planned day; None when it was not given."""
    return (infusion.given_on - planned).days if infusion.given_on else None


@rule(N_("Window of a dose"), LABEL)
def is_delayed(infusion: Infusion, planned: dt.date, protocol: Protocol | None) -> bool:
    """A dose is late when it was given more than two days after the day planned for it. A dose
    given early, or omitted, is not late.
    """
    return (delay(infusion, planned) or 0) > window_days(protocol)


@rule(N_("Window of a clinic's own protocol"), LABEL, Standing.DERIVED)
def window_days(protocol: Protocol | None) -> int:
    """The two days of mogamulizumab's label hold for every protocol whose doses lie at least a week
    apart. Where they lie closer, every day counts as late, so that no two doses come to be due on
    one day.
    """
    return WINDOW_DAYS if protocol is None or protocol.shortest_interval >= WEEK else 0


@rule(N_("Late dose"), LABEL)
def moved_by(
    infusions: Sequence[Infusion], day_1: dt.date, protocol: Protocol | None, moves: bool
) -> int:
    """A dose given outside the window is given as soon as possible. EU: the doses after it are
    counted from the new day, and later ones are late against the days so moved. US: the calendar
    stays. A dose given early or omitted moves nothing. The clinic chooses between EU and US.
    """
    moved = 0
    for infusion in sorted(infusions, key=_day) if moves else ():
        planned = planned_on(day_1, infusion.day + moved)
        if is_delayed(infusion, planned, protocol):
            moved += delay(infusion, planned) or 0
    return moved


@rule(N_("Planned days"), LABEL, Standing.DERIVED)
def planned_days(
    protocol: Protocol | None, cycles: Sequence[Cycle], infusions: Sequence[Infusion], moves: bool
) -> dict[uuid.UUID, dt.date]:
    """Day 1 of a cycle is due when the cycle before has ended, as late doses had moved it, and the
    first dose was planned for that day: a cycle begun late begins with a late dose, whatever day 1
    was entered. The other days are counted from the due day 1 where the one entered lies no more
    than two days (or the protocol's own window) before or after it, and under the US rule always;
    under the EU rule else from the day 1 entered. Late doses before them in the cycle move them on.
    Where the cycle before is not on file, all are counted from the day 1 entered.
    """
    planned: dict[uuid.UUID, dt.date] = {}
    for begun in _begun(protocol, cycles, infusions, moves):
        given = sorted(begun.infusions, key=_day)
        for place, infusion in enumerate(given):
            moved = moved_by(given[:place], begun.day_1, protocol, moves)
            planned[infusion.id] = planned_on(begun.day_1, infusion.day + moved)
        number = begun.cycle.number
        if protocol and begun.due and given and given[0].day == protocol.days_of(number)[0]:
            planned[given[0].id] = planned_on(begun.due, given[0].day)
    return planned


@dataclass(frozen=True, slots=True)
class _Begun:
    """A cycle; the day 1 its days are counted from; and the due one, where it is known."""

    cycle: Cycle
    infusions: Sequence[Infusion]
    day_1: dt.date
    due: dt.date | None


def _begun(
    protocol: Protocol | None, cycles: Sequence[Cycle], infusions: Sequence[Infusion], moves: bool
) -> Iterator[_Begun]:
    due: dict[int, dt.date] = {}
    recorded = _by_cycle(infusions)
    for cycle in sorted(cycles, key=lambda cycle: cycle.number):
        own, on = recorded[cycle.id], due.get(cycle.number)
        day_1 = cycle.day_1
        if on and (not moves or abs((day_1 - on).days) <= window_days(protocol)):
            day_1 = on
        yield _Begun(cycle, own, day_1, on)
        if protocol:
            moved = moved_by(own, day_1, protocol, moves)
            due[cycle.number + 1] = _ahead(day_1, protocol.cycle_days + moved)


@rule(N_("Next infusion"), LABEL, Standing.DERIVED)
def next_infusion(
    line: TreatmentLine, cycles: Sequence[Cycle], infusions: Sequence[Infusion], moves: bool
) -> PlannedInfusion | None:
    """Of a line that follows a protocol and has not ended: the first day of the calendar after the
    last one entered in its last cycle, as late doses have moved it, and after the last dose given.
    The days of that cycle are counted as its planned days are. An omitted dose counts as entered
    and moves nothing; after the last day of a cycle day 1 of the next one is due. Before the first
    cycle it is the start of the line, if that day is known.
    """
    protocol = line.protocol
    if protocol is None or line.end is not None:
        return None
    if not cycles:
        first = protocol.days_of(1)[0]
        on = planned_on(line.start.first, first)
        return PlannedInfusion(1, 1, first, on) if line.start.exact else None
    *_before, begun = _begun(protocol, cycles, infusions, moves)
    number, entered = begun.cycle.number, begun.infusions
    entered_to = max((infusion.day for infusion in entered), default=0)
    given_to = max((each.given_on for each in entered if each.given_on), default=dt.date.min)
    moved = moved_by(entered, begun.day_1, protocol, moves) - protocol.offset(number, 1)
    return next(
        PlannedInfusion(len(infusions) + 1, cycle, day, on)
        for cycle, day in protocol.doses(number)
        if (cycle, day) > (number, entered_to)
        and (on := _ahead(begun.day_1, protocol.offset(cycle, day) + moved)) > given_to
    )


def _ahead(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days)


def _by_cycle(infusions: Sequence[Infusion]) -> defaultdict[uuid.UUID, list[Infusion]]:
    found: defaultdict[uuid.UUID, list[Infusion]] = defaultdict(list)
    for infusion in infusions:
        found[infusion.cycle].append(infusion)
    return found


def _day(infusion: Infusion) -> int:
    return infusion.day
