"""What can be restored: a backup, or a clinic's own file, with its keyring beside it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.base import ClinicError
from models.store.backup_files import Backup, keyring_beside
from models.store.failures import unreadable
from models.store.keyring import Keyring
from models.store.places import BACKUPS, KEYRING, STORE
from models.store.switching import ASIDE
from models.words import _, moment_words, number_words


@dataclass(frozen=True)
class Source:
    """`at`: when it was made, as its name says, else when the file was last written, in UTC.

    `size`: in bytes.
    """

    store: Path
    keyring: Path
    at: dt.datetime
    size: int

    @property
    def name(self) -> str:
        """As it goes on record: the file, and of a clinic's own file its folder."""
        return f"{self.store.parent.name}/{STORE}" if self.store.name == STORE else self.store.name

    @property
    def series(self) -> str:
        """Whose it is, as far as its name tells: `ctcl-1a2b3c4d`; else empty."""
        backup = Backup.at(self.store)
        return backup.series if backup and not backup.before else ""

    @property
    def said(self) -> dict[str, str]:
        """What goes on record of it."""
        return {"file": self.name, "made": moment_words(self.at)}

    @property
    def is_set_aside(self) -> bool:
        return self.store.parent.name.startswith(ASIDE)

    @property
    def size_words(self) -> str:
        return _("{n} MB").format(n=number_words(self.size / 1_000_000))

    @property
    def users(self) -> list[str]:
        """Whose passwords open it; raises `ClinicError` where its keyring is damaged."""
        return sorted(Keyring.read(self.keyring).users, key=str.casefold)


def source_at(path: Path) -> Source:
    """The backup in this file, or the only one in this folder.

    Raises `ClinicError` where there is none, or several.
    """
    try:
        if not path.is_dir():
            return _source(path)
        found = sources_in(path)
    except OSError as error:
        raise unreadable(path) from error
    if len(found) != 1:
        raise _several(path, found) if found else _none(path)
    return found[0]


def sources_in(folder: Path) -> list[Source]:
    """Every backup in a folder, a clinic's included. A file without a keyring is none."""
    return newest_first(_sources(folder))


def newest_first(sources: Iterable[Source]) -> list[Source]:
    """What a former restore set aside comes last: it is seldom what somebody looks for."""
    return sorted(sources, key=lambda source: (not source.is_set_aside, source.at), reverse=True)


def _sources(folder: Path) -> Iterator[Source]:
    try:
        found = [
            path
            for pattern in ("*.db", f"{BACKUPS}/*.db", f"{ASIDE}*/{STORE}")
            for path in folder.glob(pattern)
            if not path.name.startswith(".") and _keyring(path).is_file()
        ]
        yield from map(_source, found)
    except OSError as error:
        raise unreadable(folder) from error


def _source(store: Path) -> Source:
    keyring = _keyring(store)
    if not store.is_file():
        raise unreadable(store)
    if not keyring.is_file():
        raise _without_keyring(store, keyring)
    found = store.stat()
    return Source(store, keyring, _moment(store, found.st_mtime), found.st_size)


def _keyring(store: Path) -> Path:
    if store.name == STORE:
        return store.with_name(KEYRING)
    return keyring_beside(store)


def _moment(store: Path, written: float) -> dt.datetime:
    backup = Backup.at(store)
    return backup.moment if backup else dt.datetime.fromtimestamp(written, dt.UTC)


def _none(folder: Path) -> ClinicError:
    return ClinicError(
        _("There is no backup in the folder {folder}.").format(folder=folder),
        _("Nothing was changed."),
        _("Choose another folder, or the backup's file itself."),
    )


def _several(folder: Path, found: list[Source]) -> ClinicError:
    return ClinicError(
        _("There are {n} backups in the folder {folder}.").format(n=len(found), folder=folder),
        _("Nothing was changed."),
        _("Choose one of the files; the newest is {file}.").format(file=found[0].store),
    )


def _without_keyring(store: Path, keyring: Path) -> ClinicError:
    return ClinicError(
        _("The keyring {keyring} is missing beside {file}.").format(
            keyring=keyring.name, file=store.name
        ),
        _("Nothing was changed."),
        _("Copy both files into one folder; every backup is a pair of them."),
    )
