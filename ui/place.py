"""Where somebody was when the window was locked, and the way back there."""

import uuid
from dataclasses import dataclass
from pathlib import Path

from ui.batch_run import Tally


@dataclass(frozen=True)
class Place:
    """Whose place it is, and the page; ids and numbers only, so that it tells of no patient.

    `page`: its name. `run`: of a run of pages that the lock stopped.
    """

    folder: Path
    user: str
    page: str
    patient: uuid.UUID | None
    tabs: tuple[int, int]
    run: Tally | None = None
