"""`cohort` on the command line: the figures of a population as text, JSON, a report or tables.

What works them out is loaded when they are asked for: the other commands do without.
"""

import argparse
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.base import ClinicError
from models.store.clinic import FILE, Clinic
from models.values import PartialDate
from models.words import _, ngettext
from ui.cohort_asked import (
    choices_of,
    describe_population,
    describe_question,
    population_of,
    question_of,
)
from ui.cohort_leaving import cohort_figures, write_tables

if TYPE_CHECKING:
    from models.cohort.figures import CohortFigures

Arguments = argparse.Namespace
Lines = Iterator[str]


def describe(made: Any) -> None:
    describe_question(made)
    describe_population(made)
    as_of = _("as of a day, or of the last one of a month or a year (default: today)")
    made.add_argument("--on", type=_a_date, metavar="DATE", help=as_of)
    made.add_argument("--json", action="store_true")
    report = _("the report as a PDF; one of this name is replaced")
    made.add_argument("-o", "--output", type=Path, metavar="FILE.pdf", help=report)
    tables = _("every table as a CSV file, into a new or an empty folder")
    made.add_argument("--csv", type=Path, metavar="FOLDER", help=tables)


def cohort(
    asked: Arguments, clinic: Clinic, now: dt.datetime, export_json: Callable[..., None]
) -> Lines:
    """`export_json`: prints it once that is on record. Yields what is to be printed otherwise."""
    figures = _figures(asked, clinic, _day(asked.on, now.date()))
    said = [
        *(_write_report(asked, figures, clinic, now) if asked.output else ()),
        *(_write_tables(asked.csv, figures, clinic) if asked.csv else ()),
    ]
    if asked.json:
        from models.cohort.cohort_json import cohort_json  # noqa: PLC0415 - only where it is wanted

        export_json(clinic, figures.whose, cohort_json(figures), what="cohort")
    elif said:
        yield from said
    else:
        from ui.cohort_text import in_text  # noqa: PLC0415 - only where it is wanted

        yield from in_text(figures)


def _a_date(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError:
        message = _("{text} is not a date; write it as 2020-04-30, 2020-04 or 2020")
        raise argparse.ArgumentTypeError(message.format(text=text)) from None


def _day(on: PartialDate | None, today: dt.date) -> dt.date:
    """Of a month or a year its last one, or today."""
    if on is None:
        return today
    if on.first > today:
        raise ClinicError(
            _("{date} is still to come.").format(date=on.words),
            _("Nothing was worked out."),
            _("Give a day up to today."),
        )
    return min(on.last, today)


def _figures(asked: Arguments, clinic: Clinic, day: dt.date) -> "CohortFigures":
    from models.cohort.member import member_of  # noqa: PLC0415 - most commands do without
    from models.cohort.selection import select  # noqa: PLC0415

    members = [member_of(history, day) for history in clinic.histories()]
    population = population_of(asked, clinic, members)
    selection = select(members, population, day)
    return cohort_figures(clinic, selection, question_of(asked), choices_of(asked))


def _write_report(
    asked: Arguments, figures: "CohortFigures", clinic: Clinic, now: dt.datetime
) -> Lines:
    from reports.asked import Printing  # noqa: PLC0415 - only where a page is wanted
    from reports.catalogue import COHORT  # noqa: PLC0415
    from reports.cohort import build_cohort  # noqa: PLC0415
    from reports.writing import write_report  # noqa: PLC0415

    content = build_cohort(figures, Printing.by(clinic, now, asked.paper))
    with clinic.handing_out(figures.whose, FILE, report=COHORT.kind):
        write_report(content, asked.output)
    words = _("Saved as {path}: {report}.")
    yield words.format(path=asked.output.resolve(), report=COHORT.words)


def _write_tables(folder: Path, figures: "CohortFigures", clinic: Clinic) -> Lines:
    n = write_tables(clinic, figures, folder)
    words = ngettext("{n} file written: {folder}", "{n} files written: {folder}", n)
    yield words.format(n=n, folder=folder.resolve())
