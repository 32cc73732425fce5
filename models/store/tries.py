"""Failed sign-ins and the growing wait after them, remembered beside the store across restarts.

Nobody who fails has the store's key, so the file is open to whoever may read and write the folder:
it slows down who guesses at the window or the command line, and nobody who copies the keyring, who
is up against the cost of Argon2. Whatever is wrong with the file, the right password opens.
"""

import datetime as dt
import math
from collections.abc import Container, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from models.errors import ClinicError
from models.store.file_lock import locked_at
from models.store.files import read_small, write_whole
from models.store.keyring import LONGEST_NAME, as_kept
from models.store.places import TRIES, TRIES_LOCK
from models.values import Choice
from models.words import N_, _, ngettext

FREE = 2
LONGEST_WAIT = dt.timedelta(minutes=15)
MOST_UNWRITTEN = 1000
LARGEST_FILE = 2**20
PATIENCE_S = 10
_ENOUGH = 10**6
_MISSING = N_("There was no list of failed sign-ins (tries.json); it begins now.")
_DAMAGED = N_("The list of failed sign-ins (tries.json) could not be read; it begins anew.")

Moment = Annotated[AwareDatetime, Field(ge=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))]
Name = Annotated[str, Field(max_length=LONGEST_NAME)]
Number = Annotated[int, Field(ge=0, le=_ENOUGH)]


class Door(Choice):
    """Whose failures are counted together."""

    USER = N_("user")
    UNKNOWN_USER = N_("unknown user")
    RECOVERY_KEY = N_("recovery key")


