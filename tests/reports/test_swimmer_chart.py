"""The swimmer plot: lanes on one scale, ends and marks that are told without colour."""

import uuid
from typing import Any

import pytest

from models.cohort.swimmer import Held, Noted, Swim, SwimmerFigures
from models.lanes import Mark
from models.response import Response
from reports.drawing import Anchor, Drawing, Polygon, Rect
from reports.fonts import measure
from reports.style import ON_PAPER
from reports.swimmer_chart import draw_swimmer, lanes_that_fit
from tests.reports.overlaps import overlapping, written

CR, PR, SD, PD = Response.CR, Response.PR, Response.SD, Response.PD


def lane(**changes: Any) -> Swim:
    values: dict[str, Any] = {
        "label": "17",
        "treated": 200,
        "ongoing": False,
        "last": 400,
        "died": False,
        "held": (Held(60, 120, PR), Held(120, 300, CR)),
        "responded": 60,
        "complete": 120,
        "progressed": None,
        "following": None,
        "noted": (),
        "words": "words",
        "who": (uuid.uuid4(),),
    }
    return Swim(**(values | changes))


def drawn(*lanes: Swim, last: int = 800) -> Drawing:
    return draw_swimmer(SwimmerFigures(lanes, len(lanes), last), ON_PAPER, 500, 0, measure)


def bars(drawing: Drawing) -> list[tuple[float, float, float]]:
    """Left, right and height of what is filled on the only lane."""
    area = drawing.areas[0]
    shapes = [each for each in drawing.shapes if isinstance(each, Rect) and each.fill]
    inside = [each for each in shapes if each.y > area.y]
    return [(each.x, each.x + each.width, each.height) for each in inside]


def scale(drawing: Drawing) -> tuple[float, float]:
    """The place of day 0, and the length of a month, from the axis."""
    ticks = {
        int(each.text): each.x
        for each in drawing.texts()
        if each.anchor is Anchor.MIDDLE and each.text.isdigit()
    }
    months = sorted(ticks)
    return ticks[0], (ticks[months[1]] - ticks[0]) / months[1]


def test_states_are_thick_under_treatment_and_thin_after_it() -> None:
    drawing = drawn(lane())
    zero, month = scale(drawing)
    day = month / 30.4375
    under, partial, treated, after = [
        bar for bar in dict.fromkeys(bars(drawing)) if bar[1] - bar[0] > 1
    ]

    assert under[:2] == pytest.approx((zero, zero + 200 * day))
    assert partial[:2] == pytest.approx((zero + 60 * day, zero + 120 * day))
    assert treated[:2] == pytest.approx((zero + 120 * day, zero + 200 * day))
    assert after[:2] == pytest.approx((zero + 200 * day, zero + 300 * day))
    assert after[2] < treated[2] / 2


def test_only_what_goes_on_has_an_arrow_and_only_the_dead_a_cap() -> None:
    names = ("goes on", "death", "next treatment", "progression", "complete response")

    def told(each: Swim) -> set[str]:
        return {text.text for text in drawn(each).texts()} & set(names)

    failed = {"held": (Held(60, 90, PD),), "complete": None, "responded": None}
    assert told(lane()) == {"goes on", "complete response"}
    assert told(lane(died=True)) == {"death", "complete response"}
    assert told(lane(**failed)) == set()
    assert told(lane(**failed, ongoing=True)) == {"goes on"}
    assert told(lane(**failed, progressed=60, following=100)) == {"next treatment", "progression"}


def test_turns_point_up_and_down() -> None:
    up, down = drawn(lane(complete=None)), drawn(lane(complete=None, responded=None, progressed=60))

    def turn(drawing: Drawing) -> Polygon:
        area = drawing.areas[0]
        shapes = [each for each in drawing.shapes if isinstance(each, Polygon)]
        return next(each for each in shapes if each.points[0][1] > area.y and each.stroke)

    assert _middle_is_higher(turn(up))
    assert not _middle_is_higher(turn(down))


def _middle_is_higher(turn: Polygon) -> bool:
    ordered = sorted(turn.points)
    return ordered[1][1] < ordered[0][1]


def test_marks_of_one_day_stand_beside_each_other() -> None:
    noted = tuple(Noted(90, Mark.GRADE, str(grade), "words") for grade in (3, 4))
    texts = [each for each in drawn(lane(noted=noted)).texts() if each.strong]
    on_lane = {each.text: each.x for each in texts if each.text in "34" and each.y > 50}

    assert on_lane["4"] - on_lane["3"] == pytest.approx(ON_PAPER.disc * 2)


def test_an_area_leads_to_the_patient_of_each_lane() -> None:
    lanes = [lane(label="a"), lane(label="b")]
    areas = drawn(*lanes).areas

    assert [(each.who, each.words) for each in areas] == [
        (lanes[0].who, "a: words"),
        (lanes[1].who, "b: words"),
    ]


@pytest.mark.parametrize("count", [1, 10, 60, 300])
def test_no_words_overlap_and_shapes_stay_few(count: int) -> None:
    lanes = [lane(label=str(n), last=400 + n, progressed=300) for n in range(count)]
    drawing = drawn(*lanes)

    assert not overlapping(written([drawing], measure))
    assert len(drawing.shapes) < 4000 + 12 * count


def test_so_many_lanes_fit_a_page_as_are_said_to() -> None:
    figures = SwimmerFigures(tuple(lane() for _n in range(100)), 100, 800)
    fit = lanes_that_fit(figures, ON_PAPER, 500, 300, measure)

    def high(lanes: int) -> float:
        return draw_swimmer(figures.part(0, lanes), ON_PAPER, 500, 0, measure).height

    assert high(fit) <= 300 < high(fit + 1)


def test_a_lane_of_nothing_but_follow_up_and_a_day_is_drawn() -> None:
    drawing = drawn(lane(treated=0, held=(), responded=None, complete=None, last=0), last=0)

    assert len(drawing.areas) == 1
    assert scale(drawing)[1] > 0
