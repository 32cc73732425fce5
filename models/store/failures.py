"""What a driver, a disk or a wrong folder says, in three plain sentences."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlcipher

from models.errors import ClinicError
from models.words import _

if TYPE_CHECKING:
    from sqlalchemy.exc import SQLAlchemyError


def no_clinic(folder: Path) -> ClinicError:
    return ClinicError(
        _("There is no clinic in the folder {folder}.").format(folder=folder),
        _("Nothing was changed."),
        _("Choose the clinic's folder, or create a new clinic."),
    )


class Occupied(ClinicError):
    """A clinic lies in the folder, or another window is putting one there."""


def already_a_clinic(folder: Path) -> Occupied:
    return Occupied(
        _("The folder {folder} already holds a clinic.").format(folder=folder),
        _("That clinic was not touched."),
        _("Open it, or choose another folder for the new one."),
    )


def not_writable(folder: Path) -> ClinicError:
    return ClinicError(
        _("The folder {folder} cannot be written to.").format(folder=folder),
        _("Nothing was changed."),
        _("Choose another folder, or ask whoever looks after this computer for access to it."),
    )


def unreadable(path: Path) -> ClinicError:
    return ClinicError(
        _("{path} cannot be read: access was refused, or there is no such place.").format(
            path=path
        ),
        _("The clinic's records are not touched."),
        _("Check the folder's name and permissions, and that its drive is connected."),
    )


def not_on_record(error: ClinicError) -> ClinicError:
    return ClinicError(
        _("What leaves the program is put on record first, which cannot be done now. {why}").format(
            why=error.happened
        ),
        _("Nothing was printed, saved or exported."),
        error.next_step,
    )


class NewPasswordDue(ClinicError):
    """Nothing can be done before this user has chosen a password."""


class NotLetIn(ClinicError):
    """What was typed to come in is wrong, or not good any more."""


class BackupNeeded(ClinicError):
    """A part of the clinic is missing or damaged, and only a backup makes that good."""


def damaged_store() -> BackupNeeded:
    return BackupNeeded(
        _("The clinic's file is damaged, or is not a clinic's file."),
        _("It was left as it is."),
        _("Restore the newest backup, and keep the damaged file for whoever helps you."),
    )


def closed() -> ClinicError:
    return ClinicError(
        _("The clinic was closed."), _("Nothing was changed."), _("Open it again to go on.")
    )


class Moved(ClinicError):
    """The file that was opened lies there no more."""


class OutOfReach(ClinicError):
    """The disk refuses: opened afresh, the file may answer again."""


def locked() -> OutOfReach:
    return OutOfReach(
        _("Another program is writing to the clinic's file at this moment."),
        _("Nothing was changed, and nothing already saved was lost."),
        _("Wait a moment and try again; close other windows of this program."),
    )


def vanished() -> Moved:
    return Moved(
        _("The clinic's file is gone: its drive is not connected, or its folder was moved."),
        _("Everything saved before is where the file is now; this step does not count as saved."),
        _("Connect the drive, or put the folder back, and try again."),
    )


def replaced() -> Moved:
    return Moved(
        _("Another file was put in the place of the clinic's file while it was open."),
        _("That other file was left as it is; this step does not count as saved."),
        _("Close the clinic, open it again, and see whether the latest entries are there."),
    )


def log_removed() -> ClinicError:
    return ClinicError(
        _("A part of the clinic's file (clinic.db-wal) was removed while it was open."),
        _("Closing puts back everything saved before; this last step is not saved."),
        _("Close the clinic in every window of this program, and open it again."),
    )


def opened_elsewhere() -> OutOfReach:
    return OutOfReach(
        _("Another computer has opened the clinic's file as one on its own disk."),
        _("Everything saved before is still there; this last step was not saved."),
        _("Close the clinic on that computer, or work there: not on both at once."),
    )


def _disk_full() -> OutOfReach:
    return OutOfReach(
        _("The disk is full."),
        _("Everything saved before is still there; this last step was not saved."),
        _("Free some space on the disk and save again."),
    )


def _disk_refuses() -> OutOfReach:
    return OutOfReach(
        _("The disk does not do what it should: it may be full, disconnected or failing."),
        _("Everything saved before is still there; this last step was not saved."),
        _("Free some space on the disk, see that it is connected, and try again."),
    )


def _read_only() -> OutOfReach:
    return OutOfReach(
        _("The clinic's file or its folder cannot be written to."),
        _("Everything saved before is still there; nothing was changed."),
        _(
            "Check that the disk is not write-protected and that you may write to the folder:"
            " reading needs that too."
        ),
    )


def _not_done() -> OutOfReach:
    return OutOfReach(
        _("The clinic's file could not be read or written."),
        _("Everything saved before is still there; this last step was not saved."),
        _("Try again; if it happens again, check the disk and run the check of the clinic."),
    )


Told = Callable[[], ClinicError]
_BY_CODE: dict[int, Told] = {
    sqlcipher.SQLITE_BUSY: locked,
    sqlcipher.SQLITE_LOCKED: locked,
    sqlcipher.SQLITE_PROTOCOL: locked,
    sqlcipher.SQLITE_FULL: _disk_full,
    sqlcipher.SQLITE_IOERR: _disk_refuses,  # a limit or a quota, too
    sqlcipher.SQLITE_READONLY: _read_only,
    sqlcipher.SQLITE_CANTOPEN: _read_only,
    sqlcipher.SQLITE_PERM: _read_only,
    sqlcipher.SQLITE_CORRUPT: damaged_store,
    sqlcipher.SQLITE_NOTADB: damaged_store,
}
_BY_ERRNO: dict[int, Told] = {
    errno.ENOSPC: _disk_full,
    errno.EDQUOT: _disk_full,
    errno.EFBIG: _disk_refuses,
    errno.EIO: _disk_refuses,
    errno.EROFS: _read_only,
    errno.EACCES: _read_only,
    errno.EPERM: _read_only,
}


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn whatever the driver or the disk raises into a `ClinicError`."""
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - who signs in need not wait for it

    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise _told(error) from error


def _told(error: "SQLAlchemyError | OSError") -> ClinicError:
    if isinstance(error, OSError):
        return _BY_ERRNO.get(error.errno or 0, _not_done)()
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    return _BY_CODE.get(code, _not_done)()
