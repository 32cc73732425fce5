"""Made-up members of a cohort with sensible defaults: a patient, her lines, her events."""

import datetime as dt
import itertools
import uuid
from typing import Any

from models.cohort.dose_facts import DoseFacts
from models.cohort.event_facts import EventFacts
from models.cohort.lasted import Lasted
from models.cohort.member import Member, Treated
from models.cohort.response_facts import ResponseFacts
from models.cohort.selection import Selection, select
from models.diagnosis import Disease
from models.patient import Sex
from models.population import Origin, Population
from models.therapies import MOGAMULIZUMAB, Category
from models.values import Grade

TODAY = dt.date(2026, 11, 1)
_numbers = itertools.count(1)


def ended(days: int) -> Lasted:
    """The event came after so many days."""
    return Lasted(days, True)


def ongoing(days: int) -> Lasted:
    """No event seen for so many days."""
    return Lasted(days, False)


def event(**changes: Any) -> EventFacts:
    """A mild fatigue a month after the origin, which nothing is known to have come of."""
    values: dict[str, Any] = {
        "term": "Fatigue",
        "soc": None,
        "worst": Grade.MILD,
        "onset": 30,
        "vague": False,
        "emergent": None,
        "attributed": False,
        "serious": False,
        "action": None,
        "resolved": None,
        "is_rash": False,
        "conclusions": (),
    }
    return EventFacts(**(values | changes))


def response(best: Any = None, confirmed: Any = None, **more: Any) -> ResponseFacts:
    return ResponseFacts(best=best, confirmed=confirmed, **more)


def doses(**changes: Any) -> DoseFacts:
    """Nothing is known of doses, cycles or time."""
    values: dict[str, Any] = {
        "planned": None,
        "entered": 0,
        "unrecorded": 0,
        "counts": None,
        "departures": (),
        "intensity": None,
        "cycles": None,
        "exposure": None,
        "at_risk": None,
    }
    return DoseFacts(**(values | changes))


def treated(**changes: Any) -> Treated:
    """A first line of mogamulizumab given here, with no endpoint known."""
    values: dict[str, Any] = {
        "id": uuid.uuid4(),
        "drugs": (MOGAMULIZUMAB,),
        "regimen": MOGAMULIZUMAB,
        "category": Category.SYSTEMIC,
        "number": 1,
        "given_here": True,
        "start": dt.date(2021, 3, 1),
        "vague": False,
        "age": 66,
        "disease": Disease.SEZARY_SYNDROME,
        "stage": "IVA1",
        "seen_from": 0,
        "on_treatment": None,
        "stop_reason": None,
        "time_to_response": None,
        "duration_of_response": None,
        "progression_free": None,
        "time_to_next_treatment": None,
        "overall_survival": None,
        "response": response(),
        "events": (),
        "doses": doses(),
    }
    return Treated(**(values | changes))


def member(*lines: Treated, **changes: Any) -> Member:
    """A man with Sézary syndrome, diagnosed on 1 Dec 2020, and his lines."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "id": uuid.UUID(int=number),
        "mrn": str(number),
        "name": f"Case {number}",
        "sex": Sex.MALE,
        "deceased": False,
        "disease": Disease.SEZARY_SYNDROME,
        "diagnosed": dt.date(2020, 12, 1),
        "vague": False,
        "age": 66,
        "stage": "IVA1",
        "risk": "",
        "seen_from": 0,
        "overall_survival": None,
        "events": (),
        "conclusions": (),
        "present": 0,
        "asked": 0,
    }
    return Member(**(values | changes), lines=lines)


def by_line(*members: Member, **criteria: Any) -> Selection:
    """The population of the lines of these members."""
    return select(members, Population(origin=Origin.LINE, **criteria), TODAY)


def from_diagnosis(*members: Member, **criteria: Any) -> Selection:
    return select(members, Population(**criteria), TODAY)
