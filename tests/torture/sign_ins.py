"""Two hundred guesses at a password, each as soon as the program allows it, by a made-up clock."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest import mock

from models.base import ClinicError
from models.store import clock, keys
from models.store.audit import Action
from models.store.clinic import Clinic
from models.store.trail_search import Asked
from models.store.tries import TooEarly, Tries
from tests.conftest import PASSWORD, USER
from tests.torture.figures import Figures

SECOND = dt.timedelta(seconds=1)


class MadeUpClock(dt.datetime):
    """Goes only when it is told to."""

    shows = dt.datetime.now(dt.UTC)

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Any:
        return cls.shows.astimezone(tz)


def guesses(folder: Path, n: int) -> Figures:
    """At the clinic in this folder, where nobody has failed yet."""
    figures = Figures()
    begun = MadeUpClock.shows
    with _by_made_up_clock():
        for number in range(n):
            _guess(folder, f"guess {number}", figures)
        _wait(folder, figures)
        figures.count(
            "hours these take", round((MadeUpClock.shows - begun) / dt.timedelta(hours=1))
        )
        with Clinic.open(folder, USER, PASSWORD) as clinic:
            figures.count("right password opens")
            asked = Asked(actions=frozenset({Action.SIGN_IN_FAILED}))
            on_record = clinic.trail.search(asked).found or 0
            figures.faults += clinic.check()
            told = [notice for notice in clinic.notices if str(n) in notice]
    figures.count("on record", on_record)
    if on_record != n or figures.counts["refused"] != n:
        figures.faults.append(f"of {n} failed sign-ins {on_record} are on record")
    if not told:
        figures.faults.append("who signs in is not told of the failed ones")
    return figures


def _guess(folder: Path, password: str, figures: Figures) -> None:
    _wait(folder, figures)
    try:
        Clinic.open(folder, USER, password)
    except TooEarly:
        figures.faults.append("who has waited as long as was said is sent away again")
    except ClinicError:
        figures.count("refused")


def _wait(folder: Path, figures: Figures) -> None:
    """As long as the program says; a moment earlier even the right password is refused."""
    seconds = _left(folder)
    if seconds:
        MadeUpClock.shows += (seconds - 1) * SECOND
        with suppress(TooEarly):
            Clinic.open(folder, USER, PASSWORD).close()
            figures.faults.append(f"the right password opens {seconds} s too early")
        MadeUpClock.shows += SECOND
        figures.count("had to wait")


def _left(folder: Path) -> int:
    """Seconds; 0 where a try is allowed."""
    tries = Tries(folder, [USER])
    try:
        tries.refuse_too_early(USER, MadeUpClock.now(dt.UTC))
    except TooEarly as error:
        return error.seconds
    return 0


@contextmanager
def _by_made_up_clock() -> Iterator[None]:
    """The two modules of the store that ask what time it is."""
    with mock.patch.object(keys, "dt", _Times), mock.patch.object(clock, "dt", _Times):
        yield


class _Times:
    datetime, timedelta, UTC = MadeUpClock, dt.timedelta, dt.UTC
