"""Backups that nobody has to think of: one a day while somebody is in, and one before closing."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from models.base import ClinicError
from models.progress import Progress, Stopped
from models.store.clinic import Clinic
from models.store.health import Health
from ui.long_work import LongWork
from ui.tasks import Tasks

MINUTE_MS = 60_000
PAUSE = dt.timedelta(minutes=15)
"""After a backup that failed, before the next try: a drive is not connected within a minute."""


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class AutomaticBackup(QObject):
    """All backups of the window, one after the other, on a worker that does nothing else.

    `told`: the `Health` of the backups, anew each minute; `tried`: the same, after a try.
    Leaving the clinic ends a backup that is under way, and nothing is left of it: it is due again.
    """

    told = Signal(object)
    tried = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.tasks = Tasks(self)
        self._clinic: Clinic | None = None
        self._works: list[LongWork] = []
        self._looking: LongWork | None = None
        self._not_before = now()
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self.look)

    def begin(self, clinic: Clinic) -> None:
        """Somebody came in; the first backup waits until the day's first page is there."""
        self._clinic, self._not_before = clinic, now()
        self._minute.start()
        self.tell()

    def end(self) -> None:
        """Nobody is in any more."""
        self._minute.stop()
        self._clinic = None
        for work in self._works:
            work.stop()
            work.blockSignals(True)
            work.deleteLater()
        self._works = []

    def shut_down(self) -> None:
        self.end()
        self.tasks.shutdown()

    def tell(self) -> None:
        """How the backups stand."""
        if self._clinic is not None:
            self.run(partial(_health, self._clinic, now())).done.connect(self.told)

    def look(self) -> None:
        """Make the backup that is due; while that is being made, nothing."""
        if self._clinic is None or self._looking in self._works:
            return
        if now() < self._not_before:
            self.tell()
            return
        self._looking = self.run(partial(_looked, self._clinic, now()))
        self._looking.done.connect(self._on_looked)

    def run(self, work: Callable[[Progress], Any]) -> LongWork:
        """Do this after what is under way; whoever asks connects to what is handed back."""
        made = LongWork(self.tasks, work, self)
        self._works.append(made)
        for ended in (made.done, made.failed, made.stopped):
            ended.connect(partial(self._forget, made))
        made.start()
        return made

    def _on_looked(self, found: "Looked") -> None:
        if found.failed:
            self._not_before = now() + PAUSE
        self.told.emit(found.health)
        self.tried.emit(found.health)

    def _forget(self, work: LongWork, *_told: object) -> None:
        if work in self._works:
            self._works.remove(work)
            work.deleteLater()


@dataclass(frozen=True)
class Looked:
    health: Health
    failed: bool


def backed_up(clinic: Clinic, progress: Progress) -> None:
    """On the worker: a backup if anything was changed since the last one."""
    if clinic.backups.worth_it():
        clinic.backups.take(progress=progress)


def _health(clinic: Clinic, at: dt.datetime, _progress: Progress) -> Health:
    return clinic.backups.health(at)


def _looked(clinic: Clinic, at: dt.datetime, progress: Progress) -> Looked:
    """What became of it stands in the audit trail, where `health` finds it."""
    failed = False
    if clinic.backups.due(at):
        try:
            clinic.backups.take(progress=progress)
        except Stopped:
            raise
        except ClinicError:
            failed = True
    return Looked(clinic.backups.health(at), failed)
