"""Value types: partial dates, dates as people type them, lengths of time, ages, choices."""

import datetime as dt
import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.staging import M
from models.values import (
    Choice,
    Days,
    PartialDate,
    age_on,
    duration_words,
    read_date,
    unambiguous,
)
from tests.models.builders import any_day, partial_dates

TODAY = dt.date(2020, 4, 30)


@st.composite
def days_within(draw: st.DrawFn, date: PartialDate) -> dt.date:
    return draw(st.dates(date.first, date.last))


@given(partial_dates())
def test_a_partial_date_is_read_back_as_written(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date
    assert PartialDate.parse(f" {date.iso} ") == date


@given(partial_dates())
def test_a_partial_date_in_words_is_read_back(date: PartialDate) -> None:
    assert read_date(date.words, TODAY) == date
    assert read_date(date.iso, TODAY) == date


@given(partial_dates(), partial_dates(), partial_dates())
def test_partial_dates_have_one_order_by_their_first_day(
    one: PartialDate, two: PartialDate, three: PartialDate
) -> None:
    assert (one < two) + (one == two) + (one > two) == 1
    if one.first != two.first:
        assert (one < two) == (one.first < two.first)
    for a, b, c in itertools.permutations((one, two, three)):
        assert not (a < b < c) or a < c


def test_of_two_dates_with_one_first_day_the_more_exact_comes_first() -> None:
    written = ["2011", "2011-01", "2011-01-01", "2010-12-31"]
    in_order = sorted(PartialDate.parse(text) for text in written)
    assert [date.iso for date in in_order] == ["2010-12-31", "2011-01-01", "2011-01", "2011"]


def test_a_partial_date_compares_with_nothing_else() -> None:
    with pytest.raises(TypeError):
        PartialDate(2011) < dt.date(2011, 1, 1)  # noqa: B015


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2011", "2011-01-01", "2011-12-31", "2011"),
        ("2012-02", "2012-02-01", "2012-02-29", "Feb 2012"),
        ("2015-07-20", "2015-07-20", "2015-07-20", "20 Jul 2015"),
    ],
)
def test_a_partial_date_has_a_first_and_a_last_day(
    text: str, first: str, last: str, words: str
) -> None:
    date = PartialDate.parse(text)
    assert (date.first.isoformat(), date.last.isoformat(), date.words) == (first, last, words)
    assert date.exact is (first == last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "11", "2011-1", "2011-13", "2015-00", "2015-07-00", "2015-02-30", "1879", "2201"),
        *("2015-07-20T00", "July 2015", "2015/07", "20150720", "2015-07-20-01"),
    ],
)
def test_what_is_no_partial_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|year"):
        PartialDate.parse(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="A day needs its month"):
        PartialDate(2015, None, 20)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", "2020-04-30"),
        (" T ", "2020-04-30"),
        ("-3", "2020-04-27"),
        ("+14", "2020-05-14"),
        ("14 10 17", "2017-10-14"),
        ("14.10.2017", "2017-10-14"),
        ("4/5/2017", "2017-05-04"),
        ("14 Oct 2017", "2017-10-14"),
        ("14-october-17", "2017-10-14"),
        ("Oct 2017", "2017-10"),
        ("SEPT 2017", "2017-09"),
        ("10 2017", "2017-10"),
        ("2017-10", "2017-10"),
        ("2017 oct", "2017-10"),
        ("2017-10-14", "2017-10-14"),
        ("2011", "2011"),
        *(("18.6.", "2019-06-18"), ("18/6", "2019-06-18"), ("18 jun", "2019-06-18")),
        *(("30.4.", "2020-04-30"), ("1.5", "2019-05-01"), ("29.2.", "2020-02-29")),
        ("1 1 21", "2021-01-01"),
        ("1 1 22", "1922-01-01"),
        ("2 3 58", "1958-03-02"),
    ],
)
def test_a_date_is_read_the_way_people_type_it(typed: str, meant: str) -> None:
    assert read_date(typed, TODAY).iso == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("", "soon", "ma 2017", "10 14", "Oct 14", "14 10000", "17", "1 2 3 4", "31 2 2017"),
        *("10 14 2017", "0 1 2017"),
        *("1 1 217", "123456", "½ 1 2017", "1 ² 2017", f"1 {9**40} 2017"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^(Type a date as|There is no|Give a year)"):
        read_date(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("31.2.25", "There is no 31 February."),
        ("31.2.", "There is no 31 February."),
        ("31 Jun", "There is no 31 June."),
        ("29 2 2019", "There is no 29 February 2019."),
        ("0.2.", "There is no such date."),
        ("1.0.", "There is no such date."),
    ],
)
def test_a_day_that_does_not_exist_is_named(typed: str, told: str) -> None:
    assert refusal(typed) == told


