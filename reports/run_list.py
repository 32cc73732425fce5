"""The list of a run of pages: of whom which one is, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable, Spacer

from models.store.listing import Person
from models.words import _, day_words, long_day_words
from reports.asked import Printing
from reports.flow import opening
from reports.kit import Page, build
from reports.table import Column, Row, Table, Words
from reports.type import BOLD, QUIET
from reports.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of the page of a patient: `word` in a word, `why` there is none."""

    patient: Person
    word: str
    why: str = ""


def build_run_list(wanted: Wanted, said: str, ran: Sequence[Ran], printing: Printing) -> bytes:
    """What was printed and what was not, as a PDF; a function of its arguments alone.

    `said`: what became of the run; `ran`: in the order of the run.
    """
    title = _("List of printed pages")
    return build(Page(title, title, title), printing, _story(wanted, said, ran))


def _story(wanted: Wanted, said: str, ran: Sequence[Ran]) -> list[Flowable]:
    of_what = _("{report} · as of {date}").format(
        report=wanted.words, date=long_day_words(wanted.today)
    )
    key = _("This list tells whose the de-identified pages are: keep it apart from them.")
    columns = [
        Column(_("No."), 36),
        Column(_("Patient"), 200),
        Column(_("MRN"), 90),
        Column(_("Result")),
    ]
    rows = [_row(number, each) for number, each in enumerate(ran, start=1)]
    opened = opening(of_what, said, key if wanted.nameless else "")
    return [*opened, Spacer(0, 8), Table(columns, rows)]


def _row(number: int, ran: Ran) -> Row:
    born = _("born {date}").format(date=day_words(ran.patient.birth_date))
    why = [Words(ran.why, QUIET)] if ran.why else []
    return Row(
        (
            str(number),
            [Words(ran.patient.name, BOLD), Words(born, QUIET)],
            ran.patient.mrn,
            [Words(ran.word), *why],
        )
    )
