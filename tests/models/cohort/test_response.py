"""Rates of response, their intervals and their patients, worked by hand."""

import datetime as dt
from typing import Any

import pytest

from models.cohort.compartment_facts import CompartmentFacts
from models.cohort.factors import Factor
from models.cohort.figure_table import Figure, FigureTable
from models.cohort.member import Member
from models.cohort.rates import rate
from models.cohort.response import ResponseFigures, response
from models.cohort.response_facts import SkinChange, State
from models.diagnosis import Disease
from models.population import Population, Which
from models.response import Response
from tests.models.cohort.members import (
    TODAY,
    by_line,
    ended,
    event,
    from_diagnosis,
    member,
    ongoing,
    treated,
)
from tests.models.cohort.members import response as facts

CR, PR, SD, PD = Response.CR, Response.PR, Response.SD, Response.PD


def table(found: ResponseFigures, key: str) -> FigureTable:
    return next(each for each in found.tables if each.key == key)


def cells(found: ResponseFigures, key: str, title: str) -> list[str]:
    return [each.words for each in row(found, key, title)[1:]]


def row(found: ResponseFigures, key: str, title: str) -> tuple[Figure, ...]:
    return next(row for row in table(found, key).rows if row[0].words == title)


def with_line(best: Any = None, confirmed: Any = None, **more: Any) -> Member:
    about = {name: more.pop(name) for name in ("mrn",) if name in more}
    of_line = {name: more.pop(name) for name in ("disease",) if name in more}
    days = more.pop("time_to_response", None)
    line = treated(
        **of_line,
        response=facts(best, confirmed, **more),
        time_to_response=ended(days) if days is not None else None,
        overall_survival=ongoing(700),
    )
    return member(line, **about)


def mavoric() -> list[Member]:
    """In the proportions of the trial's arm: of 81 with SS 30 respond, of 105 with MF 22."""
    ss, mf = Disease.SEZARY_SYNDROME, Disease.MYCOSIS_FUNGOIDES
    return [
        *(with_line(PR, PR, disease=ss) for _n in range(30)),
        *(with_line(SD, disease=ss) for _n in range(51)),
        *(with_line(PR, PR, disease=mf) for _n in range(22)),
        *(with_line(PD, disease=mf) for _n in range(50)),
        *(with_line(disease=mf) for _n in range(33)),
    ]


@pytest.mark.parametrize(
    ("k", "n", "expected"),
    [
        (17, 46, "17 of 46 (37 %, 95 % CI 23 to 52)"),
        (0, 10, "0 of 10 (0 %, 95 % CI 0 to 31)"),
        (10, 10, "10 of 10 (100 %, 95 % CI 69 to 100)"),
        (0, 0, "0 of 0"),
    ],
)
def test_a_rate_has_its_exact_interval(k: int, n: int, expected: str) -> None:
    """Tables of Clopper and Pearson: of 10 without an event the upper limit is 30.85 %."""
    units = by_line(*(with_line(PR) for _n in range(n))).units
    assert rate(units[:k], units).words == expected


def test_all_lines_are_the_denominator_in_each_disease() -> None:
    found = response(by_line(*mavoric()), Factor.DISEASE)

    assert table(found, "response-rates").columns == (
        "",
        "All",
        "Mycosis fungoides",
        "Sézary syndrome",
    )
    assert cells(found, "response-rates", "Overall response") == [
        "52 of 186 (28 %, 95 % CI 22 to 35)",
        "22 of 105 (21 %, 95 % CI 14 to 30)",
        "30 of 81 (37 %, 95 % CI 27 to 48)",
    ]
    assert cells(found, "response-rates", "Not assessed")[1].startswith("33 of 105 (31 %")
    assert cells(found, "response-rates", "Disease control")[2].startswith("81 of 81 (100 %")
    assert cells(found, "response-confirmed", "Overall response")[0].startswith("52 of 186")


def test_behind_every_rate_stand_its_patients() -> None:
    complete, partial = with_line(CR, PR), with_line(PR)
    found = response(by_line(complete, partial, with_line(Response.RELAPSE)))

    overall = row(found, "response-rates", "Overall response")[1]
    assert overall.who == (complete.id, partial.id)
    assert row(found, "response-confirmed", "Partial response")[1].who == (complete.id,)
    assert row(found, "response-confirmed", "Complete response")[1].who == ()
    assert cells(found, "response-rates", "Progressive disease")[0].startswith("1 of 3")


def test_vgpr_has_a_row_only_where_it_was_used() -> None:
    without = response(by_line(with_line(PR)))
    found = response(by_line(with_line(Response.VGPR), with_line(PR)))

    titles = [each[0].words for each in table(without, "response-rates").rows]
    assert "Very good partial response" not in titles
    assert cells(found, "response-rates", "Very good partial response")[0].startswith("1 of 2")
    assert cells(found, "response-rates", "Overall response")[0].startswith("2 of 2")


