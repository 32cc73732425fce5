"""Whether the file that was opened still lies where it was opened."""

from pathlib import Path

Identity = tuple[int, int]


def identity(path: Path) -> Identity | None:
    """Which file lies here; None where there is none, or its drive does not answer."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def log_of(store: Path) -> Path:
    """The write-ahead log: what is saved stands in it first, until it is taken over."""
    return store.with_name(f"{store.name}-wal")
