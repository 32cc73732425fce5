"""Files that wait for their turn; the next one is read and cleaned beside the window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from models.base import ClinicError
from models.photographs import Photograph
from ui.date_editor import Today
from ui.incoming import Incoming, Read, read
from ui.tasks import Tasks


@dataclass(eq=False)
class _Turn:
    """A file and what is to stand in its form; `outcome`: what was read, or why it cannot be."""

    file: Incoming
    defaults: Mapping[str, Any]
    outcome: Read | ClinicError | None = None


class FileQueue(QObject):
    """`ready`: the first of them can be taken now. It is read while the one before is entered."""

    ready = Signal()

    def __init__(self, today: Today, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._today, self._tasks = today, tasks
        self._turns: list[_Turn] = []
        self._reading: _Turn | None = None

    @property
    def count(self) -> int:
        return len(self._turns)

    @property
    def files(self) -> list[Incoming]:
        """Those that wait, the first of them first."""
        return [turn.file for turn in self._turns]

    @property
    def next_title(self) -> str:
        return self._turns[0].file.title if self._turns else ""

    def add(self, files: Sequence[Incoming], defaults: Mapping[str, Any]) -> None:
        self._turns += [_Turn(file, defaults) for file in files]
        self._read_first()

    def clear(self) -> None:
        self._turns.clear()

    def take(self) -> tuple[Photograph, dict[str, Any]] | None:
        """The first of them and its form's values; None where it is not read yet.

        Raises `ClinicError` for one that cannot be added, and has left the queue by then.
        """
        if not self._turns or self._turns[0].outcome is None:
            return None
        turn = self._turns.pop(0)
        self._read_first()
        if isinstance(turn.outcome, Read):
            return turn.outcome.photograph, turn.outcome.values | dict(turn.defaults)
        raise turn.outcome

    def _read_first(self) -> None:
        if self._reading is None and self._turns and self._turns[0].outcome is None:
            self._reading = self._turns[0]
            work = partial(read, self._reading.file, self._today())
            self._tasks.run(work, self._on_read, self._on_read)

    def _on_read(self, outcome: Read | ClinicError) -> None:
        turn, self._reading = self._reading, None
        if turn is not None and self._turns and turn is self._turns[0]:
            turn.outcome = outcome
            self.ready.emit()
        else:
            self._read_first()
