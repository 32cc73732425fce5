"""Files that leave: named by what is in them, written into a folder of their own, all or none."""

import csv
import io
import shutil
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from models.attachment import Attachment
from models.base import ClinicError, ContentMissing
from models.progress import Progress, unseen
from models.words import _

Content = Callable[[Attachment], bytes | None]
"""The file of an attachment; None where the store lacks it."""


class Held:
    """The files of attachments as a store holds them; `missing`: the attachments without theirs."""

    def __init__(self, content: Callable[[Attachment], bytes]) -> None:
        self._content = content
        self._missing: dict[uuid.UUID, Attachment] = {}

    def __call__(self, attachment: Attachment) -> bytes | None:
        try:
            return self._content(attachment)
        except ContentMissing:
            self._missing[attachment.id] = attachment
            return None

    @property
    def missing(self) -> list[Attachment]:
        return [*self._missing.values()]


@dataclass(frozen=True, slots=True)
class OutFile:
    """`name`: within the folder, with `/` between its parts."""

    name: str
    content: bytes


def csv_of(rows: Iterable[Iterable[str]], encoding: str = "utf-8-sig") -> bytes:
    """In UTF-8 with its mark, without which a spreadsheet misreads every accent."""
    file = io.BytesIO()
    text = io.TextIOWrapper(file, encoding, "backslashreplace", newline="", write_through=True)
    csv.writer(text).writerows(rows)
    return file.getvalue()


def write_into(folder: Path, files: Iterable[OutFile], progress: Progress = unseen) -> int:
    """Write the files into a new or empty folder; how many they were.

    Raises `ClinicError` where the folder holds something or cannot be written; then it is left as
    it was.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise _not_empty(folder)
    made = not folder.exists()
    written = 0
    try:
        for each in files:
            progress(0, 0)
            path = folder.joinpath(*each.name.split("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(each.content)
            written += 1
    except BaseException as error:
        _take_away(folder, made=made)
        if isinstance(error, OSError):
            raise _not_written(folder, error) from error
        raise
    return written


def _take_away(folder: Path, *, made: bool) -> None:
    if made:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for each in folder.iterdir():
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
        else:
            each.unlink(missing_ok=True)


def _not_empty(folder: Path) -> ClinicError:
    return ClinicError(
        _("The folder {folder} is not empty.").format(folder=folder),
        _("Nothing was written, and nothing in it was changed."),
        _("Choose a new or an empty folder."),
    )


def _not_written(folder: Path, error: OSError) -> ClinicError:
    return ClinicError(
        _("The folder {folder} cannot be written: {why}.").format(
            folder=folder, why=error.strerror or type(error).__name__
        ),
        _("What had been written of this export was taken away again."),
        _("Choose another folder, or one on a disk with more room."),
    )
