"""A copy of the store and its keyring, opened and counted before it is trusted."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import NullPool, create_engine, select, text
from sqlalchemy.orm import Session

from models.base import ClinicError
from models.progress import Progress, Stopped, unseen
from models.store.backup_failures import busy, gone, told, unproven
from models.store.backup_files import (
    BEFORE,
    Backup,
    clean_up,
    hidden,
    keyring_beside,
    thin_out,
    unmake,
    unused,
)
from models.store.engine import CACHE_KIB, Store
from models.store.failures import damaged_store, not_writable, told_plainly
from models.store.file_lock import locked_at
from models.store.files import on_disk, private_file, private_folder
from models.store.keeping import few
from models.store.keyring import Keyring
from models.store.places import BACKUP_LOCK, BACKUPS, KEYRING
from models.store.tables import AUDIT_ENTRY

PAGES = 256
"""Copied at a time, a megabyte: so often one hears how far it is, and can stop it."""
PATIENCE_S = 5  # how long to wait for another backup to be done

_TABLES = text(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'patient_search%'"
)


@dataclass(frozen=True)
class Contents:
    """How many rows each table has, and the number and hash of the newest audit entry."""

    rows: dict[str, int]
    newest: tuple[int, str]

    @classmethod
    def of(cls, session: Session) -> "Contents":
        names = session.scalars(_TABLES).all()
        counts = {name: session.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in names}  # noqa: S608
        entries = AUDIT_ENTRY.c
        last = select(entries.sequence, entries.hash).order_by(entries.sequence.desc()).limit(1)
        found = session.execute(last).one_or_none()
        return cls({name: n or 0 for name, n in counts.items()}, tuple(found or (0, "")))


def back_up(
    store: Store,
    folder: Path,
    series: str,
    now: dt.datetime,
    progress: Progress = unseen,
) -> tuple[Backup, Contents]:
    """Copy the store, as it stands at one moment, while others go on saving.

    `progress` counts in hundredths. Whatever is raised, by it too, nothing is left of the copy.
    """
    with told(folder), _alone(folder):
        clean_up(folder, series)
        target = unused(folder, series, now)
        try:
            return _made(store, target, progress)
        except BaseException:
            unmake(target)
            raise


def back_up_before(store: Store, version: str) -> Backup:
    """A copy beside the store before its tables become those of this version; three are kept."""
    folder = store.path.parent / BACKUPS
    private_folder(folder)
    made, _contents = back_up(store, folder, f"{BEFORE}-{version}", dt.datetime.now(dt.UTC))
    with suppress(ClinicError, OSError):  # they go the next time
        thin_out(made, few)
    return made


@contextmanager
def _opened(path: Path, key: bytes) -> Iterator[Session]:
    """A finished backup as it lies: nothing is written to it or beside it."""
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=partial(_connect, path, key, "mode=ro&immutable=1"),
        poolclass=NullPool,
        hide_parameters=True,
    )
    with told_plainly(), Session(engine, autoflush=False) as session:
        yield session


def _made(store: Store, target: Path, progress: Progress) -> tuple[Backup, Contents]:
    """The keyring comes before the name: no copy is ever seen that cannot be opened."""
    unnamed, beside = hidden(target), keyring_beside(target)
    private_file(unnamed)
    with store.copying() as session, told(target.parent):
        contents = Contents.of(session)
        keyring = Keyring.read(store.path.parent / KEYRING)
        _refuse_damaged(store, session)
        progress(20, 100)
        _copy(session, store.key, unnamed, progress)
    _prove(unnamed, store.key, contents, progress)
    keyring.write(beside)
    if Keyring.read(beside) != keyring:
        raise unproven(target)
    on_disk(target.parent)
    progress(100, 100)
    unnamed.rename(target)
    on_disk(target.parent)
    made = Backup.at(target)
    if made is None or not made.complete:
        raise gone(target.parent)
    return made, contents


def _refuse_damaged(store: Store, session: Session) -> None:
    """A damaged page is read as an empty one, which the copy would not show.

    Looked at twice: a page that is being written, or was torn at that, is whole in the log.
    """
    if _broken(session):
        with store.outside_transactions() as connection:
            connection.execute(text("PRAGMA wal_checkpoint"))
        if _broken(session):
            raise damaged_store()


def _broken(session: Session) -> bool:
    return bool(session.scalars(text("PRAGMA cipher_integrity_check")).all())


def _copy(session: Session, key: bytes, target: Path, progress: Progress) -> None:
    """Page by page, in the session's own view of the store."""

    def copied(_status: int, remaining: int, whole: int) -> None:
        progress(20 + (whole - remaining) * 40 // max(whole, 1), 100)

    source: Any = session.connection().connection.driver_connection
    with closing(_connect(target, key, "mode=rw")) as copy:
        for pragma in (
            "locking_mode = EXCLUSIVE",  # without shared memory, which a share does not have
            "journal_mode = OFF",
            "fullfsync = ON",
            "synchronous = FULL",
        ):
            copy.execute(f"PRAGMA {pragma}")
        source.backup(copy, pages=PAGES, progress=copied)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, and none beside it


def _prove(path: Path, key: bytes, contents: Contents, progress: Progress) -> None:
    try:
        with _opened(path, key) as session:
            broken = _broken(session)
            progress(80, 100)
            said = session.scalars(text("PRAGMA integrity_check")).all()
            proven = not broken and said == ["ok"] and Contents.of(session) == contents
    except Stopped:
        raise
    except ClinicError as error:
        raise (unproven(path) if path.exists() else gone(path.parent)) from error
    if not proven:
        raise unproven(path)


def _connect(path: Path, key: bytes, how: str) -> sqlcipher.Connection:
    uri = f"{path.absolute().as_uri()}?{how}"
    connection = sqlcipher.connect(uri, uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    except sqlcipher.Error:
        connection.close()
        raise
    return connection


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time into a folder, over all programs, and all computers that share it."""
    file = folder / BACKUP_LOCK
    try:
        lock = locked_at(file, PATIENCE_S)
    except BlockingIOError as error:
        raise busy() from error
    except OSError as error:
        raise not_writable(folder) from error
    with closing(lock):
        yield
