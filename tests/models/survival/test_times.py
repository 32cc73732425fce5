"""Which times make a group, and which are refused."""

import math

import pytest

from models.survival.times import Times


def test_under_observation_from_0_on_where_nothing_else_is_said() -> None:
    times = Times.of([3, 0], [True, False])
    assert list(times.entry) == [0, 0]
    assert len(times) == 2


def test_times_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="not equally many"):
        Times.of([1, 2], [True])
    with pytest.raises(ValueError, match="not equally many"):
        Times.of([[1, 2]], [[True, False]])
    for left, came in ((math.nan, 0), (math.inf, 0), (3, math.nan), (3, -1)):
        with pytest.raises(ValueError, match="below 0 or no number"):
            Times.of([left], [True], [came])
    for left, came in ((3, 3), (3, 4), (-1, 0)):
        with pytest.raises(ValueError, match="left before coming"):
            Times.of([left], [True], [came])