class TooEarly(ClinicError):
    """`seconds`: how long is still to be waited."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            _("Too many failed tries."),
            _("Nothing was changed."),
            _("Try again in {time}.").format(time=_time_words(seconds)),
        )
        self.seconds = seconds

    def __reduce__(self) -> tuple[type["TooEarly"], tuple[int]]:
        return TooEarly, (self.seconds,)


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Failure(_Kept):
    """A failed sign-in. `user`: one of the keyring's, else empty: what was typed is not kept, for
    people type passwords into the wrong field.
    """

    at: Moment
    door: Door
    user: Name = ""


class Unwritten(_Kept):
    """What is not in the audit trail yet. `failures`: the newest; `left_out`: how many before them.

    `notice`: a sentence about the list itself; empty where it was found as it should be.
    """

    failures: tuple[Failure, ...] = ()
    left_out: Number = 0
    fault: Literal["", "missing", "damaged"] = ""

    @property
    def notice(self) -> str:
        return _({"": "", "missing": _MISSING, "damaged": _DAMAGED}[self.fault])

    def plus(self, failure: Failure) -> "Unwritten":
        failures = (*self.failures, failure)
        surplus = max(0, len(failures) - MOST_UNWRITTEN)
        left_out = min(self.left_out + surplus, _ENOUGH)
        return Unwritten(failures=failures[surplus:], left_out=left_out, fault=self.fault)

    def without(self, written: "Unwritten") -> "Unwritten":
        """What has come since."""
        done = set(written.failures)
        return Unwritten(
            failures=tuple(each for each in self.failures if each not in done),
            left_out=max(0, self.left_out - written.left_out),
        )


class _Count(_Kept):
    """Failures in a row at one door."""

    door: Door
    user: Name = ""
    failures: Number
    last: Moment


class _State(_Kept):
    format: Literal[1] = 1
    counts: tuple[_Count, ...] = ()
    unwritten: Unwritten = Unwritten()


_unsaved: dict[Path, _State] = {}
"""By folder, what could not be written: the wait holds in this process at least."""


class Tries:
    """The failed sign-ins at the clinic in this folder, whose keyring holds these users.

    Each user has a wait of their own, so has the recovery key, and all unknown users have one
    together. `user` is what was typed; None is the recovery key. `now`: with its time zone.
    """

    def __init__(self, folder: Path, users: Container[str]) -> None:
        self._file, self._users = folder.absolute() / TRIES, users

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One try at a time over all programs: of ten at once none would know of the others.

        Raises `ClinicError` where others take too long. Where there can be no lock, there is none.
        """
        lock: AbstractContextManager[object] = nullcontext()
        try:
            lock = closing(locked_at(self._file.with_name(TRIES_LOCK), PATIENCE_S))
        except BlockingIOError as error:
            raise _others() from error
        except OSError:
            pass
        with lock:
            yield

    def refuse_too_early(self, user: str | None, now: dt.datetime) -> None:
        """Raise `TooEarly` while the wait after the last failure lasts.

        A last failure that lies ahead tells that the clock was set back: nobody waits for that.
        """
        count = self._count(self._state(), user)
        if count is None or now < count.last:
            return
        left = wait_after(count.failures) - (now - count.last)
        if left > dt.timedelta(0):
            raise TooEarly(math.ceil(left.total_seconds()))

    def failed(self, user: str | None, now: dt.datetime) -> None:
        state = self._state()
        door, name = self._door(user)
        former = self._count(state, user)
        failures = min(former.failures + 1 if former else 1, _ENOUGH)
        count = _Count(door=door, user=name, failures=failures, last=now)
        unwritten = state.unwritten.plus(Failure(at=now, door=door, user=name))
        self._keep(_State(counts=(*_without(state, former), count), unwritten=unwritten))

    def succeeded(self, user: str | None) -> None:
        """The next failure of this user is a first one again."""
        state = self._state()
        count = self._count(state, user)
        if count:
            self._keep(_State(counts=_without(state, count), unwritten=state.unwritten))

    @property
    def unwritten(self) -> Unwritten:
        return self._state().unwritten

    def written(self, done: Unwritten) -> None:
        """Forget what now stands in the audit trail; from here on there is a list."""
        if done != Unwritten():
            state = self._state()
            self._keep(_State(counts=state.counts, unwritten=state.unwritten.without(done)))

    def _door(self, user: str | None) -> tuple[Door, str]:
        if user is None:
            return Door.RECOVERY_KEY, ""
        name = as_kept(user)
        return (Door.USER, name) if name in self._users else (Door.UNKNOWN_USER, "")

    def _count(self, state: _State, user: str | None) -> _Count | None:
        door = self._door(user)
        return next((each for each in state.counts if (each.door, each.user) == door), None)

    def _state(self) -> _State:
        """As it stands in the file now: another window may have written it."""
        if self._file in _unsaved:
            return _unsaved[self._file]
        try:
            return _State.model_validate_json(read_small(self._file, LARGEST_FILE))
        except FileNotFoundError:
            return _State(unwritten=Unwritten(fault="missing"))
        except (OSError, ValueError):
            return _State(unwritten=Unwritten(fault="damaged"))

    def _keep(self, state: _State) -> None:
        _unsaved[self._file] = state
        with suppress(ClinicError, OSError):
            write_whole(self._file, state.model_dump_json().encode())
            _unsaved.pop(self._file, None)


def wait_after(failures: int) -> dt.timedelta:
    """None for the first two failures in a row, then 1, 2, 4, 8 … seconds up to 15 minutes."""
    if failures <= FREE:
        return dt.timedelta(0)
    doublings = min(failures - FREE - 1, 10)
    return min(dt.timedelta(seconds=2**doublings), LONGEST_WAIT)


def _without(state: _State, count: _Count | None) -> tuple[_Count, ...]:
    return tuple(each for each in state.counts if each is not count)


def _others() -> ClinicError:
    return ClinicError(
        _("Others are signing in at this moment, and one waits for the other."),
        _("Nothing was changed."),
        _("Try again in a moment."),
    )


def _time_words(seconds: int) -> str:
    if seconds < 120:
        return ngettext("{n} second", "{n} seconds", seconds).format(n=seconds)
    minutes = math.ceil(seconds / 60)
    return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
