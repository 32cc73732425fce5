"""The figures of a cohort as files: each table, the time of each patient, and how they came about.

No file names anybody: patients are numbered, in an order that tells nothing of them.
"""

import uuid
from collections.abc import Iterable, Iterator

from models.cohort.figure_table import FigureTable, Numbers
from models.cohort.figures import CohortFigures
from models.cohort.subjects import Subject
from models.cohort.survival_result import Survival
from models.exchange.cells import guarded, write_cell
from models.exchange.outgoing import OutFile, csv_of
from models.exchange.registry.small_cells import FEWEST
from models.words import _, ngettext

TIMES = ("number", "patient", "group", "entry_days", "exit_days", "event", "date_vague")
FIGURES = (
    *("table", "row", "column", "words", "k", "n"),
    *("value", "low", "high", "unit", "low_to_high"),
)


def cohort_files(figures: CohortFigures) -> Iterator[OutFile]:
    """What whoever gets them must know, every table, `figures.csv` to compute with, and `times.csv`
    to redo the curves from.
    """
    yield OutFile("methods.txt", "\r\n".join(_read_me(figures)).encode("utf-8-sig"))
    for table in figures.tables:
        yield OutFile(f"{table.key}.csv", csv_of(_cells(table)))
    yield OutFile("figures.csv", csv_of([FIGURES, *_figures(figures.tables)]))
    yield OutFile("times.csv", csv_of([TIMES, *_times(figures.survival)]))


def few_words(tables: Iterable[FigureTable]) -> str:
    """That somebody may be recognised where few stand behind a figure; empty where none does."""
    cells = [figure for table in tables for row in table.rows for figure in row]
    n = sum(0 < len(figure.who) < FEWEST for figure in cells)
    words = ngettext(
        "No name is told, but behind {n} figure stand fewer than {fewest} patients: somebody who"
        " knows them may recognise them.",
        "No name is told, but behind {n} figures stand fewer than {fewest} patients: somebody who"
        " knows them may recognise them.",
        n,
    )
    return words.format(n=n, fewest=FEWEST) if n else _("No name is told.")


def _read_me(figures: CohortFigures) -> Iterator[str]:
    yield _("Cohort tables")
    yield ""
    yield from figures.methods
    yield ""
    yield _("Each table is a CSV file (UTF-8, commas), worded as on screen.")
    yield _(
        "figures.csv has a row for each figure of all tables, not rounded: its value, k of n, and"
        " low and high, which low_to_high names. A plain count stands under value. Shares run from"
        " 0 to 1. What cannot be told is empty."
    )
    yield _(
        "times.csv has a row for each time behind the curves. number counts the rows and patient"
        " the patients, in no order of the clinic's. entry_days and exit_days count from time zero;"
        " entry_days is above 0 where somebody counts only from then on. event is yes where it was"
        " seen; date_vague is yes where a date behind it was known by its month or year."
    )
    yield _(
        'In R: survival::Surv(exit_days, event == "yes"); with delayed entry'
        ' Surv(entry_days, exit_days, event == "yes").'
    )
    yield few_words(figures.tables)
    yield _(
        "Each row of times.csv is one patient's, to the day: whoever knows when somebody was"
        " treated may recognise that patient. Give it to nobody who may not see the records."
    )
    if figures.warnings:
        yield ""
        yield from figures.warnings


def _cells(table: FigureTable) -> Iterator[list[str]]:
    yield [guarded(title) for title in table.columns]
    for row in table.rows:
        yield [guarded(figure.words.strip()) for figure in row]


def _figures(tables: Iterable[FigureTable]) -> Iterator[list[str]]:
    """Each with the words of its row and its column."""
    for table in tables:
        for about, *figures in table.rows:
            for title, figure in zip(table.columns[1:], figures, strict=True):
                if found := figure.numbers or _count(figure.words):
                    words = (table.key, about.words.strip(), title, figure.words)
                    told = (found.k, found.n, found.value, found.low, found.high)
                    yield [
                        *map(guarded, words),
                        *map(_number, told),
                        *(write_cell(each) for each in (found.unit, found.bounds)),
                    ]


def _count(words: str) -> Numbers | None:
    return Numbers(int(words)) if words.isdecimal() else None


def _number(value: float | None) -> str:
    """As precise as it is of use."""
    return "" if value is None else f"{value:.6g}"


def _times(survival: Survival) -> Iterator[list[str]]:
    """By group and length: the order of the population would be that of the names."""
    counted = [subject for group in survival.groups for subject in group.subjects]
    numbers: dict[uuid.UUID, int] = {}
    for number, each in enumerate(sorted(counted, key=_order), start=1):
        patient = numbers.setdefault(each.unit.patient, len(numbers) + 1)
        values = (number, patient, each.group, each.entry, each.exit, each.event, each.vague)
        yield [write_cell(value) for value in values]


def _order(subject: Subject) -> tuple[str, int, int, bool]:
    return subject.group, subject.exit, subject.entry, subject.event
