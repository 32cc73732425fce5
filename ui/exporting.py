"""An export: whose records, in which format, into which folder; on record before it leaves."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import overload

from models.base import ClinicError
from models.exchange.formats import Format
from models.exchange.outgoing import Held, OutFile, write_into
from models.exchange.registry.columns import Dates
from models.exchange.registry.small_cells import small_cells
from models.exchange.registry.studied import all_studied
from models.exchange.registry.words import IN_ALL_COLUMNS, read_me
from models.exchange.registry.written import willing
from models.exchange.tables.template import EXPLAINED, columns_explained
from models.history import History
from models.progress import Progress
from models.store.clinic import FILE, Clinic
from models.words import _

TOLD_EVERY = 100
TABLES = frozenset({"csv", "xlsx"})


@dataclass(frozen=True)
class Wanted:
    """`patients`: these only; None: everybody. `nameless`: by study number, without files, of those
    alone whose consent to a registry stands; `nevertheless`: also where some can be told apart.
    """

    folder: Path
    format: Format
    patients: Collection[uuid.UUID] | None = None
    with_files: bool = False
    nameless: bool = False
    nevertheless: bool = False


@dataclass(frozen=True)
class Exported:
    """`files`: how many were written; `lacking`: what went without its file, a sentence each."""

    files: int
    lacking: Sequence[str]


def export(clinic: Clinic, wanted: Wanted, today: dt.date, progress: Progress) -> Exported:
    """Write it, all or nothing; an attachment whose file the store lacks does not keep the others.

    Raises `ClinicError`.
    """
    histories = [
        each
        for each in clinic.histories()
        if wanted.patients is None or each.patient.id in wanted.patients
    ]
    if wanted.nameless:
        chosen = willing(histories, today)
        histories, others = [*chosen.histories], chosen.others
        _refuse_small_cells(histories, wanted)
    whose = [each.patient.id for each in histories]
    said = {"what": wanted.format.name} | ({"anonymous": "yes"} if wanted.nameless else {})
    held = Held(clinic.content)
    content = held if wanted.with_files and not wanted.nameless else None
    with clinic.exporting(whose, FILE, **said):
        if wanted.nameless:
            histories = all_studied(histories, clinic.study_numbers(whose), today)
        files = wanted.format.files(_Watched(histories, progress), content)
        if wanted.nameless and wanted.format.name in TABLES:
            files = chain([_explained(len(histories), others)], files)
        written = write_into(wanted.folder, files, progress)
    return Exported(written, [*_lacking(held, histories)])


def _explained(patients: int, others: int) -> OutFile:
    """What whoever gets de-identified tables must know, and what their columns mean."""
    said = read_me(patients, others, Dates.SHIFTED, IN_ALL_COLUMNS)
    lines = [*said.splitlines(), *columns_explained()]
    return OutFile(EXPLAINED, "\r\n".join(lines).encode("utf-8-sig"))


def _lacking(held: Held, histories: Sequence[History]) -> Iterator[str]:
    mrns = {each.patient.id: each.patient.mrn for each in histories}
    words = _("“{title}” of {mrn} went without its file, which is not in the store.")
    for each in held.missing:
        yield words.format(title=each.title, mrn=mrns[each.patient])


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
