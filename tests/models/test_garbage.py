"""Garbage is sought seldom while records are read, and as usual afterwards."""

import gc
from collections.abc import Iterator

import pytest

from models.garbage import SELDOM, seldom_sought


@pytest.fixture(autouse=True)
def usual() -> Iterator[tuple[int, int, int]]:
    before = gc.get_threshold()
    yield before
    gc.set_threshold(*before)


def test_garbage_is_sought_as_usual_once_the_work_is_done_or_failed(
    usual: tuple[int, int, int],
) -> None:
    seen: list[tuple[int, int, int]] = []
    with pytest.raises(ValueError, match="stopped"):
        failing(seen)
    assert seen == [SELDOM]
    assert gc.get_threshold() == usual


@seldom_sought()
def failing(seen: list[tuple[int, int, int]]) -> None:
    seen.append(gc.get_threshold())
    raise ValueError("stopped")


def test_works_that_overlap_do_not_keep_each_others_way(usual: tuple[int, int, int]) -> None:
    first, second = seldom_sought(), seldom_sought()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() == SELDOM
    second.__exit__(None, None, None)
    assert gc.get_threshold() == usual
