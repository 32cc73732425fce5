"""The drawn timeline: nothing overlaps, nothing leaves the page, everything recorded is there."""

import datetime as dt
import uuid
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.adverse_event import AdverseEvent
from models.base import PatientRecord
from models.demo.fate import REFERENCE_DAY
from models.demo.made_up import made_up_patient
from models.history import History
from models.lanes import Curve, LaneKey, Mark, Value
from models.patient import Patient
from models.timeline import timeline
from models.treatment import Infusion, TreatmentLine
from models.visit import Visit
from reports.drawing import Circle, Drawing, Line, Polygon, Text
from reports.fonts import measure
from reports.layout import shortened, spread
from reports.legend import draw_legend
from reports.scale import scale_of, ticks
from reports.style import ON_PAPER
from reports.timeline_chart import Band, TimelineChart, View, draw_timeline
from tests.models import builders as a
from tests.reports.overlaps import overlapping, written
from tests.reports.page_words import Written

WIDTH, ROOM = 770.0, 340.0
AS_OF = dt.date(2020, 4, 30)


def drawn(history: History, as_of: dt.date = AS_OF, **view: float) -> TimelineChart:
    settings = {"width": WIDTH, "room": ROOM} | view
    return draw_timeline(timeline(history, as_of), View(**settings), ON_PAPER, measure)  # type: ignore[arg-type]


def texts(chart: TimelineChart) -> list[Written]:
    return written((chart.drawing, chart.labels, chart.head), measure)


def outside(chart: TimelineChart) -> list[str]:
    height = chart.drawing.height
    return [each.text for each in texts(chart) if not each.within(0, 0, WIDTH, height)]


def words(chart: TimelineChart) -> list[str]:
    return [each.text for each in texts(chart)]


def found(chart: TimelineChart, text: str) -> Written:
    (one,) = (each for each in texts(chart) if each.text == text)
    return one


def band(chart: TimelineChart, key: LaneKey) -> Band:
    return next(band for band in chart.bands if band.lane.key is key)


def test_two_texts_that_overlap_are_found() -> None:
    page = Drawing(100, 100)
    page.add(Text(10, 10, "one", 7, ""), Text(15, 12, "two", 7, ""), Text(10, 19, "three", 7, ""))
    assert overlapping(written([page], measure)) == [("one", "two")]


def test_no_text_of_the_case_overlaps_or_leaves_the_page(case: History) -> None:
    chart = drawn(case)
    assert overlapping(texts(chart)) == []
    assert outside(chart) == []
    assert chart.drawing.height <= ROOM + 0.01


def made_up(number: int, seed: int) -> History:
    patient, *records = made_up_patient(number, seed)
    assert isinstance(patient, Patient)
    own = [each for each in records if isinstance(each, PatientRecord)]
    return History.of_records(patient, own)


@pytest.mark.parametrize("seed", range(5))
def test_no_text_of_a_hundred_patients_overlaps_or_leaves_the_page(seed: int) -> None:
    for number in range(1, 21):
        chart = drawn(made_up(number, seed), REFERENCE_DAY)
        assert (seed, number, overlapping(texts(chart)), outside(chart)) == (seed, number, [], [])


def test_every_drawn_record_of_the_case_has_its_spot(case: History) -> None:
    spots = {spot.record for spot in drawn(case).drawing.spots}
    for kind in (TreatmentLine, Infusion, AdverseEvent, Visit):
        assert {record.id for record in case.of(kind)} <= spots


def test_the_years_and_the_fold_are_named(case: History) -> None:
    named = [text.text for text in drawn(case).head.texts()]
    assert [year for year in map(str, range(2011, 2021)) if year in named] == [
        *("2011", "2013", "2014", "2015", "2016", "2017", "2018", "2019", "2020")
    ]
    assert "’12" in named or "2012" in named


def test_marks_of_the_case_stand_in_the_order_of_time(case: History) -> None:
    chart = drawn(case)
    infusions = [infusion.id for infusion in case.of(Infusion)]
    places = {spot.record: spot.centre[0] for spot in chart.drawing.spots}
    across = [places[record] for record in infusions]
    assert across == sorted(across)
    assert len({round(x, 2) for x in across}) == 62


def test_zooming_keeps_every_record_and_widens_the_axis(case: History) -> None:
    fitted, zoomed = drawn(case), drawn(case, zoom=4.0)
    assert len(zoomed.drawing.spots) == len(fitted.drawing.spots)
    assert zoomed.plane.right - zoomed.plane.left == pytest.approx(
        4 * (fitted.plane.right - fitted.plane.left)
    )


