"""One at a time over all programs: a lock at an empty file, which ends with the program."""

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher


def locked_at(file: Path, patience_s: float) -> sqlcipher.Connection:
    """Hold the lock until what is given is closed.

    Raises `BlockingIOError` where another holds it for longer, and `OSError` where there can be
    none, as in a folder that cannot be written to.
    """
    file.touch(mode=0o600)
    lock = None
    try:
        lock = sqlcipher.connect(
            str(file), timeout=patience_s, isolation_level=None, check_same_thread=False
        )
        lock.execute("PRAGMA journal_mode = MEMORY")  # no other file beside it
        lock.execute("BEGIN EXCLUSIVE")
    except sqlcipher.Error as error:
        if lock is not None:
            lock.close()
        busy = getattr(error, "sqlite_errorcode", 0) == sqlcipher.SQLITE_BUSY
        raise (BlockingIOError if busy else OSError)(str(error)) from error
    return lock
