"""The lanes of the swimmer plot: how long, in which state, with which marks, in which order."""

import datetime as dt
from typing import Any

from models.biopsy import Conclusion
from models.cohort.response_facts import State
from models.cohort.swimmer import MOST, Held, Order, Swim, swimmer
from models.lanes import Mark
from models.population import Which
from models.response import Response
from models.treatment import StopReason
from models.values import Grade
from tests.models.cohort.members import (
    by_line,
    ended,
    event,
    from_diagnosis,
    member,
    ongoing,
    response,
    treated,
)

CR, PR, PD = Response.CR, Response.PR, Response.PD
STATES = (State(61, PR), State(122, PR), State(183, CR), State(400, PD), State(500, PD))


def test_a_lane_holds_the_states_as_far_as_they_were_seen() -> None:
    line = treated(
        on_treatment=ended(210),
        stop_reason=StopReason.TOXICITY,
        time_to_response=ended(61),
        overall_survival=ended(900),
        response=response(CR, CR, states=STATES, following=450),
        events=(
            event(term="Rash maculo-papular", onset=40, is_rash=True, worst=Grade.MODERATE),
            event(onset=50, worst=Grade.MODERATE),
            event(onset=60, worst=Grade.SEVERE),
        ),
    )
    one = member(
        line,
        conclusions=(
            (Conclusion.DRUG_RELATED, line.start + dt.timedelta(days=45)),
            (Conclusion.BOTH, line.start + dt.timedelta(days=47)),
            (Conclusion.ACTIVE_DISEASE, line.start - dt.timedelta(days=9)),
            (Conclusion.ACTIVE_DISEASE, line.start + dt.timedelta(days=600)),
        ),
    )
    lane = swimmer(by_line(one)).lanes[0]

    assert lane.held == (Held(61, 183, PR), Held(183, 400, CR), Held(400, 400, PD))
    assert (lane.treated, lane.ongoing, lane.last, lane.died) == (210, False, 900, True)
    assert (lane.responded, lane.complete, lane.progressed) == (61, 183, 400)
    assert [(each.day, each.mark, each.letters) for each in lane.noted] == [
        (40, Mark.GRADE, "2"),
        (45, Mark.DRUG_RELATED, ""),
        (47, Mark.OTHER_RESULT, ""),
        (60, Mark.OTHER_GRADE, "3"),
    ]
    assert "6.9 months on treatment, stopped: toxicity" in lane.words
    assert "CR after 6.0 months" in lane.words
    assert lane.words.endswith("died after 29.6 months")
    assert lane.who == (one.id,)


def test_a_response_is_held_until_something_ends_it() -> None:
    def lane(*states: State, **changes: Any) -> Swim:
        facts = response(PR, PR, states=states, following=changes.pop("following", None))
        lived = changes.pop("lived", ongoing(400))
        line = treated(on_treatment=ended(50), overall_survival=lived, response=facts)
        return swimmer(by_line(member(line))).lanes[0]

    held = lane(State(61, PR), State(183, CR))
    assert held.holds is CR
    assert held.words.endswith("still in CR at last contact after 13.1 months, assessed after 6.0")
    assert lane(State(61, PR), lived=ended(400)).holds is None
    assert lane(State(61, PR), following=90).holds is None
    assert lane(State(61, Response.SD)).holds is None
    later = lane(State(61, PD), State(183, CR))
    assert (later.holds, later.complete) == (None, None), "it got better under something else"


def test_lanes_are_sorted_as_asked_and_those_without_time_are_counted() -> None:
    long = treated(on_treatment=ended(50), overall_survival=ongoing(800), response=response(PD))
    short = treated(
        on_treatment=ongoing(90),
        overall_survival=ongoing(90),
        response=response(CR),
        start=dt.date(2020, 2, 3),
    )
    members = [member(long, mrn="L"), member(short, mrn="S"), member(treated())]
    selection = by_line(*members)

    def order(by: Order) -> list[str]:
        return [lane.label for lane in swimmer(selection, by).lanes]

    assert order(Order.FOLLOW_UP) == ["L", "S"]
    assert order(Order.ON_TREATMENT) == order(Order.RESPONSE) == order(Order.START) == ["S", "L"]
    found = swimmer(selection)
    assert found.note == "Not shown, as nothing is known after the start: 1."
    assert found.last == 800
    assert [lane.label for lane in found.numbered().part(1, 5).lanes] == ["2"]
    assert found.part(1, 5).last == 800
    assert "3.0 months on treatment, ongoing" in found.lanes[1].words


def test_a_line_of_which_only_the_survival_is_known_has_a_lane() -> None:
    lane = swimmer(by_line(member(treated(overall_survival=ongoing(100))))).lanes[0]

    assert (lane.treated, lane.ongoing, lane.last) == (0, False, 100)
    assert "time on treatment not known" in lane.words


def test_of_very_many_lines_the_first_are_shown_and_all_are_counted() -> None:
    members = [member(treated(overall_survival=ongoing(n))) for n in range(MOST + 5)]
    found = swimmer(by_line(*members))

    assert (len(found.lanes), found.every, found.last) == (MOST, MOST + 5, MOST + 4)
    assert found.lanes[-1].last == 5
    assert found.note == "Of 1005 lines the first 1000 in this order are shown."


def test_of_several_lines_of_one_patient_each_is_named() -> None:
    lines = (treated(overall_survival=ongoing(200)), treated(number=2, overall_survival=ongoing(9)))
    found = swimmer(by_line(member(*lines, mrn="7"), which=Which.EVERY))

    assert [lane.label for lane in found.lanes] == ["7 · line 1", "7 · line 2"]


def test_from_the_diagnosis_a_sentence_stands_instead() -> None:
    found = swimmer(from_diagnosis(member(treated())))

    assert (found.lanes, found.by_line) == ((), False)
    assert found.warnings
