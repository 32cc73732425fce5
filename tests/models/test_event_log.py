"""Adverse events as a log tells them."""

import datetime as dt
from typing import Any

import pytest

from models.event_log import by_worst_grade, event_log, tally
from models.summary import as_of
from tests.models import builders as a

TODAY = dt.date(2020, 4, 30)


def logged(*events: Any, **about_the_patient: Any) -> list[Any]:
    return event_log(as_of(a.history(*events, **about_the_patient), TODAY))


@pytest.mark.parametrize(
    ("changes", "outcome", "lasted"),
    [
        ({}, "ongoing", "2.9 months so far"),
        ({"outcome": "ongoing"}, "ongoing", "2.9 months so far"),
        ({"outcome": "unknown"}, "outcome unknown", "2.9 months so far"),
        ({"resolved": "2020-02-13"}, "resolved 13 Feb 2020", "10 days"),
        ({"resolved": "2020-02-03"}, "resolved 3 Feb 2020", "on the same day"),
        (
            {"resolved": "2020-03", "outcome": "resolved with sequelae"},
            "resolved with sequelae Mar 2020",
            "about 42 days",
        ),
        ({"outcome": "resolved"}, "resolved, day not recorded", ""),
        ({"outcome": "fatal"}, "fatal", ""),
    ],
)
def test_how_an_event_ended(changes: dict[str, Any], outcome: str, lasted: str) -> None:
    (found,) = logged(a.event("2020-02-03", **changes))
    assert (found.outcome, found.lasted) == (outcome, lasted)


def test_an_event_that_outlived_nobody_is_not_ongoing() -> None:
    (found,) = logged(a.event("2020-02-03"), death_date="2020-03-01")
    assert (found.ongoing, found.outcome, found.lasted) == (False, "not resolved at death", "")


def test_an_unrelated_event_names_no_line() -> None:
    line = a.moga()
    unrelated, probable, named = logged(
        line,
        a.event("2020-02-01", attribution="unrelated", treatment_line=line.id),
        a.event("2020-02-02", attribution="probable"),
        a.event("2020-02-03", attribution="probable", treatment_line=line.id),
    )
    assert unrelated.attribution == "unrelated"
    assert probable.attribution == "probable"
    assert named.attribution == "probable, to mogamulizumab (line 1)"
    assert named.emergent_words == "treatment-emergent"


def test_a_line_without_cycles_has_emergent_events_too() -> None:
    line = a.line(end="2020-02-10")
    found = logged(
        line,
        *(a.event(day, treatment_line=line.id) for day in ("2019-12-02", "2020-02-03")),
    )
    told = [each.emergent_words for each in found]
    assert told == ["not treatment-emergent", "treatment-emergent"]


def test_without_a_line_nothing_is_emergent() -> None:
    (found,) = logged(a.event())
    assert found.emergent_words == ""
    assert dict(tally([found]))["treatment-emergent"] == 0


def test_since_a_day_keeps_what_may_still_have_been_there() -> None:
    events = (
        a.event("2020-01-06", resolved="2020-01-20", verbatim="over"),
        a.event("2020-01-07", resolved="2020-02", verbatim="over that month"),
        a.event("2020-01-08", outcome="resolved", verbatim="over at some time"),
        a.event("2020-03-01", verbatim="later"),
    )
    summary = as_of(a.history(*events), TODAY)
    kept = [each.event.verbatim for each in event_log(summary, dt.date(2020, 2, 10))]
    assert kept == ["over that month", "over at some time", "later"]


def test_the_worst_stands_first_and_of_these_the_latest() -> None:
    found = by_worst_grade(
        logged(a.event("2020-01-06", 2), a.event("2020-01-07", 3), a.event("2020-02-03", 2))
    )
    told = [(int(each.event.worst_grade), each.event.onset.iso) for each in found]
    assert told == [(3, "2020-01-07"), (2, "2020-02-03"), (2, "2020-01-06")]


def test_an_event_may_count_in_several() -> None:
    line = a.moga()
    events = (a.event(action="stopped", serious=True), a.event("2019-12-02", 1, resolved="2020-01"))
    counted = dict(tally(logged(line, *events)))
    assert {name: n for name, n in counted.items() if n} == {
        "events": 2,
        "ongoing": 1,
        "grade 2": 1,
        "grade 1": 1,
        "serious": 1,
        "treatment-emergent": 1,
        "led to stop": 1,
    }
