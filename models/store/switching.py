"""One clinic in the place of another, in one folder: a power cut leaves the one or the other.

The new one is made ready in a folder of its own within. Giving that folder another name is what
decides: from then on every opening first finishes what was begun. Before, all is as it was.
"""

import datetime as dt
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from itertools import count
from pathlib import Path

from models.errors import ClinicError
from models.store.failures import Occupied, locked, told_plainly, unreadable
from models.store.file_lock import locked_at
from models.store.files import on_disk, private_folder
from models.store.places import BACKUPS, KEYRING, STORE, TRAIL_END, TRIES, TRIES_LOCK
from models.store.same_file import identity
from models.words import _

BESIDE = (f"{STORE}-wal", f"{STORE}-journal", f"{STORE}-shm")
OWN = (STORE, *BESIDE, KEYRING, TRAIL_END, TRIES)
NEW = (KEYRING, TRAIL_END, TRIES, STORE)
"""In this order they are put in place. With the keyring in the staging folder, all that lies in the
clinic's folder is the former one's; without it, that has been set aside.
"""
LOCK = ".restoring.lock"
_STAMP = r"\d{8}T\d{6}Z(-\d+)?"
_STAGED, _BEGUN, ASIDE = ".restoring-", "restoring-", "set-aside-"
_FINISHED = ".restored-"
_PATIENCE_S = 10
_SHARED_LOCKS, _LENGTH = 0x40000002, 510
"""The bytes of its file on which SQLite holds a lock while it is open."""


class Staging:
    """A folder within the clinic's in which another clinic is made ready. One at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        made = not folder.exists()
        private_folder(folder)
        with ExitStack() as undone:
            if made:
                undone.callback(_remove_empty, folder)
            undone.enter_context(_turn(folder, patience=0))
            _clear(folder)
            undone.callback(_clear, folder)
            self._stamp = _free_stamp(folder)
            self.path = folder / f"{_STAGED}{self._stamp}"
            private_folder(self.path)
            self._undone = undone.pop_all()

    def discard(self) -> None:
        """Leave the clinic's folder as it was found; nothing happens where that is done."""
        self._undone.close()

    def switch(self) -> Path | None:
        """Put what was made ready in place; where the former clinic is set aside, if there was one.

        Raises `ClinicError` where the former one is in use; then all is as it was.
        """
        begun = self.folder / f"{_BEGUN}{self._stamp}"
        aside = _aside(begun)
        with told_plainly(), _unused(self.folder / STORE):
            shutil.rmtree(self.path / BACKUPS, ignore_errors=True)  # of what was brought up to date
            on_disk(self.path)
            self.path.rename(begun)
            on_disk(self.folder)
            try:
                _finish(begun)
            except OSError as error:
                raise self._taken_back(begun) from error
        return aside if aside.is_dir() else None

    def _taken_back(self, begun: Path) -> ClinicError:
        """What to say of a switch that failed; where nothing was moved yet, all is as it was."""
        aside = _aside(begun)
        if aside.is_dir() and any(aside.iterdir()):
            return _unfinished()
        begun.rename(self.path)
        if aside.is_dir():
            aside.rmdir()
        return _in_use()


def finish_begun(folder: Path) -> None:
    """What every opening does first: finish a restore that was cut short after it was decided.

    Of one that was cut short before, nothing stays.
    """
    if _named(folder, _BEGUN):
        with told_plainly(), _turn(folder, patience=_PATIENCE_S):
            for begun in _named(folder, _BEGUN):
                try:
                    _finished_marker(begun).touch(0o600)
                    _finish(begun)
                except OSError as error:
                    raise _unfinished() from error
    elif _named(folder, _STAGED):
        with suppress(ClinicError), _turn(folder, patience=0):
            _clear(folder)


def finished(folder: Path) -> list[str]:
    """The folders in which former clinics were set aside by an opening, and nobody was told yet."""
    return [each.name.replace(_FINISHED, ASIDE, 1) for each in _named(folder, _FINISHED)]


