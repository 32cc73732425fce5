"""Where somebody was when the window was locked, and the way back there."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Stopped(Protocol):
    """What a lock stopped; `words`: how far it came."""

    @property
    def words(self) -> str: ...


@dataclass(frozen=True)
class Place:
    """Whose place it is, and the page; ids and numbers only, so that it tells of no patient.

    `page`: its name. `run`: what the lock stopped, a run of pages or an import.
    """

    folder: Path
    user: str
    page: str
    patient: uuid.UUID | None
    tabs: tuple[int, int]
    run: Stopped | None = None
