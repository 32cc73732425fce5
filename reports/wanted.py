"""What is to be printed, chosen once: plain data, for one patient as for many."""

import datetime as dt
import uuid
from dataclasses import dataclass

from models.base import NoPage
from models.history import History
from models.store.clinic import Clinic
from models.words import _, day_words
from reports.asked import Asked, Printing
from reports.catalogue import COHORT, REPORTS, Report

DAY_LIST = "day-list"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of report as of a day, with its options, of whoever.

    `kind`: its name in the catalogue, or `DAY_LIST`; `since`, `without`: as in `Asked`; `about`:
    the record that the report is about, where only one patient is meant.
    """

    kind: str
    today: dt.date
    paper: str = "a4"
    since: dt.date | None = None
    without: frozenset[str] = frozenset()
    anonymous: bool = False
    about: uuid.UUID | None = None

    @property
    def report(self) -> Report:
        return COHORT if self.kind == COHORT.kind else REPORTS[self.kind]

    @property
    def words(self) -> str:
        """What it is, without whom it tells of."""
        return _("Day list") if self.kind == DAY_LIST else self.report.words

    def file_name(self, on: dt.date) -> str:
        """What it is and the day it is made; of whom it is, it does not tell."""
        when = _("de-identified") if self.nameless else str(on)
        return f"{self.kind}-{when}.pdf"

    def asked(self, history: History, clinic: Clinic, at: dt.datetime) -> Asked:
        """It of one patient, with the photographs that may be shown at that time.

        Raises `NoPage` where the report cannot do what is wanted of it.
        """
        from reports.pictures_wanted import with_pictures  # noqa: PLC0415 - draws: when it prints

        self._check()
        self._check_against(history)
        asked = Asked(history, self.today, self.since, self.without, self.about)
        return with_pictures(asked, self.report, at.date(), clinic.content)

    def printing(self, clinic: Clinic, at: dt.datetime) -> Printing:
        return Printing.by(clinic, at, self.paper, anonymous=self.anonymous)

    def build(self, history: History, clinic: Clinic, at: dt.datetime) -> bytes:
        """The PDF of one patient; raises `NoPage` where it cannot be as it is wanted."""
        return self.report.build(self.asked(history, clinic, at), self.printing(clinic, at))

    @property
    def nameless(self) -> bool:
        """Whether its pages name nobody, and no day."""
        return self.anonymous or (self.kind != DAY_LIST and self.report.always_anonymous)

    @property
    def said(self) -> dict[str, str]:
        """What is put on record when its pages leave the program."""
        return {"report": self.kind} | ({"deidentified": "yes"} if self.nameless else {})

    def _check(self) -> None:
        report = self.report
        sections = [section.key for section in report.sections]
        unknown = sorted(self.without.difference(sections))
        if unknown:
            what = _("{report} has no section {names}.")
            what = what.format(report=report.words, names=", ".join(unknown))
            known = _("Its sections: {names}.").format(names=", ".join(sections))
            raise _refused(what, known if sections else _("It has none to leave out."))
        if self.since and not report.has_period:
            what = _("{report} has no first day: it tells the whole course.")
            raise _refused(what.format(report=report.words), _("Leave the first day out."))
        if self.since and self.since > self.today:
            next_step = _("Give a first day that is not after {date}.")
            what = _("The period ends before it begins.")
            raise _refused(what, next_step.format(date=day_words(self.today)))

    def _check_against(self, history: History) -> None:
        if self.today < history.patient.birth_date:
            what = _("On {date} this patient was not yet born.")
            raise _refused(what.format(date=day_words(self.today)), _("Choose a later day."))


def _refused(what: str, next_step: str) -> NoPage:
    return NoPage(what, _("Nothing was printed."), next_step)