def test_a_patient_without_records_is_drawn() -> None:
    chart = drawn(a.history())
    assert chart.drawing.spots == []
    assert chart.bands == []


def event(start: dt.date, days: int, grade: int, said: str = "x") -> AdverseEvent:
    resolved = start + dt.timedelta(days=days)
    grades = [{"date": start, "grade": grade}]
    return a.event(start.isoformat(), grades=grades, resolved=resolved, verbatim=said)


events = st.lists(
    st.tuples(
        st.dates(dt.date(2012, 1, 1), dt.date(2020, 1, 1)),
        st.integers(0, 400),
        st.integers(1, 5),
    ),
    max_size=60,
)


EIGHT_YEARS_ENDING_BRIEFLY = [
    *((dt.date(year, 1, 1), 0, 1) for year in range(2012, 2018)),
    (dt.date(2019, 4, 9), 0, 1),
]


@given(events)
@example(EIGHT_YEARS_ENDING_BRIEFLY)
def test_labels_never_overlap_and_never_leave_the_page(
    told: list[tuple[dt.date, int, int]],
) -> None:
    chart = drawn(a.history(*(event(*each) for each in told)))
    assert overlapping(texts(chart)) == []
    assert outside(chart) == []


def test_more_events_than_the_page_holds_are_counted() -> None:
    chart = drawn(a.history(*(event(dt.date(2019, 1, 1), 300, 2) for _ in range(200))))
    assert chart.drawing.height <= ROOM
    shown = {spot.record for spot in chart.drawing.spots}
    assert f"{200 - len(shown)} more listed" in words(chart)
    assert len(band(chart, LaneKey.EVENTS).lane.tracks) == 200


def test_the_fullest_rows_are_shown() -> None:
    long = [event(dt.date(2017, 1, 1) + dt.timedelta(days=n), 1100, 1) for n in range(40)]
    short = [event(dt.date(2017, 3 * n + 1, 20), 5, 2) for n in range(4)]
    chart = drawn(a.history(*long, *short))
    shown = {spot.record for spot in chart.drawing.spots}
    assert {each.id for each in short} <= shown
    assert not {each.id for each in long} <= shown


# What is to be seen


@pytest.mark.parametrize(("died", "told"), [(None, "last contact 4 May 2020"), ("2020-05-20", "")])
def test_the_end_of_what_is_known_goes_through_all_lanes(died: str | None, told: str) -> None:
    records = [a.moga(), a.visit("2020-03-02"), a.visit("2020-05-04")]
    chart = drawn(a.history(*records, death_date=died), dt.date(2020, 6, 1))
    assert (told or "died 20 May 2020") in words(chart)
    day = dt.date(2020, 5, 21) if died else dt.date(2020, 5, 4)
    x, (first, *_others, last) = chart.plane.x(day), chart.bands
    lines = [each for each in chart.drawing.shapes if isinstance(each, Line) and each.x1 == each.x2]
    (line,) = (each for each in lines if each.x1 == pytest.approx(x) and each.y1 == first.top)
    assert line.y2 > last.bottom
    assert bool(line.dashes) is (died is None)


def test_of_whom_nothing_is_heard_any_more_it_is_said() -> None:
    chart = drawn(a.history(a.visit("2019-01-07"), lost_to_follow_up=True))
    assert "lost to follow-up, last contact 7 Jan 2019" in words(chart)


def test_stages_are_told_and_their_classes_where_they_change() -> None:
    stagings = [
        a.staging("T2b N0 M0 B0", "2018-01-02"),
        a.staging("T2b N0 M0 B0", "2019-01-02"),
        a.staging("T3 N0 M0 B0", "2020-01-02"),
    ]
    told = [each.text for each in drawn(a.history(*stagings)).drawing.texts()]
    assert told[:3] == ["IB · T2b N0 M0 B0", "IB", "IIB · T3 N0 M0 B0"]


def test_a_late_dose_is_led_back_to_the_day_it_was_planned_for() -> None:
    line = a.moga()
    cycle = a.cycle(line)
    late = a.infusion(cycle, 8, late=5)
    chart = drawn(a.history(line, cycle, a.infusion(cycle), late))
    planned, given_on = dt.date(2020, 1, 13), dt.date(2020, 1, 18)
    leads = [
        (each.x1, each.x2)
        for each in chart.drawing.shapes
        if isinstance(each, Line) and each.stroke == ON_PAPER.palette.beware
    ]
    assert leads == [(chart.plane.x(planned), chart.plane.x(given_on))]
    assert "2 given" in words(chart)


