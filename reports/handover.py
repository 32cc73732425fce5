"""One patient's records for a colleague: pages to read and data to take in, in one parcel."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from models.attachment import Attachment
from models.exchange.formats import FORMATS
from models.exchange.outgoing import Held, OutFile
from models.exchange.parcel import packed
from models.history import History
from models.progress import Progress
from models.store.clinic import Clinic
from models.store.passwords import problem_with
from models.words import N_, _, day_words
from reports.catalogue import REPORTS, SUMMARY, TIMELINE
from reports.wanted import Wanted

SHORTEST, FEWEST_GUESSES = 16, 10**16
"""Of a passphrase that somebody thought of. The file may be tried wherever it comes to lie, ten
million times a second; this many guesses take thirty years.
"""

HOW_TO_IMPORT = N_(
    "To take the records into CTCL Follow-up: unpack this file onto an encrypted disk, choose "
    "Exchange, Import, and the folder “tables”; nothing is written before every row was looked "
    "through. Then delete what was unpacked."
)


@dataclass(frozen=True, slots=True)
class Part:
    """What may go into the parcel: a report, or a format of `FORMATS` in a folder of its own."""

    key: str
    title: str
    help: str
    name: str

    @property
    def words(self) -> str:
        return _(self.title)


TABLES = Part(
    "csv",
    N_("Tables, with photographs and documents"),
    N_("For a clinic that has this program, or any spreadsheet."),
    "tables",
)
PARTS = (
    Part(SUMMARY.kind, SUMMARY.title, N_("A few pages to read."), "summary.pdf"),
    Part(TIMELINE.kind, TIMELINE.title, N_("The course at a glance, to read."), "timeline.pdf"),
    TABLES,
    Part("fhir", N_("FHIR bundle"), N_("For the systems of other clinics."), "fhir"),
)


@dataclass(frozen=True)
class Handover:
    """What is given, of whom, as of which moment."""

    history: History
    parts: Collection[str]
    at: dt.datetime

    def content(self, clinic: Clinic, passphrase: str, progress: Progress) -> bytes:
        """The encrypted ZIP; none of its names tells of the patient."""
        whole = len(self.parts) + 1
        if TABLES.key in self.parts:
            whole += len(self.history.of(Attachment))
        return packed(self._counted(clinic, whole, progress), passphrase, self.at)

    def _counted(self, clinic: Clinic, whole: int, progress: Progress) -> Iterator[OutFile]:
        progress(0, whole)
        for done, file in enumerate(self._files(clinic), start=1):
            yield file
            progress(min(done, whole), whole)

    def _files(self, clinic: Clinic) -> Iterator[OutFile]:
        parts = [part for part in PARTS if part.key in self.parts]
        held = Held(clinic.content)
        for part in parts:
            if part.key in REPORTS:
                wanted = Wanted(part.key, self.at.date())
                yield OutFile(part.name, wanted.build(self.history, clinic, self.at))
            else:
                for file in FORMATS[part.key].files([self.history], held):
                    yield OutFile(f"{part.name}/{file.name}", file.content)
        yield OutFile("README.txt", read_me(parts, self.at, held.missing).encode())


def file_name(on: dt.date) -> str:
    """It says nothing of whom it is."""
    return f"patient-record-{on}.zip"


def read_me(parts: Collection[Part], at: dt.datetime, missing: Collection[Attachment]) -> str:
    """`missing`: whose file the store lacks."""
    lines = [
        _("One patient's records, put together on {date}.").format(date=day_words(at.date())),
        "",
        *(f"{part.name}: {part.words}. {_(part.help)}" for part in parts),
    ]
    if TABLES in parts:
        lines += ["", _(HOW_TO_IMPORT)]
    if missing:
        titles = ", ".join(f"“{each.title}”" for each in missing)
        words = _("Without the file itself, which the sender does not have: {titles}.")
        lines += ["", words.format(titles=titles)]
    return "\r\n".join(lines) + "\r\n"


def problem_with_passphrase(passphrase: str, clinic: Clinic, history: History) -> str:
    """A sentence about what is wrong with it; empty where it is good."""
    if not (passphrase.isascii() and passphrase.isprintable()):
        return _("Use letters without accents, digits and signs: not every program knows others.")
    patient = history.patient
    about = (clinic.user, clinic.name, patient.family_name, patient.given_name, patient.mrn)
    return problem_with(passphrase, about, shortest=SHORTEST, fewest=FEWEST_GUESSES)
