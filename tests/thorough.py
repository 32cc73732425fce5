"""How often a test does what it does: a quarter at every run, all of it with `make torture`."""

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

THOROUGH = "THOROUGH"
SHARE = 4


def times(full: int) -> int:
    return full if os.environ.get(THOROUGH) else full // SHARE


def some(full: Sequence[T]) -> Sequence[T]:
    """Every fourth of them, counted from the last, which is always there."""
    return full if os.environ.get(THOROUGH) else full[::-SHARE][::-1]
