"""How often functions are called while something is done: growth, counted and not timed."""

import inspect
import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType


def calls(work: Callable[[], object], *of: Callable[..., object]) -> Counter[str]:
    """By the function's qualified name; those written in Python, or of these alone."""
    wanted, found = {inspect.unwrap(each).__code__ for each in of}, Counter[str]()

    def count(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and (not wanted or frame.f_code in wanted):
            found[frame.f_code.co_qualname] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return found
