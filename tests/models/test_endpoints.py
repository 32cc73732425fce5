"""Endpoints of lines and of patients: from when, until when, and whether still going on."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.base import PatientRecord
from models.endpoints import (
    Endpoint,
    LineEndpoints,
    duration_of_response,
    endpoints,
    failure,
    last_without_failure,
    off_treatment,
    overall_survival,
    progression_free,
    time_to_next_treatment,
    time_to_response,
    treatment_free_interval,
)
from models.patient import Patient
from models.response import Assessment, Response
from models.rules import Standing, rule_of
from models.treatment import TreatmentLine
from models.values import Days, PartialDate, earliest
from tests.models import builders as a

TODAY = dt.date(2021, 1, 4)
LINE = a.line("2020-01-06")


def of_line(
    line: TreatmentLine, *records: PatientRecord, death: str | None = None
) -> LineEndpoints:
    history = a.history(line, *records, death_date=death)
    return endpoints(history, TODAY).of_line(line)


def assessed(*pairs: tuple[str, str]) -> list[Assessment]:
    return [a.assessment(date, response) for date, response in pairs]


def told(endpoint: Endpoint | None) -> tuple[int, bool, str] | None:
    """Its days (exact ones), whether it is censored, and why it ended."""
    if endpoint is None:
        return None
    assert endpoint.days.exact
    return endpoint.days.about, endpoint.censored, endpoint.why


NO_MORE = "no further treatment by the last contact"
ONGOING = "last assessment without progression"


def test_time_to_response_runs_to_the_first_response() -> None:
    records = assessed(("2020-02-03", "SD"), ("2020-03-02", "PR"), ("2020-05-04", "CR"))
    assert told(of_line(LINE, *records).time_to_response) == (56, False, "partial response")
    assert of_line(LINE, *assessed(("2020-02-03", "SD"))).time_to_response is None


def test_time_runs_from_the_first_dose_where_it_is_known() -> None:
    line = a.moga("2020-01")
    cycle = a.cycle(line, day_1="2020-01-20")
    records = [cycle, a.infusion(cycle), *assessed(("2020-03-02", "PR"))]
    assert told(of_line(line, *records).time_to_response) == (42, False, "partial response")
    found = of_line(a.line("2020-01"), *assessed(("2020-03-02", "PR"))).time_to_response
    assert found
    assert found.days == Days(31, 61)


def test_what_was_seen_before_the_first_dose_is_no_response_to_it() -> None:
    cycle = a.cycle(LINE, day_1="2020-01-20")
    records = assessed(("2020-01-13", "PR"), ("2020-02-17", "PR"))
    found = of_line(LINE, cycle, a.infusion(cycle), *records)
    assert told(found.time_to_response) == (28, False, "partial response")


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        ([("2020-03-02", "PR")], (0, True, ONGOING)),
        ([("2020-03-02", "PR"), ("2020-05-04", "SD")], (63, True, ONGOING)),
        ([("2020-03-02", "PR"), ("2020-05-04", "PD")], (63, False, "progressive disease")),
        ([("2020-03-02", "CR"), ("2020-05-04", "relapse")], (63, False, "relapse")),
        (
            [("2020-03-02", "PR"), ("2020-05-04", "PD"), ("2020-06-01", "PD")],
            (63, False, "progressive disease"),
        ),
        ([("2020-02-03", "PD"), ("2020-03-02", "PR"), ("2020-05-04", "PD")], None),
        ([("2020-02-03", "PD"), ("2020-03-02", "PR")], None),
        ([("2020-02-03", "SD")], None),
    ],
)
def test_a_response_lasts_until_progression_or_relapse(
    responses: list[tuple[str, str]], expected: tuple[int, bool, str] | None
) -> None:
    assert told(of_line(LINE, *assessed(*responses)).duration_of_response) == expected


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        ([], None),
        ([("2020-03-02", "SD")], (56, True, ONGOING)),
        ([("2020-03-02", "SD"), ("2020-05-04", "PR")], (119, True, ONGOING)),
        ([("2020-03-02", "PD"), ("2020-05-04", "PR")], (56, False, "progressive disease")),
    ],
)
def test_progression_free_until_progression(
    responses: list[tuple[str, str]], expected: tuple[int, bool, str] | None
) -> None:
    assert told(of_line(LINE, *assessed(*responses)).progression_free) == expected


def test_death_ends_what_progression_did_not() -> None:
    responding = assessed(("2020-03-02", "PR"))
    found = of_line(LINE, *responding, death="2020-06-01")
    assert told(found.duration_of_response) == (91, False, "death")
    assert told(found.progression_free) == (147, False, "death")
    assert told(of_line(LINE, death="2020-06-01").progression_free) == (147, False, "death")
    progressed = of_line(LINE, *assessed(("2020-03-02", "PD")), death="2020-06-01")
    assert told(progressed.progression_free) == (56, False, "progressive disease")


def test_a_death_of_which_only_the_month_is_known_gives_a_range() -> None:
    found = of_line(LINE, *assessed(("2020-03-02", "PR")), death="2020-06").progression_free
    assert found
    assert (found.censored, found.days) == (False, Days(147, 176))


def test_what_happens_after_the_next_line_began_does_not_end_the_former() -> None:
    later = [a.line("2020-04-06"), *assessed(("2020-03-02", "SD"), ("2020-05-04", "PD"))]
    found = of_line(LINE, *later, death="2020-06-01")
    assert told(found.progression_free) == (56, True, "last assessment before the next treatment")
    assert of_line(LINE, a.line("2020-04-06"), death="2020-06-01").progression_free is None


@pytest.mark.parametrize(
    ("end", "days"),
    [
        ("2020-01-06", Days(0, 0)),
        ("2020-05-04", Days(119, 119)),
        ("2020-05", Days(116, 146)),
        ("2020", Days(0, 360)),
    ],
)
def test_a_line_stopped_for_progression_failed_at_its_end(end: str, days: Days) -> None:
    line = a.line("2020-01-06", end, stop_reason="progression")
    found = of_line(line, *assessed(("2020-03-02", "SD"))).progression_free
    assert found
    assert (found.censored, found.why, found.days) == (False, "stopped for progression", days)


def test_the_first_of_what_ends_a_response_counts() -> None:
    stopped = a.line("2020-01-06", "2020-05-04", stop_reason="progression")
    records = assessed(("2020-03-02", "PR"), ("2020-06-01", "PD"))
    found = of_line(stopped, *records)
    assert told(found.duration_of_response) == (63, False, "stopped for progression")
    vague = a.line("2020-01-06", "2020-05", stop_reason="progression")
    found = of_line(vague, *assessed(("2020-03-02", "PR"), ("2020-05-18", "PD")))
    assert told(found.duration_of_response) == (77, False, "progressive disease")
    found = of_line(LINE, *records, death="2020-05-04")
    assert told(found.duration_of_response) == (63, False, "death")


def test_a_stop_for_progression_after_the_next_line_began_does_not_count() -> None:
    stopped = a.line("2020-01-06", "2020-05-04", stop_reason="progression")
    found = of_line(stopped, a.line("2020-04-06"), *assessed(("2020-03-02", "PR")))
    assert told(found.progression_free) == (56, True, "last assessment before the next treatment")
    found = of_line(stopped, a.line("2020-05-04"), *assessed(("2020-03-02", "PR")))
    assert told(found.progression_free) == (119, False, "stopped for progression")


def test_a_progression_in_the_month_of_a_partial_start_counts() -> None:
    found = of_line(a.line("2020-01"), *assessed(("2020-01-20", "PD"))).progression_free
    assert found
    assert (found.censored, found.days) == (False, Days(0, 19))


def test_an_end_before_the_response_is_not_the_end_of_the_response() -> None:
    line = a.line("2020-01-06", "2020-02-03", stop_reason="progression")
    records = assessed(("2020-03-02", "PR"), ("2020-05-04", "SD"))
    assert told(of_line(line, *records).duration_of_response) == (63, True, ONGOING)


def test_a_line_stopped_for_another_reason_goes_on_to_be_followed() -> None:
    line = a.line("2020-01-06", "2020-02-03", stop_reason="toxicity")
    found = of_line(line, *assessed(("2020-03-02", "PR"))).progression_free
    assert told(found) == (56, True, ONGOING)


def test_time_to_next_treatment_runs_to_the_next_line() -> None:
    following = a.line("2020-04-06")
    cream = a.line("2020-02-03", category="skin-directed")
    found = of_line(LINE, cream, following).time_to_next_treatment
    assert told(found) == (91, False, "next treatment")
    partial = of_line(a.line("2011"), a.line("2011", drug="CHOP")).time_to_next_treatment
    assert partial
    assert partial.days == Days(0, 364)


@pytest.mark.parametrize(
    ("death", "seen", "days"),
    [
        (None, "2020-01-06", Days(0, 0)),
        (None, "2020-06-01", Days(147, 147)),
        ("2020-07-06", "2020-06-01", Days(182, 182)),
        ("2020", None, Days(0, 360)),
    ],
)
def test_without_a_next_line_it_is_censored_at_the_last_contact_or_death(
    death: str | None, seen: str | None, days: Days
) -> None:
    visits = [a.visit(seen)] if seen else []
    found = of_line(LINE, *visits, death=death).time_to_next_treatment
    assert found
    assert (found.days, found.censored) == (days, True)


@pytest.mark.parametrize(
    ("counts", "censored", "why"), [(False, True, NO_MORE), (True, False, "death")]
)
def test_the_clinic_chooses_whether_death_counts_as_next_treatment(
    counts: bool, censored: bool, why: str
) -> None:
    practice = a.practice(death_ends_time_to_next_treatment=counts)
    history = replace(a.history(LINE, death_date="2020-07-06"), practice=practice)
    found = endpoints(history, TODAY).of_line(LINE).time_to_next_treatment
    assert told(found) == (182, censored, why)
    alive = replace(a.history(LINE, a.visit("2020-06-01")), practice=practice)
    assert told(endpoints(alive, TODAY).of_line(LINE).time_to_next_treatment) == (
        147,
        True,
        NO_MORE,
    )


def test_without_any_contact_after_the_start_there_is_no_time_to_next_treatment() -> None:
    elsewhere = a.line("2020-01-06", given_here=False)
    assert of_line(elsewhere).time_to_next_treatment is None
    assert of_line(elsewhere, a.visit("2020-01-05")).time_to_next_treatment is None
    assert told(of_line(LINE).time_to_next_treatment) == (0, True, NO_MORE)


@given(
    st.lists(st.integers(0, 300), min_size=1, max_size=4),
    st.lists(st.integers(0, 300), max_size=3),
    st.integers(0, 360),
)
def test_time_to_next_treatment_never_ends_later_than_the_last_contact(
    starts: list[int], visits: list[int], on: int
) -> None:
    begun = [a.line(a.START + dt.timedelta(days=start)) for start in starts]
    seen = [a.visit(a.START + dt.timedelta(days=visit)) for visit in visits]
    history, today = a.history(*begun, *seen), a.START + dt.timedelta(days=on)
    last = history.until(today).last_contact
    for found in endpoints(history, today).lines:
        time = found.time_to_next_treatment
        assert time
        assert last
        assert earliest(time.end) <= last <= today


def test_the_next_treatment_is_a_contact_and_the_survival_runs_to_it() -> None:
    history = a.history(LINE, a.visit("2020-02-03"), a.line("2020-06-01"))
    found = endpoints(history, TODAY).of_line(LINE)
    assert told(found.time_to_next_treatment) == (147, False, "next treatment")
    assert told(found.overall_survival) == (147, True, "alive at the last contact")


def free(line: TreatmentLine, *records: PatientRecord, death: str | None = None) -> Endpoint | None:
    return of_line(line, *records, death=death).treatment_free


ENDED = a.line("2020-01-06", "2020-03-02")


def test_the_treatment_free_interval_runs_from_the_end_to_the_next_line() -> None:
    passing = [a.line("2020-04-06", category=kind) for kind in ("supportive", "skin-directed")]
    found = free(ENDED, *passing, a.line("2020-06-01"))
    assert told(found) == (91, False, "next treatment")
    assert told(free(ENDED, a.visit("2020-05-04"))) == (63, True, NO_MORE)
    assert told(free(ENDED, a.visit("2020-05-04"), death="2020-06-01")) == (91, True, NO_MORE)
    partial = free(ENDED, a.line("2020-06"))
    assert partial
    assert partial.days == Days(91, 120)


def test_lines_known_by_the_same_year_keep_their_order() -> None:
    lines = [a.line("2011", "2011", drug=drug) for drug in ("CHOP", "bexarotene")]
    history = a.history(*lines, third := a.line("2013", "2013"))
    second = endpoints(history, TODAY).of_line(history.lines[1]).treatment_free
    assert second is not None
    assert second.end_row is third


def test_the_treatment_free_interval_runs_from_the_last_dose_where_it_is_known() -> None:
    line = a.moga("2020-01-06", "2020-03")
    cycle = a.cycle(line)
    given = [a.infusion(cycle), a.infusion(cycle, 8)]
    found = free(line, cycle, *given, a.visit("2020-06-01"))
    assert told(found) == (140, True, NO_MORE)
    assert found
    assert found.start_row is given[1]


def test_there_is_no_treatment_free_interval_while_treatment_goes_on() -> None:
    seen = a.visit("2020-06-01")
    assert free(LINE, seen) is None
    assert free(ENDED) is None
    assert free(ENDED, a.line("2020-02-03"), seen) is None
    assert free(ENDED, a.line("2019-02-04", "2020-05-04"), seen) is None
    over = a.line("2020-02-03", "2020-02-17")
    assert told(free(ENDED, over, seen)) == (91, True, NO_MORE)
    assert told(free(ENDED, over, a.line("2020-05-04"))) == (63, False, "next treatment")


def test_supportive_lines_have_no_endpoints() -> None:
    relief = a.line("2020-01-06", "2020-02-03", category="supportive", best_response_stated="PR")
    records = [*assessed(("2020-03-02", "PR")), a.line("2020-04-06")]
    found = of_line(relief, *records)
    assert found == LineEndpoints(relief, seen=found.seen)
    assert found.best_response is Response.PR


def test_a_line_tells_its_best_response_and_the_best_confirmed() -> None:
    very_good = a.visit("2020-05-04", disease_status="VGPR")
    found = of_line(LINE, very_good, *assessed(("2020-03-02", "PR"), ("2020-06-01", "CR")))
    assert (found.best_response, found.best_confirmed) == (Response.CR, Response.VGPR)
    assert (of_line(LINE).best_response, of_line(LINE).best_confirmed) == (None, None)


def test_lines_that_overlap_each_have_their_own_time() -> None:
    same_day = a.line("2020-01-06", drug="interferon")
    following = a.line("2020-04-06")
    for line in (LINE, same_day):
        other = same_day if line is LINE else LINE
        found = of_line(line, other, following, *assessed(("2020-03-02", "PR")))
        assert told(found.time_to_next_treatment) == (91, False, "next treatment")
        assert told(found.time_to_response) == (56, False, "partial response")


def test_survival_of_a_line_runs_from_its_first_dose() -> None:
    line = a.moga("2020-01")
    cycle = a.cycle(line, day_1="2020-01-20")
    given = a.infusion(cycle)
    found = of_line(line, cycle, given, death="2020-06-08").overall_survival
    assert told(found) == (140, False, "death")
    assert told(of_line(LINE, a.visit("2020-06-01")).overall_survival) == (
        147,
        True,
        "alive at the last contact",
    )
    assert told(of_line(LINE).overall_survival) == (0, True, "alive at the last contact")
    assert of_line(a.line(given_here=False)).overall_survival is None
    assert of_line(LINE, death="2019").overall_survival is None


def test_each_endpoint_names_the_records_it_was_taken_from() -> None:
    line = a.moga("2020-01-06", "2020-05-04", stop_reason="toxicity")
    cycle = a.cycle(line)
    first, last = a.infusion(cycle), a.infusion(cycle, 8)
    response, progression = assessed(("2020-03-02", "PR"), ("2020-05-18", "PD"))
    following, seen = a.line("2020-06-01"), a.visit("2020-09-07")
    diagnosis = a.diagnosis()
    history = a.history(line, cycle, first, last, response, progression, following, seen, diagnosis)
    found = endpoints(history, TODAY)
    of_first = found.of_line(line)
    rows = {
        name: (endpoint.start_row, endpoint.end_row)
        for name in NAMES
        if (endpoint := getattr(of_first, name))
    }
    assert rows == {
        "time_to_response": (first, response),
        "duration_of_response": (response, progression),
        "progression_free": (first, progression),
        "time_to_next_treatment": (first, following),
        "treatment_free": (last, following),
        "overall_survival": (first, seen),
    }
    assert found.overall_survival
    assert (found.overall_survival.start_row, found.overall_survival.end_row) == (diagnosis, seen)


def test_death_is_taken_from_the_patient_and_a_stop_from_the_line() -> None:
    died = of_line(LINE, *assessed(("2020-03-02", "SD")), death="2020-06-01").progression_free
    assert died
    assert isinstance(died.end_row, Patient)
    stopped = a.line("2020-01-06", "2020-05-04", stop_reason="progression")
    ended = of_line(stopped).progression_free
    assert ended
    assert ended.end_row is stopped


def test_each_definition_says_how_well_it_is_known() -> None:
    known: dict[Callable[..., Any], Standing] = {
        time_to_response: Standing.UNVERIFIED,
        duration_of_response: Standing.IN_PART,
        progression_free: Standing.IN_PART,
        failure: Standing.DERIVED,
        last_without_failure: Standing.UNVERIFIED,
        time_to_next_treatment: Standing.UNVERIFIED,
        treatment_free_interval: Standing.DERIVED,
        overall_survival: Standing.UNVERIFIED,
        off_treatment: Standing.DERIVED,
    }
    assert {function: rule_of(function).standing for function in known} == known


NAMES = (
    "time_to_response",
    "duration_of_response",
    "progression_free",
    "time_to_next_treatment",
    "treatment_free",
    "overall_survival",
)


def test_nothing_after_today_counts() -> None:
    later = a.line("2021-03-01")
    records = [
        *(LINE, a.diagnosis(), later),
        *assessed(("2020-03-02", "PR"), ("2020-06-01", "PR"), ("2021-02-01", "PD")),
        a.visit("2021-03-01", disease_status="CR"),
    ]
    found = endpoints(a.history(*records, death_date="2021-06"), TODAY)
    first = found.of_line(LINE)
    assert told(first.progression_free) == (147, True, ONGOING)
    assert told(first.time_to_next_treatment) == (147, True, NO_MORE)
    assert first.best_confirmed is Response.PR
    assert told(found.overall_survival) == (182, True, "alive at the last contact")
    assert found.of_line(later) == LineEndpoints(later)
    assert [item.line for item in found.lines] == [LINE]


def survival(*records: PatientRecord, death: str | None = None) -> Endpoint | None:
    return endpoints(a.history(*records, death_date=death), TODAY).overall_survival


def test_overall_survival_runs_from_diagnosis_to_death_or_the_last_contact() -> None:
    diagnosis, visit = a.diagnosis("2019-12-02"), a.visit("2020-06-01")
    assert told(survival(diagnosis, visit)) == (182, True, "alive at the last contact")
    assert told(survival(diagnosis, visit, death="2020-06-08")) == (189, False, "death")
    assert told(survival(diagnosis, death="2020-06-08")) == (189, False, "death")


def test_overall_survival_is_a_range_where_a_date_is_partial() -> None:
    found = survival(a.diagnosis("2019"), a.visit("2020-06-01"))
    assert found
    assert found.days == Days(153, 517)


def test_overall_survival_needs_a_diagnosis_and_a_contact_after_it() -> None:
    assert survival(a.visit("2020-06-01")) is None
    assert survival(a.diagnosis()) is None
    assert survival(a.diagnosis("2020-06-01"), a.visit("2020-05-31")) is None
    assert told(survival(a.diagnosis("2020-06-01"), a.visit("2020-06-01"))) == (
        0,
        True,
        "alive at the last contact",
    )


def off(*records: PatientRecord, today: dt.date = TODAY) -> Endpoint | None:
    return endpoints(a.history(*records), today).off_treatment


def test_off_treatment_runs_from_the_last_dose_to_the_last_contact() -> None:
    line = a.moga(end="2020-02")
    cycle = a.cycle(line)
    records = [line, cycle, a.infusion(cycle), a.infusion(cycle, 8), a.visit("2020-06-01")]
    assert told(off(*records)) == (140, True, "no treatment by the last contact")


def test_off_treatment_runs_from_the_end_of_the_last_line_without_doses() -> None:
    first, second = a.line("2019-01", "2020-02-03"), a.line("2019-03", "2019-06")
    assert told(off(first, second, a.visit("2020-06-01"))) == (
        119,
        True,
        "no treatment by the last contact",
    )
    assert off(first, second, a.visit("2021-06-01")) is None
    partial = off(a.line("2019-01", "2020-02"), a.visit("2020-06-01"))
    assert partial
    assert partial.days == Days(93, 121)


def test_without_any_contact_off_treatment_runs_until_today() -> None:
    found = off(a.line("2019-01", "2020-02-03", given_here=False))
    assert found
    assert found.end == TODAY
    assert off(a.line("2019-01", "2020-02-03")) is None
    same_day = off(a.line("2019-01", "2020-02-03"), a.visit("2020-02-03"))
    assert same_day
    assert same_day.days == Days(0, 0)


@pytest.mark.parametrize(
    "records",
    [
        [],
        [a.line("2019", "2019"), LINE],
        [a.line("2019", "2020-02-03"), a.visit("2020-02-02")],
        [a.line("2019", "2019", category="supportive")],
    ],
)
def test_nobody_is_off_treatment_who_is_on_it_or_was_not_seen_since(
    records: list[PatientRecord],
) -> None:
    assert off(*records) is None


RESPONSES = st.lists(
    st.tuples(st.integers(1, 600), st.sampled_from(["CR", "PR", "SD", "PD", "relapse"])),
    max_size=6,
    unique_by=lambda pair: pair[0],
)


LINES = st.lists(st.integers(0, 600), max_size=2)


@given(
    RESPONSES,
    st.sampled_from(["CR", "PR", "SD", "PD"]),
    LINES,
    st.sampled_from([None, "2020", "2020-05", "2020-05-04"]),
    st.sampled_from([None, "2020", "2020-08", "2020-08-03"]),
)
def test_what_is_seen_later_never_changes_where_an_endpoint_starts_nor_an_event(
    responses: list[tuple[int, str]],
    later: str,
    lines: list[int],
    end: str | None,
    death: str | None,
) -> None:
    def on(offset: int) -> dt.date:
        return a.START + dt.timedelta(days=offset)

    line = a.line("2020-01-06", end, stop_reason="progression" if end else None)
    records = [a.assessment(on(offset), response) for offset, response in responses]
    records += [a.line(on(offset)) for offset in lines]
    visit, assessment = a.visit(on(601), disease_status=later), a.assessment(on(602), later)
    before = of_line(line, *records, death=death)
    after = of_line(line, *records, visit, assessment, death=death)
    for name in NAMES:
        former, now = getattr(before, name), getattr(after, name)
        if former is not None:
            assert now.start == former.start
            assert now.end >= former.end
            assert former.censored or now == former


def test_every_line_has_its_endpoints() -> None:
    records = [LINE, a.line("2011"), a.line("2013", category="supportive")]
    found = endpoints(a.history(*records), TODAY)
    assert [item.line.start for item in found.lines] == [
        PartialDate(2011),
        PartialDate(2013),
        PartialDate(2020, 1, 6),
    ]


@given(RESPONSES, st.permutations(range(10)))
def test_the_order_of_entry_does_not_matter(
    responses: list[tuple[int, str]], order: list[int]
) -> None:
    records: list[PatientRecord] = [
        a.assessment(a.START + dt.timedelta(days=offset), response)
        for offset, response in responses
    ]
    records += [LINE, a.line("2020-09-07"), a.line("2020-02-03", "2020-04"), a.diagnosis("2019")]
    shuffled = [records[place] for place in order if place < len(records)]
    assert endpoints(a.history(*shuffled), TODAY) == endpoints(a.history(*records), TODAY)


def completions(date: PartialDate) -> st.SearchStrategy[dt.date]:
    return st.dates(date.first, date.last)


@given(st.data())
def test_a_range_holds_every_completion_of_the_partial_dates(data: st.DataObject) -> None:
    partial = sorted(data.draw(st.lists(PARTIAL, min_size=5, max_size=5)))
    exact = [data.draw(completions(date)) for date in partial]
    assume(all(earlier < later for earlier, later in pairwise(exact)))
    vague, known = (all_endpoints(dates) for dates in (partial, map(PartialDate.of, exact)))
    for name, endpoint in known.items():
        if endpoint and vague[name]:
            least, most = vague[name].days.least, vague[name].days.most
            assert least <= endpoint.days.about <= most
            assert endpoint.censored == vague[name].censored


PARTIAL = st.builds(
    lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]),
    st.dates(dt.date(2000, 1, 1), dt.date(2009, 12, 31)),
    st.integers(1, 3),
)


def all_endpoints(dates: Iterable[PartialDate]) -> dict[str, Endpoint]:
    """Of a patient diagnosed, treated, stopped, treated again, and dead on these dates."""
    diagnosed, start, end, following, died = (date.iso for date in dates)
    line = a.line(start, end)
    history = a.history(a.diagnosis(diagnosed), line, a.line(following), death_date=died)
    found = endpoints(history, TODAY)
    of_first = found.of_line(line)
    known = {name: getattr(of_first, name) for name in NAMES}
    return {"survival": found.overall_survival, **known}
