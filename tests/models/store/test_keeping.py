"""Which backups are kept: the laws of the rule, and three years of a backup a day."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from models.store.keeping import DAYS, FEW, MONTHS, WEEKS, Rule, few, ladder

MADE = dt.datetime(2026, 11, 21, 18, tzinfo=dt.UTC)

ages = st.integers(0, 800 * 24 * 60).map(lambda minutes: MADE - dt.timedelta(minutes=minutes))
past = st.sets(ages, max_size=60).map(lambda moments: moments | {MADE})
future = st.sets(
    st.integers(1, 10**6).map(lambda minutes: MADE + dt.timedelta(minutes=minutes)), max_size=9
)
rules = st.sampled_from([ladder, few])


@given(past)
def test_no_more_than_the_rungs_are_kept(moments: set[dt.datetime]) -> None:
    assert len(ladder(moments, MADE)) <= DAYS + WEEKS + MONTHS
    assert few(moments, MADE) == {*sorted(moments)[-FEW:]}


@given(rules, past, future)
def test_the_one_just_made_and_the_newest_are_kept(
    rule: Rule, moments: set[dt.datetime], ahead: set[dt.datetime]
) -> None:
    kept = rule(moments | ahead, MADE)
    assert {MADE, max(moments | ahead)} <= kept <= moments | ahead


@given(rules, past, future)
def test_a_wrong_clock_deletes_nothing(
    rule: Rule, moments: set[dt.datetime], ahead: set[dt.datetime]
) -> None:
    assert rule(moments | ahead, MADE) == rule(moments, MADE) | ahead


@given(rules, past, future)
def test_keeping_twice_is_keeping_once(
    rule: Rule, moments: set[dt.datetime], ahead: set[dt.datetime]
) -> None:
    kept = rule(moments | ahead, MADE)
    assert rule(kept, MADE) == kept


@given(past, st.integers(1, 100 * 24 * 60))
def test_another_one_takes_the_place_of_one_a_rung_at_most(
    moments: set[dt.datetime], minutes: int
) -> None:
    before = ladder(moments, MADE)
    now = MADE + dt.timedelta(minutes=minutes)
    gone = before - ladder(before | {now}, now)
    assert len(gone) <= (1 if now.date() == MADE.date() else 3)


def test_three_years_of_a_backup_a_day_leave_the_ladder() -> None:
    first, kept = dt.datetime(2023, 11, 23, 18, tzinfo=dt.UTC), set[dt.datetime]()
    days = [first + dt.timedelta(days=n) for n in range(3 * 365)]
    for made in days:
        kept = ladder(kept | {made}, made)
    assert days[-1] == dt.datetime(2026, 11, 21, 18, tzinfo=dt.UTC)
    assert [f"{moment:%Y-%m-%d}" for moment in sorted(kept)] == [
        *("2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"),
        *("2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30"),
        *("2026-10-25", "2026-10-31", "2026-11-01", "2026-11-08"),
        *("2026-11-15", "2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"),
        "2026-11-21",
    ]
