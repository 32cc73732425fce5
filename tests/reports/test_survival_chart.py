"""Survival curves: what is drawn, told under the pointer, and thinned where many are counted."""

import random
from itertools import pairwise

import pytest

from models.cohort.factors import Factor
from models.cohort.member import Treated
from models.cohort.question import Outcome, Question, landmark_days
from models.cohort.survival import survival
from models.cohort.survival_result import Survival
from models.patient import Sex
from models.words import capitalised
from reports.confidence_bands import MOST_BANDS
from reports.drawing import Area, Drawing, Line, Polygon
from reports.fonts import measure
from reports.palette import DARK, LIGHT, contrast
from reports.style import ON_PAPER
from reports.survival_chart import DASHES, draw_survival
from tests.models.cohort.members import by_line, ended, from_diagnosis, member, ongoing, treated

WIDTH, HEIGHT = 480.0, 260.0
BY_DRUG = Question(factor=Factor.TREATMENT)


def drawn(found: Survival, *hidden: str) -> Drawing:
    return draw_survival(found, ON_PAPER, WIDTH, HEIGHT, measure, hidden=frozenset(hidden))


def said(drawing: Drawing) -> list[str]:
    return [text.text for text in drawing.texts()]


def curves(drawing: Drawing) -> list[Polygon]:
    return [each for each in drawing.shapes if isinstance(each, Polygon) and not each.closed]


def lines_of(n: int, *regimens: str) -> list[Treated]:
    chance = random.Random(11)  # noqa: S311 - the same figures each time
    made = []
    for number in range(n):
        days = int(chance.expovariate(1 / (400 + 300 * (number % len(regimens)))))
        until = chance.randint(100, 3000)
        lasted = ended(days) if days < until else ongoing(until)
        regimen = regimens[number % len(regimens)]
        made.append(treated(overall_survival=lasted, drugs=(regimen,)))
    return made


def of(n: int, *regimens: str) -> Survival:
    return survival(by_line(*map(member, lines_of(n, *regimens))), BY_DRUG)


def area_of(drawing: Drawing, words: str) -> Area:
    return next(each for each in drawing.areas if each.words.startswith(words))


def test_a_step_tells_its_figures_and_leads_to_those_who_had_the_event() -> None:
    members = [member(treated(overall_survival=each)) for each in (ended(61), ongoing(91))]
    found = survival(by_line(*members), Question())
    drawing = drawn(found)
    step = area_of(drawing, "All, 2.0 months")
    assert step.words == "All, 2.0 months: 50 % (0.6 to 91), 2 at risk, 1 event"
    assert step.who == (members[0].id,)
    assert area_of(drawing, "All, 3.0 months: 1 censored").who == (members[1].id,)
    assert area_of(drawing, "All, 0 months: 2 at risk").who == tuple(each.id for each in members)
    (line,) = curves(drawing)
    top, middle = line.points[0][1], line.points[-1][1]
    foot = next(text.y for text in drawing.texts() if text.text == "0 %") - 2.5
    assert middle == pytest.approx((top + foot) / 2, abs=1)


def test_curves_run_down_and_differ_in_dashes_and_colour() -> None:
    drawing = drawn(of(200, "a", "b", "c"))
    found = curves(drawing)
    for line in found:
        assert all(
            one[0] <= other[0] and one[1] <= other[1] for one, other in pairwise(line.points)
        )
    assert len({line.dashes for line in found}) == len({line.stroke for line in found}) == 3
    assert len(set(DASHES)) == len(LIGHT.groups) == len(DASHES)
    for palette in (LIGHT, DARK):
        assert all(contrast(colour, palette.ground) >= 3 for colour in palette.groups)


def test_a_hidden_group_goes_and_the_others_keep_their_look() -> None:
    found = of(120, "a", "b")
    whole, part = drawn(found), drawn(found, "a")
    assert [line.stroke for line in curves(part)] == [curves(whole)[1].stroke]
    assert "A" not in said(part)
    assert any(text.startswith("Log-rank test: p") for text in said(whole))
    assert not any(text.startswith("Log-rank test: p") for text in said(part))
    assert "Every group is hidden." in said(drawn(found, "a", "b"))


def test_labels_meet_neither_each_other_nor_the_edges() -> None:
    for n, regimens in ((60, "ab"), (300, "abcdef"), (30, ["a long name of a regimen"] * 2)):
        drawing = drawn(of(n, *regimens))
        boxes = []
        for text in drawing.texts():
            wide = measure(text.text, text.size, text.strong)
            left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
            boxes.append((left, text.y - text.size * 0.7, left + wide, text.y))
            assert left >= -0.1, text
            assert left + wide <= WIDTH + 0.1, text
            assert text.y <= HEIGHT, text
        for at, (left, top, right, bottom) in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart = right <= other[0] or other[2] <= left or bottom <= other[1]
                assert apart or other[3] <= top, said(drawing)


