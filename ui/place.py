"""Where somebody was when the window was locked, and the way back there."""

import uuid
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """Whose place it is, and the page; ids and numbers only, so that it tells of no patient."""

    folder: Path
    user: str
    page: int
    patient: uuid.UUID | None
    tabs: tuple[int, int]
