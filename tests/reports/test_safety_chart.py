"""The chart of adverse events: bars as long as their counts, told without colour, traceable."""

from collections.abc import Callable

import pytest

from models.cohort.incidence import Incidence
from models.cohort.member import Member
from models.cohort.safety import safety
from models.ctcae import NAMES
from models.values import Grade
from reports.drawing import Drawing, Rect
from reports.fonts import measure
from reports.palette import DARK
from reports.safety_chart import MOST, draw_safety
from reports.style import ON_PAPER, Style, on_screen
from tests.models.cohort import members as made

FATIGUE = [Grade.MILD] * 6 + [Grade.SEVERE] * 3 + [Grade.DEATH]


def found(members: list[Member]) -> Incidence:
    incidence = safety(made.by_line(*members)).incidence
    assert incidence is not None
    return incidence


def with_event(term: str = "Fatigue", worst: Grade = Grade.MILD) -> Member:
    return made.member(made.treated(events=(made.event(term=term, worst=worst),)))


def without() -> Member:
    return made.member(made.treated())


@pytest.fixture
def fatigue() -> list[Member]:
    """20 patients of whom 10 had fatigue."""
    return [*(with_event(worst=grade) for grade in FATIGUE), *(without() for _n in range(10))]


@pytest.fixture(params=[ON_PAPER, on_screen(DARK)], ids=["paper", "screen"])
def draw(request: pytest.FixtureRequest) -> Callable[[Incidence], Drawing]:
    style: Style = request.param
    return lambda incidence: draw_safety(incidence, style, 520, 400, measure)


def test_segments_are_as_long_as_their_counts_and_carry_their_grade(
    draw: Callable[[Incidence], Drawing], fatigue: list[Member]
) -> None:
    drawing = draw(found(fatigue))
    name, *segments = drawing.areas
    one, three, five = segments
    assert one.width == pytest.approx(2 * three.width) == pytest.approx(6 * five.width)
    assert one.x + one.width == pytest.approx(three.x)
    written = [text.text for text in drawing.texts()]
    assert {"1", "3", "10 (50 %), 4 of grade ≥ 3", "Per cent of 20 lines exposed"} <= {*written}
    assert [area.words for area in (name, three)] == [
        "Fatigue: 10 of 20 (50 %)",
        "Fatigue, worst grade 3: 3 of 20 (15 %)",
    ]
    assert three.who == tuple(member.id for member in fatigue[6:9])


def test_nothing_is_drawn_beyond_the_edges(
    draw: Callable[[Incidence], Drawing], fatigue: list[Member]
) -> None:
    terms = [with_event(term, grade) for term, grade in zip(NAMES, [*Grade] * 9, strict=False)]
    drawing = draw(found([*fatigue, *terms]))
    boxes = [shape for shape in drawing.shapes if isinstance(shape, Rect)]
    assert all(box.x >= 0 and box.x + box.width <= 520.01 for box in boxes)
    assert max(text.y for text in drawing.texts()) <= drawing.height <= 400
    assert any("further terms stand in the table" in text.text for text in drawing.texts())


def test_however_many_patients_there_are_the_shapes_stay_few(
    draw: Callable[[Incidence], Drawing],
) -> None:
    grades = [*Grade]
    many = [with_event(NAMES[n % 40], grades[n % 5]) for n in range(2000)]
    drawing = draw(found(many))
    assert len(drawing.shapes) < 400
    assert len({area.words.split(":")[0].split(",")[0] for area in drawing.areas}) <= MOST


def test_every_grade_stands_in_the_legend_that_is_in_the_bars(
    draw: Callable[[Incidence], Drawing], fatigue: list[Member]
) -> None:
    written = [text.text for text in draw(found(fatigue)).texts()]
    legend = [words for words in written if words.startswith("worst grade")]
    assert legend == ["worst grade 1", "worst grade 3", "worst grade 5"]
