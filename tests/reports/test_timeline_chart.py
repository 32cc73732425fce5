"""The drawn timeline: nothing overlaps, nothing leaves the page, everything recorded is there."""

import datetime as dt
import uuid
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.adverse_event import AdverseEvent
from models.base import PatientRecord, build
from models.history import History
from models.lanes import LaneKey
from models.patient import Patient
from models.timeline import timeline
from models.treatment import Infusion, TreatmentLine
from models.visit import Visit
from reports.drawing import Anchor, Text
from reports.fonts import measure
from reports.layout import shortened
from reports.style import ON_PAPER
from reports.timeline_chart import TimelineChart, View, draw_timeline

WIDTH, ROOM = 770.0, 340.0
AS_OF = dt.date(2020, 4, 30)


def drawn(history: History, **view: float) -> TimelineChart:
    settings = {"width": WIDTH, "room": ROOM} | view
    return draw_timeline(timeline(history, AS_OF), View(**settings), ON_PAPER, measure)  # type: ignore[arg-type]


def box(text: Text) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a text's letters."""
    width = measure(text.text, text.size, text.strong)
    left = text.x - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[text.anchor]
    return left, text.y - text.size * 0.72, left + width, text.y


def texts(chart: TimelineChart) -> Iterator[Text]:
    for drawing in (chart.drawing, chart.labels, chart.head):
        yield from drawing.texts()


def overlapping(chart: TimelineChart) -> list[tuple[str, str]]:
    found = []
    for one, other in combinations(texts(chart), 2):
        a, b = box(one), box(other)
        across = min(a[2], b[2]) - max(a[0], b[0])
        down = min(a[3], b[3]) - max(a[1], b[1])
        if across > 0.5 and down > 0.5:
            found.append((one.text, other.text))
    return found


def outside(chart: TimelineChart) -> list[str]:
    return [
        text.text
        for text in texts(chart)
        if box(text)[0] < -0.5
        or box(text)[2] > WIDTH + 0.5
        or box(text)[1] < -0.5
        or box(text)[3] > chart.drawing.height + 0.5
    ]


def test_no_text_of_the_case_overlaps_or_leaves_the_page(case: History) -> None:
    chart = drawn(case)
    assert overlapping(chart) == []
    assert outside(chart) == []
    assert chart.drawing.height <= ROOM + 0.01


def test_every_drawn_record_of_the_case_has_its_spot(case: History) -> None:
    spots = {spot.record for spot in drawn(case).drawing.spots}
    for kind in (TreatmentLine, Infusion, AdverseEvent, Visit):
        assert {record.id for record in case.of(kind)} <= spots


def test_the_years_and_the_fold_are_named(case: History) -> None:
    words = [text.text for text in drawn(case).head.texts()]
    assert [year for year in map(str, range(2011, 2021)) if year in words] == [
        *("2011", "2013", "2014", "2015", "2016", "2017", "2018", "2019", "2020")
    ]
    assert "’12" in words or "2012" in words


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


def patient(**more: object) -> Patient:
    return build(
        Patient,
        {
            "mrn": "1",
            "family_name": "Test",
            "given_name": "Ada",
            "birth_date": "1950-01-01",
            "sex": "female",
            **more,
        },
    )


def test_a_patient_without_records_is_drawn(case: History) -> None:
    chart = drawn(History.of_records(patient(), []))
    assert chart.drawing.spots == []
    assert chart.bands == []


def event(owner: uuid.UUID, start: dt.date, days: int, grade: int, words: str) -> AdverseEvent:
    return build(
        AdverseEvent,
        {
            "patient": owner,
            "verbatim": words,
            "term": "Fatigue",
            "ctcae_version": "5.0",
            "onset": start,
            "resolved": start + dt.timedelta(days=days),
            "grades": [{"date": start, "grade": grade}],
        },
    )


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
    found: list[tuple[dt.date, int, int]],
) -> None:
    owner = patient()
    records: list[PatientRecord] = [event(owner.id, *each, "x") for each in found]
    chart = drawn(History.of_records(owner, records))
    grades = {"1", "2", "3", "4", "5"}
    assert [pair for pair in overlapping(chart) if not grades & set(pair)] == []
    assert outside(chart) == []


def test_more_events_than_the_page_holds_are_counted() -> None:
    owner = patient()
    records = [event(owner.id, dt.date(2019, 1, 1), 300, 2, "x") for _ in range(200)]
    chart = drawn(History.of_records(owner, records))
    assert chart.drawing.height <= ROOM
    (band,) = (band for band in chart.bands if band.lane.key is LaneKey.EVENTS)
    shown = {spot.record for spot in chart.drawing.spots}
    assert any(text.text == f"{200 - len(shown)} more listed" for text in texts(chart))
    assert len(band.lane.tracks) == 200


@given(st.text(max_size=80), st.floats(5, 200))
def test_a_shortened_text_fits_its_room(text: str, room: float) -> None:
    cut = shortened(text, room, 7, measure)
    assert cut == text or cut.endswith("…")
    assert measure(cut, 7) <= max(room, measure("…", 7))
