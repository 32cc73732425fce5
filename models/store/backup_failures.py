"""Why a backup could not be made, in three plain sentences."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from models.base import ClinicError
from models.words import _

FULL = "database or disk is full"


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what the disk of the folder of backups says into a `ClinicError`."""
    try:
        yield
    except (sqlcipher.Error, OSError) as error:
        raise _told(folder, error) from error


def _told(folder: Path, error: sqlcipher.Error | OSError) -> ClinicError:
    """SQLite's copying gives an error's words, and not its code."""
    if not folder.is_dir():
        return gone(folder)
    full = str(error) == FULL or getattr(error, "errno", 0) == errno.ENOSPC
    return _no_room(folder) if full else _not_written(folder)


def gone(folder: Path) -> ClinicError:
    return ClinicError(
        _("The folder for backups {folder} is not there, or its drive is not connected.").format(
            folder=folder
        ),
        _("The clinic's file and earlier backups were not touched."),
        _("Connect the drive, or choose another folder, and make the backup again."),
    )


def busy() -> ClinicError:
    return ClinicError(
        _("Another backup is being made in this folder at this moment."),
        _("Nothing was changed."),
        _("Wait until it is done."),
    )


def unproven(file: Path) -> ClinicError:
    return ClinicError(
        _("The backup {file} was not the same as the clinic's file, and was removed.").format(
            file=file.name.removeprefix(".")
        ),
        _("The clinic's file and earlier backups were not touched."),
        _("Check that the disk is sound, run the check of the clinic, and make the backup again."),
    )


def _no_room(folder: Path) -> ClinicError:
    return ClinicError(
        _("There is not enough room for a backup in the folder {folder}.").format(folder=folder),
        _("The clinic's file and earlier backups were not touched."),
        _("Free some space there, or choose another folder, and make the backup again."),
    )


def _not_written(folder: Path) -> ClinicError:
    return ClinicError(
        _("The backup could not be written to the folder {folder}.").format(folder=folder),
        _("The clinic's file and earlier backups were not touched."),
        _("Check that its disk is connected and has room, and make the backup again."),
    )
