"""A folder chosen for backups: whether it can be written to, and whether a broken disk takes both.

It is never made here: where a drive is not connected, its folder would be made on this disk.
"""

import secrets
from pathlib import Path

from models.base import ClinicError
from models.store.failures import not_writable
from models.store.files import private_file
from models.words import _


def what_is_wrong(folder: Path) -> str:
    """Why backups cannot go there, in a sentence; empty where they can. Asks the disk."""
    if not folder.is_absolute():
        return _("Give the whole path of the folder, from the drive on.")
    trial = folder / f".trial-{secrets.token_hex(4)}"
    try:
        if not folder.is_dir():
            return _("There is no such folder, or its drive is not connected.")
        private_file(trial)
        trial.unlink()
    except ClinicError:
        return not_writable(folder).happened
    except (OSError, ValueError):
        return _("The folder cannot be read: access was refused, or its drive is not connected.")
    return ""


def on_same_disk(folder: Path, clinic: Path) -> bool:
    """Whether both lie on one drive; so, too, where this computer does not tell."""
    try:
        return folder.stat().st_dev == clinic.stat().st_dev
    except (OSError, ValueError):
        return True
