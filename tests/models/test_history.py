"""One patient's history: in the order of time, whatever the order of entry, and as of a day."""

import datetime as dt
import weakref
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.adverse_event import Action, AdverseEvent, Outcome
from models.base import PatientRecord, revised
from models.biopsy import Biopsy
from models.history import History
from models.patient import Consent
from models.response import Response
from models.summary import as_of
from models.summary_json import summary_json
from models.timeline import timeline
from models.treatment import StopReason, TreatmentLine
from models.values import PartialDate
from models.visit import Visit
from tests.models import builders as a

LINE = a.moga("2020-01-06", "2020-03-15", stop_reason="toxicity", stop_detail="rash")
CYCLES = a.course(LINE, 2)
RECORDS: list[PatientRecord] = [
    LINE,
    *CYCLES,
    a.line("2018", "2019", drug="CHOP"),
    a.diagnosis("2017"),
    a.staging("T4 NX M0 B2", "2017"),
    a.staging("T4 N0 M0 B0", "2020-02", occasion="restaging"),
    a.skin_score("2020-01-06", 90),
    a.skin_score("2020-02-03", 40),
    a.blood_count("2020-01-06", 1200),
    a.assessment("2020-02-03", nodes="NI", viscera="NI", blood="NI"),
    a.assessment("2020-03-02", "CR"),
    a.event("2020-02-10", resolved="2020-04", outcome="resolved"),
    a.event("2020-05-04", 1),
    a.biopsy("2020-02-17"),
    a.visit("2020-04-06", disease_status="CR", next_visit="2020-07-06"),
    a.visit("2020-05-11"),
    a.ldh("2017-02-06", 300),
]
TODAY = dt.date(2020, 6, 1)


@given(st.permutations(RECORDS))
def test_the_order_of_entry_does_not_matter(records: list[PatientRecord]) -> None:
    expected, found = a.history(*RECORDS), a.history(*records)
    for kind in {type(record) for record in RECORDS}:
        dated = [record.when for record in found.of(kind)]
        assert dated == [record.when for record in expected.of(kind)]
    assert summary_json(as_of(found, TODAY)) == summary_json(as_of(expected, TODAY))
    assert as_of(found, TODAY).standing == as_of(expected, TODAY).standing
    assert timeline(found, TODAY) == timeline(expected, TODAY)


def test_records_of_one_day_stand_as_they_were_entered_whatever_the_clock_showed() -> None:
    noon = dt.datetime(2020, 1, 6, 12, tzinfo=dt.UTC)
    first, second = (
        a.visit("2020-01-06", recorded_at=noon - dt.timedelta(hours=hours)) for hours in (0, 1)
    )
    assert a.history(first, second).of(Visit) == (first, second)


def test_what_was_removed_is_left_out() -> None:
    removed = revised(a.visit("2020-01-06"), removed_at=dt.datetime.now(dt.UTC))
    assert a.history(removed).of(Visit) == ()


def test_records_without_a_date_stand_last() -> None:
    assert [
        consent.given for consent in a.history(a.consent(), a.consent("2020-01-06")).of(Consent)
    ] == [dt.date(2020, 1, 6), None]


def test_lines_are_numbered_by_their_start() -> None:
    assert [line.start.iso for line in a.history(*RECORDS).lines] == ["2018", "2020-01-06"]


def test_infusions_belong_to_their_line_in_the_order_of_cycle_and_day() -> None:
    history = a.history(*reversed(RECORDS))
    places = [
        (cycle.number, infusion.day)
        for infusion in history.infusions_of(LINE)
        if (cycle := history.cycle_of(infusion))
    ]
    assert places == [(1, 1), (1, 8), (1, 15), (1, 22), (2, 1), (2, 15)]
    assert history.infusions_of(history.lines[0]) == []


def test_an_infusion_without_its_cycle_was_planned_for_no_day() -> None:
    cycle = a.cycle(LINE)
    late = a.infusion(cycle, 8, 3)
    assert a.history(cycle, late).planned(late) == dt.date(2020, 1, 13)
    assert a.history(late).planned(late) is None


@pytest.mark.parametrize(
    ("record", "seen"),
    [
        (a.visit("2020-01-06"), True),
        (a.visit("2020-01-06", "planned"), False),
        (a.visit("2020-01-06", "missed"), False),
        (a.infusion(a.cycle(LINE)), True),
        (a.omitted(a.cycle(LINE)), False),
        (a.skin_score("2020-01-06", 3), True),
        (a.blood_count("2020-01-06", 3), True),
        (a.lab("2020-01-06"), True),
        (a.imaging("2020-01-06"), True),
        (a.assessment("2020-01-06"), True),
        (a.line(), True),
        (a.line(given_here=False), False),
        (a.diagnosis("2020-01-06"), False),
    ],
)
def test_the_last_contact_is_the_last_day_the_patient_was_seen(
    record: PatientRecord, seen: bool
) -> None:
    assert a.history(record).last_contact == (dt.date(2020, 1, 6) if seen else None)


