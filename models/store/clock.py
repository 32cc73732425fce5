"""This computer's clock: the moment of each entry, and whether it was set back."""

import datetime as dt

from models.words import _, moment_words

TOLERANCE = dt.timedelta(minutes=5)
"""By so much two computers may differ, and a clock be put right, without a word."""


class Clock:
    """The present moment in UTC, later at every reading, unless the clock was set back."""

    def __init__(self) -> None:
        self._last = dt.datetime.now(dt.UTC)

    def now(self) -> dt.datetime:
        now = dt.datetime.now(dt.UTC)
        if not is_behind(now, self._last):
            now = max(now, self._last + dt.timedelta(microseconds=1))
        self._last = now
        return now

    def today(self) -> dt.date:
        """Where this computer stands."""
        return dt.datetime.now(dt.UTC).astimezone().date()


def is_behind(now: dt.datetime, newest: dt.datetime) -> bool:
    """Whether a clock that shows `now` was set back since the newest entry, beyond tolerance."""
    return newest - now > TOLERANCE


def behind(now: dt.datetime, newest: dt.datetime | None) -> str | None:
    """A sentence for whoever opens a clinic whose newest entry lies in the future."""
    if newest is None or not is_behind(now, newest):
        return None
    return _(
        "This computer's clock shows an earlier time than the last entry ({moment})."
        " Check date and time."
    ).format(moment=moment_words(newest))
