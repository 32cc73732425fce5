"""What one treatment line delivered of what was planned, and for how long."""

import datetime as dt
from dataclasses import dataclass

from models.cohort.lasted import Lasted
from models.course import began, cycles_given, doses_given, last_dose
from models.history import History
from models.intensity import (
    Counts,
    DoseIntensity,
    Slot,
    dose_intensity,
    due_after,
    infusion_counts,
    slots_between,
)
from models.rules import Standing, rule
from models.treatment import Infusion, InfusionStatus, TreatmentLine, delay
from models.values import AnyDate, Days, latest, middle
from models.words import N_


@dataclass(frozen=True, slots=True)
class Departure:
    """A dose that was not given as planned; `late`: days after its planned day, 0 in its window."""

    status: InfusionStatus
    late: int
    reason: str


@dataclass(frozen=True, slots=True)
class DoseFacts:
    """`planned`: doses of the protocol from the first entered one to the last; None without it.

    `counts`: None where no infusion was entered; `entered`: how many were, omitted ones included;
    `unrecorded`: how many of the planned ones were not;
    `at_risk`: days in which an event counts as the line's, the first day included.
    """

    planned: int | None
    entered: int
    unrecorded: int
    counts: Counts | None
    departures: tuple[Departure, ...]
    intensity: DoseIntensity | None
    cycles: int | None
    exposure: Lasted | None
    at_risk: int | None


def dose_facts(history: History, line: TreatmentLine) -> DoseFacts:
    infusions = history.infusions_of(line)
    planned, unrecorded = _planned(history, line)
    return DoseFacts(
        planned=planned,
        entered=len(infusions),
        unrecorded=unrecorded,
        counts=infusion_counts(history, line) if infusions else None,
        departures=tuple(found for each in infusions if (found := _departure(history, each))),
        intensity=dose_intensity(history, line),
        cycles=cycles_given(history, line),
        exposure=exposure(history, line),
        at_risk=days_at_risk(history, line),
    )


def _planned(history: History, line: TreatmentLine) -> tuple[int | None, int]:
    """How many days the protocol has from the first entered dose to the last, how many of these
    have no entry.
    """
    entered = [_slot(history, line, each) for each in history.infusions_of(line)]
    if line.protocol is None or not entered:
        return None, 0
    slots = slots_between(line.protocol, entered[0], entered[-1])
    return len(slots), len(set(slots) - set(entered))


def _slot(history: History, line: TreatmentLine, infusion: Infusion) -> Slot:
    cycles = history.cycles_of(line)
    return next(each.number for each in cycles if each.id == infusion.cycle), infusion.day


def _departure(history: History, infusion: Infusion) -> Departure | None:
    """None where it was given in full and in its window."""
    late = 0
    if history.is_delayed(infusion):
        late = delay(infusion, history.planned_days[infusion.id]) or 0
    if not late and infusion.status is InfusionStatus.GIVEN:
        return None
    return Departure(infusion.status, late, infusion.reason or "")


@rule(N_("Exposure to a line"), "Hryniuk, J Clin Oncol 1984", Standing.UNVERIFIED)
def exposure(history: History, line: TreatmentLine) -> Lasted | None:
    """From the first dose to the day on which the dose after the last one given would have been
    due by the protocol; without a protocol or doses on file from the start of the line to its end.
    Death ends it before. While the line goes on it runs to the last contact.
    """
    until = _until(history, line)
    if until is None:
        return None
    days = Days.between(began(history, line), until)
    over = line.end is not None or history.patient.death_date is not None
    return Lasted(max(days.about, 0), over, not days.exact)


def _until(history: History, line: TreatmentLine) -> AnyDate | None:
    died = history.patient.death_date
    if line.end is None:
        return died or history.last_contact
    until: AnyDate = _next_due(history, line) or line.end
    return died if died and died.last < latest(until) else until


def _next_due(history: History, line: TreatmentLine) -> dt.date | None:
    """The day on which the dose after the last one given would have been due."""
    doses = doses_given(history, line)
    if line.protocol is None or not doses:
        return None
    on, last = max(doses, key=lambda dose: dose[0])
    slot = _slot(history, line, last)
    to_following = line.protocol.offset(*due_after(line.protocol, slot))
    return on + dt.timedelta(days=to_following - line.protocol.offset(*slot))


@rule(N_("Time at risk of an adverse event"), "ICH E3; ICH E9", Standing.UNVERIFIED)
def days_at_risk(history: History, line: TreatmentLine) -> int | None:
    """The days in which an event would count as treatment-emergent: from the first dose to as many
    days after the last one as the clinic's settings say, 90 unless changed, and to the last contact
    or death where that comes before. The first day counts as one. While the line goes on they run
    to the last contact. A date known by its month or year counts as the middle of it. A rate is the
    number of those with the event, divided by their time up to its first onset and the time at risk
    of those without it.
    """
    died, seen = history.patient.death_date, history.last_contact
    known = died.middle if died else seen
    if known is None:
        return None
    if line.end:
        stopped = last_dose(history, line) or line.end
        within = dt.timedelta(days=history.practice.emergent_days)
        known = min(known, middle(stopped) + within)
    return max((known - middle(began(history, line))).days + 1, 0)
