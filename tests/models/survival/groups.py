"""Groups of patients for laws: a handful of days, so that many of them coincide."""

import numpy as np
from hypothesis import strategies as st

from models.survival.times import Flags, Times

DAY = st.integers(0, 12)


@st.composite
def times(draw: st.DrawFn, least: int = 0, delayed: bool = True) -> Times:
    """Those of up to a dozen patients, some of whom came late."""
    rows = draw(
        st.lists(
            st.tuples(DAY, DAY if delayed else st.just(0), st.booleans()),
            min_size=least,
            max_size=12,
        )
    )
    return Times.of(
        [came + stayed if came == 0 else came + stayed + 1 for stayed, came, _event in rows],
        [event for _stayed, _came, event in rows],
        [came for _stayed, came, _event in rows],
    )


def joined(*parts: Times) -> Times:
    return Times.of(
        [each for part in parts for each in part.exit],
        [each for part in parts for each in part.event],
        [each for part in parts for each in part.entry],
    )


def split(group: Times, day: float) -> Times:
    """The same patients, whoever was there on both sides of a day in two rows."""
    across = (group.entry < day) & (day < group.exit)
    whole = reordered(group, ~across)
    border, event = np.full(across.sum(), float(day)), group.event[across]
    before = Times(group.entry[across], border, np.zeros_like(event))
    return joined(whole, before, Times(border, group.exit[across], event))


def reordered(group: Times, order: list[int] | Flags) -> Times:
    return Times(group.entry[order], group.exit[order], group.event[order])


def scaled(group: Times, factor: float) -> Times:
    return Times(group.entry * factor, group.exit * factor, group.event)