@given(any_day, any_day)
def test_a_day_without_its_year_is_the_last_one(today: dt.date, day: dt.date) -> None:
    assume(today.year > 1888)
    found = read_date(f"{day.day}.{day.month}.", today).first
    assert (found.day, found.month) == (day.day, day.month)
    assert found <= today
    if (day.day, day.month) != (29, 2):
        assert (today - found).days < 366


OURS = ("Type a date as", "There is no", "Give a year")
ALMOST_DATES = st.from_regex(r"\d{1,5}[ .-][a-z\d]{1,4}[ .-]\d{1,5}", fullmatch=True)


def refusal(typed: str) -> str:
    try:
        read_date(typed, TODAY)
    except ValueError as refused:
        return str(refused)
    return ""


@given(st.text(max_size=20) | ALMOST_DATES)
def test_any_text_is_a_date_or_is_refused_in_words(typed: str) -> None:
    refused = refusal(typed)
    assert not refused or refused.startswith(OURS)


@given(st.data(), partial_dates(), partial_dates())
def test_a_length_of_time_holds_every_length_that_its_dates_allow(
    data: st.DataObject, start: PartialDate, end: PartialDate
) -> None:
    found = Days.between(start, end)
    begun, ended = data.draw(days_within(start)), data.draw(days_within(end))
    exact = (ended - begun).days
    assert found.least <= found.about <= found.most
    assert found.least <= exact <= found.most or (exact < 0 and found.least == 0)
    assert found.exact or not (start.exact and end.exact)


@given(any_day, any_day)
def test_a_length_of_time_between_two_days_is_exact(start: dt.date, end: dt.date) -> None:
    found = Days.between(start, end)
    assert found.exact
    assert found.as_json() == found.about == (end - start).days


def test_a_length_of_time_says_that_it_is_approximate() -> None:
    found = Days.between(PartialDate.parse("2015-07"), dt.date(2015, 12, 1))
    assert found.as_json() == {"about": 138, "least": 123, "most": 153}
    assert found.words == "about 4.5 months"
    assert Days.between(PartialDate(2011), PartialDate(2011)) == Days(0, 364)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (59, "59 days"),
        (60, "2 months"),
        (140, "4.6 months"),
        (730, "24 months"),
        (731, "2 y"),
        (1096, "3 y"),
        (1603, "4 y 5 mo"),
    ],
)
def test_a_length_of_time_in_words(days: int, words: str) -> None:
    assert duration_words(days) == words


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        ("1950-06-15", "2010-06-14", 59),
        ("1950-06-15", "2010-06-15", 60),
        ("1952-02-29", "2013-02-28", 60),
        ("1952-02-29", "2013-03-01", 61),
    ],
)
def test_age_is_in_completed_years(birth: str, on: str, age: int) -> None:
    assert age_on(dt.date.fromisoformat(birth), dt.date.fromisoformat(on)) == age


def test_a_choice_is_found_by_its_name_or_the_choices_are_named() -> None:
    assert M.named("M1a") is M.M1a
    with pytest.raises(ValueError, match=r"^M2 is none of M0, M1, M1a, M1b, MX\.$"):
        M.named("M2")


def test_a_choice_is_labelled_with_a_capital_and_else_as_written() -> None:
    class Disease(Choice):
        SEZARY = "Sézary syndrome"
        ALCL = "anaplastic large cell lymphoma"

    assert [disease.label for disease in Disease] == [
        "Sézary syndrome",
        "Anaplastic large cell lymphoma",
    ]


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"), st.sampled_from(["", "-"]))
def test_a_number_that_can_be_read_two_ways_is_refused_with_both(
    before: int, after: int, point: str, sign: str
) -> None:
    typed = f"{sign}{before}{point}{after:03d}"
    with pytest.raises(ValueError, match="can be read two ways") as refused:
        unambiguous(typed)
    many, few = str(refused.value).removesuffix(".").split(": type ")[1].split(" or ")
    assert (unambiguous(many), unambiguous(few)) == (many, few)
    assert int(many) == 1000 * float(f"{sign}{before}") + int(f"{sign}{after}")
    assert float(few) == float(f"{sign}{before}.{after:03d}")


@pytest.mark.parametrize(
    "typed",
    ["1200", "1.2", "1,20", "0.125", "0,125", "1.0250", "1000.125", "1.125.000", "", "1.12a"],
)
def test_any_other_number_is_left_as_typed(typed: str) -> None:
    assert unambiguous(typed) == typed
