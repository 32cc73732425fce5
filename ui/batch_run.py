"""The pages of many patients, one after the other, off the window's thread."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from models.base import ClinicError, NoPage
from models.store.clinic import FILE, Clinic
from models.words import _
from reports.asked import Asked
from reports.wanted import Wanted
from reports.writing import write_report
from ui.spooling import Spooler


class Deliver(Protocol):
    """Where the PDFs go; `words` say so."""

    def send(self, place: int, content: bytes) -> str:
        """The word for what became of it; raises `ClinicError` where it could not be sent."""

    @property
    def to(self) -> str:
        """A printer or a file, as it is put on record."""

    @property
    def words(self) -> str: ...


@dataclass(frozen=True)
class Outcome:
    """What became of the patient at this place of the list.

    `word`: in a word; `why`: why there is nothing; `open`: another try may help.
    """

    place: int
    word: str
    why: str = ""
    open: bool = False


@dataclass
class Tally:
    """How many pages of a run were delivered; it tells of no patient and outlives a lock."""

    whole: int
    done: int = 0

    @property
    def words(self) -> str:
        words = _("Locking stopped the printing of pages: {done} of {whole} were done.")
        return words.format(done=self.done, whole=self.whole)


class Run(QObject):
    """A run that is under way; what it tells arrives on the window's thread."""

    told = Signal(object)
    ended = Signal(str)

    def __init__(self, whole: int, parent: QObject) -> None:
        super().__init__(parent)
        self.unwanted, self.tally = Event(), Tally(whole)

    def tell(self, outcome: Outcome) -> None:
        self.told.emit(outcome)

    def end(self, said: str) -> None:
        self.ended.emit(said)

    def fail(self, error: ClinicError) -> None:
        self.ended.emit(str(error))


@dataclass
class BatchRun:
    """`deliver` takes each PDF; `tell` hears of each; `unwanted` ends it; `tally` counts.

    A page that cannot be made is told and passed over; where none can be delivered any more, the
    run ends there.
    """

    clinic: Clinic
    wanted: Wanted
    patients: Sequence[uuid.UUID]
    at: dt.datetime
    deliver: Deliver
    tell: Callable[[Outcome], None]
    unwanted: Event
    tally: Tally

    def __call__(self) -> str:
        """Where the pages went, or why the run ended early."""
        from reports.batch import build_each, workers_for  # noqa: PLC0415 - only when they run

        report, printing = self.wanted.report, self.wanted.printing(self.clinic, self.at)
        workers = workers_for(len(self.patients))
        with closing(build_each(report, self._asked(), printing, workers)) as made:
            for place, each in enumerate(made):
                if self.unwanted.is_set():
                    return _("Stopped.")
                if isinstance(each, NoPage):
                    self.tell(Outcome(place, _("No page"), str(each)))
                    continue
                if isinstance(each, ClinicError):
                    self.tell(_failed(place, each))
                    continue
                try:
                    word = self._send(place, each)
                except ClinicError as error:
                    self.tell(_failed(place, error))
                    return _("Stopped, because the next ones would not have gone through either.")
                self.tally.done += 1
                self.tell(Outcome(place, word))
        return _("Stopped.") if self.unwanted.is_set() else self.deliver.words

    def _send(self, place: int, content: bytes) -> str:
        whose, said = [self.patients[place]], self.wanted.said
        with self.clinic.handing_out(whose, self.deliver.to, **said):
            word = self.deliver.send(place, content)
        return word  # noqa: RET504 - what is handed out may fail, says its type

    def _asked(self) -> Iterator[Asked | ClinicError]:
        for patient in self.patients:
            if self.unwanted.is_set():
                return
            try:
                yield self.wanted.asked(self.clinic.history(patient), self.clinic, self.at)
            except ClinicError as error:
                yield error


class IntoFolder:
    """Numbered files in a new folder of this one; their names tell nothing of a patient."""

    to = FILE

    def __init__(self, folder: Path, wanted: Wanted, day: dt.date) -> None:
        self._folder, self._stem = folder, Path(wanted.file_name(day)).stem
        self._made: Path | None = None

    def send(self, place: int, content: bytes) -> str:
        self._made = self._made or _new_folder(self._folder, self._stem)
        write_report(content, self._made / f"{self._stem}-{place + 1:03}.pdf")
        return _("Saved")

    @property
    def words(self) -> str:
        return _("Saved in {folder}.").format(folder=self._made) if self._made else ""


@dataclass(frozen=True)
class OntoPaper:
    """A printer that was chosen once."""

    spooler: Spooler
    title: str

    @property
    def to(self) -> str:
        return self.spooler.to

    def send(self, place: int, content: bytes) -> str:
        self.spooler.send(content, self.title)
        return _("Sent")

    @property
    def words(self) -> str:
        return _("Sent to the printer.")


def _new_folder(folder: Path, stem: str) -> Path:
    """One that was not there: nothing that was saved before is overwritten."""
    number = 1
    while True:
        made = folder / (stem if number == 1 else f"{stem}-{number}")
        try:
            made.mkdir()
        except FileExistsError:
            number += 1
        except OSError as error:
            raise ClinicError(
                _("No folder can be made in {path}: {why}.").format(
                    path=folder, why=(error.strerror or _("unknown reason")).lower()
                ),
                _("Nothing was printed."),
                _("Choose another folder and try again."),
            ) from error
        else:
            return made


def _failed(place: int, error: ClinicError) -> Outcome:
    return Outcome(place, _("Failed"), str(error), open=True)