ELSEWHERE = a.moga("2019-01-07", given_here=False)
CYCLE = a.cycle(ELSEWHERE, day_1="2019-01-07")


@pytest.mark.parametrize(
    ("records", "first"),
    [
        ([a.biopsy("2018-02-05"), a.visit("2020-01-06")], "2020-01-06"),
        ([ELSEWHERE, CYCLE, a.infusion(CYCLE), a.visit("2020-01-06")], "2020-01-06"),
        ([a.visit("2019-12-02", "missed"), a.line("2020"), a.visit("2021-01-04")], "2020-12-31"),
        ([a.biopsy("2018-02"), a.lab("2018-03-05")], "2018-02-28"),
        ([ELSEWHERE], None),
    ],
)
def test_the_first_contact_is_the_first_day_on_which_the_clinic_saw_the_patient(
    records: list[PatientRecord], first: str | None
) -> None:
    assert a.history(*records).first_contact == (a.day(first) if first else None)


def test_of_several_contacts_the_last_counts() -> None:
    assert a.history(*RECORDS).last_contact == dt.date(2020, 5, 11)


GRADED = a.event(
    "2020-01",
    grades=[{"date": "2020-01-20", "grade": 1}, {"date": "2020-03", "grade": 2}],
    resolved="2020-04-06",
)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2020-01-19", "2020-01-01"),
        ("2020-01-20", "2020-01-20"),
        ("2020-03-01", "2020-03-01"),
        ("2020-04-05", "2020-03-01"),
        ("2020-04-06", "2020-04-06"),
    ],
)
def test_the_grades_of_an_event_and_its_resolution_tell_that_the_patient_was_alive(
    day: str, last: str
) -> None:
    assert on(day, GRADED).last_contact == a.day(last)
    assert on("2020-06-01", GRADED).until(a.day(day)).last_contact == a.day(last)


def test_the_last_contact_names_its_record() -> None:
    visit = a.visit("2020-03-02")
    assert a.history(GRADED, visit).last_seen is GRADED
    assert on("2020-03-02", GRADED, visit).last_seen is visit
    assert a.history().last_seen is None


def on(date: str, *records: PatientRecord, **about_the_patient: object) -> History:
    return a.history(*records, **about_the_patient).until(a.day(date))


def test_nothing_dated_later_is_known_yet() -> None:
    records = [a.visit("2020-01-06"), a.visit("2020-01-07"), a.event("2020-02"), a.consent()]
    history = on("2020-01-06", *records)
    assert [visit.date.day for visit in history.of(Visit)] == [6]
    assert history.of(AdverseEvent) == ()
    assert len(history.of(Consent)) == 1


def test_a_later_end_is_not_known_yet() -> None:
    line = a.line(
        "2014",
        "2015-07",
        stop_reason="progression",
        stop_detail="new tumours",
        cycles_stated=8,
        best_response_stated="PR",
    )
    (before,) = on("2015-06-30", line).of(TreatmentLine)
    assert (before.end, before.stop_reason, before.stop_detail) == (None, None, None)
    assert (before.cycles_stated, before.best_response_stated) == (None, None)
    assert on("2015-07-01", line).of(TreatmentLine) == (line,)
    assert line.stop_reason is StopReason.PROGRESSION


def test_a_later_resolution_and_later_grades_are_not_known_yet() -> None:
    grades = [
        {"date": date, "grade": grade}
        for date, grade in (("2020-04-27", 2), ("2020-04-06", 3), ("2020-02-03", 1))
    ]
    event = a.event(grades=grades, resolved="2020-05-04", outcome="resolved")
    (before,) = on("2020-04-05", event).of(AdverseEvent)
    assert (before.resolved, before.outcome, before.worst_grade) == (None, None, 1)
    (during,) = on("2020-04-06", event).of(AdverseEvent)
    assert (during.resolved, during.outcome, during.worst_grade) == (None, None, 3)
    (after,) = on("2020-05-04", event).of(AdverseEvent)
    assert after == event
    assert after.outcome is Outcome.RESOLVED


def test_an_event_keeps_its_earliest_grade_where_all_are_later() -> None:
    grades = [{"date": "2020-04-06", "grade": 3}, {"date": "2020-03-02", "grade": 2}]
    (before,) = on("2020-02-10", a.event(grades=grades)).of(AdverseEvent)
    assert [(episode.date.iso, episode.grade) for episode in before.grades] == [("2020-03-02", 2)]


