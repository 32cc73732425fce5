"""What the registry page asks of the clinic: a survey of its records, and the export itself."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from models.completeness import Survey, survey
from models.exchange.outgoing import write_into
from models.exchange.registry.columns import Dates
from models.exchange.registry.small_cells import SmallCells, small_cells
from models.exchange.registry.written import Chosen, consenting, registry_files, willing
from models.progress import Progress
from models.store.clinic import FILE, Clinic

WHAT = "registry"


@dataclass(frozen=True)
class Looked:
    """`chosen`: whose consent stands; `cells`: who of them can be told apart."""

    survey: Survey
    chosen: Chosen
    cells: SmallCells


def look(clinic: Clinic, today: dt.date) -> Looked:
    histories = clinic.histories()
    chosen = consenting(histories, today)
    return Looked(survey(histories, today), chosen, small_cells(chosen.histories))


def export(clinic: Clinic, folder: Path, dates: Dates, today: dt.date, progress: Progress) -> int:
    """Write the tables, all or nothing; how many files there are.

    Raises `ClinicError` where nobody's consent stands.
    """
    chosen = willing(clinic.histories(), today)
    whose = [each.patient.id for each in chosen.histories]
    with clinic.exporting(whose, FILE, what=WHAT, anonymous="yes", dates=dates.value):
        files = registry_files(chosen, clinic.study_numbers(whose), today, dates, progress)
        return write_into(folder, files, progress)
