"""The timeline: lanes of bars, marks and curves on an axis that holds every date."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import PatientRecord
from models.demo.case import published_case
from models.history import History
from models.lanes import Bar, Curve, Lane, LaneKey, Track
from models.patient import Patient
from models.timeline import Timeline, timeline
from models.treatment import TreatmentLine
from models.values import PartialDate
from tests.calls import calls
from tests.models import builders as a
from tests.models.builders import partial_dates
from tests.models.long_course import AS_OF, long_course

TODAY = dt.date(2020, 12, 7)


def drawn(*records: PatientRecord, **about_the_patient: Any) -> Timeline:
    return timeline(a.history(*records, **about_the_patient), TODAY)


def lane(found: Timeline, key: LaneKey) -> Lane:
    return next(lane for lane in found.lanes if lane.key is key)


def tracks(key: LaneKey, *records: PatientRecord, **about_the_patient: Any) -> tuple[Track, ...]:
    return lane(drawn(*records, **about_the_patient), key).tracks


def bars(key: LaneKey, *records: PatientRecord, **about_the_patient: Any) -> list[Bar]:
    found = tracks(key, *records, **about_the_patient)
    return [bar for track in found for bar in track.bars]


def told(found: list[Bar]) -> list[tuple[str, str, str]]:
    return [(bar.start.iso, bar.end.iso, str(bar.fill)) for bar in found]


def test_the_published_case() -> None:
    patient, *records = published_case()
    assert isinstance(patient, Patient)
    own = [record for record in records if isinstance(record, PatientRecord)]
    found = timeline(History.of_records(patient, own), dt.date(2020, 4, 30))
    labels = [track.label for track in lane(found, LaneKey.TREATMENT).tracks]
    assert labels == [
        "CHOP",
        "ECP + bexarotene",
        "TSEBT",
        "ECP + bexarotene",
        "gemcitabine + oxaliplatin",
        "mogamulizumab",
    ]
    (infusions,) = lane(found, LaneKey.INFUSIONS).tracks
    assert len(infusions.points) == 62
    assert [point.letters for point in infusions.points if point.letters] == [
        *("C1", "C5", "C10", "C15", "C20", "C25", "C30")
    ]
    responses = [bar for track in lane(found, LaneKey.RESPONSE).tracks for bar in track.bars]
    assert [(bar.letters, bar.start.iso, bar.end.iso, bar.open_end) for bar in responses] == [
        ("PR", "2015-12-07", "2016-04-25", False),
        ("CR", "2016-04-25", "2020-04-27", True),
    ]
    (biopsies,) = lane(found, LaneKey.BIOPSIES).tracks
    assert (biopsies.label, len(biopsies.points)) == ("drug-related, both", 2)
    assert [(s.label, s.folded, s.narrowed) for s in found.axis.stretches][:4] == [
        ("2011", False, True),
        ("2012", True, False),
        ("2013", False, True),
        ("2014", False, True),
    ]
    assert not found.empty


def test_a_patient_without_records_has_an_empty_timeline_with_an_axis() -> None:
    found = drawn()
    assert found.empty
    assert all(lane.empty for lane in found.lanes)
    assert [lane.key for lane in found.lanes] == list(LaneKey)
    assert found.axis.first <= TODAY < found.axis.after


def test_a_line_that_goes_on_is_open_at_the_horizon() -> None:
    line, visit = a.line("2020-01-06", given_here=False), a.visit("2020-05-04")
    (bar,) = bars(LaneKey.TREATMENT, line, visit)
    assert told([bar]) == [("2020-01-06", "2020-05-04", "systemic")]
    assert (bar.open_end, bar.elsewhere, bar.ended_by_death) == (True, True, False)


def test_a_line_that_ended_keeps_its_end() -> None:
    (bar,) = bars(LaneKey.TREATMENT, a.line("2011", "2012-03"), a.visit("2020-05-04"))
    assert told([bar]) == [("2011", "2012-03", "systemic")]
    assert (bar.open_end, bar.elsewhere, bar.ended_by_death) == (False, False, False)


def test_death_ends_what_was_open() -> None:
    records = [a.line("2020-01-06"), a.event("2020-02-03"), a.assessment("2020-03-02", "PR")]
    found = drawn(*records, death_date="2020-06-01")
    (line,), (event,), (response,) = (
        lane(found, key).tracks[0].bars
        for key in (LaneKey.TREATMENT, LaneKey.EVENTS, LaneKey.RESPONSE)
    )
    assert (line.end.iso, line.open_end, line.ended_by_death) == ("2020-06-01", False, True)
    assert (event.end.iso, event.open_end, event.ended_by_death) == ("2020-06-01", False, True)
    assert (response.end.iso, response.open_end) == ("2020-03-02", False)
    assert found.horizon == dt.date(2020, 6, 1)


MOGA = a.moga()
FIRST = a.cycle(MOGA)


@pytest.mark.parametrize(
    ("infusion", "mark", "on"),
    [
        (a.infusion(FIRST, 8), "infusion given", "2020-01-13"),
        (a.infusion(FIRST, 8, 2), "infusion given", "2020-01-15"),
        (a.infusion(FIRST, 8, 3), "delayed", "2020-01-16"),
        (
            a.infusion(FIRST, 8, status="reduced", reason="rash"),
            "reduced or interrupted",
            "2020-01-13",
        ),
        (
            a.infusion(FIRST, 8, 3, status="interrupted", reason="chills"),
            "reduced or interrupted",
            "2020-01-16",
        ),
        (a.omitted(FIRST, 8), "omitted", "2020-01-13"),
    ],
)
def test_an_infusion_is_marked(infusion: Any, mark: str, on: str) -> None:
    (track,) = tracks(LaneKey.INFUSIONS, MOGA, FIRST, infusion)
    (point,) = track.points
    assert (str(point.mark), point.on.iso, point.record) == (mark, on, infusion.id)


def test_each_state_of_the_disease_lasts_until_the_next() -> None:
    found = bars(
        LaneKey.RESPONSE,
        a.assessment("2020-02-03", "PR"),
        a.assessment("2020-03-02", "PR"),
        a.assessment("2020-04-06", "CR"),
        a.visit("2020-05-04", disease_status="CR"),
        a.assessment("2020-06-01", "relapse"),
        a.visit("2020-07-06", disease_status="relapse"),
    )
    assert told(found) == [
        ("2020-02-03", "2020-04-06", "PR"),
        ("2020-04-06", "2020-06-01", "CR"),
        ("2020-06-01", "2020-07-06", "relapse"),
    ]
    assert [bar.open_end for bar in found] == [False, False, False]
    (held,) = bars(LaneKey.RESPONSE, a.assessment("2020-02-03", "PR"))
    assert held.open_end


def test_the_grades_of_an_event_follow_each_other() -> None:
    grades = [{"date": "2020-03-02", "grade": 3}, {"date": "2020-02-03", "grade": 1}]
    event = a.event(grades=grades, resolved="2020-04", serious=True)
    (track,) = tracks(LaneKey.EVENTS, event)
    assert told(list(track.bars)) == [
        ("2020-02-03", "2020-03-02", "1"),
        ("2020-03-02", "2020-04", "3"),
    ]
    assert [(point.on.iso, point.letters) for point in track.points] == [
        ("2020-02-03", "1"),
        ("2020-03-02", "3"),
    ]
    assert all(bar.serious and not bar.open_end for bar in track.bars)
    assert (track.first, track.last) == (dt.date(2020, 2, 3), dt.date(2020, 4, 30))


@pytest.mark.parametrize("last", ["2020-03-02", "2020-03", "2020"])
def test_only_the_last_grade_of_an_open_event_is_open(last: str) -> None:
    event = a.event("2020", grades=[{"date": "2020", "grade": 1}, {"date": last, "grade": 2}])
    found = bars(LaneKey.EVENTS, event)
    assert [bar.open_end for bar in found] == [False, True]


def test_a_grade_later_than_anything_else_lies_on_the_axis() -> None:
    grades = [{"date": "2020-02-03", "grade": 1}, {"date": "2020-06-01", "grade": 2}]
    found = drawn(a.event(grades=grades))
    assert found.horizon == dt.date(2020, 6, 1)
    (track,) = lane(found, LaneKey.EVENTS).tracks
    assert [found.axis.at(point.on.first) < 1 for point in track.points] == [True, True]


def test_an_event_closed_without_a_date_ends_with_its_last_grade() -> None:
    (bar,) = bars(LaneKey.EVENTS, a.event(outcome="resolved"), a.visit("2020-06-01"))
    assert (bar.end.iso, bar.open_end) == ("2020-02-03", False)


def test_an_omitted_infusion_later_than_anything_else_lies_on_the_axis() -> None:
    omitted = a.omitted(FIRST, 60)
    found = drawn(MOGA, FIRST, omitted)
    assert found.horizon == dt.date(2020, 3, 5)


@pytest.mark.parametrize(
    ("conclusions", "label"),
    [
        (["drug-related"], "drug-related"),
        (["drug-related", "drug-related"], "drug-related, both"),
        (["both", "both", "both"], "both, all 3"),
        (["drug-related", "active disease"], "drug-related, active disease"),
        ([None, "indeterminate"], "awaited, indeterminate"),
        ([None, None], "awaited, both"),
    ],
)
def test_biopsies_that_explain_one_event_stand_together(
    conclusions: list[str | None], label: str
) -> None:
    event = a.event()
    made = [
        a.biopsy(f"2020-03-{day:02d}", conclusion=conclusion, adverse_event=event.id)
        for day, conclusion in enumerate(conclusions, start=1)
    ]
    (track,) = tracks(LaneKey.BIOPSIES, event, *made)
    assert (track.label, len(track.points)) == (label, len(conclusions))


@pytest.mark.parametrize(
    ("conclusion", "mark"),
    [
        (None, "biopsy: result awaited"),
        ("active disease", "biopsy: active disease"),
        ("drug-related", "biopsy: drug-related"),
        ("both", "biopsy: other result"),
    ],
)
def test_a_biopsy_is_marked_by_its_conclusion(conclusion: str | None, mark: str) -> None:
    found = tracks(LaneKey.BIOPSIES, a.biopsy(conclusion=conclusion), a.biopsy("2020-03"))
    assert len(found) == 2
    assert found[0].points[0].mark == mark


@pytest.mark.parametrize(
    ("status", "mark"),
    [
        ("done", "visit done"),
        ("planned", "visit planned"),
        ("missed", "visit missed"),
        ("cancelled", "visit missed"),
    ],
)
def test_a_visit_is_marked_by_its_status(status: str, mark: str) -> None:
    (track,) = tracks(LaneKey.VISITS, a.visit("2020-03-02", status))
    assert [str(point.mark) for point in track.points] == [mark]


def curve(key: LaneKey, *records: PatientRecord) -> Curve:
    found = lane(drawn(*records), key).curve
    assert found
    return found


def test_scores_and_counts_are_curves() -> None:
    scores = [
        a.skin_score(date, total)
        for date, total in (("2020-01-06", 90), ("2020-02-03", 20), ("2020-03-02", 20))
    ]
    skin = curve(LaneKey.SKIN, *scores)
    assert [item.value for item in skin.values] == [90, 20, 20]
    assert skin.nadir is not None
    assert (skin.nadir.on, skin.peak, skin.unit) == (dt.date(2020, 2, 3), 90, "mSWAT")
    blood = curve(LaneKey.BLOOD, a.blood_count("2020-01-06", 1200), a.blood_count(a.START, None))
    assert [item.value for item in blood.values] == [1200]
    assert blood.thresholds == (("B1", 250), ("B2", 1000))
    assert lane(drawn(a.blood_count(a.START, None)), LaneKey.BLOOD).empty


@st.composite
def records(draw: st.DrawFn) -> list[PatientRecord]:
    """Records of every kind that is drawn, on any dates."""
    date = partial_dates()
    exact = date.map(lambda found: found.first)
    made: list[PatientRecord] = []
    for start in draw(st.lists(date, max_size=3)):
        line: TreatmentLine = a.line(start, draw(st.none() | st.just(start)))
        cycle = a.cycle(line, day_1=start.first)
        omitted = a.omitted(cycle, draw(st.integers(1, 28)))
        made += [line, cycle, draw(st.sampled_from([a.infusion(cycle), omitted]))]
    for onset, later in draw(st.lists(st.tuples(date, date), max_size=3)):
        grades = [{"date": onset, "grade": 1}, {"date": later, "grade": 2}]
        made.append(a.event(onset.iso, grades=grades))
        made.append(a.biopsy(later.iso))
    for day in draw(st.lists(exact, max_size=3)):
        made += [a.skin_score(day, 3), a.blood_count(day, 3), a.assessment(day, "PR")]
        made.append(a.visit(day, draw(st.sampled_from(["done", "planned"]))))
    return made


@given(records(), st.none() | partial_dates())
def test_every_date_that_is_drawn_lies_on_the_axis(
    made: list[PatientRecord], death: PartialDate | None
) -> None:
    found = drawn(*made, birth_date="1880-01-01", death_date=death)
    all_tracks = [track for lane in found.lanes for track in lane.tracks]
    curves = [lane.curve for lane in found.lanes if lane.curve]
    dates = [date for track in all_tracks for bar in track.bars for date in (bar.start, bar.end)]
    dates += [point.on for track in all_tracks for point in track.points]
    dates += [PartialDate.of(value.on) for curve in curves for value in curve.values]
    axis = found.axis
    assert all(axis.first <= date.first < axis.after for date in dates)
    assert found.empty is (not dates)


def test_twice_the_course_is_twice_the_work() -> None:
    def work(records: int) -> int:
        history = a.history(*long_course(records))
        return calls(lambda: timeline(history, AS_OF)).total()

    assert work(1200) < 2.2 * work(600)


def test_a_measurement_is_looked_at_as_often_however_many_responses_rest_on_it() -> None:
    def looked_at(responses: int) -> int:
        days = [dt.date(2016, 1, 4) + dt.timedelta(weeks=week) for week in range(40)]
        counts = [a.blood_count(day, 700) for day in days]
        assessments = [a.assessment(day) for day in days[:responses]]
        history = a.history(a.moga(days[0]), *counts, *assessments)
        return calls(lambda: timeline(history, AS_OF))["BloodCount.neoplastic"]

    assert looked_at(40) == looked_at(4)
