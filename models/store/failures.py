"""What a driver, a disk or a wrong folder says, in three plain sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from models.base import ClinicError
from models.words import _


def no_clinic(folder: Path) -> ClinicError:
    return ClinicError(
        _("There is no clinic in the folder {folder}.").format(folder=folder),
        _("Nothing was changed."),
        _("Choose the clinic's folder, or create a new clinic."),
    )


def already_a_clinic(folder: Path) -> ClinicError:
    return ClinicError(
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


def damaged_store() -> ClinicError:
    return ClinicError(
        _("The clinic's file is damaged, or is not a clinic's file."),
        _("It was left as it is."),
        _("Restore the newest backup, and keep the damaged file for whoever helps you."),
    )


def closed() -> ClinicError:
    return ClinicError(
        _("The clinic was closed."), _("Nothing was changed."), _("Open it again to go on.")
    )


def _locked() -> ClinicError:
    return ClinicError(
        _("Another program is writing to the clinic's file at this moment."),
        _("Nothing was changed, and nothing already saved was lost."),
        _("Wait a moment and try again; close other windows of this program."),
    )


def _disk_full() -> ClinicError:
    return ClinicError(
        _("The disk is full."),
        _("Everything saved before is still there; this last step was not saved."),
        _("Free some space on the disk and save again."),
    )


def _read_only() -> ClinicError:
    return ClinicError(
        _("The clinic's file cannot be opened for writing."),
        _("Everything saved before is still there; this last step was not saved."),
        _("Check that the disk is not write-protected and that you may write to the folder."),
    )


def _not_done() -> ClinicError:
    return ClinicError(
        _("The clinic's file could not be read or written."),
        _("Everything saved before is still there; this last step was not saved."),
        _("Try again; if it happens again, check the disk and run the check of the clinic."),
    )


_SIGNS = (
    ("locked", _locked),
    ("is full", _disk_full),
    ("readonly", _read_only),
    ("unable to open", _read_only),
    ("malformed", damaged_store),
    ("not a database", damaged_store),
)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn whatever the driver or the disk raises into a `ClinicError`."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        words = str(error)
        for sign, told in _SIGNS:
            if sign in words:
                raise told() from error
        raise _not_done() from error
