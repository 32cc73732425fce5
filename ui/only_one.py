"""One window for a clinic: who starts the program again is led to the one that is open.

A small file in the clinic's folder names the computer and the process; by a local socket a second
start calls the window. The command line asks neither: the store itself may be shared.
"""

import datetime as dt
import getpass
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from models.words import _, day_words

LOCK = "window.lock"
PATIENCE_MS = 2000
HERE = b"here"


@dataclass(frozen=True)
class Holder:
    """Who has the clinic open: the computer, empty where it cannot be told, and since when."""

    computer: str
    since: dt.datetime | None

    @property
    def words(self) -> str:
        """`It is open on the computer ward-3, since 21 Nov 2026 14:02.`"""
        where = _("It is open on the computer {name}") if self.computer else _("It is open")
        words = where.format(name=self.computer)
        if self.since is None:
            return f"{words}."
        when = f"{day_words(self.since.date())} {self.since:%H:%M}"
        return _("{where}, since {when}.").format(where=words, when=when)


class OnlyOne(QObject):
    """Holds one clinic's folder for the window. `called`: the program was started again."""

    called = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._lock: QLockFile | None = None
        self._server: QLocalServer | None = None

    def hold(self, folder: Path) -> Holder | None:
        """Take this folder instead of the former one; who has it, where somebody else does.

        What a killed program or a power cut left is taken over. A folder in which nothing can be
        written is as good as taken.
        """
        if folder == self._folder:
            return None
        lock = _lock_of(folder)
        if not lock.tryLock(0) and lock.error() is QLockFile.LockError.LockFailedError:
            return _holder(lock)
        self._take(folder, lock)
        return None

    def take_over(self, folder: Path) -> None:
        """Though it is held: by a computer that was switched off, or replaced."""
        lock = _lock_of(folder)
        lock.removeStaleLockFile()
        lock.tryLock(0)
        self._take(folder, lock)

    def let_go(self) -> None:
        self._folder = None
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _take(self, folder: Path, lock: QLockFile) -> None:
        self.let_go()
        self._folder, self._lock = folder, lock
        with suppress(OSError):
            (folder / LOCK).chmod(0o600)
        server = self._server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._answer)
        if lock.isLocked():
            QLocalServer.removeServer(_name_of(folder))
        server.listen(_name_of(folder))

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection() if self._server else None
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(HERE)
            socket.disconnectFromServer()
            self.called.emit()


def call_window(folder: Path) -> bool:
    """Whether this user has a window open on the clinic; it comes to the front."""
    socket = QLocalSocket()
    socket.connectToServer(_name_of(folder))
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.waitForReadyRead(PATIENCE_MS)
    return True


def _lock_of(folder: Path) -> QLockFile:
    """Never stale by age alone; one that names nobody was torn by a power cut."""
    lock = QLockFile(str(folder / LOCK))
    lock.setStaleLockTime(0)
    if _pid_of(lock) == 0:
        lock.removeStaleLockFile()
    return lock


def _pid_of(lock: QLockFile) -> int:
    pid, _computer, _program = lock.getLockInfo()
    return int(pid)


def _holder(lock: QLockFile) -> Holder:
    _pid, computer, _program = lock.getLockInfo()
    try:
        taken = Path(lock.fileName()).stat().st_mtime
    except OSError:
        return Holder(computer, None)
    return Holder(computer, dt.datetime.fromtimestamp(taken).astimezone())


def _name_of(folder: Path) -> str:
    """The same for every start by one user on one folder, and for nobody else's."""
    user = os.getuid() if hasattr(os, "getuid") else getpass.getuser()
    place = os.path.normcase(folder.resolve())
    digest = hashlib.sha256(f"{user}\n{place}".encode()).hexdigest()
    return f"ctcl-follow-up-{digest[:16]}"
