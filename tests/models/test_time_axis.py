"""The time axis: positions and days, quiet years folded, vague years narrowed."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.time_axis import TimeAxis, Years, time_axis
from models.values import PartialDate
from tests.models.builders import partial_dates

DAY = dt.timedelta(days=1)


@st.composite
def axes(draw: st.DrawFn) -> tuple[list[PartialDate], TimeAxis]:
    dates = draw(st.lists(partial_dates(), min_size=1, max_size=8))
    return dates, time_axis(dates, max(date.first for date in dates))


def axis(*dates: str) -> TimeAxis:
    parsed = [PartialDate.parse(date) for date in dates]
    return time_axis(parsed, max(parsed).first)


@given(axes())
def test_the_stretches_cover_the_axis_without_a_gap(
    drawn: tuple[list[PartialDate], TimeAxis],
) -> None:
    dates, found = drawn
    assert found.stretches[0].begin == 0
    assert found.stretches[-1].end == 1
    for former, following in pairwise(found.stretches):
        assert former.after == following.first
        assert former.end == following.begin
    assert all(stretch.begin < stretch.end for stretch in found.stretches)
    first = min(date.first for date in dates)
    assert dt.date(first.year, 1, 1) <= found.first <= first
    assert found.first.day == 1
    assert found.after == max(date.first for date in dates) + 21 * DAY


@given(axes(), st.data())
def test_a_later_day_lies_further_on(
    drawn: tuple[list[PartialDate], TimeAxis], data: st.DataObject
) -> None:
    _dates, found = drawn
    days = st.dates(found.first, found.after)
    one, other = sorted((data.draw(days), data.draw(days)))
    assert found.at(one) <= found.at(other)
    assert one == other or found.at(one) < found.at(other)


@given(axes(), st.floats(0, 1))
def test_the_day_at_a_place_lies_at_that_place(
    drawn: tuple[list[PartialDate], TimeAxis], fraction: float
) -> None:
    _dates, found = drawn
    day = found.day_at(fraction)
    assert found.first <= day < found.after
    one_day = max((s.end - s.begin) / s.days for s in found.stretches)
    assert abs(found.at(day) - fraction) <= one_day + 1e-9


@given(axes(), st.data())
def test_the_place_of_a_day_is_the_day_of_that_place(
    drawn: tuple[list[PartialDate], TimeAxis], data: st.DataObject
) -> None:
    _dates, found = drawn
    day = data.draw(st.dates(found.first, found.after - DAY))
    assert found.day_at(found.at(day)) == day


@given(axes())
def test_every_date_lies_on_the_axis(drawn: tuple[list[PartialDate], TimeAxis]) -> None:
    dates, found = drawn
    assert all(found.first <= date.first < found.after for date in dates)


@given(axes())
def test_quiet_years_are_folded_and_no_others(
    drawn: tuple[list[PartialDate], TimeAxis],
) -> None:
    dates, found = drawn
    busy = {date.year for date in dates}
    folded: set[int] = set()
    for stretch in found.stretches:
        years = range(stretch.first.year, (stretch.after - DAY).year + 1)
        folded |= set(years) if stretch.folded else set()
        assert stretch.folded or len(years) == 1
    every = set(range(min(busy), max(busy) + 1))
    assert folded == every - busy
    assert not any(a.folded and b.folded for a, b in pairwise(found.stretches))


def test_years_of_work_quiet_years_and_vague_years() -> None:
    found = axis("2011", "2013-02", "2020-03-10")
    told = [(s.label, s.folded, s.narrowed) for s in found.stretches]
    assert told == [
        ("2011", False, True),
        ("2012", True, False),
        ("2013", False, False),
        ("2014–19", True, False),
        ("2020", False, False),
    ]
    widths = [stretch.end - stretch.begin for stretch in found.stretches]
    share = (dt.date(2020, 3, 31) - dt.date(2020, 1, 1)).days / 365.25
    weights = [0.42, 0.16, 365 / 365.25, 0.16, share]
    assert widths == pytest.approx([weight / sum(weights) for weight in weights])


def test_the_year_of_the_last_day_is_drawn_to_scale_though_it_is_vague() -> None:
    assert [stretch.narrowed for stretch in axis("2011", "2012").stretches] == [True, False]


@pytest.mark.parametrize(
    ("last", "labels"),
    [("2019-12-10", ["2019"]), ("2019-12-11", ["2019"]), ("2019-12-12", ["2019", "2020"])],
)
def test_three_weeks_may_reach_into_the_next_year(last: str, labels: list[str]) -> None:
    assert [stretch.label for stretch in axis(last).stretches] == labels


def test_days_off_the_axis_lie_on_its_edge() -> None:
    found = axis("2019-01-20", "2020-03-10")
    assert (found.at(dt.date(1999, 1, 1)), found.at(dt.date(2030, 1, 1))) == (0, 1)
    assert found.day_at(-3) == dt.date(2019, 1, 1)
    assert found.day_at(7) == dt.date(2020, 3, 30)


def test_a_first_year_that_would_be_mostly_empty_begins_with_a_month() -> None:
    assert axis("2019-11-12", "2020-03-10").first == dt.date(2019, 11, 1)
    assert axis("2019-11-03", "2020-03-10").first == dt.date(2019, 10, 1)
    assert axis("2009-11-12", "2020-03-10").first == dt.date(2009, 1, 1)
    assert axis("2019", "2020-03-10").first == dt.date(2019, 1, 1)


def test_of_a_period_the_axis_begins_on_its_first_day() -> None:
    since = dt.date(2018, 5, 17)
    found = time_axis([PartialDate(2019, 3, 4)], dt.date(2020, 3, 10), since)
    told = [(s.first, s.label, s.folded) for s in found.stretches]
    assert told == [
        (since, "2018", True),
        (dt.date(2019, 1, 1), "2019", False),
        (dt.date(2020, 1, 1), "2020", False),
    ]
    late = time_axis([], dt.date(2017, 1, 2), since)
    assert (late.first, late.after) == (since, since + 21 * DAY)


def test_years_are_counted_from_an_origin() -> None:
    origin = dt.date(2015, 7, 20)
    dates = [PartialDate.parse(date) for date in ("2014-08", "2015-09-01", "2018", "2019-10-01")]
    found = time_axis(dates, dt.date(2019, 10, 1), None, origin)
    told = [(s.label, s.short, s.first.isoformat(), s.folded) for s in found.stretches]
    assert told == [
        ("year −1", "−1", "2014-07-19", False),
        ("year 1", "1", "2015-07-20", False),
        ("year 2", "2", "2016-07-19", True),
        ("year 3", "3", "2017-07-19", False),
        ("year 4", "4", "2018-07-19", False),
        ("year 5", "5", "2019-07-20", False),
    ]
    assert [s.narrowed for s in found.stretches] == [False, False, False, True, True, False]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.data())
def test_every_day_lies_in_its_counted_year(origin: dt.date, data: st.DataObject) -> None:
    years, day = Years(origin), data.draw(st.dates(dt.date(1890, 1, 1), dt.date(2150, 1, 1)))
    number = years.of(day)
    assert years.first(number) <= day < years.first(number + 1)
    assert years.first(0) == origin


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_counted_years_are_the_same_wherever_leap_years_lie(origin: dt.date) -> None:
    years = Years(origin)
    lengths = [(years.first(n) - origin).days for n in range(1, 6)]
    assert lengths == [365, 730, 1095, 1461, 1826]
