"""Exact intervals of proportions: published values, and what the interval promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.survival.proportions import clopper_pearson


def test_none_and_all() -> None:
    """Hanley and Lippman-Hand, JAMA 1983: nearly 3 in n may have what none of n has."""
    low, high = clopper_pearson(0, 100)
    assert low == 0
    assert high == pytest.approx(0.036, abs=5e-4)
    assert clopper_pearson(100, 100) == pytest.approx((1 - high, 1))


def test_of_nobody_there_is_nothing_to_say() -> None:
    for k, n in ((0, 0), (-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="is no share"):
            clopper_pearson(k, n)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_is_mirrored(counts: tuple[int, int]) -> None:
    k, n = counts
    low, high = clopper_pearson(k, n)
    assert 0 <= low <= k / n <= high <= 1
    assert low < high
    assert clopper_pearson(n - k, n) == pytest.approx((1 - high, 1 - low), abs=1e-9)
    wide = clopper_pearson(k, n, 0.99)
    assert wide[0] <= low
    assert high <= wide[1]
