"""A report into a file: whole or not at all, and nothing else beside it."""

import errno
import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedIOBase
from pathlib import Path

from models.base import ClinicError
from models.words import _

OWNER_ONLY, ANYBODY_WRITES = 0o600, 0o222
PART = ".ctcl-follow-up-{}.part"
LEFT_AFTER = 3600
"""Seconds after which a part is nobody's: whoever still wrote it would have changed it."""
OPEN_FILES = Path("/proc/self/fd")
NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def write_report(content: bytes, path: Path) -> None:
    """Write a file; raises `ClinicError`, leaving what was there, where that cannot be done.

    What a process was writing when it was killed is gone with it: the file has no name until it is
    whole. Where the file system knows no such files, a report into that folder an hour later
    removes what was left. As it is not encrypted, a new file is for its owner alone; a shared one
    stays shared. A link leads to the file that is written.
    """
    try:
        _write(content, Path(os.path.realpath(path)))
    except OSError as error:
        raise _not_written(path, error) from error
    except ValueError as error:
        raise _not_written(path, OSError(errno.EINVAL, _("no file can have this name"))) from error


def _write(content: bytes, path: Path) -> None:
    _refuse_what_may_not_be_replaced(path)
    _remove_left_parts(path.parent)
    if not _written_unnamed(content, path):
        _write_named(content, path)
    _keep_names(path.parent)


def _refuse_what_may_not_be_replaced(path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, _("it is a folder"))
    if not os.path.lexists(path):
        return
    if not path.is_file():
        raise OSError(errno.EINVAL, _("it is not an ordinary file"))
    if not (os.access(path, os.W_OK) and path.stat().st_mode & ANYBODY_WRITES):
        raise PermissionError(errno.EACCES, _("it is write-protected"))


def _written_unnamed(content: bytes, path: Path) -> bool:
    """Whether the file could be made without a name, as on most disks under Linux."""
    if not hasattr(os, "O_TMPFILE") or not OPEN_FILES.is_dir():
        return False
    try:
        handle = os.open(path.parent, os.O_TMPFILE | os.O_WRONLY, OWNER_ONLY)
    except OSError:
        return False
    with os.fdopen(handle, "wb") as file:
        _fill(file, content, path)
        try:
            _name(file, path)
        except FileExistsError:
            with _part(path.parent) as part:
                _name(file, part)
                part.replace(path)
    return True


def _name(file: BufferedIOBase, path: Path) -> None:
    handle = file.fileno()  # given as a folder, it only makes `link` follow the path to the file
    os.link(OPEN_FILES / str(handle), path, src_dir_fd=handle, follow_symlinks=True)


def _write_named(content: bytes, path: Path) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with _part(path.parent) as part:
        with os.fdopen(os.open(part, flags, OWNER_ONLY), "wb") as file:
            _fill(file, content, path)
        part.replace(path)


@contextmanager
def _part(folder: Path) -> Iterator[Path]:
    """A hidden name, which nothing has when this ends."""
    part = folder / PART.format(secrets.token_hex(4))
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def _fill(file: BufferedIOBase, content: bytes, path: Path) -> None:
    file.write(content)
    file.flush()
    if path.exists() and hasattr(os, "fchmod"):
        os.fchmod(file.fileno(), stat.S_IMODE(path.stat().st_mode))
    os.fsync(file.fileno())


def _keep_names(folder: Path) -> None:
    """See that the name, too, is there after a power cut, where the system can promise it."""
    if os.name == "posix":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _remove_left_parts(folder: Path) -> None:
    """What was being written here when a process was killed; not what is being written now."""
    for part in folder.glob(PART.format("*")):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > LEFT_AFTER:
                part.unlink()


def _not_written(path: Path, error: OSError) -> ClinicError:
    if error.errno in NO_ROOM:
        next_step = _("Make room there, or choose another place, and try again.")
    elif error.errno == errno.ENAMETOOLONG:
        next_step = _("Choose a shorter name or another folder, and try again.")
    else:
        next_step = _("Choose another folder, or close the file where it is open, and try again.")
    return ClinicError(
        _("The file {path} cannot be written: {why}.").format(
            path=path, why=(error.strerror or _("unknown reason")).lower()
        ),
        _("The clinic's records are not touched, and no half file was left."),
        next_step,
    )
