"""The files of backups: how they are named, found, thinned out, and cleaned up when left half-made.

A backup is a copy of the store, `ctcl-1a2b3c4d-20261121T140200Z.db`, and the keyring of that moment
beside it. It is written under a hidden name, and only what is whole gets its own. Nothing is ever
deleted but by such a name.
"""

import datetime as dt
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from models.errors import ClinicError
from models.store.failures import unreadable
from models.store.keeping import Rule
from models.store.keyring import Keyring
from models.store.places import KEYRING
from models.words import _, number_words

BEFORE = "before"
PAGE = 4096
"""The least that a store can hold, in bytes."""
_STAMP = "%Y%m%dT%H%M%SZ"
_SERIES = r"(?P<series>ctcl-[0-9a-f]{8}|before-\d{4})"
_NAME = re.compile(_SERIES + r"-(?P<stamp>\d{8}T\d{6}Z)")
_HIDDEN = re.compile(rf"\.(?P<stem>{_NAME.pattern})\.(db|keyring\.json)")


@dataclass(frozen=True)
class Backup:
    """`series`: whose it is, or what it was made before. `size`: of both files, in bytes.

    `moment`: when it was made, in UTC. `complete`: its keyring lies beside it.
    """

    path: Path
    series: str
    moment: dt.datetime
    size: int
    complete: bool

    @classmethod
    def at(cls, path: Path) -> Self | None:
        """The backup of this name; None where it has another, or no copy of a store is there."""
        named = _NAME.fullmatch(path.stem)
        if not named or path.suffix != ".db":
            return None
        try:
            moment = dt.datetime.strptime(named["stamp"], _STAMP).replace(tzinfo=dt.UTC)
        except ValueError:
            return None
        size, beside = _size(path), _size(keyring_beside(path))
        if size < PAGE:
            return None
        return cls(path, named["series"], moment, size + beside, complete=bool(beside))

    @property
    def keyring(self) -> Path:
        return keyring_beside(self.path)

    @property
    def before(self) -> bool:
        """Whether it was made before the store's tables were changed."""
        return self.series.startswith(BEFORE)

    @property
    def size_words(self) -> str:
        return _("{n} MB").format(n=number_words(self.size / 1_000_000))


def series_of(clinic: str) -> str:
    """The beginning of the names of a clinic's backups; `clinic`: its id."""
    return f"ctcl-{clinic[:8]}"


def keyring_beside(path: Path) -> Path:
    return path.with_suffix(f".{KEYRING}")


def hidden(path: Path) -> Path:
    return path.with_name(f".{path.name}")


def unused(folder: Path, series: str, now: dt.datetime) -> Path:
    """A name that no other backup has: in the same second the next one is a second later."""
    moment = now.astimezone(dt.UTC)
    while True:
        path = folder / f"{series}-{moment:{_STAMP}}.db"
        if not path.exists() and not keyring_beside(path).exists():
            return path
        moment += dt.timedelta(seconds=1)


def found(folder: Path) -> list[Backup]:
    """All backups in a folder, of whichever clinic, newest first."""
    try:
        there = [Backup.at(path) for path in folder.iterdir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise unreadable(folder) from error
    return sorted(filter(None, there), key=lambda each: (each.moment, each.series), reverse=True)


def thin_out(made: Backup, rule: Rule) -> list[Backup]:
    """Delete what the rule does not keep of those of the same kind; those that went.

    What only bears their name, without a keyring that can be read, neither counts nor goes.
    """
    kind = _kind(made.series)
    there = [each for each in found(made.path.parent) if _kind(each.series) == kind]
    kin = [each for each in there if _has_keyring(each)]
    kept = rule([each.moment.astimezone() for each in kin], made.moment)
    return [each for each in kin if each.moment not in kept and _delete(each)]


def clean_up(folder: Path, series: str) -> None:
    """Remove what an interrupted backup of the same kind left; nobody may be making one."""
    for path in [*folder.iterdir()]:
        left = _HIDDEN.match(path.name)
        if left and _kind(left["series"]) == _kind(series):
            unmake(folder / f"{left['stem']}.db")


def unmake(path: Path) -> None:
    """Remove what there is of a backup that never got its name, or that has lost it.

    The keyring first: as long as something hidden is left, the next one knows what to clean up.
    """
    unfinished = [*path.parent.glob(f".{path.stem}.*")]
    keyring = [] if path.exists() else [keyring_beside(path)]
    for each in (*keyring, *unfinished):
        with suppress(OSError):
            each.unlink(missing_ok=True)


def _delete(backup: Backup) -> bool:
    """Interrupted, it is one that was never finished; False where it is in use."""
    try:
        backup.path.replace(hidden(backup.path))
    except OSError:
        return False
    unmake(backup.path)
    return True


def _size(path: Path) -> int:
    """Of a file, in bytes; 0 where there is none."""
    try:
        held = path.stat()
    except OSError:
        return 0
    return held.st_size if stat.S_ISREG(held.st_mode) else 0


def _has_keyring(backup: Backup) -> bool:
    try:
        Keyring.read(backup.keyring)
    except ClinicError:
        return False
    return True


def _kind(series: str) -> str:
    """The copies before any change of the tables are of one kind."""
    return BEFORE if series.startswith(BEFORE) else series
