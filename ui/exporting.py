"""An export: whose records, in which format, into which folder; on record before it leaves."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from models.base import ClinicError
from models.exchange.formats import Format
from models.exchange.outgoing import OutFile, write_into
from models.exchange.registry.small_cells import small_cells
from models.exchange.registry.studied import all_studied
from models.exchange.registry.written import willing
from models.history import History
from models.store.clinic import FILE, Clinic
from models.store.progress import Progress
from models.words import _

TOLD_EVERY = 100


@dataclass(frozen=True)
class Wanted:
    """`patients`: these only; none: everybody. `nameless`: by study number, without files, of those
    alone whose consent to a registry stands; `nevertheless`: also where some can be told apart.
    """

    folder: Path
    format: Format
    patients: Collection[uuid.UUID] = ()
    with_files: bool = False
    nameless: bool = False
    nevertheless: bool = False


def export(clinic: Clinic, wanted: Wanted, today: dt.date, progress: Progress) -> int:
    """Write it, all or nothing; how many files there are."""
    histories = [
        each
        for each in clinic.histories()
        if not wanted.patients or each.patient.id in wanted.patients
    ]
    if wanted.nameless:
        histories = [*willing(histories, today).histories]
        _refuse_small_cells(histories, wanted)
    whose = [each.patient.id for each in histories]
    said = {"what": wanted.format.name} | ({"anonymous": "yes"} if wanted.nameless else {})
    content = clinic.content if wanted.with_files and not wanted.nameless else None
    with clinic.exporting(whose, FILE, **said):
        if wanted.nameless:
            histories = all_studied(histories, clinic.study_numbers(whose), today)
        files = wanted.format.files(_Watched(histories, progress), content)
        return write_into(wanted.folder, _counted(files, progress))


def _refuse_small_cells(histories: Sequence[History], wanted: Wanted) -> None:
    found = small_cells(histories)
    if found.cells and not wanted.nevertheless:
        next_step = _("Tick “Export nevertheless” to export them all the same.")
        raise ClinicError(found.sentence, _("Nothing was written."), next_step)


class _Watched(Sequence[History]):
    """Histories that say, as often as they are gone through, that they are, and can be stopped."""

    def __init__(self, histories: Sequence[History], progress: Progress) -> None:
        self._histories, self._progress = histories, progress

    def __len__(self) -> int:
        return len(self._histories)

    @overload
    def __getitem__(self, at: int) -> History: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[History]: ...
    def __getitem__(self, at: int | slice) -> History | Sequence[History]:
        return self._histories[at]

    def __iter__(self) -> Iterator[History]:
        for place, each in enumerate(self._histories):
            if place % TOLD_EVERY == 0:
                self._progress(place, len(self))
            yield each


def _counted(files: Iterable[OutFile], progress: Progress) -> Iterator[OutFile]:
    for each in files:
        progress(0, 0)
        yield each
