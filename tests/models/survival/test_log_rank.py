"""The log-rank test: what it can tell, and the laws that it obeys."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.survival.log_rank import LogRank, log_rank
from models.survival.times import Times
from tests.models.survival.groups import scaled, split, times

NOBODY = Times.of([], [])
FEW = Times.of([2, 5, 7, 9], [True, True, False, True])
MORE = Times.of([3, 8, 12, 20], [True, False, True, False])
LATE = Times.of([130, 150, 160], [True, True, False], [100, 100, 120])
LATER = Times.of([140, 170, 180], [True, False, True], [110, 110, 100])


def test_nothing_can_be_told() -> None:
    assert log_rank([FEW]) is None
    assert log_rank([NOBODY, NOBODY]) is None
    assert log_rank([NOBODY, FEW]) is None
    assert log_rank([Times.of([5, 6], [False] * 2), Times.of([7], [False])]) is None


def test_all_at_risk_have_the_event_at_once() -> None:
    assert log_rank([Times.of([5, 5], [True] * 2), Times.of([5], [True])]) is None


def test_a_group_without_anybody_at_risk_takes_no_degree() -> None:
    with_all = log_rank([FEW, NOBODY, MORE])
    assert with_all == log_rank([FEW, MORE])
    early = Times.of([1], [False])
    assert log_rank([early, FEW, MORE]) == with_all


def test_groups_that_never_meet_are_compared_each_with_its_own() -> None:
    """Two comparisons of two groups, not one of four."""
    early, late = log_rank([FEW, MORE]), log_rank([LATE, LATER])
    both = log_rank([FEW, LATE, MORE, LATER])
    assert early
    assert late
    assert both
    assert both.degrees == 2
    assert both.chi2 == pytest.approx(early.chi2 + late.chi2)
    assert log_rank([FEW, LATE]) is None


@given(st.lists(times(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_groups_does_not_matter(groups: list[Times], dice: Random) -> None:
    other = list(groups)
    dice.shuffle(other)
    assert _near(log_rank(groups), log_rank(other))


@given(st.lists(times(), min_size=2, max_size=4), st.integers(1, 20))
def test_neither_unit_nor_rows_matter(groups: list[Times], day: int) -> None:
    expected = log_rank(groups)
    assert _near(expected, log_rank([scaled(each, 30.4375) for each in groups]))
    assert _near(expected, log_rank([split(each, day) for each in groups]))


def _near(one: LogRank | None, other: LogRank | None) -> bool:
    if not one or not other:
        return one is other
    same = (other.chi2, other.p) == pytest.approx((one.chi2, one.p), abs=1e-9)
    return bool(same) and one.degrees == other.degrees
