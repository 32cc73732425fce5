"""Endpoints of lines and of patients: from when, until when, and whether still going on."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import PatientRecord
from models.endpoints import Endpoint, LineEndpoints, endpoints
from models.response import Assessment
from models.treatment import TreatmentLine
from models.values import Days, PartialDate
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
        (
            [("2020-02-03", "PD"), ("2020-03-02", "PR"), ("2020-05-04", "PD")],
            (63, False, "progressive disease"),
        ),
        ([("2020-02-03", "PD"), ("2020-03-02", "PR")], (0, True, ONGOING)),
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
    assert told(found.progression_free) == (56, True, ONGOING)
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


def test_without_any_contact_after_the_start_there_is_no_time_to_next_treatment() -> None:
    assert of_line(LINE).time_to_next_treatment is None
    assert of_line(LINE, a.visit("2020-01-05")).time_to_next_treatment is None


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
    found = off(first, second, a.visit("2021-06-01"))
    assert found
    assert found.end == TODAY
    partial = off(a.line("2019-01", "2020-02"), a.visit("2020-06-01"))
    assert partial
    assert partial.days == Days(93, 121)


def test_without_any_contact_off_treatment_runs_until_today() -> None:
    found = off(a.line("2019-01", "2020-02-03"))
    assert found
    assert found.end == TODAY
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


@given(RESPONSES, st.sampled_from(["CR", "PR", "SD", "PD"]))
def test_a_later_visit_never_changes_where_an_endpoint_starts_nor_an_event(
    responses: list[tuple[int, str]], later: str
) -> None:
    def on(offset: int) -> dt.date:
        return a.START + dt.timedelta(days=offset)

    records = [a.assessment(on(offset), response) for offset, response in responses]
    before = of_line(LINE, *records)
    after = of_line(LINE, *records, a.visit(on(601), disease_status=later))
    for name in (
        "time_to_response",
        "duration_of_response",
        "progression_free",
        "time_to_next_treatment",
    ):
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
