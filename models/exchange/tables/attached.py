"""The files that a table names: in the folder `attachment` beside it, or next to it, told."""

import mimetypes
import re
from pathlib import Path

from models.attachment import MOST_BYTES
from models.picture_files import JPEG, PNG
from models.words import _

FOLDER = "attachment"
UNKNOWN = "application/octet-stream"
MOST_AT_ONCE = 250_000_000
_STARTS = ((PNG, "image/png"), (JPEG, "image/jpeg"), (b"%PDF-", "application/pdf"))


class Beside:
    """What lies in a folder; raises `ValueError` in a sentence where a file cannot be had."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._contents: dict[Path, bytes] = {}

    @property
    def taken(self) -> set[Path]:
        """The files that were asked for."""
        return {*self._contents}

    def content(self, name: str) -> bytes:
        parts = _parts(name)
        if any(not part.strip(". ") or set(part) & set(':*?"<>|\0') for part in parts) or (
            len(parts) > 1 and parts[0].casefold() != FOLDER
        ):
            raise ValueError(_("Name a file beside the table, or as attachment/scan.pdf."))
        try:
            path = self.folder.joinpath(*parts).resolve()
            if not path.is_relative_to(self.folder.resolve()):
                raise ValueError(_("This file lies outside the folder: put it beside the table."))
            if not path.is_file():
                raise ValueError(_("There is no such file beside the table."))
            return self._read(path)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise ValueError(_("This file cannot be read: {why}.").format(why=why)) from None

    def _read(self, path: Path) -> bytes:
        if path not in self._contents:
            size = path.stat().st_size
            if size > MOST_BYTES:
                words = _("The file is larger than {n} MB.")
                raise ValueError(words.format(n=MOST_BYTES // 1024**2))
            if size + sum(map(len, self._contents.values())) > MOST_AT_ONCE:
                words = _("The files are more than {n} MB: import the tables in several parts.")
                raise ValueError(words.format(n=MOST_AT_ONCE // 1_000_000))
            self._contents[path] = path.read_bytes()
        return self._contents[path]


def remarks_on(name: str) -> tuple[str, ...]:
    """A file that was not put into the folder for it may be any, as in a folder of downloads."""
    if len(_parts(name)) > 1:
        return ()
    return (_("The file {name} beside the table comes in with it.").format(name=name),)


def _parts(name: str) -> list[str]:
    return re.split(r"[/\\]", name)


def media_type_of(content: bytes, name: str) -> str:
    """By how the file begins, else by its name."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    begun = (kind for start, kind in _STARTS if content.startswith(start))
    return next(begun, mimetypes.guess_type(name)[0] or UNKNOWN)
