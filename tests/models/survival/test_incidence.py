"""Exact intervals of a Poisson count, against published tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from models.survival.incidence import poisson_interval


@pytest.mark.parametrize(
    ("k", "low", "high"),
    [(0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)],
)
def test_the_intervals_are_those_of_garwoods_table(k: int, low: float, high: float) -> None:
    assert poisson_interval(k) == pytest.approx((low, high), abs=6e-4)


@given(st.integers(1, 5000), st.sampled_from([0.9, 0.95, 0.99]))
def test_at_either_end_the_count_seen_has_just_half_of_the_chance_left(
    k: int, confidence: float
) -> None:
    low, high = poisson_interval(k, confidence)
    tail = (1 - confidence) / 2
    assert stats.poisson.sf(k - 1, low) == pytest.approx(tail, rel=1e-6)
    assert stats.poisson.cdf(k, high) == pytest.approx(tail, rel=1e-6)


def test_fewer_than_none_is_no_count() -> None:
    with pytest.raises(ValueError, match="-1 is no count"):
        poisson_interval(-1)