def test_a_compartment_counts_of_those_in_whom_it_was_involved() -> None:
    def blood(involved: bool | None, best: Response | None = None) -> Member:
        return with_line(compartments=(CompartmentFacts("blood", involved, best, best),))

    responder = blood(True, CR)
    found = response(by_line(responder, blood(True), blood(True, SD), blood(False), blood(None)))

    rates = row(found, "response-by-compartment", "Blood")
    assert rates[1].words.startswith("1 of 3 (33 %")
    assert rates[1].who == (responder.id,)
    named = dict(
        zip(
            table(found, "compartments").columns[1:],
            cells(found, "compartments", "Blood"),
            strict=True,
        )
    )
    assert named == {
        "Involved": "3",
        "Not involved": "1",
        "Not known": "1",
        "CR": "1",
        "PR": "0",
        "SD": "1",
        "PD": "0",
        "Not assessed": "1",
    }
    assert cells(found, "response-by-compartment", "Viscera") == ["0 of 0"]


def test_times_are_those_of_responders_in_months() -> None:
    days = (61, 91, 122, 183)
    members = [
        with_line(CR, states=(State(day, PR), State(day + 61, CR)), time_to_response=day)
        for day in days
    ]
    found = response(by_line(*members, with_line(SD), with_line(PR, stated=True)))

    assert cells(found, "time-to-response", "To the first response") == [
        "4",
        "3.5",
        "2.7 to 4.5",
        "2.0 to 6.0",
    ]
    assert cells(found, "time-to-response", "To the best response")[1] == "5.5"
    assert "1 responder without a day" in table(found, "time-to-response").note
    assert "Of 1 line the best response is what a letter stated" in (
        table(found, "response-rates").note
    )


def test_of_one_responder_there_are_no_quartiles_and_of_none_no_times() -> None:
    one = response(by_line(with_line(PR, states=(State(61, PR),), time_to_response=61)))
    none = response(by_line(with_line(SD)))

    assert cells(one, "time-to-response", "To the first response") == [
        "1",
        "2.0",
        "–",
        "2.0 to 2.0",
    ]
    assert cells(none, "time-to-response", "To the first response") == ["0", "–", "–", "–"]


def test_from_the_diagnosis_a_sentence_stands_instead() -> None:
    found = response(from_diagnosis(with_line(PR)))

    assert (found.tables, found.by_line) == ((), False)
    assert "belongs to a treatment line" in found.warnings[0]


def test_nobody_has_no_figures() -> None:
    assert response(by_line()).tables == ()


def test_what_would_mislead_is_said() -> None:
    chosen = response(by_line(with_line(PR), responses=(PR,)))
    alive = response(by_line(with_line(PR), conclusions=(), events=(), grade_from=None))
    early = with_line(PR, time_to_response=690)
    twice = member(treated(response=facts(PR, PR)), treated(number=2, response=facts(SD)))

    assert "chosen by their best response" in chosen.warnings[0]
    assert not any("chosen" in each for each in alive.warnings)
    assert "1 responder has too short a follow-up" in response(by_line(early)).warnings[0]
    rash = treated(events=(event(is_rash=True),), response=facts(PR, PR))
    assert "what came after" in response(by_line(member(rash)), Factor.RASH).warnings[0]
    several = response(by_line(twice, which=Which.EVERY)).warnings
    assert "Several lines of one patient" in several[0]


def test_many_groups_are_the_largest_the_others_and_those_not_known() -> None:
    stages = ["IA", "IB", "IIA", "IIB", "IIIA", "IIIB", "IVA1", "IVA1", ""]
    members = [member(treated(stage=each, response=facts(PR))) for each in stages]
    columns = table(response(by_line(*members), Factor.STAGE), "response-rates").columns

    assert columns == ("", "All", "IA", "IB", "IIA", "IIB", "IVA1", "Other groups", "Not known")


def test_the_waterfall_falls_and_counts_those_without_a_bar() -> None:
    def skin(change: float) -> SkinChange:
        return SkinChange(40, 40 + 0.4 * change, change, 56, None)

    risen = with_line(PD, skin=skin(30), skin_baseline=40, mrn="7")
    cleared = with_line(CR, skin=skin(-100), skin_baseline=40)
    members = [cleared, risen, with_line(), with_line(skin_baseline=0), with_line(skin_baseline=9)]
    falls = response(by_line(*members)).waterfall

    assert falls is not None
    assert [each.change for each in falls.falls] == [30, -100]
    assert falls.falls[0].who == (risen.id,)
    assert falls.falls[0].words == (
        "mSWAT 40 to 52 on day 56: +30 %; best response progressive disease"
    )
    assert [each.label for each in falls.numbered().falls] == ["1", "2"]
    assert falls.without == (
        "no skin score before the start: 1; skin clear before the start: 1; "
        "no skin score under the line: 1"
    )


def test_those_chosen_by_something_later_are_said_to_be() -> None:
    found = response(
        by_line(member(treated(response=facts(PR)), conclusions=_biopsied()), conclusions=_what())
    )

    assert "by what came after their start" in found.warnings[0]


def _biopsied() -> tuple[tuple[Any, dt.date], ...]:
    return ((_what()[0], TODAY),)


def _what() -> tuple[Any, ...]:
    return Population(conclusions=["drug-related"]).conclusions  # type: ignore[arg-type]
