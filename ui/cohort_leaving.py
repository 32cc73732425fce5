"""The figures of a cohort as they leave: worked out, and written as tables."""

from pathlib import Path
from typing import TYPE_CHECKING

from models.cohort.selection import Selection
from models.exchange.outgoing import write_into
from models.progress import Progress, unseen
from models.store.clinic import FILE, Clinic

if TYPE_CHECKING:
    from models.cohort.choices import Choices
    from models.cohort.figures import CohortFigures
    from models.cohort.question import Question


def cohort_figures(
    clinic: Clinic,
    selection: Selection,
    question: "Question",
    choices: "Choices",
    progress: Progress = unseen,
) -> "CohortFigures":
    """All of it, by the rules as the clinic has confirmed them."""
    from models.cohort.figures import figures_of  # noqa: PLC0415 - it loads NumPy
    from models.rule_book import confirmed  # noqa: PLC0415 - it loads every rule

    return figures_of(
        selection,
        question,
        choices,
        confirmed=confirmed(clinic.confirmations()),
        settings=clinic.practice(),
        progress=progress,
    )


def write_tables(
    clinic: Clinic, figures: "CohortFigures", folder: Path, progress: Progress = unseen
) -> int:
    """How many files were written; on record before they are. Raises `ClinicError`."""
    from models.exchange.cohort_tables import cohort_files  # noqa: PLC0415 - it loads NumPy

    with clinic.exporting(figures.whose, FILE, what="cohort tables"):
        return write_into(folder, cohort_files(figures), progress)
