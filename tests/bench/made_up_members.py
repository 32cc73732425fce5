"""Members of a cohort as `member_of` makes them, of made-up facts, by the hundred thousand."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import MISSING, fields
from typing import Any

import numpy as np

from models.adverse_event import Emergent
from models.biopsy import Conclusion
from models.cohort.compartment_facts import CompartmentFacts
from models.cohort.dose_facts import DoseFacts
from models.cohort.event_facts import EventFacts
from models.cohort.lasted import Lasted
from models.cohort.member import Member, Treated
from models.cohort.response_facts import ResponseFacts, SkinChange, State
from models.diagnosis import Disease
from models.intensity import Counts, DoseIntensity
from models.patient import Sex
from models.prognosis import Risk
from models.response import Response
from models.staging import STAGES
from models.therapies import Category
from models.treatment import StopReason
from models.values import Grade

FIRST = dt.date(1995, 1, 2)
DRUGS = ("mogamulizumab", "bexarotene", "methotrexate", "brentuximab vedotin")
BEST = (Response.CR, Response.PR, Response.SD, Response.PD, None)
TERMS = ("Fatigue", "Rash maculo-papular", "Infusion related reaction", "Anemia")
WHY = (StopReason.PROGRESSION, StopReason.TOXICITY, StopReason.COMPLETED, None)

FEW = 1000
"""So many different answers and events are shared by all."""


def made_up_members(n: int, seed: int = 1) -> list[Member]:
    """`n` of them, with two lines of treatment each; the same ones for the same seed."""
    return _Making(np.random.default_rng(seed), n).members()


class _Making:
    """Each fact is drawn for all members at once."""

    def __init__(self, dice: np.random.Generator, n: int) -> None:
        self.dice, self.n = dice, n

    def column(self, least: int, beyond: int) -> list[int]:
        drawn: list[int] = self.dice.integers(least, beyond, self.n).tolist()
        return drawn

    def of(self, choices: Sequence[Any]) -> list[Any]:
        return [choices[place] for place in self.column(0, len(choices))]

    def lasted(self, mean: float, share: float = 0.6) -> list[Lasted]:
        days = self.dice.exponential(mean, self.n).astype(int).tolist()
        events = (self.dice.random(self.n) < share).tolist()
        return list(map(Lasted, days, events))

    def members(self) -> list[Member]:
        keys = self.dice.bytes(16 * self.n)
        identities = [uuid.UUID(bytes=keys[at : at + 16]) for at in range(0, 16 * self.n, 16)]
        starts = [FIRST + dt.timedelta(days) for days in self.column(0, 10_000)]
        lines = [self.lines(starts, number) for number in (1, 2)]
        facts: dict[str, Sequence[Any]] = {
            "id": identities,
            "mrn": [f"{number:06d}" for number in range(self.n)],
            "name": [f"Name{number}, Given" for number in range(self.n)],
            "sex": self.of((Sex.FEMALE, Sex.MALE)),
            "deceased": self.of((True, False)),
            "disease": self.of(tuple(Disease)[:3]),
            "diagnosed": starts,
            "vague": self.of((False,)),
            "age": self.column(20, 90),
            "stage": self.of(STAGES),
            "risk": self.of(tuple(Risk)),
            "seen_from": self.of((0, 0, 0, 100)),
            "overall_survival": self.lasted(2500, 0.5),
            "events": self.of(_Making(self.dice, FEW).events()),
            "conclusions": [((Conclusion.ACTIVE_DISEASE, start),) for start in starts],
            "present": self.column(5, 30),
            "asked": self.of((30,)),
            "lines": list(zip(*lines, strict=True)),
        }
        return _each(Member, facts)

    def lines(self, diagnosed: list[dt.date], number: int) -> list[Treated]:
        drugs, free, few = self.of(DRUGS), self.lasted(300), _Making(self.dice, FEW)
        facts: dict[str, Sequence[Any]] = {
            "id": [uuid.UUID(int=number * self.n + place) for place in range(self.n)],
            "drugs": [(drug,) for drug in drugs],
            "regimen": drugs,
            "category": self.of((Category.SYSTEMIC,)),
            "number": self.of((number,)),
            "given_here": self.of((True,)),
            "start": [day + dt.timedelta(400 * number) for day in diagnosed],
            "vague": self.of((False,)),
            "age": self.column(20, 90),
            "disease": self.of(tuple(Disease)[:3]),
            "stage": self.of(STAGES),
            "seen_from": self.of((0,)),
            "on_treatment": free,
            "stop_reason": self.of(WHY),
            "time_to_response": [Lasted(each.days // 3, True) for each in free],
            "duration_of_response": self.lasted(200),
            "progression_free": free,
            "time_to_next_treatment": self.lasted(400),
            "overall_survival": self.lasted(1500, 0.5),
            "response": self.of(few.responses()),
            "events": self.of(few.events()),
            "doses": self.of(few.doses()),
        }
        return _each(Treated, facts)

    def responses(self) -> list[ResponseFacts]:
        found = zip(self.of(BEST), self.column(0, 181), self.column(5, 100), strict=True)
        return [
            ResponseFacts(
                best=best,
                confirmed=best,
                compartments=tuple(
                    CompartmentFacts(name, True, best, best) for name in ("skin", "blood")
                ),
                states=(State(90, best), State(200, Response.PD)) if best else (),
                skin_baseline=float(score),
                skin=SkinChange(score, score * left / 100, left - 100.0, 90, best)
                if best
                else None,
            )
            for best, left, score in found
        ]

    def events(self) -> list[tuple[EventFacts, ...]]:
        found = zip(self.of(TERMS), self.of(tuple(Grade)), self.column(0, 200), strict=True)
        return [
            (
                EventFacts(
                    term=term,
                    soc=None,
                    worst=grade,
                    onset=onset,
                    vague=False,
                    emergent=Emergent.YES,
                    attributed=True,
                    serious=grade > Grade.MODERATE,
                    action=None,
                    resolved=Lasted(onset + 20, True),
                    is_rash=term.startswith("Rash"),
                    conclusions=(),
                ),
            )
            for term, grade, onset in found
        ]

    def doses(self) -> list[DoseFacts]:
        return [
            DoseFacts(
                planned=given + late,
                entered=given + late,
                unrecorded=0,
                counts=Counts(given, 0, 0, 0, late),
                departures=(),
                intensity=DoseIntensity(100.0, 90.0, 90.0, 7 * given, 7 * given + late, 0, 0),
                cycles=given // 2,
                exposure=Lasted(14 * given, True),
                at_risk=14 * given + 90,
            )
            for given, late in zip(self.column(2, 40), self.column(0, 5), strict=True)
        ]


def _each(kind: type[Any], facts: dict[str, Sequence[Any]]) -> list[Any]:
    """One of a kind for each row; a fact that may be left out is."""
    named = [facts[each.name] for each in fields(kind) if each.default is MISSING]
    return list(map(kind, *named))
