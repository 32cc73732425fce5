"""Relative dose intensity and the counts of infusions not given as planned."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import PatientRecord
from models.demo.case import published_case
from models.history import History
from models.intensity import Counts, DoseIntensity, dose_intensity, infusion_counts
from models.patient import Patient
from models.treatment import Infusion, TreatmentLine
from tests.models import builders as a

MOGA = a.moga()
FIRST = a.cycle(MOGA)
SECOND = a.cycle(MOGA, 2, "2020-02-03", weight_kg=80)
DAYS = (1, 8, 15, 22)
ALL_FOUR = [a.infusion(FIRST, day) for day in DAYS]


def intensity(*records: PatientRecord, line: TreatmentLine = MOGA) -> DoseIntensity | None:
    return dose_intensity(a.history(line, *records), line)


def known(*records: PatientRecord, line: TreatmentLine = MOGA) -> DoseIntensity:
    found = intensity(*records, line=line)
    assert found is not None
    return found


def reduced(day: int, **changes: Any) -> Infusion:
    return a.infusion(FIRST, day, status="reduced", reason="rash", **changes)


def interrupted(day: int, **changes: Any) -> Infusion:
    return a.infusion(FIRST, day, status="interrupted", reason="chills", **changes)


@pytest.mark.parametrize(
    ("infusions", "least", "most"),
    [
        (ALL_FOUR, 1, 1),
        (ALL_FOUR[:2], 1, 1),
        (ALL_FOUR[:1], 1, 1),
        ([*ALL_FOUR[:3], a.omitted(FIRST, 22)], 210 / 280, 210 / 280),
        ([a.omitted(FIRST, 1), *ALL_FOUR[1:]], 210 / 280, 210 / 280),
        ([*ALL_FOUR[:3], reduced(22, dose_mg=35)], 245 / 280, 245 / 280),
        ([*ALL_FOUR[:3], reduced(22)], 210 / 280, 1),
        ([*ALL_FOUR[:3], interrupted(22)], 210 / 280, 1),
        ([*ALL_FOUR[:3], interrupted(22, dose_mg=70)], 1, 1),
        ([ALL_FOUR[0], *ALL_FOUR[2:]], 210 / 280, 1),
        ([*ALL_FOUR, a.infusion(SECOND, dose_mg=80)], 1, 1),
        ([*ALL_FOUR, a.infusion(SECOND, dose_mg=40)], 320 / 360, 320 / 360),
        ([a.infusion(FIRST, 1), *(a.infusion(FIRST, day, 7) for day in DAYS[1:])], 0.8, 0.8),
        ([*ALL_FOUR[:3], a.infusion(FIRST, 22, 14)], 28 / 42, 28 / 42),
        ([a.infusion(FIRST, day, 14) for day in DAYS], 1, 1),
        ([*ALL_FOUR, a.infusion(FIRST, 25, dose_mg=28)], 308 / 280, 308 / 280),
    ],
)
def test_the_intensity_against_the_protocol(
    infusions: list[Infusion], least: float, most: float
) -> None:
    found = known(FIRST, SECOND, *infusions)
    assert found.least == pytest.approx(least)
    assert found.most == pytest.approx(most)


def test_the_intensity_comes_with_what_it_was_worked_out_from() -> None:
    second = a.infusion(SECOND, 1, 7, dose_mg=80)
    found = known(FIRST, SECOND, *ALL_FOUR[:2], reduced(15), a.omitted(FIRST, 22), second)
    assert found == DoseIntensity(
        planned_mg=4 * 70 + 80,
        given_mg_least=70 + 70 + 80,
        given_mg_most=70 + 70 + 70 + 80,
        planned_days=42,
        actual_days=49,
        taken_as_planned=2,
        unknown=1,
    )
    assert (found.planned_weeks, found.actual_weeks) == (6, 7)
    assert found.least == pytest.approx((220 / 7) / (360 / 6))


def test_a_clinics_own_protocol_is_its_own_measure() -> None:
    line = a.line(protocol="1000 mg/m² on days 1, 8 of 21")
    cycle = a.cycle(line, height_cm=170)
    infusions = [a.infusion(cycle, dose_mg=1818.12), a.infusion(cycle, 8, dose_mg=909.06)]
    found = known(cycle, *infusions, line=line)
    assert (found.planned_mg, found.planned_days, found.actual_days) == (3636.24, 21, 21)
    assert found.least == found.most == pytest.approx(0.75)


OWN = a.line(protocol="1000 mg/m² on days 1, 8 of 21")
WITHOUT_HEIGHT = a.cycle(OWN)
TINY = a.line(protocol="0.001 mg/kg on days 1, 8 of 21")
CHILD = a.cycle(TINY, weight_kg=3)
BARE = a.line()
ITS_CYCLE = a.cycle(BARE)
THIRD = a.cycle(MOGA, 3, "2020-03-02")


@pytest.mark.parametrize(
    ("line", "records"),
    [
        (MOGA, []),
        (MOGA, [FIRST]),
        (BARE, [ITS_CYCLE, a.infusion(ITS_CYCLE)]),
        (OWN, [WITHOUT_HEIGHT, a.infusion(WITHOUT_HEIGHT)]),
        (TINY, [CHILD, a.infusion(CHILD)]),
        (MOGA, [FIRST, THIRD, *ALL_FOUR, a.infusion(THIRD)]),
        (MOGA, [FIRST, a.infusion(FIRST, 3)]),
        (MOGA, [FIRST, ALL_FOUR[0], a.infusion(FIRST, 8, given_on="2019-12-30")]),
    ],
)
def test_where_something_is_missing_no_intensity_is_told(
    line: TreatmentLine, records: list[PatientRecord]
) -> None:
    assert intensity(*records, line=line) is None


@given(st.integers(1, 6), st.data())
def test_what_was_not_given_lowers_it_by_its_share(cycles: int, data: st.DataObject) -> None:
    records = a.course(MOGA, cycles)
    infusions = [each for each in records if isinstance(each, Infusion)]
    left_out = data.draw(st.sets(st.sampled_from(infusions[:-1]).map(lambda each: each.id)))
    changed = [
        a.infusion(FIRST, each.day, cycle=each.cycle, status="omitted", given_on=None, reason="flu")
        if each.id in left_out
        else each
        for each in infusions
    ]
    others = [each for each in records if not isinstance(each, Infusion)]
    found = known(*others, *changed)
    assert found.planned_days == found.actual_days == 28 * cycles
    assert found.least == found.most == pytest.approx(1 - len(left_out) / len(infusions))


@given(st.lists(st.integers(0, 10), min_size=4, max_size=4))
def test_delays_lower_it_by_the_longer_time(late: list[int]) -> None:
    infusions = [a.infusion(FIRST, day, sum(late[: place + 1])) for place, day in enumerate(DAYS)]
    assert known(FIRST, *infusions).most == pytest.approx(28 / (28 + sum(late[1:])))


def test_the_published_case_had_all_that_was_planned() -> None:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    history = History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])
    (line,) = [line for line in history.lines if line.protocol]
    found = dose_intensity(history, line)
    assert found is not None
    assert (found.planned_days, found.actual_days, found.unknown) == (840, 840, 0)
    assert found.least == found.most == pytest.approx(1)
    assert infusion_counts(history, line) == Counts(62, 0, 0, 0, 0)


def test_infusions_are_counted_by_status_and_lateness() -> None:
    infusions = [a.infusion(FIRST), a.infusion(FIRST, 8, 3), interrupted(15), a.omitted(FIRST, 22)]
    second = [a.infusion(SECOND, given_on="2020-02-06"), a.infusion(SECOND, 15, 9)]
    history = a.history(MOGA, FIRST, SECOND, *infusions, *second)
    assert infusion_counts(history, MOGA) == Counts(
        given=4, reduced=0, interrupted=1, omitted=1, delayed=2
    )
    assert infusion_counts(a.history(MOGA), MOGA) == Counts(0, 0, 0, 0, 0)