def test_a_later_result_is_awaited_still() -> None:
    biopsy = a.biopsy("2020-02-10", result_on="2020-02-20", conclusion="both")
    assert on("2020-02-19", biopsy).of(Biopsy)[0].awaited
    assert not on("2020-02-20", biopsy).of(Biopsy)[0].awaited
    assert not on("2020-02-19", a.biopsy(conclusion="both")).of(Biopsy)[0].awaited


def test_before_its_result_a_biopsy_tells_nothing_of_what_was_found() -> None:
    known: dict[str, object] = {"side": "left", "notes": "two punches"}
    found: dict[str, object] = {
        "conclusion": "both",
        "report_number": "H20-1",
        "pathologist": "A. Example",
        "patterns": ["spongiotic"],
        "cd4_cd8_epidermis": 2,
        "cd7": "lost",
        "cd26": "lost",
        "cd30_percent": 5,
        "ccr4": "positive",
        "foxp3": "negative",
        "large_cell_transformation": True,
        "folliculotropism": False,
        "clone": "identical",
        "report": "Both.",
    }
    biopsy = a.biopsy("2020-02-10", result_on="2020-02-20", **known, **found)
    (before,) = on("2020-02-19", biopsy).of(Biopsy)
    assert before == a.biopsy("2020-02-10", id=biopsy.id, patient=biopsy.patient, **known)
    assert on("2020-02-20", biopsy).of(Biopsy) == (biopsy,)


FATAL: dict[str, Any] = {"outcome": "fatal", "serious": True, "seriousness": "death"}


def test_before_the_death_no_event_is_fatal() -> None:
    grades = [{"date": "2020-02-03", "grade": 3}, {"date": "2020-06", "grade": 5}]
    event = a.event(grades=grades, **FATAL)
    (before,) = on("2020-06-19", event, death_date="2020-06-20").of(AdverseEvent)
    assert (before.outcome, before.serious, before.seriousness) == (None, None, None)
    assert before.worst_grade == 3
    assert on("2020-06-20", event, death_date="2020-06-20").of(AdverseEvent) == (event,)


def test_before_the_death_what_an_event_was_besides_is_known() -> None:
    serious = a.event(outcome="ongoing", serious=True, seriousness="hospitalisation")
    assert on("2020-06-19", serious, death_date="2020-06-20").of(AdverseEvent) == (serious,)
    at_once = a.event("2020-06", 5, **FATAL)
    (before,) = on("2020-06-19", at_once, death_date="2020-06-20").of(AdverseEvent)
    assert (before.outcome, before.worst_grade) == (None, 5)


def test_what_a_letter_says_of_a_line_is_not_known_before_its_end() -> None:
    stated = {"cycles_stated": 8, "best_response_stated": "PR", "end_stated": "2015-07"}
    ended = a.line("2014", "2015-08", **stated)
    for running in (ended, a.line("2014", **stated)):
        assert on("2015-06-30", running).of(TreatmentLine)[0].end_stated is None
    (before,) = on("2015-07-31", ended).of(TreatmentLine)
    assert (before.cycles_stated, before.best_response_stated, before.end_stated) == (None,) * 3
    (without_end,) = on("2014-06-30", a.line("2014", **stated)).of(TreatmentLine)
    assert (without_end.cycles_stated, without_end.best_response_stated) == (8, Response.PR)


@pytest.mark.parametrize("attributed", [True, False])
def test_a_stop_is_not_known_while_the_line_runs(attributed: bool) -> None:
    line = a.line(end="2020-06-01")
    event = a.event("2020-02-03", action="stopped", treatment_line=line.id if attributed else None)
    for day, action in (("2020-05-31", None), ("2020-06-01", Action.STOPPED)):
        (found,) = on(day, line, event).of(AdverseEvent)
        assert found.action is action
    delayed = a.event("2020-02-03", action="delayed", treatment_line=line.id)
    assert on("2020-03-01", line, delayed).of(AdverseEvent) == (delayed,)
    (unended,) = on("2020-03-01", a.line(), event).of(AdverseEvent)
    assert unended.action is Action.STOPPED


def test_who_was_seen_later_was_not_lost_yet() -> None:
    seen = a.visit("2020-03-02")
    assert not on("2020-03-01", seen, lost_to_follow_up=True).patient.lost_to_follow_up
    assert on("2020-03-02", seen, lost_to_follow_up=True).patient.lost_to_follow_up


