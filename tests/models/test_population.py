"""Criteria: in words, refused where they contradict themselves, and what they look ahead to."""

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from models.biopsy import Conclusion
from models.diagnosis import Disease
from models.patient import Sex
from models.population import Origin, Population, Which
from models.response import Response
from models.therapies import Category
from models.values import Grade

DAY = dt.date(2020, 1, 1)


def test_criteria_are_told_in_the_order_in_which_they_are_asked() -> None:
    asked = Population(
        origin=Origin.LINE,
        which=Which.EVERY,
        diseases=(Disease.SEZARY_SYNDROME, Disease.MYCOSIS_FUNGOIDES),
        stages=("IB", "IIA"),
        sexes=(Sex.FEMALE,),
        age_from=60,
        since=DAY,
        until=dt.date(2021, 12, 31),
        treatments=("mogamulizumab",),
        categories=(Category.SYSTEMIC,),
        number_to=2,
        given_here=True,
        responses=(Response.CR,),
        events=("Fatigue",),
        grade_from=Grade.SEVERE,
        conclusions=(Conclusion.DRUG_RELATED,),
    )
    assert str(asked) == (
        "from the start of a treatment line, every one that fits; Sézary syndrome or mycosis"
        " fungoides; stage IB or IIA; female; age from 60; begun 1 Jan 2020 to 31 Dec 2021;"
        " mogamulizumab; systemic; line up to 2; given in our clinic; best response complete"
        " response; Fatigue of grade 3 or more; biopsy: drug-related"
    )
    assert Population().words == "from the diagnosis"
    assert Population(grade_from=Grade.SEVERE).words.endswith(
        "any adverse event of grade 3 or more"
    )


@pytest.mark.parametrize(
    ("criteria", "words"),
    [
        ({"age_to": 0}, "from the diagnosis; age up to 0"),
        ({"age_from": 70, "age_to": 70}, "from the diagnosis; age 70"),
        ({"since": DAY, "until": DAY}, "from the diagnosis; begun 1 Jan 2020"),
        ({"number_from": 2, "number_to": 2}, "from the diagnosis"),
        (
            {"number_from": 2, "number_to": 2, "origin": Origin.LINE},
            "from the start of a treatment line, the first that fits; line 2",
        ),
    ],
)
def test_of_a_range_what_counts_is_told(criteria: dict[str, Any], words: str) -> None:
    assert Population(**criteria).words == words


@pytest.mark.parametrize(
    ("criteria", "sentence"),
    [
        ({"age_from": 70, "age_to": 60}, "The lowest age is above the highest."),
        ({"since": DAY, "until": dt.date(2019, 1, 1)}, "The first day lies after the last."),
        ({"number_from": 3, "number_to": 2}, "The first line lies after the last."),
        ({"stages": ("IB", "VII")}, "VII is no stage."),
        ({"mood": "good"}, "Extra inputs are not permitted"),
    ],
)
def test_what_contradicts_itself_or_is_unknown_is_refused(
    criteria: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        Population.model_validate(criteria)


@pytest.mark.parametrize(
    ("criteria", "ahead"),
    [
        ({"treatments": ("bexarotene",)}, True),
        ({"treatments": ("bexarotene",), "origin": Origin.LINE}, False),
        ({"categories": (Category.RADIATION,)}, True),
        ({"given_here": True}, True),
        ({"given_here": True, "origin": Origin.LINE}, False),
        ({"responses": (Response.CR,), "origin": Origin.LINE}, True),
        ({"grade_from": Grade.SEVERE}, True),
        ({"stages": ("IB",), "age_from": 60, "since": DAY}, False),
    ],
)
def test_who_is_chosen_by_what_comes_later_has_lived_to_see_it(
    criteria: dict[str, Any], ahead: bool
) -> None:
    assert Population(**criteria).looks_ahead is ahead
