"""Cycles and infusions of mogamulizumab, and what made some of them late, partial or omitted."""

import datetime as dt
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from models.demo.chance import workday
from models.demo.draft import Draft
from models.demo.fate import Path
from models.protocol import BY_LABEL
from models.treatment import (
    WINDOW_DAYS,
    Cycle,
    Infusion,
    InfusionStatus,
    TreatmentLine,
    dose,
    planned_on,
)
from models.words import N_, _

INCIDENT_SHARE = 0.045
SHIFTED_A_LITTLE_SHARE = 0.05
REACTION_SHARE = 0.33
REST_FOR_RASH = 14


class Incident(NamedTuple):
    """Why an infusion was not given as planned, and the adverse event behind it, if any."""

    reason: str
    status: InfusionStatus
    days_late: int = 0
    term: str = ""
    grade: int = 2
    lasts: int = 10


HOLIDAY = Incident(N_("holiday"), InfusionStatus.GIVEN, 7)
RASH = Incident(N_("rash"), InfusionStatus.GIVEN)
REACTION = Incident(
    N_("infusion reaction, given on at half the rate"),
    InfusionStatus.INTERRUPTED,
    term="Infusion related reaction",
    lasts=0,
)
INCIDENTS = {
    HOLIDAY: 5,
    Incident(N_("public holidays"), InfusionStatus.GIVEN, 3): 4,
    Incident(
        N_("respiratory infection"), InfusionStatus.GIVEN, 7, "Upper respiratory infection"
    ): 5,
    Incident(N_("skin infection"), InfusionStatus.GIVEN, 14, "Skin infection"): 3,
    Incident(N_("low neutrophils"), InfusionStatus.GIVEN, 7, "Neutrophil count decreased", 3): 1,
    Incident(N_("did not come"), InfusionStatus.OMITTED): 2,
    Incident(N_("pneumonia"), InfusionStatus.OMITTED, 0, "Lung infection", 3, 24): 2,
    Incident(
        N_("raised liver values"),
        InfusionStatus.OMITTED,
        0,
        "Alanine aminotransferase increased",
        3,
        30,
    ): 1,
    Incident(N_("line leaked near the end"), InfusionStatus.REDUCED): 1,
    Incident(N_("chills"), InfusionStatus.INTERRUPTED, 0, "Chills", 1, 0): 2,
}


class Happened(NamedTuple):
    """An incident on the day for which the infusion was due."""

    on: dt.date
    incident: Incident


class Infusions:
    """The whole treatment on the label's calendar; a late dose moves what follows."""

    def __init__(self, draft: Draft, line: TreatmentLine) -> None:
        self.draft, self.line = draft, line
        self.weight = draft.chance.uniform(52, 98)
        self.happened: list[Happened] = []
        self.records = list(self._cycles())

    def _cycles(self) -> Iterator[Cycle | Infusion]:
        day_1 = self.line.start.first
        for number in count(1):
            cycle = self.draft.make(
                Cycle,
                treatment_line=self.line.id,
                number=number,
                day_1=day_1,
                weight_kg=round(self.weight, 1),
            )
            infusions, moved = self._of_cycle(cycle)
            if not infusions:
                return
            yield cycle
            yield from infusions
            day_1 += dt.timedelta(days=BY_LABEL.cycle_days + moved)
            regained = -0.2 if self.draft.fate.course.path is Path.PROGRESSIVE else 0.15
            self.weight = max(42.0, self.weight + self.draft.chance.gauss(regained, 0.6))

    def _of_cycle(self, cycle: Cycle) -> tuple[list[Infusion], int]:
        """The infusions of a cycle, and by how many days what follows has moved."""
        infusions, moved = [], 0
        for day in BY_LABEL.days_of(cycle.number):
            due = planned_on(cycle.day_1, day) + dt.timedelta(days=moved)
            incident = self._incident(cycle, day, due)
            late = incident.days_late if incident else self._a_little_late(cycle, day)
            given = workday(due + dt.timedelta(days=late))
            if given > self.draft.fate.treated_until:
                break
            if incident:
                self.happened.append(Happened(due, incident))
            infusions.append(self._infusion(cycle, day, given, incident))
            if (given - due).days > WINDOW_DAYS:
                moved += (given - due).days
        return infusions, moved

    def _incident(self, cycle: Cycle, day: int, due: dt.date) -> Incident | None:
        chance, rash = self.draft.chance, self.draft.fate.course.rash
        if cycle.number == 1 and day == 1:
            return REACTION if chance.happens(REACTION_SHARE) else None
        if rash and rash <= due < rash + dt.timedelta(days=REST_FOR_RASH):
            return RASH._replace(days_late=REST_FOR_RASH)
        return chance.pick(INCIDENTS) if chance.happens(INCIDENT_SHARE) else None

    def _a_little_late(self, cycle: Cycle, day: int) -> int:
        first = cycle.number == 1 and day == 1
        small = not first and self.draft.chance.happens(SHIFTED_A_LITTLE_SHARE)
        return self.draft.chance.randint(1, WINDOW_DAYS) if small else 0

    def _infusion(
        self, cycle: Cycle, day: int, given: dt.date, incident: Incident | None
    ) -> Infusion:
        status = incident.status if incident else InfusionStatus.GIVEN
        reason = _(incident.reason) if incident else None
        common = {"cycle": cycle.id, "day": day, "status": status, "reason": reason}
        if status is InfusionStatus.OMITTED:
            return self.draft.make(Infusion, **common)
        chance = self.draft.chance
        share = chance.uniform(0.6, 0.85) if status is InfusionStatus.REDUCED else 1
        longer = chance.randint(40, 90) if status is InfusionStatus.INTERRUPTED else 0
        return self.draft.make(
            Infusion,
            **common,
            given_on=given,
            dose_mg=round(dose(cycle.weight_kg).mg * share, 1),
            minutes=chance.choice((60, 60, 65, 70)) + longer,
            premedication=_("paracetamol, diphenhydramine") if cycle.number == 1 else None,
            batch=f"DEMO{given.year % 100:02d}{given.month:02d}",
        )