def test_a_later_death_and_a_later_withdrawal_are_not_known_yet() -> None:
    consent = a.consent("2020-01-06", withdrawn="2020-06-01")
    before = on("2020-05-31", consent, death_date="2020-06", cause_of_death="disease")
    assert (before.patient.death_date, before.patient.cause_of_death) == (None, None)
    assert before.of(Consent)[0].withdrawn is None
    after = on("2020-06-01", consent, death_date="2020-06", cause_of_death="disease")
    assert after.patient.death_date == PartialDate(2020, 6)
    assert after.of(Consent) == (consent,)


@given(st.dates(dt.date(2016, 1, 1), TODAY), st.dates(dt.date(2016, 1, 1), TODAY))
def test_looking_back_twice_is_looking_back_to_the_earlier_day(
    one: dt.date, other: dt.date
) -> None:
    history = a.history(*RECORDS, death_date="2020-05")
    twice, once = history.until(one).until(other), history.until(min(one, other))
    assert twice == once


@given(st.dates(dt.date(2016, 1, 1), TODAY))
def test_nothing_worked_out_looks_ahead(day: dt.date) -> None:
    summary = as_of(a.history(*RECORDS, death_date="2020-05"), day)
    found = summary_json(summary)
    assert found["response"]["since"] is None or found["response"]["since"] <= day.isoformat()
    assert all(line["end"] is None or line["end"] <= day.isoformat() for line in found["lines"])
    if summary.response:
        assert summary.response[0] in {Response.CR, Response.PR}


def test_a_late_dose_moves_the_rest_of_its_cycle() -> None:
    line = a.moga()
    cycle = a.cycle(line)
    first, late, after = a.infusion(cycle), a.infusion(cycle, 8, 5), a.infusion(cycle, 15, 5)
    history = a.history(line, cycle, first, late, after)
    assert history.planned(after) == after.given_on
    assert [history.is_delayed(each) for each in (first, late, after)] == [False, True, False]
    assert not history.is_delayed(a.infusion(a.cycle(line)))


def test_the_planned_day_of_an_infusion_yet_to_be_entered() -> None:
    line = a.moga()
    cycle = a.cycle(line)
    history = a.history(line, cycle, a.infusion(cycle), a.infusion(cycle, 8, 5))
    assert history.planned(a.infusion(cycle, 15)) == dt.date(2020, 1, 25)
    assert history.is_delayed(a.infusion(cycle, 22, 12))


def test_an_infusion_that_is_being_corrected_stands_in_place_of_the_one_on_file() -> None:
    line = a.moga()
    cycle = a.cycle(line)
    late, after = a.infusion(cycle, 8, 4), a.infusion(cycle, 15)
    history = a.history(line, cycle, late, after)
    later = revised(late, given_on="2020-01-19", notes="as the chart has it")
    assert history.planned(late) == history.planned(later) == dt.date(2020, 1, 13)
    assert history.planned(revised(late, day=22)) == dt.date(2020, 1, 27)
    assert history.planned(after) == dt.date(2020, 1, 24)


def test_a_late_dose_moves_nothing_where_the_clinic_keeps_the_us_rule() -> None:
    line = a.moga()
    cycle = a.cycle(line)
    late, after = a.infusion(cycle, 8, 5), a.infusion(cycle, 15, 5)
    us = a.practice(late_dose="leaves the calendar as it was (US)")
    for practice, day, due in ((None, 25, "2020-02-01"), (us, 20, "2020-01-27")):
        history = History.of_records(a.patient(), [line, cycle, late, after], practice)
        assert history.planned(after) == dt.date(2020, 1, day)
        found = history.next_infusion(line)
        assert found is not None
        assert found.on.isoformat() == due


def test_a_line_that_ended_in_a_month_goes_on_until_its_last_dose() -> None:
    line = a.moga(start="2017-09-25", end="2017-10")
    cycle = a.cycle(line, day_1=a.day("2017-09-25"))
    history = a.history(line, cycle, a.infusion(cycle), a.infusion(cycle, 15))
    ended = {day: history.until(a.day(day)).lines[0].end for day in ("2017-10-01", "2017-10-09")}
    assert ended["2017-10-01"] is None
    assert str(ended["2017-10-09"]) == "2017-10"


def test_whoever_asks_how_it_stood_on_a_day_gets_one_and_the_same() -> None:
    history = a.history(a.visit("2020-01-06"), a.visit("2020-02-03"))
    first = history.until(a.day("2020-01-31"))
    assert history.until(a.day("2020-01-31")) is first
    assert history.until(a.day("2020-02-28")) is not first
    left = weakref.ref(first)
    del first
    assert left() is None, "nobody holds it any more"
