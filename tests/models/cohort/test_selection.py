"""Who belongs, who is left out and why, and which lines of a patient count."""

import datetime as dt
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.biopsy import Conclusion
from models.cohort.member import Treated
from models.cohort.selection import select
from models.diagnosis import Disease
from models.patient import Sex
from models.population import Origin, Population, Which
from models.response import Response
from models.staging import STAGES
from models.therapies import Category
from models.values import Grade
from tests.models.cohort.members import (
    TODAY,
    by_line,
    event,
    from_diagnosis,
    member,
    response,
    treated,
)

LINES = (
    treated(number=1, drugs=("bexarotene",), stage="IB", start=dt.date(2020, 3, 1)),
    treated(number=2, stage="IVA1", age=67),
    treated(number=3, stage="", drugs=("mogamulizumab", "bexarotene"), given_here=False),
)


@pytest.mark.parametrize(
    ("criteria", "why"),
    [
        ({"diseases": (Disease.MYCOSIS_FUNGOIDES,)}, "Sézary syndrome"),
        ({"sexes": (Sex.FEMALE,)}, "male"),
        ({"stages": ("IB",)}, "stage IVA1"),
        ({"age_from": 70}, "younger than 70"),
        ({"age_to": 40}, "older than 40"),
        ({"since": dt.date(2021, 1, 1)}, "begun before 1 Jan 2021"),
        ({"until": dt.date(2019, 1, 1)}, "begun after 1 Jan 2019"),
        ({"treatments": ("bexarotene", "vorinostat")}, "no bexarotene or vorinostat"),
        ({"categories": (Category.RADIATION,)}, "no such category of treatment"),
        ({"responses": (Response.CR,)}, "another best response, or none on file"),
        ({"events": ("Rash",)}, "no such adverse event"),
        ({"events": ("Fatigue",), "grade_from": Grade.SEVERE}, "no such adverse event"),
        ({"conclusions": (Conclusion.BOTH,)}, "no such biopsy since then"),
    ],
)
def test_who_does_not_fit_is_told_why(criteria: dict[str, Any], why: str) -> None:
    one = member(
        treated(), events=(event(),), conclusions=((Conclusion.BOTH, dt.date(2019, 1, 1)),)
    )
    found = from_diagnosis(one, **criteria)
    assert (found.units, [(each.member, each.why) for each in found.left_out]) == ((), [(one, why)])
    assert from_diagnosis(one).patients == 1


@pytest.mark.parametrize(
    ("values", "criteria", "why"),
    [
        ({"diagnosed": None}, {}, "no diagnosis"),
        ({"disease": None}, {"diseases": (Disease.SEZARY_SYNDROME,)}, "no diagnosis"),
        ({"stage": ""}, {"stages": ("IB",)}, "stage not known"),
        ({"age": None}, {"age_from": 1}, "age not known"),
    ],
)
def test_what_is_not_known_fits_no_criterion(
    values: dict[str, Any], criteria: dict[str, Any], why: str
) -> None:
    found = from_diagnosis(member(**values), **criteria)
    assert [each.why for each in found.left_out] == [why]


def test_the_first_the_last_or_every_line_that_fits_counts() -> None:
    one = member(*LINES)
    asked: dict[str, Any] = {"treatments": ("Mogamulizumab",)}

    def lines(which: Which) -> tuple[list[Treated | None], int]:
        found = by_line(one, which=which, **asked)
        assert found.patients == 1
        return [unit.line for unit in found.units], found.further

    assert lines(Which.FIRST) == ([LINES[1]], 1)
    assert lines(Which.LAST) == ([LINES[2]], 1)
    assert lines(Which.EVERY) == ([LINES[1], LINES[2]], 0)


