"""Curves, medians and follow-up: edge cases by hand, and the laws that every curve obeys."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.survival.kaplan_meier import Estimate, Median, kaplan_meier, median_follow_up
from models.survival.times import Times
from tests.models.survival.groups import reordered, scaled, split, times

NEVER = Median(None, None, None)


def test_nobody() -> None:
    curve = kaplan_meier(Times.of([], []))
    assert len(curve.days) == len(curve.censored) == curve.last == 0
    assert curve.at(0) is None
    assert curve.median == median_follow_up(curve.times) == NEVER
    assert curve.number_at_risk([0, 9]) == [0, 0]
    assert (curve.emptied, curve.unwatched) == (None, ())


def test_one_patient_who_had_the_event() -> None:
    curve = kaplan_meier(Times.of([10], [True]))
    assert curve.at(9) == Estimate(1, None, None)
    assert curve.at(10) == curve.at(500) == Estimate(0, None, None)
    assert curve.median == Median(10, None, None)
    assert median_follow_up(curve.times) == NEVER


def test_all_censored() -> None:
    curve = kaplan_meier(Times.of([3, 5, 5], [False] * 3))
    assert curve.at(5) == Estimate(1, None, None)
    assert curve.at(6) is None
    assert curve.median == NEVER
    assert list(curve.censored) == [3, 5, 5]
    assert median_follow_up(curve.times) == Median(5, 3, None)


def test_an_event_comes_before_a_censoring_of_the_same_day() -> None:
    curve = kaplan_meier(Times.of([4, 4, 8], [True, False, True]))
    assert list(curve.days) == [4, 8]
    assert curve.survival == pytest.approx([2 / 3, 0])
    assert list(curve.at_risk) == [3, 1]
    assert list(curve.events) == [1, 1]
    assert median_follow_up(curve.times) == Median(4, 4, None)


def test_one_half_is_one_half_however_it_was_worked_out() -> None:
    """49/50 of 48/49 and so on is not one half to the last digit."""
    assert kaplan_meier(Times.of(range(1, 51), [True] * 50)).median.value == 25


def test_on_the_first_day_all_who_were_there_from_the_start_are_at_risk() -> None:
    curve = kaplan_meier(Times.of([0, 0, 5], [True, False, False]))
    assert list(curve.at_risk) == [3]
    assert curve.survival == pytest.approx([2 / 3])
    assert curve.number_at_risk([0, 1, 5, 6]) == [3, 1, 1, 0]
    assert kaplan_meier(Times.of([0, 0], [True, True])).emptied is None


def test_whoever_comes_late_is_at_risk_only_from_then_on() -> None:
    late = Times.of([4, 10, 6], [True, True, False], [0, 0, 4])
    curve = kaplan_meier(late)
    assert list(curve.at_risk) == [2, 1]
    assert curve.number_at_risk([0, 4, 5, 6, 7]) == [2, 2, 2, 2, 1]


def test_a_curve_that_came_to_nothing_too_early_says_so() -> None:
    curve = kaplan_meier(Times.of([3, 3, 9], [True, True, False], [0, 1, 5]))
    assert curve.emptied == 3
    assert curve.at(7) == Estimate(0, None, None)
    assert curve.unwatched == ((3, 5),)
    whole = kaplan_meier(Times.of([3, 9], [True, True]))
    assert (whole.emptied, whole.unwatched) == (None, ())


def test_times_in_which_nobody_was_there() -> None:
    curve = kaplan_meier(Times.of([9, 8, 30], [True, False, True], [4, 5, 20]))
    assert curve.unwatched == ((0, 4), (9, 20))


def test_a_wider_band_for_more_confidence() -> None:
    every = Times.of(range(1, 30), [True, False, True] * 9 + [True, False])
    wide, narrow = kaplan_meier(every, 0.99), kaplan_meier(every, 0.9)
    assert (wide.low < narrow.low).all()
    assert (wide.high > narrow.high).all()


@given(times())
def test_survival_never_rises_and_its_band_holds_it(group: Times) -> None:
    curve = kaplan_meier(group)
    assert (np.diff(curve.survival, prepend=1) < 0).all() or curve.emptied is not None
    inside = curve.survival > 0
    assert (curve.low[inside] < curve.survival[inside]).all()
    assert (curve.survival[inside] < curve.high[inside]).all()
    assert (curve.low[inside] >= 0).all()
    assert (curve.high[inside] <= 1).all()


@given(times(least=1, delayed=False))
def test_without_censoring_it_is_the_share_that_is_left(group: Times) -> None:
    curve = kaplan_meier(Times.of(group.exit, [True] * len(group)))
    assert curve.survival == pytest.approx([(group.exit > day).mean() for day in curve.days])


@given(times(least=1, delayed=False), st.randoms(use_true_random=False))
def test_both_curves_together_are_the_share_still_observed(group: Times, dice: Random) -> None:
    """Events come first in the curve of the events and in that of the censored."""
    day = dice.choice(list(group.exit))
    followed = kaplan_meier(Times.of(group.exit + np.where(group.event, 0, 0.5), ~group.event))
    free, there = kaplan_meier(group).at(day), followed.at(min(day + 0.5, followed.last))
    assert free
    assert there
    assert free.value * there.value == pytest.approx((group.exit > day).mean())
    found, expected = median_follow_up(group).value, followed.median.value
    assert found == (None if expected is None else expected - 0.5)


@given(times(least=1), st.randoms(use_true_random=False), st.sampled_from([1 / 7, 30.4375]))
def test_neither_order_nor_unit_matter(group: Times, dice: Random, factor: float) -> None:
    order = list(range(len(group)))
    dice.shuffle(order)
    curve, other = kaplan_meier(group), kaplan_meier(scaled(reordered(group, order), factor))
    assert other.days == pytest.approx(curve.days * factor)
    assert other.survival == pytest.approx(curve.survival)
    assert other.low == pytest.approx(curve.low, nan_ok=True)
    assert other.high == pytest.approx(curve.high, nan_ok=True)


@given(times(), st.integers(1, 20))
def test_a_patient_in_two_rows_is_one_patient(group: Times, day: int) -> None:
    curve, other = kaplan_meier(group), kaplan_meier(split(group, day))
    assert list(other.days) == list(curve.days)
    assert list(other.at_risk) == list(curve.at_risk)
    assert list(other.survival) == list(curve.survival)
    assert other.median == curve.median
