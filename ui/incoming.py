"""Files on their way in: chosen on the disk, dropped or pasted."""

import datetime as dt
import hashlib
import mimetypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from models.attachment import MOST_BYTES, AttachmentKind
from models.base import ClinicError
from models.photographs import Photograph, as_kept
from models.values import PartialDate
from models.words import _

UNKNOWN = "application/octet-stream"
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Incoming:
    """`read` answers the content, or raises `ClinicError`; `path`: None for what was pasted."""

    title: str
    media_type: str
    read: Callable[[], bytes]
    path: Path | None = None


@dataclass(frozen=True)
class Read:
    """A file as it is kept, and what it tells of itself."""

    photograph: Photograph
    values: dict[str, Any]


def read(file: Incoming, today: dt.date) -> Read:
    """Takes a while for a large photograph; raises `ClinicError` where it cannot be added."""
    kept = as_kept(file.read(), file.media_type)
    return Read(kept, told_by(file, kept, today))


def on_disk(paths: Sequence[Path]) -> list[Incoming]:
    return [
        Incoming(
            path.stem[:LONGEST_TITLE],
            mimetypes.guess_type(path.name)[0] or UNKNOWN,
            partial(read_file, path),
            path,
        )
        for path in paths
    ]


def handed_over(data: QMimeData) -> list[Incoming]:
    """What is dropped or lies in the clipboard: the files, or else the picture."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return on_disk(paths)
    if data.hasImage():
        return [Incoming(_("Pasted photograph"), "image/png", partial(_as_png, data.imageData()))]
    return []


def has_some(data: QMimeData | None) -> bool:
    """Whether there is anything to hand over, without looking into it."""
    return data is not None and (data.hasImage() or any(url.isLocalFile() for url in data.urls()))


def read_file(path: Path) -> bytes:
    """The content of a file that can be attached; raises `ClinicError` for any other."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(path.name)
        content = path.read_bytes()
    except OSError as error:
        raise _refused(path.name, (error.strerror or _("it cannot be read")).lower()) from error
    if not content:
        raise _refused(path.name, _("it is empty"))
    return content


def told_by(file: Incoming, read: Photograph, today: dt.date) -> dict[str, Any]:
    """What a file tells of itself; a camera's clock that is ahead is not believed."""
    taken = read.taken if read.taken and read.taken.first <= today else None
    photograph = file.media_type.startswith("image/")
    return {
        "date": taken or PartialDate.of(today),
        "title": file.title,
        "kind": AttachmentKind.PHOTOGRAPH if photograph else AttachmentKind.LETTER,
        "media_type": file.media_type,
        "sha256": hashlib.sha256(read.content).hexdigest(),
    }


def _as_png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImage(picture).save(buffer, "PNG"):  # type: ignore[call-overload]
        raise _refused(_("Pasted photograph"), _("it cannot be read"))
    content = bytes(buffer.data().data())
    if len(content) > MOST_BYTES:
        raise _too_large(_("Pasted photograph"))
    return content


def _too_large(name: str) -> ClinicError:
    return _refused(name, _("it is larger than {n} MB").format(n=MOST_BYTES // 1024**2))


def _refused(name: str, why: str) -> ClinicError:
    return ClinicError(
        _("The file {name} cannot be added: {why}.").format(name=name, why=why),
        _("Nothing was changed."),
        _("Choose another file, or a photograph of lower resolution."),
    )
