"""A look at a backup before it is restored: copied, opened, checked, and told what it holds.

All of it is done on a copy, so that not a byte of the backup changes, be it on a disk that cannot
be written to; what is restored later is the very copy that was looked at.
"""

import datetime as dt
import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base import ClinicError
from models.progress import Progress, unseen
from models.records import RECORDS
from models.store import accounts, audit, chain, replacing, schema, soundness, trail_end
from models.store.audit import Action
from models.store.engine import Store
from models.store.failures import OutOfReach, already_a_clinic, told_plainly, unreadable
from models.store.files import private_file, write_whole
from models.store.keyring import Keyring
from models.store.places import KEYRING, STORE
from models.store.restorers import Who, key_by, knows_roles
from models.store.settings import AUDIT_END, NAME, setting
from models.store.sources import Source, source_at
from models.store.switching import Staging
from models.store.tables import AUDIT_ENTRY
from models.store.tries import Tries
from models.words import _

AT_ONCE = 2**20
_JOURNALS = ("-wal", "-journal")


@dataclass(frozen=True)
class Standing:
    """What a store holds. `counts`: by the name of each kind, without what was removed."""

    name: str
    version: str
    users: tuple[str, ...]
    counts: Mapping[str, int]
    last_at: dt.datetime | None
    last_by: str
    end: trail_end.End

    @property
    def is_older(self) -> bool:
        """Whether its tables are brought up to date when it is restored."""
        return self.version != schema.HEAD

    @property
    def patients(self) -> int:
        return self.counts["patient"]

    @property
    def records(self) -> int:
        return sum(self.counts.values())


@dataclass
class Look:
    """A backup that can be restored into a folder. To be closed, whatever comes of it.

    `faults`: sentences about what was wrong before the backup was made; its file is sound.
    """

    source: Source
    who: Who
    staging: Staging
    key: bytes = field(repr=False)
    standing: Standing
    faults: list[str]

    @property
    def folder(self) -> Path:
        return self.staging.folder

    def close(self) -> None:
        self.staging.discard()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def look(path: Path, folder: Path, who: Who, progress: Progress = unseen) -> Look:
    """Look at the backup in `path`, to be restored into the clinic's `folder`.

    Raises `ClinicError` where it is damaged, of a newer version, or not theirs to restore; nothing
    is left in the folder then. `progress` counts bytes.
    """
    source = source_at(path)
    if source.store.resolve() == (folder / STORE).resolve():
        raise already_a_clinic(folder)
    keyring = _keyring(source)
    key = key_by(who, folder, keyring, source)
    staging = Staging(folder)
    try:
        _copy(source, keyring, staging.path, progress)
        progress(0, 0)
        with closing(Store(staging.path / STORE, key)) as store:
            _refuse_damaged(store, source)
            with store.reading() as session:
                standing = standing_of(session)
                who.refuse(session, demo=keyring.demo)
            replacing.refuse(folder, key, who)
            faults = _faults(store, standing, progress)
        trail_end.keep(staging.path, standing.end)
        tries = Tries(staging.path, keyring.users)
        tries.written(tries.unwritten)
        replacing.put_on_record(folder, key, who, Action.BACKUP_LOOKED_AT, **source.said)
    except BaseException:
        staging.discard()
        raise
    return Look(source, who, staging, key, standing, faults)


def standing_of(session: Session) -> Standing:
    """Of a store of any version but a newer one, which is refused."""
    version = schema.version_of(session)
    entries = AUDIT_ENTRY.c
    last = session.execute(
        select(entries.at, entries.user).order_by(entries.sequence.desc()).limit(1)
    ).first()
    return Standing(
        name=str(setting(session, NAME)),
        version=version,
        users=_users(session),
        counts=_counts(session),
        last_at=last.at if last else None,
        last_by=last.user if last else "",
        end=setting(session, AUDIT_END) or {"sequence": 0, "hash": audit.BEGINNING},
    )


def _counts(session: Session) -> dict[str, int]:
    """Of the kinds that this store knows."""
    known = set(inspect(session.connection()).get_table_names())
    return {
        name: session.scalar(
            select(func.count()).select_from(kind).where(col(kind.removed_at).is_(None))
        )
        or 0
        for kind in RECORDS
        if (name := kind.table_name()) in known
    }


def _users(session: Session) -> tuple[str, ...]:
    if not knows_roles(session):
        return ()
    return tuple(each.name for each in accounts.every(session) if each.removed_at is None)


def _keyring(source: Source) -> Keyring:
    try:
        return Keyring.read(source.keyring)
    except ClinicError as error:
        raise _damaged(source.keyring) from error


def _copy(source: Source, keyring: Keyring, to: Path, progress: Progress) -> None:
    """With what is still in the journal of a file that was copied by hand."""
    journals = [source.store.with_name(f"{source.store.name}{end}") for end in _JOURNALS]
    files = [source.store, *(path for path in journals if path.exists())]
    whole, done = sum(path.stat().st_size for path in files), 0
    for path in files:
        copied = to / path.name.replace(source.store.name, STORE)
        private_file(copied)
        try:
            original = path.open("rb")
        except OSError as error:
            raise unreadable(path) from error
        with told_plainly(), original, copied.open("wb") as copy:
            while part := original.read(AT_ONCE):
                copy.write(part)
                done += len(part)
                progress(done, whole)
            copy.flush()
            os.fsync(copy.fileno())
    write_whole(to / KEYRING, keyring.model_dump_json(indent=2).encode())


def _refuse_damaged(store: Store, source: Source) -> None:
    try:
        faults = soundness.file_faults(store)
    except OutOfReach:
        raise
    except ClinicError as error:
        raise _damaged(source.store) from error
    if faults:
        raise _damaged(source.store)


def _faults(store: Store, standing: Standing, progress: Progress) -> list[str]:
    """What a store of a former version has beside its trail is checked once it is up to date."""
    if not standing.is_older:
        return soundness.faults(store, progress)
    with store.reading() as session:
        return [*chain.faults(session, audit.audit_key(store.key), progress)]


def _damaged(path: Path) -> ClinicError:
    return ClinicError(
        _("The backup cannot be restored: {file} is damaged.").format(file=path.name),
        _("Nothing was changed."),
        _("Choose another backup: the one made before it, or a copy on another disk."),
    )
