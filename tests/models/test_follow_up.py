"""What is due next for a patient."""

import pytest

from models.base import PatientRecord
from models.follow_up import next_due
from tests.models import builders as a

MOGA = a.moga()
FIRST = a.cycle(MOGA)


def due(*records: PatientRecord, **about_the_patient: str) -> list[tuple[str, str, str]]:
    return [
        (item.on.isoformat(), item.what, item.why)
        for item in next_due(a.history(*records, **about_the_patient))
    ]


LABEL = "calendar of the label"


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], [("2020-01-06", "infusion, cycle 1 day 1", LABEL)]),
        (
            [FIRST, a.infusion(FIRST), a.infusion(FIRST, 8, 3)],
            [("2020-01-23", "infusion, cycle 1 day 15", LABEL)],
        ),
        (
            [FIRST, a.infusion(FIRST), a.omitted(FIRST, 8)],
            [("2020-01-20", "infusion, cycle 1 day 15", LABEL)],
        ),
        (a.course(MOGA, 2), [("2020-03-02", "infusion, cycle 3 day 1", LABEL)]),
    ],
)
def test_the_next_infusion_of_a_running_line_is_due(
    records: list[PatientRecord], expected: list[tuple[str, str, str]]
) -> None:
    assert due(MOGA, *records) == expected


def test_nothing_is_due_of_a_finished_line_nor_of_one_without_a_calendar() -> None:
    assert due(a.moga(end="2020-02")) == due(a.line()) == due() == []


def test_a_planned_visit_is_due() -> None:
    planned = a.visit("2020-05-04", "planned", kind="telephone")
    cancelled = a.visit("2020-04-06", "cancelled")
    assert due(planned, cancelled) == [("2020-05-04", "telephone visit", "planned")]


def test_a_visit_arranged_at_the_last_one_is_due() -> None:
    first = a.visit("2020-02-03", next_visit="2020-03-02")
    last = a.visit("2020-03-02", next_visit="2020-06-01")
    arranged = ("2020-06-01", "follow-up visit", "arranged at the last visit")
    assert due(first, last) == [arranged]
    assert due(first, last, a.visit("2020-04-06", "missed")) == [arranged]
    assert due(last, a.visit("2020-04-06")) == []


def test_a_visit_that_is_planned_stands_for_the_one_arranged() -> None:
    last = a.visit("2020-03-02", next_visit="2020-06-01")
    planned = a.visit("2020-06-08", "planned")
    assert due(last, planned) == [("2020-06-08", "follow-up visit", "planned")]


def test_a_visit_arranged_before_the_last_one_is_a_slip_and_not_due() -> None:
    assert due(a.visit("2020-03-02", next_visit="2020-03-02")) == []


def test_an_awaited_biopsy_is_due() -> None:
    awaited, known = a.biopsy("2020-02"), a.biopsy("2020-01", conclusion="other")
    expected = ("2020-02-29", "biopsy result (left cheek)", "result awaited")
    assert due(awaited, known) == [expected]


def test_what_is_due_stands_in_time_and_names_its_record() -> None:
    visit, biopsy = a.visit("2020-01-05", "planned"), a.biopsy("2020-01-07")
    items = next_due(a.history(biopsy, MOGA, visit))
    assert [item.record for item in items] == [visit, MOGA, biopsy]


def test_nothing_is_due_after_death() -> None:
    records = [MOGA, a.visit("2020-05-04", "planned"), a.biopsy()]
    assert len(due(*records)) == 3
    assert due(*records, death_date="2020-04") == []


def test_a_call_does_not_forget_the_visit_arranged_before() -> None:
    seen = a.visit("2020-01-06", next_visit="2020-07-06")
    call = a.visit("2020-02-03", kind="telephone")
    assert due(seen, call) == [("2020-07-06", "follow-up visit", "arranged at the last visit")]


def test_a_planned_visit_that_was_overtaken_is_not_due() -> None:
    planned, done = a.visit("2020-01-06", "planned"), a.visit("2020-02-03")
    assert due(planned, done) == []
