"""The clinic's backups: making one, which there are, and whether all is well with them."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from models.base import ClinicError
from models.roles import May
from models.store import backup, backup_files, reading
from models.store.audit import Action
from models.store.backup import Contents
from models.store.backup_failures import gone
from models.store.backup_files import Backup
from models.store.backup_folder import on_same_disk
from models.store.files import private_folder
from models.store.health import Health
from models.store.keeping import ladder
from models.store.places import BACKUPS
from models.store.progress import Progress, Stopped, unseen
from models.store.settings import CLINIC, setting
from models.store.sitting import Sitting, needs
from models.store.tables import AUDIT_ENTRY

_CHANGED_NOTHING = (
    Action.SIGNED_IN,
    Action.SIGN_IN_FAILED,
    Action.SIGNED_OUT,
    Action.NOTICED,
    Action.LISTED,
    Action.READ,
    Action.PRINTED,
    Action.EXPORTED,
    Action.BACKED_UP,
    Action.BACKUP_FAILED,
)


@dataclass(frozen=True)
class Taken:
    """A backup, what stands in it, and the older ones that the rule of keeping removed."""

    backup: Backup
    contents: Contents
    removed: list[Backup]


class Backups:
    """Everybody may make one: it happens by itself, whoever works.

    Of a demo clinic there are none but those made by hand.
    """

    def __init__(self, sitting: Sitting, *, demo: bool) -> None:
        self.sitting, self._demo = sitting, demo

    @property
    def own_folder(self) -> Path:
        """Beside the clinic's file: used where no other was chosen."""
        return (self.sitting.folder / BACKUPS).absolute()

    @property
    def folder(self) -> Path:
        with self.sitting.store.glancing() as session:
            return self._folder(session)

    @needs(May.READ)
    def take(self, folder: Path | None = None, progress: Progress = unseen) -> Taken:
        """Make a backup, prove it, and remove those that are not kept any longer.

        Only the clinic's own folder is made where there is none: a chosen one may lie on a drive
        that is not connected.
        """
        folder = (folder or self.folder).absolute()
        try:
            self._ready(folder)
            now = self.sitting.clock.now()
            made, contents = backup.back_up(self.sitting.store, folder, self._series, now, progress)
        except Stopped:
            raise
        except ClinicError as error:
            self.sitting.note(Action.BACKUP_FAILED, reason=error.happened, folder=str(folder))
            raise
        self.sitting.note(
            Action.BACKED_UP,
            file=made.path.name,
            folder=str(folder),
            size=made.size,
            patients=contents.rows["patient"],
            entries=contents.newest[0],
        )
        return Taken(made, contents, backup_files.thin_out(made, ladder))

    @needs(May.READ)
    def listing(self, folder: Path | None = None) -> list[Backup]:
        """Those of this clinic, newest first; in its own folder also the copies made before."""
        folder = (folder or self.folder).absolute()
        there = backup_files.found(folder)
        here = folder == self.own_folder
        return [each for each in there if each.series == self._series or (here and each.before)]

    @needs(May.READ)
    def health(self, now: dt.datetime) -> Health:
        """How old the last backup is, and what became of it; asks the folder's disk, too."""
        with self.sitting.store.surveying() as session:
            succeeded = _newest(session, Action.BACKED_UP)
            failed = _newest(session, Action.BACKUP_FAILED)
            return Health(
                now=now,
                succeeded=succeeded.at if succeeded else None,
                failed=failed.at if failed else None,
                why=failed.reason if failed and _is_later(failed, succeeded) else "",
                changed=_changed_since(session, succeeded),
                warn_after=dt.timedelta(days=reading.safekeeping(session).warn_after_days),
                automatic=not self._demo,
                same_disk=self._on_same_disk(self._folder(session)),
            )

    @needs(May.READ)
    def due(self, now: dt.datetime) -> bool:
        """Whether there is none of today, and something was changed since the last one."""
        health = self.health(now)
        return health.automatic and health.changed and not health.of_today

    @needs(May.READ)
    def worth_it(self) -> bool:
        """Whether anything was changed since the last one."""
        with self.sitting.store.surveying() as session:
            return _changed_since(session, _newest(session, Action.BACKED_UP))

    @cached_property
    def _series(self) -> str:
        with self.sitting.store.glancing() as session:
            return backup_files.series_of(setting(session, CLINIC))

    def _folder(self, session: Session) -> Path:
        chosen = reading.safekeeping(session).backup_folder
        return Path(chosen) if chosen else self.own_folder

    def _on_same_disk(self, folder: Path) -> bool:
        return folder == self.own_folder or on_same_disk(folder, self.sitting.folder)

    def _ready(self, folder: Path) -> None:
        if folder == self.own_folder:
            private_folder(folder)
        elif not folder.is_dir():
            raise gone(folder)


Noted = Row[*tuple[Any, ...]]


def _newest(session: Session, action: Action) -> Noted | None:
    entries = AUDIT_ENTRY.c
    asked = select(entries.sequence, entries.at, entries.new, entries.reason)
    newest = asked.where(entries.action == action.value).order_by(entries.sequence.desc()).limit(1)
    return session.execute(newest).one_or_none()


def _is_later(one: Noted, other: Noted | None) -> bool:
    return other is None or one.sequence > other.sequence


def _changed_since(session: Session, succeeded: Noted | None) -> bool:
    """What was saved while the backup was being made is not in it, and counts."""
    held = succeeded.new["entries"] if succeeded else 0
    entries = AUDIT_ENTRY.c
    after = (
        entries.sequence > held,
        entries.action.not_in([action.value for action in _CHANGED_NOTHING]),
    )
    return session.scalar(select(entries.sequence).where(*after).limit(1)) is not None
