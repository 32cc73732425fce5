"""Files that were chosen and not saved, as JSON: they come back after a lock."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self

from models.base import ClinicError
from ui.incoming import Incoming, on_disk

CHOSEN, WAITING = "chosen_file", "waiting_files"


@dataclass(frozen=True)
class Held:
    """A file in an open form. `turns`: by so many quarters, clockwise."""

    content: bytes
    media_type: str
    turns: int
    place_removed: bool

    def as_json(self) -> dict[str, Any]:
        return vars(self) | {"content": _as_text(self.content)}

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> Self:
        return cls(**kept | {"content": base64.b64decode(kept["content"])})


def waiting_as_json(files: Iterable[Incoming]) -> list[dict[str, str]]:
    """Where they lie on the disk; of what was pasted the content, unless it cannot be read."""
    kept = []
    for file in files:
        try:
            kept.append(_pasted(file) if file.path is None else {"path": str(file.path)})
        except ClinicError:
            continue
    return kept


def waiting_of_json(kept: Sequence[dict[str, str]]) -> list[Incoming]:
    files = []
    for each in kept:
        if "path" in each:
            files += on_disk([Path(each["path"])])
        else:
            read = partial(base64.b64decode, each["content"])
            files.append(Incoming(each["title"], each["media_type"], read))
    return files


def _pasted(file: Incoming) -> dict[str, str]:
    content = _as_text(file.read())
    return {"title": file.title, "media_type": file.media_type, "content": content}


def _as_text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
