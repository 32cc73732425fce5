"""The waterfall: bars on a scale, cut where they leave it, told apart without colour."""

import uuid

import pytest

from models.cohort.response_facts import SkinChange
from models.cohort.waterfall import Fall, Waterfall
from models.response import Response
from reports.drawing import Area, Circle, Drawing, Line, Polygon, Rect
from reports.fonts import measure
from reports.style import ON_PAPER
from reports.waterfall_chart import draw_waterfall
from tests.reports.overlaps import overlapping, written

CR, PR, SD, PD = Response.CR, Response.PR, Response.SD, Response.PD


def fall(change: float, best: Response = PR, label: str = "17") -> Fall:
    skin = SkinChange(100, 100 + change, change, 90, best)
    return Fall(label, skin, best, (uuid.uuid4(),))


def drawn(*falls: Fall, without: str = "", wide: float = 500) -> Drawing:
    return draw_waterfall(Waterfall(falls, without), ON_PAPER, wide, 260, measure)


def heights(drawing: Drawing) -> list[float]:
    """Of the bars, from left to right."""
    bars = {}
    for shape in drawing.shapes:
        if isinstance(shape, Rect) and any(_within(shape, area) for area in drawing.areas):
            bars[shape.x] = shape.height
    return [bars[x] for x in sorted(bars)]


def _within(shape: Rect, area: Area) -> bool:
    return area.x <= shape.x < area.x + area.width and shape.y >= area.y - 1


def test_a_bar_is_as_long_as_its_change() -> None:
    twenty, fifty, hundred = heights(drawn(fall(20, PD), fall(-50), fall(-100, CR)))

    assert fifty == pytest.approx(2.5 * twenty)
    assert hundred == pytest.approx(2 * fifty)


def test_what_leaves_the_scale_is_cut_and_pointed() -> None:
    cut, at_the_edge = drawn(fall(310, PD), fall(-10)), drawn(fall(100, PD), fall(-10))

    assert heights(cut) == heights(at_the_edge)
    assert len(_points(cut)) == len(_points(at_the_edge)) + 1


def _points(drawing: Drawing) -> list[Polygon]:
    return [shape for shape in drawing.shapes if isinstance(shape, Polygon)]


def test_responses_differ_in_more_than_colour() -> None:
    """Solid, hatched, dotted, crossed; and each is named under its bar and in the legend."""
    kinds = []
    for best in (CR, PR, SD, PD):
        shapes = drawn(fall(-60, best)).shapes
        strokes = [each for each in shapes if isinstance(each, Line) and each.x1 != each.x2]
        sloped = {each.y1 > each.y2 for each in strokes if each.y1 != each.y2}
        kinds.append((sorted(sloped), any(isinstance(each, Circle) for each in shapes)))
    drawing = drawn(fall(30, PD), fall(-10, SD), fall(-60, PR), fall(-100, CR))

    assert kinds == [([], False), ([True], False), ([], True), ([False, True], False)]
    words = [text.text for text in drawing.texts()]
    assert {"PD", "SD", "PR", "CR", "CR: complete response"} <= set(words)


def test_a_hatch_goes_on_over_neighbouring_bars() -> None:
    shapes = drawn(*(fall(-60 - each / 10) for each in range(150))).shapes
    strokes = [each for each in shapes if isinstance(each, Line) and each.y1 > each.y2]
    lines = {round(each.x1 + each.y1, 2) for each in strokes}

    assert len(strokes) > 10 * len(lines) > 0


def test_an_area_leads_to_the_patient_of_each_bar() -> None:
    falls = [fall(10, PD, "a"), fall(-80, PR, "b")]
    areas = drawn(*falls).areas

    assert [(each.who, each.words) for each in areas] == [
        (falls[0].who, "a: mSWAT 100 to 110 on day 90: +10 %; best response progressive disease"),
        (falls[1].who, "b: mSWAT 100 to 20 on day 90: −80 %; best response partial response"),
    ]
    assert areas[0].x + areas[0].width <= areas[1].x + 0.01


def test_thousands_of_bars_are_thinned_and_nobody_is_lost() -> None:
    falls = [fall(90 - each * 0.05, SD) for each in range(3800)]
    drawing = drawn(*falls)

    assert len(drawing.shapes) < 8000
    assert [one for area in drawing.areas for one in area.who] == [f.who[0] for f in falls]
    assert "lines: best change of mSWAT +90 %" in drawing.areas[0].words


@pytest.mark.parametrize("count", [1, 10, 60, 300])
def test_no_words_overlap_and_all_stays_on_the_page(count: int) -> None:
    falls = [fall(100 - 200 * each / max(count - 1, 1)) for each in range(count)]
    drawing = drawn(*falls, without="no skin score under the line: 3")

    assert not overlapping(written([drawing], measure))
    assert all(0 <= text.y <= drawing.height for text in drawing.texts())
    assert drawing.height == 260


def test_without_a_bar_the_scale_stands_and_the_reason() -> None:
    words = [text.text for text in drawn(without="no skin score under the line: 3").texts()]

    assert "Not shown: no skin score under the line: 3." in words
