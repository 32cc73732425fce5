"""Python's search for garbage, which goes on seldom while very many objects are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SELDOM = (20_000, 10, 1_000_000)
"""After so many new objects; after so many searches among the new; and hardly ever among all."""

_LOCK = Lock()
_AT_WORK: list[tuple[int, int, int]] = []


@contextmanager
def seldom_sought() -> Iterator[None]:
    """To look through all that is in memory, over and over, takes as long as reading it does.

    Works on several threads may overlap: it is sought as usual when the last of them is done. In
    the window it is sought on the window's thread alone, whatever this says (`ui/garbage.py`).
    """
    with _LOCK:
        _AT_WORK.append(_AT_WORK[0] if _AT_WORK else gc.get_threshold())
        gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        with _LOCK:
            usual = _AT_WORK.pop()
            if not _AT_WORK:
                gc.set_threshold(*usual)
