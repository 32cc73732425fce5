"""The encrypted file under SQLAlchemy: one connection, explicit transactions, a raw key."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from models.store.failures import closed, told_plainly

PATIENCE_MS = 5000  # how long to wait while another program writes
CACHE_KIB = 32 * 1024  # pages are deciphered once: a search stays quick in a large clinic


class Store:
    """One key, one file; calls from several threads take turns, but for glances and surveys.

    Each of these has a connection of its own: who types or saves does not wait for a long reading.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path, self.key = path, key
        self._turn, self._glance, self._survey = RLock(), RLock(), RLock()
        self._open = True
        self._reading = self._engine()
        self._writing = self._reading.execution_options(begin="BEGIN IMMEDIATE")
        self._outside = self._reading.execution_options(begin=None)

    def reading(self) -> AbstractContextManager[Session]:
        """One view of the store: what others write meanwhile is not seen."""
        return self._view(self._turn)

    def glancing(self) -> AbstractContextManager[Session]:
        """A view for a few milliseconds, beside whatever another thread reads or writes."""
        return self._view(self._glance)

    def surveying(self) -> AbstractContextManager[Session]:
        """A view of everybody, which takes its time; others read and write beside it."""
        return self._view(self._survey)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One step: all of it is on the disk afterwards, or, after any error, none of it."""
        with (
            self._turn,
            told_plainly(),
            Session(self._writing, autoflush=False, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def outside_transactions(self) -> Iterator[Connection]:
        """For what SQLite refuses inside one: copying the file and checking it."""
        with self._turn, told_plainly(), self._outside.connect() as connection:
            yield connection

    def close(self) -> None:
        """Wait until nobody reads or writes; whoever asks from then on is told."""
        with self._turn, self._glance, self._survey:
            self._open = False
            self._reading.dispose()

    @contextmanager
    def _view(self, turn: AbstractContextManager[Any]) -> Iterator[Session]:
        with turn, told_plainly(), Session(self._reading, autoflush=False) as session:
            yield session

    def _engine(self) -> Engine:
        engine = create_engine(
            "sqlite://",
            module=sqlcipher,
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=3,
            max_overflow=0,
            hide_parameters=True,
        )
        event.listen(engine, "begin", _begin)
        return engine

    def _connect(self) -> sqlcipher.Connection:
        if not self._open:
            raise closed()
        connection = sqlcipher.connect(
            f"{self.path.absolute().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=PATIENCE_MS / 1000,
        )
        try:
            _prepare(connection, self.key)
        except sqlcipher.Error:
            connection.close()
            raise
        return connection


def _prepare(connection: sqlcipher.Connection, key: bytes) -> None:
    for pragma in (
        "cipher_log_level = NONE",
        f"key = \"x'{key.hex()}'\"",
        "foreign_keys = ON",
        "journal_mode = WAL",
        "synchronous = FULL",
        f"cache_size = -{CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    statement = connection.get_execution_options().get("begin", "BEGIN")
    if statement:
        connection.exec_driver_sql(statement)
