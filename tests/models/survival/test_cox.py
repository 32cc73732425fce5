"""Hazard ratios: where there is none, and the laws that each of them obeys."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from models.survival.cox import HazardRatio, hazard_ratios
from models.survival.times import Times
from tests.models.survival.groups import scaled, split, times

NOBODY = Times.of([], [])
FEW = Times.of([2, 5, 7, 9], [True, True, False, True])
MORE = Times.of([3, 8, 12, 20], [True, False, True, False])
UNHARMED = Times.of([4, 9, 30], [False] * 3)


def test_no_ratio_where_the_likelihood_has_no_maximum() -> None:
    assert hazard_ratios([FEW]) == ()
    assert hazard_ratios([FEW, NOBODY]) == (None,)
    assert hazard_ratios([FEW, UNHARMED]) == (None,)
    assert hazard_ratios([UNHARMED, FEW, MORE]) == (None, None)


def test_no_ratio_where_all_events_of_one_group_come_before_the_other_is_left_alone() -> None:
    """Events in both, and yet the more the first is at risk the likelier all of it is."""
    assert hazard_ratios([Times.of([1, 2, 3], [True] * 3), Times.of([8, 9], [True] * 2)]) == (None,)


def test_no_ratio_of_groups_that_never_meet() -> None:
    late = Times.of([130, 150, 160], [True, True, False], [100, 100, 120])
    later = Times.of([140, 170, 180], [True, False, True], [110, 110, 100])
    alone = hazard_ratios([FEW, MORE])
    assert hazard_ratios([FEW, late, MORE, later]) == (None, *alone, None)


def test_a_group_without_a_ratio_leaves_the_others_theirs() -> None:
    """As if the likelihood were followed to where it leads."""
    (alone,) = hazard_ratios([FEW, MORE])
    assert hazard_ratios([FEW, UNHARMED, MORE]) == (None, alone)
    assert alone
    limit = minimize_scalar(
        lambda log: _unlikely([0, -40, log]), bracket=(-1, 1), options={"xtol": 1e-12}
    )
    assert math.log(alone.value) == pytest.approx(limit.x, abs=1e-6)


def test_a_large_ratio_in_unequal_groups_is_reached() -> None:
    """A step of Newton's method from a ratio of 1 would be a hundredfold too long."""
    many = Times.of(range(100, 20_100), [False] * 20_000)
    (ratio,) = hazard_ratios([_with_event(many, 7), Times.of(range(1, 20), [True] * 19)])
    assert ratio
    assert ratio.value > 10_000
    assert ratio.low < ratio.value < ratio.high


def test_a_wider_interval_for_more_confidence() -> None:
    (wide,), (narrow,) = hazard_ratios([FEW, MORE], 0.99), hazard_ratios([FEW, MORE], 0.9)
    assert wide
    assert narrow
    assert wide.low < narrow.low < narrow.value == wide.value < narrow.high < wide.high


@given(times(), times())
def test_swapped_groups_have_the_inverse_ratio(one: Times, other: Times) -> None:
    (ratio,), (inverse,) = hazard_ratios([one, other]), hazard_ratios([other, one])
    assert (ratio is None) == (inverse is None)
    if ratio and inverse:
        turned = (1 / inverse.value, 1 / inverse.high, 1 / inverse.low, inverse.p)
        assert (ratio.value, ratio.low, ratio.high, ratio.p) == pytest.approx(turned, rel=1e-6)


@given(st.lists(times(), min_size=2, max_size=4), st.integers(1, 20))
def test_neither_unit_nor_rows_matter(groups: list[Times], day: int) -> None:
    expected = hazard_ratios(groups)
    assert _near(expected, hazard_ratios([scaled(each, 30.4375) for each in groups]))
    assert _near(expected, hazard_ratios([split(each, day) for each in groups]))


def _near(one: tuple[HazardRatio | None, ...], other: tuple[HazardRatio | None, ...]) -> bool:
    pairs = zip(one, other, strict=True)
    return all(
        (a is b) if not a or not b else (b.value, b.p) == pytest.approx((a.value, a.p), rel=1e-6)
        for a, b in pairs
    )


def _with_event(group: Times, day: float) -> Times:
    """One of them had it, on a day on which all others and some of the other group were there."""
    return Times.of([day, *group.exit], [True, *group.event])


def _unlikely(logs: list[float]) -> float:
    """The partial likelihood of those three groups, patient by patient; there are no ties."""
    rows = [
        (day, event, logs[number])
        for number, group in enumerate((FEW, UNHARMED, MORE))
        for day, event in zip(group.exit, group.event, strict=True)
    ]
    return -sum(
        own - math.log(sum(math.exp(log) for left, _event, log in rows if left >= day))
        for day, event, own in rows
        if event
    )
