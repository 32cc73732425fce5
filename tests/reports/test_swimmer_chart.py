"""The swimmer plot: lanes on one scale, ends and marks that are told without colour."""

import uuid
from typing import Any

import pytest

from models.cohort.swimmer import Held, Noted, Swim, SwimmerFigures
from models.lanes import Mark
from models.response import Response
from models.values import Grade
from reports.drawing import Anchor, Circle, Drawing, Line, Polygon, Rect
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


def test_every_lane_ends_in_what_goes_on_in_death_or_in_the_last_contact() -> None:
    def told(each: Swim) -> set[str]:
        ends = {"treatment goes on", "response goes on", "last contact", "death", "next treatment"}
        return {text.text for text in drawn(each).texts()} & ends

    failed = {"held": (Held(60, 90, PD),), "progressed": 60, "complete": None, "responded": None}
    assert told(lane()) == {"response goes on"}
    assert told(lane(treated=400, ongoing=True)) == {"treatment goes on", "response goes on"}
    assert told(lane(died=True)) == {"death"}
    assert told(lane(progressed=350)) == {"last contact"}, "what got better is held no more"
    assert told(lane(**failed)) == {"last contact"}
    assert told(lane(**failed, treated=400, ongoing=True)) == {"treatment goes on"}
    assert told(lane(**failed, following=100)) == {"next treatment", "last contact"}


def test_two_things_that_go_on_have_arrows_beside_each_other() -> None:
    drawing = drawn(lane(treated=400, ongoing=True))
    area = drawing.areas[0]
    ends = scale(drawing)[0] + 400 * scale(drawing)[1] / 30.4375
    arrows = [each.points for each in drawing.shapes if isinstance(each, Polygon)]
    treatment, response = (
        points for points in arrows if points[0][1] > area.y and points[0][0] >= ends - 0.01
    )

    assert treatment[0][0] == pytest.approx(ends)
    assert treatment[1][0] <= response[0][0]


def test_a_mark_that_was_moved_is_led_to_its_day() -> None:
    grades = [Noted(day, Mark.GRADE, "3", "words") for day in (90, 95)]
    alone, beside = drawn(lane(noted=grades[:1])), drawn(lane(noted=tuple(grades)))
    zero, month = scale(beside)
    upright = {each.x1 for each in _leaders(beside)}

    assert not _leaders(alone)
    assert any(x == pytest.approx(zero + 95 * month / 30.4375) for x in upright)


def _leaders(drawing: Drawing) -> list[Line]:
    """Hairlines within the only lane, below its middle."""
    area = drawing.areas[0]
    lines = [each for each in drawing.shapes if isinstance(each, Line) and each.x1 == each.x2]
    return [
        each
        for each in lines
        if area.y + area.height / 2 < max(each.y1, each.y2) < area.y + area.height
        and each.stroke == ON_PAPER.palette.text
    ]


def test_a_rash_is_round_and_another_event_square() -> None:
    def shapes(mark: Mark) -> set[type]:
        drawing = drawn(lane(noted=(Noted(90, mark, "3", "words"),)))
        grade = ON_PAPER.palette.grades[Grade.SEVERE]
        return {type(each) for each in drawing.shapes if getattr(each, "fill", None) == grade}

    assert (shapes(Mark.GRADE), shapes(Mark.OTHER_GRADE)) == ({Circle}, {Rect})


def test_a_mark_on_the_first_day_keeps_clear_of_the_name() -> None:
    drawing = drawn(lane(label="M00017", noted=(Noted(0, Mark.GRADE, "3", "words"),)))
    name = next(each for each in drawing.texts() if each.text == "M00017")
    right = measure(name.text, name.size, False)
    marks = [each for each in drawing.shapes if isinstance(each, Circle) and each.y > 40]

    assert min(each.x - each.radius for each in marks) >= right + ON_PAPER.gap


def test_the_scale_stands_again_after_some_lanes() -> None:
    drawing = drawn(*(lane(label="x") for _n in range(41)))
    rows = {each.y for each in drawing.texts() if each.text == "12"}

    assert len(rows) == 3, "above, between and below"


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
