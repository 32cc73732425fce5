"""Where somebody was when the window was locked, and the way back there."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from models.exchange.matching.targets import Matching


class Stopped(Protocol):
    """What a lock stopped; `words`: how far it came."""

    @property
    def words(self) -> str: ...


@dataclass(frozen=True)
class Matched:
    """How a sheet was matched so far; `headings`: the digests of its own, `chosen`: the columns
    that a person said.
    """

    sheet: str
    headings: Sequence[str]
    matching: "Matching"
    chosen: frozenset[int]


@dataclass(frozen=True)
class Begun:
    """An import that a lock came upon, whose file is read again on the way back."""

    path: Path
    matched: Matched | None


@dataclass(frozen=True)
class Place:
    """Whose place it is, and the page; nothing that is on file, and in memory only.

    `page`: its name. `run`: what the lock stopped, a run of pages or an import. `begun`: a file
    that was looked at and has not come in.
    """

    folder: Path
    user: str
    page: str
    patient: uuid.UUID | None
    tabs: tuple[int, int]
    run: Stopped | None = None
    begun: Begun | None = None
