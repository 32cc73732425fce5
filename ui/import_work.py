"""What an import does beside the window: reading, looking through, and the lists it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.exchange.arrivals import Outlook, Reading
from models.exchange.ctcae_files import CtcaeFile
from models.exchange.fates import WRITTEN, Line, lines_of, table_of
from models.exchange.matching.memory import Remembered
from models.exchange.tables.sheets import Sheet
from models.progress import Progress
from models.store.clinic import FILE, Clinic
from models.words import _
from reports.writing import write_report


@dataclass(frozen=True)
class Seen:
    """What a file brings, what becomes of it, and both as a list to look at."""

    reading: Reading
    looked_at: Sequence[Outlook]
    lines: Sequence[Line]

    @property
    def written(self) -> int:
        """How many records come in."""
        return sum(each.fate in WRITTEN for each in self.looked_at)


def opened(clinic: Clinic, path: Path, progress: Progress) -> Seen | CtcaeFile | list[Sheet]:
    """What a file brings; or the terms in it, or the sheets of which it is not known yet."""
    from models.exchange import reading  # noqa: PLC0415 - only where something is imported

    found = reading.opened(path, progress)
    return _seen(clinic, found, progress) if isinstance(found, Reading) else found


def matched(clinic: Clinic, reading: Reading, remembered: Remembered, progress: Progress) -> Seen:
    """What a spreadsheet brings as its columns were matched, which is remembered."""
    clinic.remember_matching(remembered)
    return _seen(clinic, reading, progress)


def save_list(clinic: Clinic, lines: Sequence[Line], path: Path, _progress: Progress) -> str:
    """What the file told, on record as pages are that leave: it holds no value that is on file."""
    told = {line.mrn for line in lines}
    whose = [each.id for each in clinic.patients() if each.mrn in told]
    with clinic.handing_out(whose, FILE, what="list of an import"):
        write_report(table_of(lines), path)
    return _("Saved as {path}.").format(path=path)


def empty_tables(folder: Path, _progress: Progress) -> str:
    from models.exchange.outgoing import write_into  # noqa: PLC0415
    from models.exchange.tables.template import template  # noqa: PLC0415

    write_into(folder, template())
    return _("Empty tables, their headings explained, are in {folder}.").format(folder=folder)


def _seen(clinic: Clinic, reading: Reading, progress: Progress) -> Seen:
    looked_at = clinic.look_through(reading.judged, progress)
    names = {each.mrn: each.name for each in clinic.patients()}
    return Seen(reading, looked_at, lines_of(reading, looked_at, names))
