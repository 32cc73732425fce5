"""The distributions are those of SciPy, far out and for large counts too."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import special

from models.survival.distributions import chi_square_tail
from models.survival.incidence import poisson_interval
from models.survival.proportions import clopper_pearson

CLOSE = 1e-10
LEAST = 1e-300
MOST = 1_000_000
CONFIDENCES = st.sampled_from([0.5, 0.8, 0.95, 0.99, 0.999, 1 - 1e-12])
COUNTS = st.one_of(st.integers(0, 30), st.integers(0, 1000), st.integers(0, MOST))


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    """Few, all but few, and whatever lies between."""
    n = draw(COUNTS.filter(bool))
    k = min(n, draw(COUNTS))
    return draw(st.sampled_from([k, n - k])), n


@pytest.mark.parametrize(
    ("degrees", "one_in_20", "one_in_1000"),
    [(1, 3.841, 10.828), (2, 5.991, 13.816), (3, 7.815, 16.266), (10, 18.307, 29.588)],
)
def test_chi_square_is_that_of_the_tables(
    degrees: int, one_in_20: float, one_in_1000: float
) -> None:
    """Abramowitz and Stegun 1964, table 26.8."""
    assert chi_square_tail(one_in_20, degrees) == pytest.approx(0.05, rel=1e-3)
    assert chi_square_tail(one_in_1000, degrees) == pytest.approx(0.001, rel=1e-3)


@given(st.floats(0, 1500), st.integers(1, 50))
def test_chi_square_is_that_of_scipy(chi2: float, degrees: int) -> None:
    expected = special.chdtrc(degrees, chi2)
    assert chi_square_tail(chi2, degrees) == pytest.approx(expected, rel=CLOSE, abs=LEAST)


@given(st.floats(0, 37))
def test_one_degree_is_the_normal_distribution_on_both_sides(z: float) -> None:
    expected = 2 * special.ndtr(-z)
    assert chi_square_tail(z**2, 1) == pytest.approx(expected, rel=CLOSE, abs=LEAST)


@pytest.mark.parametrize("degrees", [1, 2, 3, 50])
def test_no_difference_is_no_surprise(degrees: int) -> None:
    """Rounding can make a sum of squares a little less than nothing."""
    assert chi_square_tail(0, degrees) == chi_square_tail(-1e-17, degrees) == 1


@given(shares(), CONFIDENCES)
@example((0, 1), 0.95)
@example((1, 1), 0.95)
@example((1, MOST), 0.95)
@example((440, 976_717), 0.8)
@example((MOST // 2, MOST), 0.95)
@example((MOST, MOST), 0.95)
def test_the_limits_of_a_share_are_those_of_scipy(
    share: tuple[int, int], confidence: float
) -> None:
    k, n = share
    tail = (1 - confidence) / 2
    low, high = clopper_pearson(k, n, confidence)
    assert low == (pytest.approx(special.betaincinv(k, n - k + 1, tail), rel=CLOSE) if k else 0)
    above = pytest.approx(special.betainccinv(k + 1, n - k, tail), rel=CLOSE) if k < n else 1
    assert high == above


@given(COUNTS, CONFIDENCES)
@example(0, 0.95)
@example(MOST, 0.95)
def test_the_limits_of_a_count_are_those_of_scipy(k: int, confidence: float) -> None:
    tail = (1 - confidence) / 2
    low, high = poisson_interval(k, confidence)
    assert low == (pytest.approx(special.gammaincinv(k, tail), rel=CLOSE) if k else 0)
    assert high == pytest.approx(special.gammainccinv(k + 1, tail), rel=CLOSE)
