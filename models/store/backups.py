"""The clinic's backups: making one, which there are, and whether all is well with them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from models.base import ClinicError
from models.progress import Progress, Stopped, unseen
from models.roles import May
from models.store import backup, backup_files, reading
from models.store.audit import Action
from models.store.backup import Contents
from models.store.backup_failures import gone
from models.store.backup_files import Backup
from models.store.backup_folder import on_same_disk
from models.store.failures import unreadable
from models.store.files import private_folder
from models.store.health import Health
from models.store.keeping import ladder
from models.store.places import BACKUPS
from models.store.settings import CLINIC, setting
from models.store.sitting import Sitting, needs
from models.store.tables import AUDIT_ENTRY
from models.words import _

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
    Action.BACKUP_LOOKED_AT,
)


Noted = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class Taken:
    """A backup, what stands in it, and the older ones that the rule of keeping removed.

    `left`: why older ones are still there that would have gone; empty where none are.
    """

    backup: Backup
    contents: Contents
    removed: list[Backup]
    left: str

    @property
    def left_words(self) -> str:
        words = _("Older backups were left where they are: {why}")
        return words.format(why=self.left) if self.left else ""


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
        that is not connected. Another folder than the clinic wants takes an administrator.
        """
        usual = self.folder.absolute()
        folder = (folder or usual).absolute()
        if folder != usual:
            self.sitting.require(May.ADMINISTER)
        try:
            self._ready(folder)
            now = self.sitting.clock.now()
            made, contents = backup.back_up(self.sitting.store, folder, self.series, now, progress)
        except Stopped:
            raise
        except ClinicError as error:
            self.sitting.note(Action.BACKUP_FAILED, reason=error.happened, folder=str(folder))
            raise
        removed, left = _thinned_out(made)
        said = {"removed": ", ".join(each.path.name for each in removed)} if removed else {}
        self.sitting.note(
            Action.BACKED_UP,
            file=made.path.name,
            folder=str(folder),
            size=made.size,
            patients=contents.rows["patient"],
            entries=contents.newest[0],
            **said,
        )
        return Taken(made, contents, removed, left)

    @needs(May.READ)
    def listing(self, folder: Path | None = None) -> list[Backup]:
        """Those of this clinic, newest first; in its own folder also the copies made before."""
        folder = (folder or self.folder).absolute()
        there = backup_files.found(folder)
        here = folder == self.own_folder
        return [each for each in there if each.series == self.series or (here and each.before)]

    @needs(May.READ)
    def health(self, now: dt.datetime) -> Health:
        """How old the last backup is, and what became of it; asks the folder's disk, too.

        Of those on record only what still lies in the clinic's folder for backups counts.
        """
        with self.sitting.store.surveying() as session:
            succeeded = self._last(session)
            return Health(
                now=now,
                succeeded=succeeded.at if succeeded else None,
                why=self._why_it_failed(session),
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
            return _changed_since(session, self._last(session))

    @cached_property
    def series(self) -> str:
        with self.sitting.store.glancing() as session:
            return backup_files.series_of(setting(session, CLINIC))

    def _folder(self, session: Session) -> Path:
        chosen = reading.safekeeping(session).backup_folder
        return Path(chosen) if chosen else self.own_folder

    def _last(self, session: Session) -> Noted | None:
        """The newest backup on record that lies, as it was made, in the folder where it was."""
        folder = self._folder(session).absolute()
        try:
            there = {each.path.name: each for each in backup_files.found(folder) if each.complete}
        except ClinicError:
            return None
        made = _newest_first(session, Action.BACKED_UP) if there else iter(())
        return next((each for each in made if _lies_there(each.new, folder, there)), None)

    def _why_it_failed(self, session: Session) -> str:
        """The last one that did, unless one succeeded since, there or in the clinic's folder."""
        usual, made_good = self._folder(session).absolute(), set[Path]()
        for each in _newest_first(session, Action.BACKED_UP, Action.BACKUP_FAILED):
            folder = Path(each.new["folder"])
            if each.action == Action.BACKED_UP:
                made_good.add(folder)
            elif folder not in made_good:
                return str(each.reason)
            if usual in made_good:
                break
        return ""

    def _on_same_disk(self, folder: Path) -> bool:
        return folder == self.own_folder or on_same_disk(folder, self.sitting.folder)

    def _ready(self, folder: Path) -> None:
        if folder == self.own_folder:
            private_folder(folder)
        elif not folder.is_dir():
            raise gone(folder)


def _thinned_out(made: Backup) -> tuple[list[Backup], str]:
    """What went, and why the rest did not: the backup itself is good in any case."""
    try:
        return backup_files.thin_out(made, ladder), ""
    except ClinicError as error:
        return [], error.happened
    except OSError:
        return [], unreadable(made.path.parent).happened


def _newest_first(session: Session, *actions: Action) -> Iterator[Noted]:
    """One at a time: nothing is read further back than what is sought."""
    entries = AUDIT_ENTRY.c
    asked = select(entries.sequence, entries.at, entries.action, entries.new, entries.reason)
    of_them = asked.where(entries.action.in_([action.value for action in actions]))
    newest = of_them.order_by(entries.sequence.desc()).limit(1)
    found = session.execute(newest).first()
    while found:
        yield found
        found = session.execute(newest.where(entries.sequence < found.sequence)).first()


def _lies_there(said: dict[str, Any], folder: Path, there: dict[str, Backup]) -> bool:
    backup = there.get(said["file"])
    return backup is not None and Path(said["folder"]) == folder and backup.size == said["size"]


def _changed_since(session: Session, succeeded: Noted | None) -> bool:
    """What was saved while the backup was being made is not in it, and counts."""
    held = succeeded.new["entries"] if succeeded else 0
    entries = AUDIT_ENTRY.c
    after = (
        entries.sequence > held,
        entries.action.not_in([action.value for action in _CHANGED_NOTHING]),
    )
    return session.scalar(select(entries.sequence).where(*after).limit(1)) is not None
