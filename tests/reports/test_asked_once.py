"""A report asks each question of the records once, however often its parts need the answer."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from models import chronicle, contradictions, course, endpoints, event_log, placement
from models import timeline as lanes
from models.history import History
from models.response import Assessment
from models.skin import SkinScore
from models.wording import worded
from reports import timeline_chart
from reports.asked import Asked, Printing
from reports.catalogue import REPORTS
from tests.calls import calls
from tests.reports.conftest import AS_OF

Question = Callable[..., object]

OF_A_HISTORY: list[Question] = [
    course.statuses,
    course.current_response,
    placement.Places.__init__,
    endpoints.endpoints,
    chronicle.chronicle,
    contradictions.contradictions,
    event_log.event_log,
    lanes.timeline,
    timeline_chart._draw_lanes,
]
OF_A_LINE: list[Question] = [course.first_dose, course.doses_given, course.next_line]


@pytest.fixture
def case(case: History) -> History:
    """Of which nothing has been asked yet."""
    return replace(case)


@pytest.mark.parametrize("kind", ["timeline", "summary", "patient", "adverse-events"])
def test_a_report_asks_each_question_once(kind: str, case: History, printing: Printing) -> None:
    questions = *OF_A_HISTORY, *OF_A_LINE, course.assess
    asked = calls(lambda: REPORTS[kind].build(Asked(case, AS_OF), printing), *questions)
    assert asked
    assert not {name: n for name, n in asked.items() if n > most(name, case)}


def most(name: str, history: History) -> int:
    if name == course.assess.__name__:
        return len(history.of(Assessment))
    return len(history.lines) if name in {each.__name__ for each in OF_A_LINE} else 1


def test_each_record_is_put_into_words_once(case: History, printing: Printing) -> None:
    """Its mark and its line in the list say the same."""
    made = partial(REPORTS["timeline"].build, Asked(case, AS_OF), printing)
    asked = calls(made, worded.dispatch(SkinScore))
    assert [*asked.values()] == [len(case.of(SkinScore))]
