"""What is due next for a patient, when, and why."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import PatientRecord
from models.due import Due, DueKind
from models.follow_up import (
    assessment_due_on,
    contact_due_on,
    months_later,
    next_due,
    result_due_on,
    review_due_on,
    visit_interval,
)
from models.history import History
from models.practice import Practice
from models.rules import RULES, Standing
from models.values import PartialDate
from tests.models import builders as a

TODAY = a.day("2020-12-31")
MOGA = a.moga()
FIRST = a.cycle(MOGA)
LABEL = "calendar of the label"


def history(*records: PatientRecord, practice: Practice | None = None, **about: Any) -> History:
    return History.of_records(a.patient(**about), records, practice)


def due(
    *records: PatientRecord, kind: str = "", on: str = "2020-12-31", **about: Any
) -> list[tuple[str, str, str]]:
    """Date, what and why of everything due on a day, or of one kind of it."""
    return [
        (item.on.isoformat(), item.what, item.why)
        for item in next_due(history(*records, **about), a.day(on))
        if item.kind == kind or not kind
    ]


STAGED = [a.diagnosis("2019-12-02"), a.staging("T2b N0 M0 B0", "2019-12-02")]
NEVER_SEEN = (
    "2020-06-02",
    "follow-up visit",
    "every 6 months in stage IA to IIA; staged 2 Dec 2019",
)
ADVANCED = [a.diagnosis("2019-12-02"), a.staging("T3 N0 M0 B0", "2019-12-02")]


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
    assert due(MOGA, *records, kind="infusion") == expected


def test_the_infusion_of_a_protocol_of_the_clinic_names_the_protocol() -> None:
    line = a.line(protocol="40 mg on days 1, 8 of 21")
    assert due(line, kind="infusion") == [
        (
            "2020-01-06",
            "infusion, cycle 1 day 1",
            "calendar of the protocol: 40 mg on days 1, 8 of 21",
        )
    ]


def test_no_infusion_of_a_finished_line_nor_of_one_without_a_calendar() -> None:
    assert due(a.moga(end="2020-02"), kind="infusion") == []
    assert due(a.line(), kind="infusion") == []


def test_a_line_entered_ahead_has_its_first_infusion_ahead() -> None:
    line = a.moga("2020-02-17")
    ahead = ("2020-02-17", "infusion, cycle 1 day 1", LABEL)
    assert due(*STAGED, line, on="2020-02-10", kind="infusion") == [ahead]
    assert due(*STAGED, line, a.cycle(line, 1, "2020-02-17"), on="2020-02-10") == [NEVER_SEEN]
    assert due(*STAGED, a.line("2020-02-17"), on="2020-02-10") == [NEVER_SEEN]


def test_an_infusion_after_which_the_label_stops_stays_due_to_be_decided() -> None:
    line = a.moga()
    over = a.event("2020-02-03", 4, term="Infusion related reaction", resolved="2020-02-04")
    ((_on, what, why),) = due(*STAGED, line, *a.course(line, 2), over, kind="infusion")
    assert what == "infusion, cycle 3 day 1"
    assert why == (
        "label: stop for good after Infusion related reaction, grade 4, 3 Feb 2020 "
        "(US PI 2018; EU SmPC): to be decided"
    )
    rash, burn = a.event("2020-02-03", 3), a.event("2020-02-03", term="Myocarditis")
    ((*_rest, why),) = due(*STAGED, line, *a.course(line, 2), rash, kind="infusion")
    assert why.startswith("label: interrupt, while open: Rash maculo-papular, grade 3")
    ((*_rest, why),) = due(*STAGED, line, *a.course(line, 2), burn, kind="infusion")
    assert why.startswith("label: interrupt or stop, while open: Myocarditis")


def test_what_was_planned_at_a_later_visit_is_not_known_yet() -> None:
    records = (a.visit("2020-01-08"), a.visit("2020-06-08"), a.visit("2020-09-08", "planned"))
    found = next_due(a.history(*STAGED, *records), a.day("2020-03-08"))
    assert "2020-09-08" not in {each.on.isoformat() for each in found}
    found = next_due(a.history(*STAGED, *records), a.day("2020-06-08"))
    assert "2020-09-08" in {each.on.isoformat() for each in found}


def test_what_became_known_later_is_not_known_yet() -> None:
    seen = a.visit("2020-01-06", next_visit="2020-03-02")
    arranged = ("2020-03-02", "follow-up visit", "arranged at the visit of 6 Jan 2020")
    came = a.visit("2020-03-02", next_visit="2020-06-01")
    assert due(*STAGED, seen, came, on="2020-03-01") == [arranged]
    assert due(*STAGED, seen, came, on="2020-03-02", death_date="2020-04")[0][0] == "2020-06-01"
    assert due(a.visit("2020-03-02"), on="2020-03-01") == []


def test_a_planned_visit_is_due() -> None:
    planned, cancelled = a.visit("2020-05-04", "planned"), a.visit("2020-04-06", "cancelled")
    assert due(*STAGED, planned, cancelled) == [("2020-05-04", "follow-up visit", "planned")]


def test_a_visit_arranged_at_the_last_one_is_due() -> None:
    first = a.visit("2020-02-03", next_visit="2020-03-02")
    last = a.visit("2020-03-02", next_visit="2020-06-01")
    arranged = ("2020-06-01", "follow-up visit", "arranged at the visit of 2 Mar 2020")
    assert due(*STAGED, first, last) == [arranged]
    assert due(*STAGED, first, last, a.visit("2020-04-06", "missed")) == [arranged]
    assert due(*STAGED, last, a.visit("2020-04-06"), kind="visit") == [
        ("2020-10-06", "follow-up visit", "every 6 months in stage IA to IIA; last seen 6 Apr 2020")
    ]


def test_a_visit_that_is_planned_stands_for_the_one_arranged() -> None:
    last, planned = a.visit("2020-03-02", next_visit="2020-06-01"), a.visit("2020-06-08", "planned")
    assert due(*STAGED, last, planned) == [("2020-06-08", "follow-up visit", "planned")]


def test_a_planned_call_does_not_stand_for_the_visit_arranged() -> None:
    last = a.visit("2020-03-02", next_visit="2020-06-01")
    call = a.visit("2020-04-06", "planned", kind="telephone")
    assert due(*STAGED, last, call) == [
        ("2020-04-06", "telephone visit", "planned"),
        ("2020-06-01", "follow-up visit", "arranged at the visit of 2 Mar 2020"),
    ]


def test_a_treatment_day_does_not_forget_the_visit_arranged_before() -> None:
    seen = a.visit("2020-01-06", next_visit="2020-07-06")
    arranged = ("2020-07-06", "follow-up visit", "arranged at the visit of 6 Jan 2020")
    treated = a.visit("2020-01-20", kind="treatment", next_visit="2020-02-03")
    again = ("2020-02-03", "treatment visit", "arranged at the visit of 20 Jan 2020")
    assert due(*STAGED, seen, treated, kind="visit") == [again, arranged]
    after = a.visit("2020-07-08", kind="treatment", next_visit="2020-07-22")
    assert [on for on, _what, _why in due(*STAGED, seen, after, kind="visit")] == ["2020-07-22"]


def test_a_treatment_visit_for_the_day_of_an_infusion_is_that_infusion() -> None:
    given = [FIRST, a.infusion(FIRST)]
    treated = a.visit("2020-01-06", kind="treatment", next_visit="2020-01-13")
    assert due(MOGA, *given, treated, on="2020-01-07", kind="visit") == []
    for day, visits in ((10, 1), (11, 0), (14, 0), (15, 0), (16, 1)):
        arranged = a.visit("2020-01-06", kind="treatment", next_visit=f"2020-01-{day}")
        found = due(MOGA, *given, arranged, on="2020-01-07")
        what = sorted(what for _on, what, _why in found if what != "response assessment")
        assert what[:2] == ["diagnosis and stage", "infusion, cycle 1 day 8"]
        assert what[2:] == ["treatment visit"] * visits


def test_doses_that_follow_each_other_closely_have_no_window() -> None:
    line = a.line(protocol="40 mg on days 1, 2 of 21")
    for day, visits in ((6, 0), (7, 1)):
        arranged = a.visit("2020-01-02", kind="treatment", next_visit=f"2020-01-0{day}")
        assert len(due(line, arranged, on="2020-01-03", kind="visit")) == visits


def test_two_visits_on_one_day_are_one_appointment() -> None:
    seen = a.visit("2020-01-06", next_visit="2020-02-03")
    treated = a.visit("2020-01-20", kind="treatment", next_visit="2020-02-03")
    assert due(*STAGED, seen, treated, kind="visit") == [
        ("2020-02-03", "follow-up visit", "arranged at the visit of 6 Jan 2020")
    ]
    planned = [
        a.visit("2020-02-03", "planned", kind=kind)
        for kind in ("follow-up", "treatment", "telephone")
    ]
    for visits in (planned, planned[::-1]):
        what = [what for _on, what, _why in due(*STAGED, *visits, kind="visit")]
        assert what == ["telephone visit", "follow-up visit"]


ARRANGED_ON_6_JAN = a.visit("2020-01-06", kind="treatment", next_visit="2020-01-16")


@pytest.mark.parametrize(
    "visit", [ARRANGED_ON_6_JAN, a.visit("2020-01-16", "planned", kind="treatment")]
)
def test_an_infusion_then_or_later_is_the_treatment_visit(visit: PatientRecord) -> None:
    for late, shown in ((0, 1), (2, 1), (3, 0), (4, 0)):
        records = [MOGA, FIRST, a.infusion(FIRST), a.infusion(FIRST, 8, late), visit]
        found = due(*STAGED, *records, kind="visit", on="2020-01-18")
        assert [what for _on, what, _why in found] == ["treatment visit"] * shown


def test_an_infusion_is_no_other_visit() -> None:
    records = [*STAGED, MOGA, *a.course(MOGA, 1), a.visit("2020-01-13", "planned")]
    assert [what for _on, what, _why in due(*records, kind="visit")] == ["follow-up visit"]


@pytest.mark.parametrize(
    "visit", [ARRANGED_ON_6_JAN, a.visit("2020-01-16", "planned", kind="treatment")]
)
def test_no_treatment_visit_is_due_once_no_line_runs(visit: PatientRecord) -> None:
    ended = a.moga(end="2020-01-10")
    seen = a.visit("2020-01-06", next_visit="2020-03-02")
    for lines, first in (
        ([ended], "follow-up visit"),
        ([ended, a.line("2020-01-10")], "treatment visit"),
        ([], "treatment visit"),
    ):
        found = due(*STAGED, *lines, seen, visit, kind="visit", on="2020-01-20")
        assert found[0][1] == first


def test_a_visit_arranged_before_the_last_one_is_a_slip_and_not_due() -> None:
    slip = a.visit("2020-03-02", next_visit="2020-03-02")
    assert [why for _on, _what, why in due(*STAGED, slip)] == [
        "every 6 months in stage IA to IIA; last seen 2 Mar 2020"
    ]


def test_a_call_does_not_forget_the_visit_arranged_before() -> None:
    seen = a.visit("2020-01-06", next_visit="2020-07-06")
    arranged = ("2020-07-06", "follow-up visit", "arranged at the visit of 6 Jan 2020")
    for called in ("2020-02-03", "2020-08-03"):
        call = a.visit(called, kind="telephone")
        assert due(*STAGED, seen, call, kind="visit") == [arranged]


def test_a_call_may_arrange_a_visit() -> None:
    call = a.visit("2020-02-03", kind="telephone", next_visit="2020-03-02")
    assert due(*STAGED, a.visit("2020-01-06", next_visit="2020-07-06"), call) == [
        ("2020-03-02", "follow-up visit", "arranged at the visit of 3 Feb 2020")
    ]


def test_a_planned_visit_that_was_overtaken_is_not_due() -> None:
    planned, done = a.visit("2020-01-06", "planned"), a.visit("2020-02-03")
    assert "planned" not in {why for _on, _what, why in due(*STAGED, planned, done)}
    call = a.visit("2020-02-03", kind="telephone")
    assert due(*STAGED, planned, call) == [("2020-01-06", "follow-up visit", "planned")]
    planned_call = a.visit("2020-01-06", "planned", kind="telephone")
    assert due(*STAGED, planned_call, call, kind="visit") == [NEVER_SEEN]


SEEN = a.visit("2020-01-31")
ENDED = a.moga("2018-01-08", "2018-03-31")


@pytest.mark.parametrize(
    ("records", "on", "reason"),
    [
        (STAGED, "2020-07-31", "every 6 months in stage IA to IIA"),
        (ADVANCED, "2020-04-30", "every 3 months from stage IIB on"),
        (
            [*ADVANCED, a.staging("T0 N0 M0 B0", "2020-01-06", occasion="restaging")],
            "2020-04-30",
            "every 3 months from stage IIB on",
        ),
        (
            [*ADVANCED, a.staging("T1a N0 M0 B0", "2020-01-06", occasion="restaging")],
            "2020-07-31",
            "every 6 months in stage IA to IIA",
        ),
        ([*STAGED, a.line()], "2020-04-30", "every 3 months on systemic treatment"),
        (
            [*STAGED, a.line(category="skin-directed")],
            "2020-07-31",
            "every 6 months in stage IA to IIA",
        ),
        (
            [*STAGED, a.moga("2018-01-08", "2018-02-01")],
            "2020-04-30",
            "every 3 months for two years after mogamulizumab",
        ),
        (
            [*STAGED, a.moga("2018-01-08", "2018-01-31")],
            "2020-07-31",
            "every 6 months two years and more after mogamulizumab",
        ),
        (
            [*ADVANCED, a.moga("2017-01-09", "2018-01")],
            "2020-07-31",
            "every 6 months two years and more after mogamulizumab",
        ),
        (
            [*ADVANCED, ENDED, a.line("2018-06", "2018-09")],
            "2020-04-30",
            "every 3 months from stage IIB on",
        ),
        (
            [*STAGED, ENDED, a.line("2018-06", "2018-09", category="skin-directed")],
            "2020-04-30",
            "every 3 months for two years after mogamulizumab",
        ),
    ],
)
def test_where_no_visit_is_arranged_its_interval_goes_by_stage_and_treatment(
    records: list[PatientRecord], on: str, reason: str
) -> None:
    expected = (on, "follow-up visit", f"{reason}; last seen 31 Jan 2020")
    assert due(*records, SEEN, kind="visit") == [expected]


def test_the_clinic_chooses_the_intervals() -> None:
    chosen = a.practice(
        visit_months_early=12, visit_months_advanced=1, visit_months_after_mogamulizumab=2
    )
    for records, on in (
        (STAGED, "2021-01-31"),
        (ADVANCED, "2020-02-29"),
        ([*STAGED, ENDED], "2020-03-31"),
    ):
        assert [item[0] for item in due(*records, SEEN, kind="visit", practice=chosen)] == [on]


def test_two_years_after_mogamulizumab_the_interval_is_longer() -> None:
    for seen, months in (("2020-03-30", 3), ("2020-03-31", 6)):
        interval = visit_interval(history(*STAGED, ENDED), a.day(seen))
        assert interval is not None
        assert interval.months == months
    assert visit_interval(history(), TODAY) is None


def test_no_interval_without_a_stage_or_before_the_first_visit() -> None:
    assert due(SEEN, kind="visit") == []
    assert due(a.staging("T0 N0 M0 B0"), SEEN, kind="visit") == []
    assert due(a.diagnosis(), kind="visit") == []


def test_who_was_never_seen_in_person_is_seen_an_interval_after_the_staging() -> None:
    assert due(*STAGED) == [NEVER_SEEN]
    assert due(*STAGED, a.visit("2020-01-31", kind="telephone"), kind="visit") == [NEVER_SEEN]
    assert due(*STAGED, a.visit("2020-01-31", "missed"), kind="visit") == [NEVER_SEEN]
    restaged = a.staging("T3 N0 M0 B0", "2020-02", occasion="restaging")
    assert due(*STAGED, restaged) == [
        ("2020-05-29", "follow-up visit", "every 3 months from stage IIB on; staged Feb 2020")
    ]
    treated = [a.diagnosis("2019"), a.line(given_here=False)]
    assert due(*treated, kind="visit") == [
        ("2020-03-31", "follow-up visit", "every 3 months on systemic treatment; diagnosed 2019")
    ]
    planned = a.visit("2020-09-07", "planned")
    assert due(*STAGED, planned) == [("2020-09-07", "follow-up visit", "planned")]


@pytest.mark.parametrize(
    "record",
    [
        SEEN,
        a.skin_score("2020-01-31", 5),
        a.assessment("2020-01-31"),
        a.biopsy("2020-01-31", conclusion="other"),
    ],
)
def test_a_score_an_assessment_and_a_biopsy_are_made_in_person(record: PatientRecord) -> None:
    expected = "every 6 months in stage IA to IIA; last seen 31 Jan 2020"
    others = [a.visit("2020-01-06"), a.blood_count("2020-03-02", 5), a.ldh("2020-03-02", 200)]
    assert due(*STAGED, *others, record, kind="visit") == [
        ("2020-07-31", "follow-up visit", expected)
    ]
    (found,) = next_due(a.history(*STAGED, *others, record), TODAY)
    assert found.record is record


def test_a_biopsy_of_a_month_counts_from_its_end() -> None:
    biopsy = a.biopsy("2020-02", conclusion="other")
    assert due(*STAGED, a.visit("2020-01-06"), biopsy, kind="visit") == [
        ("2020-08-29", "follow-up visit", "every 6 months in stage IA to IIA; last seen Feb 2020")
    ]
    last = "every 6 months in stage IA to IIA; last seen 3 Feb 2020"
    assert due(*STAGED, a.visit("2020-02-03"), biopsy, kind="visit") == [
        ("2020-08-03", "follow-up visit", last)
    ]


def test_an_infusion_is_a_visit_too() -> None:
    ended = a.moga(end="2020-02-03")
    cycle = a.cycle(ended)
    assert due(*STAGED, ended, cycle, a.infusion(cycle), a.omitted(cycle, 8), kind="visit") == [
        (
            "2020-04-06",
            "follow-up visit",
            "every 3 months for two years after mogamulizumab; last seen 6 Jan 2020",
        )
    ]


def test_who_comes_for_infusions_needs_no_visit_besides() -> None:
    records = [*STAGED, MOGA, *a.course(MOGA, 1), a.visit("2020-01-06")]
    assert due(*records, kind="visit") == []
    arranged = a.visit("2020-02-03", next_visit="2020-03-09")
    assert len(due(*records, arranged, kind="visit")) == 1


@pytest.mark.parametrize(
    ("began", "assessed", "on", "weeks"),
    [
        ("2020-01-06", None, "2020-03-02", 8),
        ("2020-01-06", "2020-03-02", "2020-04-27", 8),
        ("2020-01-06", "2021-01-05", "2021-03-02", 8),
        ("2020-01-06", "2021-01-06", "2021-04-28", 16),
        ("2020-02-29", "2021-02-27", "2021-04-24", 8),
        ("2020-02-29", "2021-02-28", "2021-06-20", 16),
    ],
)
def test_an_assessment_is_due_every_8_weeks_in_the_first_year_then_every_16(
    began: str, assessed: str | None, on: str, weeks: int
) -> None:
    last = a.day(assessed) if assessed else None
    assert assessment_due_on(a.day(began), last, a.practice()) == (a.day(on), weeks)


def test_the_response_assessment_of_a_running_systemic_line_is_due() -> None:
    line = a.line("2020-01")
    from_the_start = ("2020-03-27", "response assessment", "every 8 weeks; the line began Jan 2020")
    assert due(line, kind="response assessment") == [from_the_start]
    before, others = a.assessment("2019-12-31", "SD"), a.line("2018", "2019")
    of_another = a.assessment("2020-03-02", "SD", treatment_line=others.id)
    assert due(line, others, before, of_another, kind="response assessment") == [from_the_start]
    own = a.assessment("2020-03-02", "SD", treatment_line=line.id)
    assert due(line, own, a.assessment("2020-04-27", "SD"), kind="response assessment") == [
        ("2020-06-22", "response assessment", "every 8 weeks; last assessed 27 Apr 2020")
    ]


def test_an_assessment_is_counted_from_the_first_dose_where_there_is_none() -> None:
    assert due(MOGA, FIRST, a.infusion(FIRST, 1, 2), kind="response assessment") == [
        ("2020-03-04", "response assessment", "every 8 weeks; first dose 8 Jan 2020")
    ]


def test_of_two_running_lines_the_later_one_is_assessed() -> None:
    records = [a.line("2018-01-08"), a.line("2020-02-03", drug="romidepsin")]
    assert [item[0] for item in due(*records, kind="response assessment")] == ["2020-03-30"]


def test_no_assessment_where_no_systemic_line_runs() -> None:
    for line in (a.line(end="2020-02"), a.line(category="skin-directed")):
        assert due(line, kind="response assessment") == []


def test_the_clinic_chooses_how_often_to_assess() -> None:
    chosen = a.practice(assess_weeks_first_year=12, assess_weeks_later=1)
    assert due(a.line(), kind="response assessment", practice=chosen)[0][0] == "2020-03-30"
    later = [a.line(), a.assessment("2021-03-01", "SD")]
    assert due(*later, kind="response assessment", practice=chosen, on="2021-03-01") == [
        ("2021-03-08", "response assessment", "every 1 week; last assessed 1 Mar 2021")
    ]


def test_the_result_of_a_biopsy_is_awaited() -> None:
    awaited, known = a.biopsy("2020-02-10"), a.biopsy("2020-01", conclusion="other")
    expected = ("biopsy result (left cheek)", "result awaited; expected within 14 days")
    assert due(awaited, known, kind="biopsy result") == [("2020-02-24", *expected)]
    assert due(a.biopsy("2020-02"), kind="biopsy result") == [("2020-03-14", *expected)]
    chosen = a.practice(result_days=1)
    assert due(awaited, kind="biopsy result", practice=chosen) == [
        ("2020-02-11", expected[0], "result awaited; expected within 1 day")
    ]


@pytest.mark.parametrize(
    ("date", "days", "on"),
    [
        ("2020-02-10", 14, "2020-02-24"),
        ("2020-02", 1, "2020-03-01"),
        ("2019", 14, "2020-01-14"),
    ],
)
def test_days_are_counted_from_the_end_of_a_partial_date(date: str, days: int, on: str) -> None:
    assert result_due_on(a.biopsy(date), days) == a.day(on)
    assert review_due_on(PartialDate.parse(date), days) == a.day(on)


def test_months_without_contact_keep_the_day() -> None:
    assert contact_due_on(a.day("2020-02-29"), 12) == a.day("2021-02-28")
    assert contact_due_on(a.day("2020-02-28"), 12) == a.day("2021-02-28")


def test_an_open_event_of_grade_2_is_looked_at_again() -> None:
    event = a.event("2020-02-03")
    what = "Rash maculo-papular, grade 2"
    assert due(event, kind="adverse event") == [
        ("2020-03-02", what, "open, every 28 days; last looked at 3 Feb 2020")
    ]
    visits = [a.visit("2020-02-02"), a.visit("2020-02-10"), a.visit("2020-02-17", "missed")]
    assert due(event, *visits, kind="adverse event") == [
        ("2020-03-09", what, "open, every 28 days; last looked at 10 Feb 2020")
    ]
    chosen = a.practice(review_days=1)
    assert due(event, a.visit("2020-02-02"), kind="adverse event", practice=chosen) == [
        ("2020-02-04", what, "open, every 1 day; last looked at 3 Feb 2020")
    ]


def test_an_event_is_looked_at_by_its_grade_now() -> None:
    grades = [{"date": "2020-01", "grade": 1}, {"date": "2020-02", "grade": 3}]
    event = a.event("2020-01", grades=grades)
    assert due(event, kind="adverse event", on="2020-01-31") == []
    assert due(event, kind="adverse event", on="2020-02-10") == [
        (
            "2020-03-28",
            "Rash maculo-papular, grade 3",
            "open, every 28 days; last looked at Feb 2020",
        )
    ]


@pytest.mark.parametrize(
    "event",
    [
        a.event("2020-01-06", grade=1),
        a.event("2020-01-06", resolved="2020-02-10"),
        a.event("2020-01-06", outcome="resolved"),
        a.event("2020-02-11"),
        a.event("2020-02", grades=[{"date": "2020-03", "grade": 2}]),
    ],
)
def test_no_other_event_is_looked_at_again(event: PatientRecord) -> None:
    assert due(event, kind="adverse event", on="2020-02-10") == []


def test_a_patient_not_seen_is_asked_after() -> None:
    call = a.visit("2020-02-29", kind="telephone")
    expected = ("2021-02-28", "contact", "12 months without contact; last seen 29 Feb 2020")
    assert due(*STAGED, call, on="2020-03-02") == [NEVER_SEEN]
    assert due(*STAGED, call, on="2021-02-28") == [expected]
    assert due(call, kind="contact", on="2020-03-02") == [expected]
    assert due(call, kind="contact", practice=a.practice(contact_months=1)) == [
        ("2020-03-29", "contact", "1 month without contact; last seen 29 Feb 2020")
    ]
    assert due(*STAGED, kind="contact") == []


def test_a_line_entered_ahead_is_no_contact_yet() -> None:
    call, ahead = a.visit("2019-02-04", kind="telephone"), a.moga("2020-02-17")
    found = due(call, ahead, kind="contact", on="2020-02-10")
    assert [on for on, _what, _why in found] == ["2020-02-04"]


def test_a_visit_ahead_stands_for_the_contact_and_that_for_visits_gone_by() -> None:
    seen = [*STAGED, a.visit("2020-01-06", next_visit="2020-07-06")]
    arranged = ("2020-07-06", "follow-up visit", "arranged at the visit of 6 Jan 2020")
    contact = ("2021-01-06", "contact", "12 months without contact; last seen 6 Jan 2020")
    assert due(*seen, on="2020-02-10") == [arranged]
    assert due(*seen, on="2021-01-05") == [arranged]
    assert due(*seen, on="2021-01-06") == [contact]
    planned = a.visit("2021-02-01", "planned")
    assert due(*seen, planned, on="2021-02-01") == [("2021-02-01", "follow-up visit", "planned")]
    assert due(*seen, planned, on="2021-02-02") == [contact]


def test_who_comes_for_infusions_is_asked_after_only_once_it_is_due() -> None:
    records = [*STAGED, MOGA, FIRST, a.infusion(FIRST)]
    assert due(*records, kind="contact", on="2021-01-05") == []
    assert [item[0] for item in due(*records, kind="contact", on="2021-01-06")] == ["2021-01-06"]
    assert len(due(*records, kind="infusion", on="2021-01-06")) == 1


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], [("2020-02-10", "diagnosis and stage", "none recorded")]),
        ([a.staging()], [("2020-02-10", "diagnosis", "none recorded")]),
        (
            [a.visit("2020-02-17", "planned")],
            [("2020-02-17", "diagnosis and stage", "none recorded")],
        ),
        (
            [a.diagnosis("2019")],
            [("2019-12-31", "stage", "none recorded; diagnosed 2019")],
        ),
        (
            [a.diagnosis("2019"), a.visit("2020-01-06"), a.visit("2020-02-03")],
            [("2020-01-06", "stage", "none recorded; diagnosed 2019")],
        ),
        (
            [a.diagnosis("2015"), a.staging(date="2020-01-06", occasion="restaging")],
            [("2015-12-31", "stage at diagnosis", "none recorded; diagnosed 2015")],
        ),
        (STAGED, []),
        ([a.diagnosis(disease="lymphomatoid papulosis")], []),
        (
            [a.diagnosis("2019-12-02", disease="Sézary syndrome")],
            [("2019-12-02", "stage", "none recorded; diagnosed 2 Dec 2019")],
        ),
    ],
)
def test_diagnosis_and_stage_are_to_be_recorded(
    records: list[PatientRecord], expected: list[tuple[str, str, str]]
) -> None:
    assert due(*records, kind="stage", on="2020-02-10") == expected


def everything() -> Iterator[PatientRecord]:
    yield from (MOGA, a.visit("2020-01-06", next_visit="2020-05-04"), a.biopsy(), a.event())


def test_what_is_due_stands_in_time_what_is_missing_last() -> None:
    line, visit, biopsy, event = everything()
    found = next_due(a.history(line, visit, biopsy, event), TODAY)
    assert [item.kind.value for item in found] == [
        *("infusion", "biopsy result", "response assessment", "adverse event", "visit", "stage")
    ]
    assert [item.record for item in found] == [line, biopsy, line, event, visit, a.patient()]


def test_nothing_is_due_after_death() -> None:
    assert due(*everything(), death_date="2020-04") == []


def test_of_a_lost_patient_nothing_is_due_but_a_contact() -> None:
    found = due(*everything(), lost_to_follow_up=True)
    assert found == [("2021-02-10", "contact", "12 months without contact; last seen 10 Feb 2020")]
    assert due(lost_to_follow_up=True) == []


@pytest.mark.parametrize(("on", "overdue"), [("2020-12-30", True), ("2020-12-31", False)])
def test_what_was_due_before_today_is_overdue(on: str, overdue: bool) -> None:
    item = Due(DueKind.VISIT, "follow-up visit", a.day(on), "planned", a.visit(on, "planned"))
    assert item.overdue(TODAY) is overdue


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2021-01-31", 1, "2021-02-28"),
        ("2020-01-31", 1, "2020-02-29"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-08-31", 6, "2021-02-28"),
        ("2020-11-30", 1, "2020-12-30"),
        ("2020-12-31", 0, "2020-12-31"),
        ("2020-12-31", 25, "2023-01-31"),
    ],
)
def test_months_later_keeps_to_the_end_of_shorter_months(day: str, months: int, later: str) -> None:
    assert months_later(a.day(day), months) == a.day(later)


@given(a.any_day, st.integers(0, 60))
def test_months_later_lies_in_that_month_and_never_later_in_it(day: dt.date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or (later + dt.timedelta(days=1)).day == 1


@given(a.any_day, a.any_day, st.integers(0, 60))
def test_months_later_keeps_the_order_of_days(one: dt.date, other: dt.date, months: int) -> None:
    first, last = sorted((one, other))
    assert months_later(first, months) <= months_later(last, months)


def test_the_intervals_await_confirmation_by_a_clinician() -> None:
    rules = [rule for name, rule in RULES.items() if name.startswith("follow_up.")]
    assert {rule.standing for rule in rules} == {Standing.UNVERIFIED}
    assert len(rules) == 5
