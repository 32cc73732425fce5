"""The B class of a count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.blood import b_class
from tests.models import builders as a


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "B0"),
        (249, "B0"),
        (249.9, "B0"),
        (250, "B1"),
        (999, "B1"),
        (999.9, "B1"),
        (1000, "B2"),
        (250_000, "B2"),
    ],
)
def test_the_class_changes_at_250_and_1000(count: float, expected: str) -> None:
    assert b_class(count) == expected


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_more_cells_never_make_a_lower_class(one: float, other: float) -> None:
    assert b_class(min(one, other)) <= b_class(max(one, other))


@pytest.mark.parametrize("count", [-1, -0.1, float("nan")])
def test_a_count_below_zero_is_refused(count: float) -> None:
    with pytest.raises(ValueError, match="zero or more"):
        b_class(count)


@pytest.mark.parametrize(
    ("cd26", "cd7", "neoplastic"),
    [(300, 1200, 1200), (300, None, 300), (None, 0, 0), (None, None, None)],
)
def test_the_higher_count_is_the_neoplastic_one(
    cd26: float | None, cd7: float | None, neoplastic: float | None
) -> None:
    assert a.blood_count(a.START, cd26, cd4_cd7_negative=cd7).neoplastic == neoplastic
