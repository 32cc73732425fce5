"""What a history tells of a line's response: states, compartments, the fall of the skin score."""

import datetime as dt
from typing import Any

import pytest

from models.base import PatientRecord, Record
from models.cohort.member import member_of
from models.cohort.response_facts import ResponseFacts, State
from models.cohort.response_rules import counts
from models.demo.case import published_case
from models.history import History
from models.patient import Patient
from models.response import Response
from tests.models import builders as a

TODAY = dt.date(2021, 6, 1)


def facts(*records: Any) -> ResponseFacts:
    """Of a line from 6 Jan 2020 on."""
    line = a.line()
    return member_of(a.history(line, *records), TODAY).lines[0].response


def involved(found: ResponseFacts) -> dict[str, bool | None]:
    return {each.name: each.involved for each in found.compartments}


def best(found: ResponseFacts) -> dict[str, Response | None]:
    return {each.name: each.best for each in found.compartments}


def test_the_published_case() -> None:
    """PR after cycle 5, CR after cycle 10, held."""
    records: list[Record] = published_case()
    patient = next(each for each in records if isinstance(each, Patient))
    history = History.of_records(patient, [r for r in records if isinstance(r, PatientRecord)])
    line = member_of(history, dt.date(2020, 4, 30)).lines[-1]
    found = line.response

    assert (found.best, found.confirmed, found.stated) == (Response.CR, Response.CR, False)
    assert found.states[:2] == (State(140, Response.PR), State(280, Response.CR))
    assert found.skin is not None
    assert (found.skin.change, found.skin.day, found.skin.response) == (-100, 280, Response.CR)
    assert best(found) == {
        "skin": Response.CR,
        "nodes": Response.CR,
        "blood": Response.CR,
        "viscera": None,
    }
    assert involved(found)["viscera"] is False


def test_not_involved_is_kept_apart_from_not_assessed_and_from_not_known() -> None:
    found = facts(a.staging("T2b N0 MX B1", "2019-12-02"))

    assert involved(found) == {"skin": True, "nodes": False, "blood": True, "viscera": None}
    assert set(best(found).values()) == {None}
    assert [each.name for each in found.compartments if counts(each)] == ["skin", "blood"]


@pytest.mark.parametrize(("cells", "expected"), [(249, False), (250, True)])
def test_what_was_measured_counts_before_what_was_staged(cells: float, expected: bool) -> None:
    found = facts(a.staging("T2b N0 M0 B1", "2019-12-02"), a.blood_count("2020-01-02", cells))

    assert involved(found)["blood"] is expected


def test_where_nothing_tells_of_the_baseline_the_assessments_do() -> None:
    told = {"skin": "PD", "nodes": "NI", "blood": "PR"}
    found = facts(a.assessment("2020-03-02", **told))

    assert involved(found) == {"skin": None, "nodes": False, "blood": True, "viscera": None}


def test_the_lowest_score_under_the_line_counts_and_none_of_the_next() -> None:
    found = facts(
        a.skin_score("2020-01-02", 40),
        a.skin_score("2020-03-02", 10),
        a.skin_score("2020-05-04", 20),
        a.line("2020-07-06", drug="gemcitabine"),
        a.skin_score("2020-09-07", 0),
    )

    assert found.skin is not None
    assert (found.skin.baseline, found.skin.lowest, found.skin.change) == (40, 10, -75)
    assert found.skin.day == 56
    assert found.skin.response is Response.PR
    assert found.following == 182


def test_without_disease_of_the_skin_or_without_a_later_score_there_is_no_change() -> None:
    clear = facts(a.skin_score("2020-01-02", 0), a.skin_score("2020-03-02", 4))
    later = facts(a.skin_score("2020-03-02", 4))
    alone = facts(a.skin_score("2020-01-02", 40))

    assert (clear.skin_baseline, clear.skin) == (0, None)
    assert (later.skin_baseline, later.skin) == (None, None)
    assert (alone.skin_baseline, alone.skin) == (40, None)


def test_what_a_letter_stated_is_told_apart() -> None:
    line = a.line(end="2020-05-04", best_response_stated="PR", stop_reason="completed")
    found = member_of(a.history(line), TODAY).lines[0].response

    assert (found.best, found.confirmed, found.stated) == (Response.PR, None, True)


def test_what_a_later_treatment_brought_after_progression_is_not_credited_to_the_line() -> None:
    """Stopped for progression, then PUVA, which does not end the line: her skin clears under it."""
    found = facts(
        a.skin_score("2020-01-02", 40),
        a.skin_score("2020-03-02", 36),
        a.assessment("2020-03-02", "SD"),
        a.skin_score("2020-04-27", 60),
        a.assessment("2020-04-27", "PD"),
        a.line("2020-05-04", drug="PUVA", category="skin-directed"),
        a.skin_score("2020-10-26", 0),
        a.assessment("2020-10-26", "CR"),
        a.assessment("2020-12-28", "CR"),
    )

    assert (found.best, found.confirmed) == (Response.SD, None)
    assert best(found)["skin"] is Response.SD
    assert {each.confirmed for each in found.compartments} == {None}
    assert found.skin is not None
    assert (found.skin.lowest, found.skin.change) == (36, -10)
    assert [each.response for each in found.states][-1] is Response.CR


def test_a_state_after_a_vague_start_is_kept_at_the_day_of_the_endpoints() -> None:
    line = a.line("2020")
    seen = a.assessment("2020-02-01", "CR"), a.assessment("2020-10-01", "PD")
    (found,) = member_of(a.history(line, *seen), TODAY).lines

    assert found.time_to_response is not None
    assert found.progression_free is not None
    assert found.response.states == (
        State(found.time_to_response.days, Response.CR),
        State(found.progression_free.days, Response.PD),
    )


def test_what_was_assessed_before_the_first_dose_is_no_response() -> None:
    line = a.moga("2020-01-01")
    doses = a.course(line, 1, dt.date(2020, 1, 10))
    before, after = a.assessment("2020-01-05", "PR"), a.assessment("2020-02-03", "SD")
    (found,) = member_of(a.history(line, *doses, before, after), TODAY).lines

    assert (found.response.best, found.time_to_response) == (Response.SD, None)
