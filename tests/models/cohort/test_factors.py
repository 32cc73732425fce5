"""What divides a population, and from which day on a patient's group is known."""

import datetime as dt
from typing import Any

import pytest

from models.cohort.factors import Factor, Placed, group_names, place, why_not_by
from models.cohort.member import Treated
from models.cohort.selection import Unit
from models.diagnosis import Disease
from models.patient import Sex
from models.population import Origin, Population
from models.prognosis import Risk
from models.response import Response
from models.therapies import Category
from tests.models.cohort.members import (
    by_line,
    ended,
    event,
    from_diagnosis,
    member,
    response,
    treated,
)

LINES = Population(origin=Origin.LINE)


def of_line(factor: Factor, by: int | None = None, **changes: Any) -> Placed:
    return place(factor, by_line(member(treated(**changes), sex=Sex.FEMALE)).units[0], by)


def of_patient(factor: Factor, *lines: Treated, by: int | None = None, **changes: Any) -> Placed:
    return place(factor, from_diagnosis(member(*lines, **changes)).units[0], by)


@pytest.mark.parametrize(
    ("factor", "changes", "group"),
    [
        (Factor.NONE, {}, "all"),
        (Factor.DISEASE, {}, "Sézary syndrome"),
        (Factor.STAGE, {"stage": "IB"}, "IB"),
        (Factor.STAGE, {"stage": ""}, ""),
        (Factor.EXTENT, {"stage": "IIA"}, "early stage"),
        (Factor.EXTENT, {"stage": "IIB"}, "advanced stage"),
        (Factor.EXTENT, {"stage": ""}, ""),
        (Factor.TREATMENT, {"drugs": ("bexarotene", "CHOP")}, "bexarotene + CHOP"),
        (Factor.CATEGORY, {"category": Category.RADIATION}, "radiation"),
        (Factor.NUMBER, {"number": 3}, "third line"),
        (Factor.NUMBER, {"number": 9}, "fourth or later line"),
        (Factor.SEX, {}, "female"),
        (Factor.AGE, {"age": 60}, "60 or younger"),
        (Factor.AGE, {"age": 61}, "over 60"),
    ],
)
def test_groups_that_are_known_at_the_start(
    factor: Factor, changes: dict[str, Any], group: str
) -> None:
    assert of_line(factor, **changes) == Placed(group, 0)


def test_what_is_not_on_file_of_a_patient_is_not_known() -> None:
    assert of_patient(Factor.AGE, age=None).group == ""
    assert of_patient(Factor.DISEASE, disease=None).group == ""
    assert of_patient(Factor.RISK).group == ""
    assert of_patient(Factor.RISK, risk=Risk.HIGH.value).group == "high risk"
    line_less = [Factor.TREATMENT, Factor.CATEGORY, Factor.NUMBER, Factor.RESPONSE, Factor.RASH]
    assert {of_patient(factor).group for factor in line_less} == {""}
    assert place(Factor.MOGAMULIZUMAB, Unit(member(diagnosed=None))).group == ""


def test_responders_are_known_from_their_response_on() -> None:
    told: dict[str, Any] = {"response": response(Response.PR), "time_to_response": ended(90)}
    assert of_line(Factor.RESPONSE, **told) == Placed("responders", 90)
    assert of_line(Factor.RESPONSE, by=89, **told) == Placed("no response", 0)
    assert of_line(Factor.RESPONSE, by=90, **told) == Placed("responders", 0)
    assert of_line(Factor.RESPONSE, response=response(Response.SD)) == Placed("no response", 0)
    assert of_line(Factor.RESPONSE) == Placed("", 0)


def test_a_response_without_a_day_is_of_no_group_at_a_landmark() -> None:
    stated: dict[str, Any] = {"response": response(Response.CR)}
    assert of_line(Factor.RESPONSE, **stated) == Placed("responders", None)
    assert of_line(Factor.RESPONSE, by=180, **stated).group == ""


def test_a_rash_counts_under_mogamulizumab_alone_and_from_its_onset_on() -> None:
    rash = event(term="Rash maculo-papular", onset=40, is_rash=True)
    assert of_line(Factor.RASH, events=(event(), rash)) == Placed("with rash", 40)
    assert of_line(Factor.RASH, events=(event(),)) == Placed("without rash", 0)
    assert of_line(Factor.RASH, drugs=("bexarotene",), events=(rash,)).group == ""


def test_mogamulizumab_at_any_time_is_known_from_the_start_of_its_line_on() -> None:
    given = treated(start=dt.date(2021, 12, 1))
    other = treated(drugs=("bexarotene",), start=dt.date(2021, 1, 1))
    assert of_patient(Factor.MOGAMULIZUMAB, other, given) == Placed("mogamulizumab", 365)
    assert of_patient(Factor.MOGAMULIZUMAB, given, by=364).group == "no mogamulizumab"
    assert of_patient(Factor.MOGAMULIZUMAB, other) == Placed("no mogamulizumab", 0)


def test_factors_of_a_line_ask_for_the_line_as_the_origin() -> None:
    for factor in Factor:
        assert not (why_not_by(factor, Population()) and why_not_by(factor, LINES))
    assert "start of a treatment line" in why_not_by(Factor.RESPONSE, Population())
    assert "diagnosis" in why_not_by(Factor.MOGAMULIZUMAB, LINES)
    assert not why_not_by(Factor.STAGE, LINES)


def test_groups_stand_in_the_fields_own_order() -> None:
    assert group_names(Factor.STAGE, ["IVB", "IA", "IIB"]) == ["IA", "IIB", "IVB"]
    assert group_names(Factor.TREATMENT, ["vorinostat", "bexarotene"])[0] == "bexarotene"
    assert group_names(Factor.RESPONSE, ["responders", "no response"])[0] == "no response"
    assert group_names(Factor.DISEASE, [each.value for each in Disease])[0] == "mycosis fungoides"
    for factor in Factor:
        assert group_names(factor, ["something else"]) == ["something else"]