def test_what_was_omitted_is_counted() -> None:
    line = a.moga()
    cycle = a.cycle(line)
    chart = drawn(a.history(line, cycle, a.infusion(cycle), a.omitted(cycle, 8)))
    assert "1 of 2 given" in words(chart)


def test_a_biopsy_is_joined_to_the_event_that_it_explains() -> None:
    rash = event(dt.date(2019, 3, 4), 90, 2)
    others = [event(dt.date(2019, 3, 4), 90, 1, "other") for _ in range(3)]
    biopsy = a.biopsy("2019-04-01", adverse_event=rash.id)
    chart = drawn(a.history(rash, *others, biopsy))
    spots = {spot.record: spot.centre for spot in chart.drawing.spots}
    (x, low), high = spots[biopsy.id], spots[rash.id][1]
    assert high == max(spots[each.id][1] for each in (rash, *others))
    assert any(
        isinstance(each, Line) and each.x1 == each.x2 == x and each.y1 == low and each.y2 > high
        for each in chart.drawing.shapes
    )


def test_visits_of_one_day_stand_above_each_other() -> None:
    one, other = a.visit("2020-01-06"), a.visit("2020-01-06", "missed")
    spots = {spot.record: spot.centre for spot in drawn(a.history(one, other)).drawing.spots}
    assert spots[one.id][0] == spots[other.id][0]
    assert abs(spots[one.id][1] - spots[other.id][1]) > ON_PAPER.mark / 2


def test_grades_of_one_week_stand_beside_each_other() -> None:
    grades = [{"date": f"2019-03-0{day}", "grade": day} for day in (1, 2, 3)]
    chart = drawn(a.history(a.event("2019-03-01", grades=grades), a.visit("2015-01-05")))
    discs = [
        each.x
        for each in chart.drawing.shapes
        if isinstance(each, Circle) and each.radius == ON_PAPER.disc
    ]
    assert all(right - left >= 2 * ON_PAPER.disc - 0.01 for left, right in pairwise(discs))


def test_a_bar_over_the_whole_axis_keeps_its_name() -> None:
    line = a.line("2015", "2019", given_here=False, drug="methotrexate")
    chart = drawn(a.history(line))
    assert "methotrexate" in words(chart)


def test_a_response_too_short_for_its_letters_has_them_above() -> None:
    found = [a.assessment(day, each) for day, each in (("2019-01-07", "PR"), ("2019-01-14", "CR"))]
    chart = drawn(a.history(a.visit("2015-01-05"), *found, a.visit("2020-01-06")))
    assert {"PR", "CR"} <= {*words(chart)}


def test_what_goes_on_keeps_its_arrow_on_the_page() -> None:
    chart = drawn(a.history(a.moga(), a.event("2020-04-29"), a.visit("2020-04-30")))
    tips = [
        max(x for x, _y in each.points)
        for each in chart.drawing.shapes
        if isinstance(each, Polygon) and each.closed
    ]
    assert tips
    assert all(tip <= WIDTH + 0.01 for tip in tips)


def test_a_curve_has_a_scale_its_first_value_and_its_nadir() -> None:
    scores = [("2019-01-07", 92), ("2019-03-04", 12.5), ("2019-05-06", 30)]
    chart = drawn(a.history(*(a.skin_score(*each) for each in scores)))
    assert {"0", "50", "100", "92", "nadir 12.5", "30"} <= {*words(chart)}
    assert found(chart, "100").right < chart.plane.left
    first, (left, _y) = found(chart, "92"), chart.drawing.spots[0].centre
    assert first.right < left


def test_of_a_period_a_curve_keeps_its_scale_and_names_the_first_value() -> None:
    scores = [("2016-01-04", 92), ("2016-03-07", 12), ("2019-03-04", 0), ("2019-05-06", 0)]
    counts = [("2016-01-04", 3400), ("2019-03-04", 0), ("2019-05-06", 0)]
    history = a.history(
        *(a.skin_score(*each) for each in scores), *(a.blood_count(*each) for each in counts)
    )
    shown = timeline(history, AS_OF, dt.date(2019, 1, 1))
    chart = draw_timeline(shown, View(WIDTH, ROOM), ON_PAPER, measure)
    told = words(chart)
    assert {"0", "50", "100", "first 92, 4 Jan 2016", "first 3400, 4 Jan 2016"} <= {*told}
    assert "0.5" not in told
    assert (overlapping(texts(chart)), outside(chart)) == ([], [])