def told_finished(folder: Path) -> None:
    for marker in _named(folder, _FINISHED):
        with suppress(OSError):
            marker.unlink()


def _finish(begun: Path) -> None:
    """May be cut short anywhere and done again.

    What somebody else has put there is set aside, too.
    """
    folder, aside = begun.parent, _aside(begun)
    if (begun / KEYRING).exists():
        former = [name for name in OWN if (folder / name).exists()]
        if former:
            private_folder(aside)
        for name in former:
            (folder / name).rename(aside / name)
        for changed in (aside, folder):
            on_disk(changed)
    for name in NEW:
        if (begun / name).exists() and not (folder / name).exists():
            (begun / name).rename(folder / name)
    on_disk(folder)
    for name in (*OWN, TRIES_LOCK):
        (begun / name).unlink(missing_ok=True)
    if any(begun.iterdir()):
        private_folder(aside)
        begun.rename(aside / f"left-{begun.name}")
    else:
        begun.rmdir()


def _aside(begun: Path) -> Path:
    return begun.with_name(begun.name.replace(_BEGUN, ASIDE, 1))


def _finished_marker(begun: Path) -> Path:
    return begun.with_name(begun.name.replace(_BEGUN, _FINISHED, 1))


def _clear(folder: Path) -> None:
    """What was never decided."""
    for left in _named(folder, _STAGED):
        shutil.rmtree(left, ignore_errors=True)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _named(folder: Path, beginning: str) -> list[Path]:
    ours = re.compile(re.escape(beginning) + _STAMP)
    try:
        return sorted(path for path in folder.iterdir() if ours.fullmatch(path.name))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise unreadable(folder) from error


def _free_stamp(folder: Path) -> str:
    """The present moment; told apart where that was used for a restore before."""
    now = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}"
    names = (now if n == 1 else f"{now}-{n}" for n in count(1))
    taken = {path.name for path in folder.iterdir()}
    return next(n for n in names if taken.isdisjoint({f"{ASIDE}{n}", f"{_BEGUN}{n}"}))


@contextmanager
def _turn(folder: Path, patience: float) -> Iterator[None]:
    """Nobody else restores here meanwhile: a lock that ends with the program, on every platform."""
    lock = folder / LOCK
    while True:
        with told_plainly():
            lock.touch(0o600)
            found = identity(lock)
            try:
                held = locked_at(lock, patience)
            except BlockingIOError as error:
                raise _being_restored() from error
        with closing(held):
            if identity(lock) != found:  # whoever held it before has removed it
                continue
            try:
                yield
            finally:
                if os.name != "nt":  # before others get it who wait for it
                    lock.unlink(missing_ok=True)
        if os.name == "nt":
            with suppress(OSError):
                lock.unlink(missing_ok=True)
        return


@contextmanager
def _unused(store: Path) -> Iterator[None]:
    """Nobody has the store open, or opens it meanwhile.

    On Windows a file that is open cannot be given another name, which tells as much.
    """
    if sys.platform == "win32" or not store.exists():
        yield
        return
    import fcntl  # noqa: PLC0415 - not on every platform

    with store.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LENGTH, _SHARED_LOCKS)
        except BlockingIOError as error:
            raise _in_use() from error
        yield


def _in_use() -> ClinicError:
    return ClinicError(
        _("The clinic in this folder is open in another window, or cannot be moved."),
        _("It was left as it is."),
        _("Close every other window of this program, and try again."),
    )


def _being_restored() -> Occupied:
    return Occupied(
        _("Another window is restoring a backup or making a clinic in this folder."),
        _("Nothing was changed here."),
        locked().next_step,
    )


def _unfinished() -> ClinicError:
    return ClinicError(
        _("A restore of this clinic has begun and could not be finished."),
        _("Nothing is lost: the backup and what was there before are both in the clinic's folder."),
        _("Close other programs that use this folder and open the clinic again: it goes on."),
    )
