"""What the window prints: what can be chosen in the preview, and how that becomes pages."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from models.base import PatientRecord
from models.history import History
from models.store.clinic import Clinic
from models.wording import particulars
from models.words import _
from models.worklist import Worklist
from reports.catalogue import REPORTS, TIMELINE, Report, cohort_report
from reports.wanted import DAY_LIST, Wanted
from ui.cohort_leaving import cohort_figures
from ui.pdf_output import OnRecord

if TYPE_CHECKING:
    from models.cohort.choices import Choices
    from models.cohort.figures import CohortFigures
    from models.cohort.question import Question
    from models.cohort.selection import Selection
    from models.store.listing import Person
    from ui.cohort_output import Asked
    from ui.main_window import MainWindow

Subjects = Sequence[tuple[uuid.UUID | None, str]]


@dataclass(frozen=True)
class ToPrint:
    """What can be printed of one patient, or of the day.

    `title`: whose pages they are; `kind`: what is shown first; `build`: the PDF, on any thread;
    `on_record`: for pages that are to leave the program (see `PdfOutput`);
    `reports`: what there is to choose from; `subjects`: the records that a report can be about,
    None for the usual one;
    `whose`: tells the pages of one patient from those of another that come in their place.
    """

    title: str
    kind: str
    today: dt.date
    build: Callable[[Wanted], bytes]
    on_record: Callable[[Wanted], OnRecord]
    reports: Sequence[Report] = ()
    subjects: Callable[[Report], Subjects] = lambda report: ()
    whose: uuid.UUID | None = None


def of_patient(clinic: Clinic, history: History, today: dt.date, kind: str) -> ToPrint:
    def build(wanted: Wanted) -> bytes:
        return wanted.build(history, clinic, now())

    def subjects(report: Report) -> Subjects:
        records = [*reversed(history.of(report.about))] if report.about else []
        found = [(each.id, in_short(each, history)) for each in records]
        if not found or not report.has_usual(history):
            return found
        return [(None, _(report.unless_chosen)), *found]

    reports = tuple(REPORTS.values())
    on_record = recorder(clinic, [history.patient.id])
    return ToPrint(history.patient.name, kind, today, build, on_record, reports, subjects)


def of_day(clinic: Clinic, worklist: Worklist) -> ToPrint:
    def build(wanted: Wanted) -> bytes:
        from reports.day_list import build_day_list  # noqa: PLC0415 - only when a page is wanted

        return build_day_list(worklist, wanted.printing(clinic, now()))

    on_record = recorder(clinic, worklist.whose)
    return ToPrint(_("Day list"), DAY_LIST, worklist.today, build, on_record)


def of_cohort(
    clinic: Clinic, selection: "Selection", question: "Question", choices: "Choices"
) -> ToPrint:
    @cache
    def figures() -> "CohortFigures":
        return cohort_figures(clinic, selection, question, choices)

    def build(wanted: Wanted) -> bytes:
        from reports.cohort import build_cohort  # noqa: PLC0415 - only when a page is wanted

        return build_cohort(figures(), wanted.printing(clinic, now()), wanted.without)

    def on_record(wanted: Wanted) -> OnRecord:
        return lambda to: clinic.handing_out(figures().whose, to, **wanted.said)

    report = cohort_report(by_line=selection.population.by_line)
    return ToPrint(_("Cohort"), report.kind, selection.today, build, on_record, (report,))


def recorder(clinic: Clinic, patients: Sequence[uuid.UUID]) -> Callable[[Wanted], OnRecord]:
    """What puts on record that these patients' pages leave the program."""

    def on_record(wanted: Wanted) -> OnRecord:
        return lambda to: clinic.handing_out(patients, to, **wanted.said)

    return on_record


def in_short(record: PatientRecord, history: History) -> str:
    """The date and what it was: `20 Jul 2015: mogamulizumab`."""
    date = record.when.words if record.when else _("no date")
    return f"{date}: {particulars(record, history)}"


def now() -> dt.datetime:
    return dt.datetime.now().astimezone()


class Prints:
    """What of the window is printed; what is half typed there is asked about first."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def timeline(self) -> None:
        self.report(TIMELINE.kind)

    def report(self, kind: str) -> None:
        """Preview this report of the open patient."""
        window = self._window
        if window.clinic is not None and window.history is not None and window.may_leave():
            today = window.at_hand.today()
            self._show(of_patient(window.clinic, window.history, today, kind))

    def day_list(self) -> None:
        """Preview what is due, as the page of today shows it."""
        window, worklist = self._window, self._window.today_page.worklist
        if window.clinic is not None and worklist is not None and window.may_leave():
            self._show(of_day(window.clinic, worklist))

    def cohort(self, asked: "Asked") -> None:
        """Preview what is told of the patients whom the page of the cohort shows."""
        if self._window.may_leave():
            self._show(of_cohort(*asked))

    def many(self, patients: "Sequence[Person]") -> None:
        """Look at a report of each of these patients, to be printed in one run."""
        window = self._window
        if window.clinic is not None and patients and window.may_leave():
            window.show_batch()
            window.batch.offer_many(window.clinic, patients)

    def _show(self, to_print: ToPrint) -> None:
        self._window.show_preview()
        self._window.preview.offer(to_print)
