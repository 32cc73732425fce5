"""Treatment lines as a table tells them."""

import datetime as dt
from typing import Any

import pytest

from models.line_table import LineRow, line_table
from models.summary import as_of
from tests.models import builders as a

TODAY = dt.date(2020, 12, 31)


def rows(*records: Any, **about_the_patient: Any) -> list[LineRow]:
    return line_table(as_of(a.history(*records, **about_the_patient), TODAY))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stop_reason": "toxicity"}, "toxicity"),
        ({"stop_reason": "toxicity", "stop_detail": "fever"}, "toxicity: fever"),
        ({"stop_reason": "toxicity", "stop_detail": "Skin toxicity"}, "Skin toxicity"),
        ({"stop_detail": "moved away"}, "moved away"),
        ({}, ""),
    ],
)
def test_why_it_ended_is_said_once(changes: dict[str, Any], words: str) -> None:
    (row,) = rows(a.line(end="2020-06", **changes))
    assert (row.ended, row.over) == (words, True)


def test_a_line_that_goes_on_ends_with_death() -> None:
    (row,) = rows(a.line())
    assert (row.when, row.over) == ("6 Jan 2020 – ongoing", False)
    (row,) = rows(a.line(), death_date="2020-08-01")
    assert (row.when, row.ended, row.over) == ("6 Jan 2020 – death", "death", True)
    (row,) = rows(a.line(), lost_to_follow_up=True)
    assert (row.when, row.ended) == ("6 Jan 2020 – ongoing when last seen", "lost to follow-up")


def test_what_a_letter_says_is_told_as_such() -> None:
    stated = {"cycles_stated": 1, "best_response_stated": "PR", "given_here": False}
    (row,) = rows(a.line("2019", "2019", dose_text="300 mg/m²", **stated))
    assert (row.when, row.given, row.best) == (
        "2019",
        "1 cycle as stated",
        "partial response, as stated",
    )
    assert row.elsewhere
    assert row.remarks == ("300 mg/m²",)


@pytest.mark.parametrize(
    ("responses", "words"),
    [
        (["SD"], "stable disease"),
        (["CR"], "complete response, not confirmed"),
        (["CR", "CR"], "complete response, confirmed"),
        (["CR", "PR"], "complete response, confirmed as partial response"),
    ],
)
def test_whether_the_best_response_was_confirmed(responses: list[str], words: str) -> None:
    months = zip(("2020-03-02", "2020-05-04"), responses, strict=False)
    (row,) = rows(a.line(), *(a.assessment(day, response) for day, response in months))
    assert row.best == words


def test_how_long_it_held() -> None:
    told = (a.assessment("2020-03-02", "PR"), a.assessment("2020-06-01", "PD"))
    (row,) = rows(a.line(), *told)
    assert row.held == ("response after 56 days", "lasting 3 months", "progression-free 4.8 months")
    (row,) = rows(a.line("2019", "2019", stop_reason="progression"))
    assert row.held == ("progression-free up to 12 months",)


def test_a_progression_known_by_its_year_lies_before_the_next_line() -> None:
    first = a.line("2019", "2019", stop_reason="progression")
    assert rows(first, a.moga("2019-07-20"))[0].held == ("progression-free up to 6.6 months",)
    assert rows(first, a.moga("2020-02-01"))[0].held == ("progression-free up to 12 months",)


def test_what_was_still_going_on_is_told_until_the_last_contact() -> None:
    seen = (a.assessment("2020-03-02", "PR"), a.assessment("2020-07-29", "PR"))
    (row,) = rows(a.line(), *seen)
    assert row.held[1] == "lasting 4.9 months until last seen"
    (row,) = rows(a.line(), *seen[:1], a.assessment("2020-07-29", "PD"))
    assert row.held[1] == "lasting 4.9 months"


def test_a_supportive_line_says_so_and_has_no_endpoints() -> None:
    (row,) = rows(a.line(category="supportive"), a.assessment("2020-03-02", "PR"))
    assert row.remarks == ("supportive",)
    assert row.held == ()
