"""A report into a file: whole or not at all."""

import os
import tempfile
from pathlib import Path

from models.base import ClinicError
from models.words import _


def write_report(content: bytes, path: Path) -> None:
    """Write a PDF; raises `ClinicError`, leaving what was there, where that cannot be done."""
    part = None
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.replace(path)
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        raise ClinicError(
            _("The file {path} cannot be written: {why}.").format(
                path=path, why=(error.strerror or _("unknown reason")).lower()
            ),
            _("The clinic's records are not touched, and no half file was left."),
            _("Choose another folder, or close the file where it is open, and try again."),
        ) from error
