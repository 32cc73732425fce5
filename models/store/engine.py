"""The encrypted file under SQLAlchemy: a raw key, explicit transactions, a journal that holds."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Any, cast

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Dialect, Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from models.base import ClinicError
from models.store import drives, failures
from models.store.failures import Moved, OutOfReach, told_plainly
from models.store.same_file import Identity, identity, log_of

PATIENCE_MS = 5000  # how long to wait while another program writes
PATIENCE_ON_NETWORK_MS = 30_000  # there a step also waits for whoever reads on another computer
CACHE_KIB = 4 * 1024  # each connection; with more a search is hardly quicker in a large clinic
ROOMY_KIB = 32 * 1024  # of 100,000 records taken in, with less each page is read and written often

STATEMENTS: LRUCache[Any, Any] = LRUCache(500)
"""Worked out once for every store that this process opens, in their common dialect."""


@cache
def _dialect() -> Dialect:
    """Made ready on a store in memory."""
    engine = create_engine("sqlite://", module=sqlcipher)
    engine.connect().close()
    engine.dispose()
    return engine.dialect


class Store:
    """One key, one file; calls from several threads take turns, but for glances, surveys and
    copies.

    Each of these has a connection of its own: who types or saves does not wait for a long reading.
    On a network drive, where what is read cannot be saved to at the same time, a survey and a
    copy take their turn, too.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path, self.key = path, key
        self.on_network = drives.is_on_network(path.parent)
        self._turn, self._glance = RLock(), RLock()
        self._survey = self._turn if self.on_network else RLock()
        self._copy = self._turn if self.on_network else RLock()
        self.is_open = True
        self._file: Identity | None = None
        self._log: Identity | None = None
        self._reading = self._engine()

    @property
    def warnings(self) -> list[str]:
        """Sentences about where the file lies, for whoever opens it."""
        return [drives.on_network()] if self.on_network else []

    def reading(self) -> AbstractContextManager[Session]:
        """One view of the store: what others write meanwhile is not seen."""
        return self._view(self._turn)

    def glancing(self) -> AbstractContextManager[Session]:
        """A view for a few milliseconds, beside whatever another thread reads or writes."""
        return self._view(self._glance)

    def surveying(self) -> AbstractContextManager[Session]:
        """A view of everybody, which takes its time; others read and write beside it."""
        return self._view(self._survey)

    def copying(self) -> AbstractContextManager[Session]:
        """A view for as long as it takes to copy the file; others read and write beside it."""
        return self._view(self._copy)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One step: all of it is on the disk afterwards, or, after any error, none of it."""
        with self._turn, self._within_reach():
            with (
                Session(self._reading, autoflush=False, expire_on_commit=False) as session,
                session.begin(),
            ):
                self._begin(session, "BEGIN IMMEDIATE")
                yield session
            self._refuse_another_file()

    @contextmanager
    def outside_transactions(self) -> Iterator[Connection]:
        """For what SQLite refuses inside one: copying the file and checking it."""
        with self._turn, self._within_reach(), self._reading.connect() as connection:
            self._refuse_another_file()
            yield connection

    def close(self) -> None:
        """Wait until nobody reads or writes; whoever asks from then on is told."""
        with self._turn, self._glance, self._survey, self._copy:
            self.is_open = False
            if self._file and identity(self.path) != self._file:
                self._empty_log()
            self._reading.dispose()

    @contextmanager
    def _view(self, turn: AbstractContextManager[Any]) -> Iterator[Session]:
        with turn, self._within_reach(), Session(self._reading, autoflush=False) as session:
            self._begin(session, "BEGIN")
            yield session

    @contextmanager
    def _within_reach(self) -> Iterator[None]:
        try:
            with told_plainly():
                yield
        except Moved:
            self._when_idle(self._empty_log)
            raise
        except OutOfReach:
            self._when_idle(self._open_afresh)
            raise

    def _when_idle(self, act: Callable[[], None]) -> None:
        """Unless somebody reads or writes; nobody begins to meanwhile."""
        with ExitStack() as turns:
            for turn in (self._turn, self._glance, self._survey, self._copy):
                if not turn.acquire(blocking=False):
                    return
                turns.callback(turn.release)
            if cast(QueuePool, self._reading.pool).checkedout() == 0:
                act()

    def _empty_log(self) -> None:
        """What stands in the log goes into the file it belongs to, wherever that is now.

        Beside another file it would be taken for that one's own, and spoil it.
        """
        with (
            suppress(SQLAlchemyError, sqlcipher.Error, ClinicError),
            closing(self._reading.raw_connection()) as connection,
        ):
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _open_afresh(self) -> None:
        self._reading.dispose()
        self._log = None

    def _engine(self) -> Engine:
        engine = create_engine(
            "sqlite://",
            module=sqlcipher,
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=0,
            pool_use_lifo=True,  # what one connection has deciphered serves the next
            hide_parameters=True,
            execution_options={"compiled_cache": STATEMENTS},
        )
        engine.dialect = _dialect()
        return engine

    def _connect(self) -> sqlcipher.Connection:
        if not self.is_open:
            raise failures.closed()
        self._refuse_another_file()
        found = identity(self.path)  # before: what takes its place meanwhile is another file
        connection = sqlcipher.connect(
            f"{self.path.absolute().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=(PATIENCE_ON_NETWORK_MS if self.on_network else PATIENCE_MS) / 1000,
        )
        try:
            _prepare(connection, self.key, on_network=self.on_network)
        except (sqlcipher.Error, ClinicError):
            connection.close()
            raise
        self._file = self._file or found
        self._log = self._log or identity(log_of(self.path))
        return connection

    def _begin(self, session: Session, statement: str) -> None:
        session.connection().exec_driver_sql(statement)
        self._refuse_another_file()

    def _refuse_another_file(self) -> None:
        """Nothing counts as saved that went into a file which is not where it was opened.

        Asked when a step has begun, and again when it stands. A file that was moved or removed is
        held open meanwhile, so that no other one can be taken for it.
        """
        self._refuse_moved()
        log = identity(log_of(self.path))
        if self._log and log != self._log:
            raise failures.log_removed()
        if self._file and log and self.on_network:
            raise failures.opened_elsewhere()

    def _refuse_moved(self) -> None:
        found = identity(self.path)
        if self._file and found != self._file:
            raise failures.replaced() if found else failures.vanished()


def _prepare(connection: sqlcipher.Connection, key: bytes, *, on_network: bool) -> None:
    """SQLCipher overwrites what is deleted (`secure_delete`) of itself.

    Its `cipher_memory_security` stays off: sorting would take eight times as long, and what was
    read stands in the program's own memory in any case.
    """
    for pragma in (
        "cipher_log_level = NONE",
        f"key = \"x'{key.hex()}'\"",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "temp_store = MEMORY",
        "fullfsync = ON",
        "checkpoint_fullfsync = ON",
        "synchronous = FULL",
        f"cache_size = -{CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    (_without_log if on_network else _with_log)(connection)
    connection.execute("SELECT 1 FROM sqlite_master").fetchone()


def _with_log(connection: sqlcipher.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")


def _without_log(connection: sqlcipher.Connection) -> None:
    """The log needs memory shared by all who use the file: on a network drive there is none.

    What stands in a log is taken over exclusively, without that memory. Truncating the journal is
    on the disk when a step ends; deleting it would not be.
    """
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    (mode,) = connection.execute("PRAGMA journal_mode = TRUNCATE").fetchone()
    connection.execute("PRAGMA locking_mode = NORMAL")
    if mode != "truncate":
        raise failures.locked()


@contextmanager
def roomy(session: Session) -> Iterator[None]:
    """Room in memory for the pages of every table, while very many records are written."""
    connection = session.connection()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{ROOMY_KIB}")
    try:
        yield
    finally:
        with suppress(SQLAlchemyError):  # whatever stood in the way is told by who met it
            connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