def test_stage_age_and_number_are_those_of_the_line_that_counts() -> None:
    one = member(*LINES, stage="IVB", age=90)
    (unit,) = by_line(one, stages=("IB",), age_to=70).units
    assert (unit.stage, unit.start, unit.age) == ("IB", LINES[0].start, LINES[0].age)
    (unit,) = by_line(member(treated(vague=True, seen_from=30))).units
    assert (unit.vague, unit.seen_from) == (True, 30)
    (unit,) = from_diagnosis(member(vague=True, seen_from=400)).units
    assert (unit.vague, unit.seen_from) == (True, 400)
    (unit,) = by_line(one, number_from=2).units
    assert unit.line is LINES[1]
    was = treated(disease=Disease.MYCOSIS_FUNGOIDES)
    (unit,) = by_line(member(was), diseases=(Disease.MYCOSIS_FUNGOIDES,)).units
    assert unit.disease is Disease.MYCOSIS_FUNGOIDES
    (out,) = by_line(member(was), diseases=(Disease.SEZARY_SYNDROME,)).left_out
    assert out.why == "mycosis fungoides"
    (out,) = by_line(one, number_from=4).left_out
    assert out.why == "line 1"
    (out,) = by_line(member(LINES[2]), given_here=True).left_out
    assert out.why == "given elsewhere"
    (out,) = by_line(member()).left_out
    assert out.why == "no treatment line"


def test_the_line_that_came_furthest_says_why_none_fits() -> None:
    (out,) = by_line(member(*LINES), treatments=("mogamulizumab",), stages=("IIB",)).left_out
    assert out.why == "stage IVA1"


def test_what_came_before_the_origin_is_no_event_of_it() -> None:
    early = member(events=(event(onset=-1),))
    assert from_diagnosis(early, events=("Fatigue",)).units == ()
    line = treated(events=(event(worst=Grade.SEVERE),), response=response(best=Response.CR))
    asked = {"grade_from": Grade.SEVERE, "responses": (Response.CR,)}
    assert by_line(member(line), **asked).patients == 1


MEMBERS = st.lists(
    st.builds(
        lambda lines, stage, age: member(*lines, stage=stage, age=age, id=uuid.uuid4()),
        st.lists(
            st.builds(treated, stage=st.sampled_from(STAGES), age=st.integers(20, 90)), max_size=3
        ),
        st.sampled_from(STAGES),
        st.integers(20, 90),
    ),
    max_size=8,
)


@given(MEMBERS, st.sampled_from(Origin), st.sampled_from(Which), st.integers(20, 90))
def test_everybody_is_in_or_left_out_with_a_reason(
    everybody: list[Any], origin: Origin, which: Which, age: int
) -> None:
    asked = Population(origin=origin, which=which, age_from=age)
    found = select(everybody, asked, TODAY)
    out = [each.member.id for each in found.left_out]
    inside = {unit.patient for unit in found.units}
    assert inside.isdisjoint(out)
    assert inside | {*out} == {each.id for each in everybody}
    assert found.patients + len(out) == len(everybody)
    assert all(each.why for each in found.left_out)
    assert all(unit.age is not None and unit.age >= age for unit in found.units)
    fewer = select(everybody, asked.model_copy(update={"stages": ("IB",)}), TODAY)
    assert {unit.patient for unit in fewer.units} <= inside


def test_terms_and_drugs_fit_however_they_were_typed() -> None:
    rash = event(term="Rash maculo-papular")
    (unit,) = by_line(member(treated(events=(rash,))), events=("RASH MACULO PAPULAR",)).units
    assert unit.events == (rash,)
    ecp = treated(drugs=("extracorporeal photopheresis",))
    assert by_line(member(ecp), treatments=("ecp",)).patients == 1


def test_one_line_must_meet_all_that_is_asked_of_a_treatment() -> None:
    """Mogamulizumab elsewhere and bexarotene here is not mogamulizumab given here."""
    elsewhere = treated(given_here=False)
    here = treated(number=2, drugs=("bexarotene",), start=dt.date(2022, 3, 1))
    asked: dict[str, Any] = {"treatments": ("mogamulizumab",), "given_here": True}
    found = from_diagnosis(member(elsewhere, here), **asked)
    assert [each.why for each in found.left_out] == ["given elsewhere"]
    assert len(from_diagnosis(member(elsewhere, here, treated()), **asked).units) == 1
