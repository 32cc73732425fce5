"""Files and folders that only their owner may read, written whole or not at all.

`overwrite` alone writes in place.
"""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from models.store.failures import not_writable

_OWNER_ONLY_FILE, _OWNER_ONLY_FOLDER = 0o600, 0o700


def private_folder(folder: Path) -> None:
    """Make the folder; an empty or a new one is closed to everybody else."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            folder.chmod(_OWNER_ONLY_FOLDER)
    except OSError as error:
        raise not_writable(folder) from error


def private_file(path: Path) -> None:
    """An empty new file, made before anything is written into it."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY_FILE))
    except OSError as error:
        raise not_writable(path.parent) from error


def read_small(path: Path, most: int) -> bytes:
    """What a file holds; `ValueError` for more than `most` bytes, or for what is no file at all."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise ValueError("not a regular file")
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise ValueError("larger than it can be")
    return content


def write_whole(path: Path, content: bytes) -> None:
    """Leave the former file or the new one after a power cut, never a part of one."""
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    private_file(partial)
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise not_writable(path.parent) from error


def overwrite(path: Path, content: bytes) -> bool:
    """Write over as many bytes, so few that they fit one sector; False where it is no such file."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(content):
            return False
        with path.open("r+b", buffering=0) as file:
            file.write(content)
            getattr(os, "fdatasync", os.fsync)(file.fileno())  # its length stays: that is on disk
    except OSError:
        return False
    return True


def on_disk(folder: Path) -> None:
    """Have the names in a folder outlast a power cut, where the system can be asked for that."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
