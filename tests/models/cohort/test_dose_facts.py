"""What a line delivered: doses against the protocol, exposure, and the days at risk of an event."""

import datetime as dt
from typing import Any

import pytest

from models.base import PatientRecord
from models.cohort.dose_facts import Departure, DoseFacts, dose_facts
from models.cohort.lasted import Lasted
from models.history import History
from models.treatment import InfusionStatus, TreatmentLine
from tests.models import builders as a

TODAY = dt.date(2021, 1, 4)


def facts(line: TreatmentLine, *records: PatientRecord, **about: Any) -> DoseFacts:
    return dose_facts(a.history(line, *records, **about).until(TODAY), line)


def test_doses_are_held_against_the_protocol_up_to_the_last_one_entered() -> None:
    line = a.moga()
    first, second = a.cycle(line), a.cycle(line, 2, "2020-02-03")
    infusions = [
        a.infusion(first, 1),
        a.infusion(first, 8, late=5, reason="fever"),
        a.omitted(first, 15),
        a.infusion(second, 1, status="reduced", dose_mg=35, reason="rash"),
    ]
    found = facts(line, first, second, *infusions)
    assert (found.planned, found.entered, found.unrecorded) == (5, 4, 1)
    assert found.departures[0] == Departure(InfusionStatus.GIVEN, 5, "fever")
    assert found.departures[1] == Departure(InfusionStatus.OMITTED, 0, "fever")
    assert found.departures[2].status is InfusionStatus.REDUCED
    assert found.counts is not None
    assert (found.counts.delayed, found.counts.omitted) == (1, 1)


def test_nothing_is_planned_without_a_protocol_and_nothing_counted_without_a_dose() -> None:
    line = a.line(end="2020-03-02", cycles_stated=4)
    found = facts(line)
    assert (found.planned, found.counts, found.departures, found.cycles) == (None, None, (), 4)
    assert found.exposure == Lasted(56, event=True)


@pytest.mark.parametrize(
    ("end", "death", "exposure"),
    [
        ("2020-01-31", None, Lasted(28, event=True)),
        ("2020-01-31", "2020-01-29", Lasted(23, event=True)),
        ("2020-01-31", "2020-06-01", Lasted(28, event=True)),
        (None, None, Lasted(70, event=False)),
    ],
)
def test_exposure_ends_when_the_next_dose_would_have_been_due(
    end: str | None, death: str | None, exposure: Lasted
) -> None:
    line = a.moga(end=end)
    records = [*a.course(line, 1)] if death else [*a.course(line, 1), a.visit("2020-03-16")]
    assert facts(line, *records, death_date=death).exposure == exposure


@pytest.mark.parametrize(
    ("end", "seen", "death", "days"),
    [
        ("2020-01-31", "2020-12-07", None, 21 + 90 + 1),
        ("2020-01-31", "2020-03-16", None, 71),
        ("2020-01-31", "2020-03-16", "2020-03-20", 75),
        (None, "2020-12-07", None, 337),
    ],
)
def test_an_event_may_come_up_to_90_days_after_the_last_dose(
    end: str | None, seen: str, death: str | None, days: int
) -> None:
    line = a.moga(end=end)
    found = facts(line, *a.course(line, 1), a.visit(seen), death_date=death)
    assert found.at_risk == days


def test_where_nobody_was_seen_neither_exposure_nor_time_at_risk_is_known() -> None:
    line = a.line("2020-01", given_here=False)
    found = dose_facts(History.of_records(a.patient(), [line]), line)
    assert (found.exposure, found.at_risk) == (None, None)