def test_bands_are_left_out_where_they_would_hide_each_other() -> None:
    few, many = drawn(of(120, *"abc"[:MOST_BANDS])), drawn(of(120, *"abcd"))
    assert any(isinstance(each, Polygon) and each.fill for each in few.shapes)
    assert not any(isinstance(each, Polygon) and each.fill for each in many.shapes)


def test_of_very_many_patients_no_more_is_drawn_than_can_be_seen() -> None:
    drawing = drawn(of(5000, "a", "b"))
    assert len(drawing.shapes) < 1000
    assert len(drawing.areas) < 1000
    assert max(len(line.points) for line in curves(drawing)) < 4 * WIDTH
    told = [one for area in drawing.areas if "event" in area.words for one in area.who]
    had = sum(group.events for group in of(5000, "a", "b").groups)
    assert len(told) == len(set(told)) == had


def test_where_there_is_no_figure_the_sentence_stands() -> None:
    nothing = survival(by_line(), Question())
    assert said(drawn(nothing)) == [nothing.sentence]
    assert not drawn(nothing).areas


def test_one_patient_identical_times_and_day_0_can_be_drawn() -> None:
    for times in ([ended(0)], [ongoing(0)], [ongoing(500)], [ended(60)] * 5):
        found = survival(
            by_line(*(member(treated(overall_survival=each)) for each in times)), Question()
        )
        drawing = drawn(found)
        assert len(curves(drawing)) == 1
        for line in (each for each in drawing.shapes if isinstance(each, Line)):
            assert line.x1 >= 0


def test_the_axis_says_from_when_time_counts() -> None:
    line = treated(overall_survival=ended(400), duration_of_response=ended(200))
    lines, patients = by_line(member(line)), from_diagnosis(member(overall_survival=ended(4000)))
    assert survival(lines, Question()).axis == "Months since the start of the line"
    assert survival(lines, Question(Outcome.DOR)).axis == "Months since the first response"
    assert survival(patients, Question()).axis == "Years since the diagnosis"
    at_six = Question(landmark_days=landmark_days(6))
    assert survival(lines, at_six).axis == "Months since the landmark at month 6"


def test_long_names_are_cut() -> None:
    name = "mogamulizumab, bexarotene, interferon alfa and extracorporeal photopheresis"
    drawing = drawn(of(60, name, "b"))
    cut = next(text for text in said(drawing) if text.endswith("…"))
    assert cut.startswith("Mogamulizumab")


def test_the_number_of_those_at_risk_stands_below_its_month() -> None:
    women = [member(treated(overall_survival=ended(n)), sex=Sex.FEMALE) for n in (100, 700, 900)]
    drawing = drawn(survival(by_line(*women), Question()))
    x = {text.text: text.x for text in drawing.texts() if text.text in {"12", "24"}}
    below = {text.x: text.text for text in drawing.texts() if text.text in {"1", "2"}}
    assert (below[x["12"]], below[x["24"]]) == ("2", "1")


def test_where_curves_cross_each_place_on_a_line_belongs_to_its_own_group() -> None:
    """Also within the other curve's band, under its steps and where somebody was censored."""
    fallen = [treated(overall_survival=ended(100), drugs=("a",)) for _n in range(12)]
    kept = [treated(overall_survival=ongoing(3000), drugs=("a",)) for _n in range(8)]
    slow = [treated(overall_survival=ended(60 + 140 * n), drugs=("b",)) for n in range(16)]
    left = [treated(overall_survival=ongoing(90 + 170 * n), drugs=("b",)) for n in range(12)]
    found = survival(by_line(*map(member, [*fallen, *kept, *slow, *left])), BY_DRUG)
    drawing = drawn(found)
    lines = curves(drawing)
    for line, group in zip(lines, found.groups, strict=True):
        name = capitalised(group.name)
        (other,) = [each for each in lines if each is not line]
        first = next(at for at, each in enumerate(line.points[1:]) if each[1] > line.points[0][1])
        for one, two in pairwise(line.points[first:]):
            x, y = (one[0] + two[0]) / 2, (one[1] + two[1]) / 2
            if _from_line(x, y, other) > 1:
                assert told_at(drawing, x, y).startswith(f"{name}, "), (x, y)
    step = lines[0].points
    assert told_at(drawing, step[0][0] + 60, step[0][1] + 40) == ""


def told_at(drawing: Drawing, x: float, y: float) -> str:
    away = [(found, each.words) for each in drawing.areas if (found := each.away(x, y)) is not None]
    return min(away, key=lambda pair: pair[0])[1] if away else ""


def _from_line(x: float, y: float, line: Polygon) -> float:
    return min(
        max(min(a[0], b[0]) - x, x - max(a[0], b[0]), min(a[1], b[1]) - y, y - max(a[1], b[1]), 0)
        for a, b in pairwise(line.points)
    )