def test_where_all_values_are_zero_the_scale_reaches_ten() -> None:
    told = words(drawn(a.history(*(a.skin_score(f"2019-0{n}-04", 0) for n in (1, 2, 3)))))
    assert "10" in told
    assert "0.5" not in told


@given(st.floats(0.1, 400), st.floats(20, 90))
def test_a_linear_scale_has_few_round_values_and_holds_the_peak(peak: float, height: float) -> None:
    curve = Curve("mSWAT", (Value(AS_OF, peak, uuid.uuid4()),))
    scale = scale_of(curve, 0.0, height, 10.0)
    told = ticks(curve, scale, 7.0, 10.0)
    assert scale.top >= peak
    assert 2 <= len(told) <= 5
    assert scale.y(0.0) == height


def test_blood_classes_are_named_however_high_the_count_is() -> None:
    chart = drawn(a.history(a.blood_count("2020-01-06", 90_000), a.blood_count("2020-02-03", 3)))
    assert {"B1 250", "B2 1000", "≤ 10", "90000"} <= {*words(chart)}


# A period


def test_of_a_period_bars_are_cut_and_earlier_marks_left_out(case: History) -> None:
    since = dt.date(2017, 1, 1)
    shown = timeline(case, AS_OF, since)
    assert shown.axis.first == since
    lanes = {lane.key: lane for lane in shown.lanes}
    (line,) = lanes[LaneKey.TREATMENT].tracks
    assert (line.label, line.bars[0].cut, line.bars[0].start.iso) == (
        *("mogamulizumab", True, "2017-01-01"),
    )
    (infusions,) = lanes[LaneKey.INFUSIONS].tracks
    assert all(point.on.first >= since for point in infusions.points)
    curve = lanes[LaneKey.SKIN].curve
    assert curve is not None
    assert (min(value.on for value in curve.values) >= since, curve.nadir) == (True, None)
    chart = draw_timeline(shown, View(WIDTH, ROOM), ON_PAPER, measure)
    assert outside(chart) == []


def test_an_event_that_is_cut_keeps_its_grade() -> None:
    grades = [{"date": "2019-01-07", "grade": 1}, {"date": "2019-03-04", "grade": 3}]
    told = a.event("2019-01-07", grades=grades)
    shown = timeline(a.history(told, a.visit("2020-01-06")), AS_OF, dt.date(2019, 6, 1))
    (track,) = next(lane for lane in shown.lanes if lane.key is LaneKey.EVENTS).tracks
    assert [(point.mark, point.letters, point.on.iso) for point in track.points] == [
        (Mark.GRADE, "3", "2019-06-01")
    ]
    assert [bar.cut for bar in track.bars] == [True]


# The legend


def test_the_legend_tells_only_what_is_drawn() -> None:
    course = timeline(a.history(a.moga(end="2020-03-02"), a.visit("2020-03-02")), AS_OF)
    told = [text.text for text in draw_legend(course, WIDTH, ON_PAPER, measure).texts()]
    assert told == ["systemic", "visit done"]


@given(st.text(max_size=80), st.floats(5, 200))
def test_a_shortened_text_fits_its_room(text: str, room: float) -> None:
    cut = shortened(text, room, 7, measure)
    assert cut.endswith("…") or cut in {text, " ".join(text.split())}
    assert measure(cut, 7) <= max(room, measure("…", 7))


@given(st.lists(st.floats(0, 300), max_size=12).map(sorted), st.floats(1, 25))
def test_things_that_are_spread_stay_in_order_apart_and_in_their_room(
    lefts: list[float], width: float
) -> None:
    placed = spread(lefts, width, 0.0, 300.0)
    assert all(left >= -0.01 and left + width <= 300.01 for left in placed)
    assert all(right - left >= width - 0.01 for left, right in pairwise(placed))


@pytest.mark.parametrize("width", [0, 40, 90, 160])
def test_where_there_is_no_room_for_names_there_are_none(case: History, width: float) -> None:
    """The window is asked to paint before it knows how wide it is."""
    lanes = timeline(case, AS_OF)
    chart = draw_timeline(lanes, View(width), ON_PAPER, measure)
    assert chart.bands
