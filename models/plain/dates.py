"""The next dates: when, and what will happen then; what is past due is to be arranged anew."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from models.arranged_visits import is_treatment
from models.biopsy import Biopsy
from models.due import Due, DueKind
from models.follow_up import arranged_for, next_due
from models.history import History
from models.plain.passage import at
from models.treatment import TreatmentLine
from models.values import PartialDate
from models.visit import Visit, VisitKind, VisitStatus
from models.words import N_, _, long_day_words, weekday_name

WHAT = {
    VisitKind.TREATMENT: N_("Treatment at the clinic."),
    VisitKind.FOLLOW_UP: N_("Check-up at the clinic."),
    VisitKind.UNSCHEDULED: N_("Visit at the clinic."),
    VisitKind.TELEPHONE: N_("A talk with us on the telephone."),
}


@dataclass(frozen=True, slots=True)
class NextDate:
    """`when`: `Thursday 14 May 2020`, or where no day is fixed what to do; `what` happens then."""

    when: str
    what: str


def next_dates(history: History, today: dt.date) -> list[NextDate]:
    """What lies ahead of a patient as of a day, of all that was entered; nothing twice.

    An infusion stands on the day that was arranged for it, or else on that of its calendar.
    """
    due = next_due(history, today)
    pairs = [(each, arranged_for(each, history, today)) for each in due]
    arranged = {on for _infusion, on in pairs}
    found = [
        told
        for each, on in pairs
        if not (is_treatment(each) and each.on in arranged)
        for told in _told(each, today, on)
    ]
    return [*dict.fromkeys(found)]


def _told(due: Due, today: dt.date, instead: dt.date | None) -> Iterator[NextDate]:
    """What the clinic keeps an eye on by itself is nothing to come for."""
    if due.kind is DueKind.INFUSION and isinstance(due.record, TreatmentLine):
        what = _("Infusion of {drugs}.").format(drugs=due.record.regimen_words)
        yield _appointment(instead or due.on, what, today)
    elif due.kind is DueKind.VISIT:
        yield _visit(due, today)
    elif due.kind is DueKind.ASSESSMENT:
        yield _about(due.on, _("We check how well the treatment works."), today)
    elif due.kind is DueKind.BIOPSY_RESULT and isinstance(due.record, Biopsy):
        what = _("The result of the tissue sample taken {when}. We will tell you.")
        yield NextDate(_("Awaited"), what.format(when=at(due.record.date)))
    elif due.kind is DueKind.CONTACT:
        yield NextDate(_("Please call us"), _("We would like to know how you are."))


def _visit(due: Due, today: dt.date) -> NextDate:
    """Arranged for a day, or worked out from how often it is usual."""
    planned = isinstance(due.record, Visit) and due.record.status is VisitStatus.PLANNED
    kind = due.record.kind if planned and isinstance(due.record, Visit) else VisitKind.FOLLOW_UP
    what = _(WHAT[VisitKind.TREATMENT if is_treatment(due) else kind])
    if due.rule is None:
        return _appointment(due.on, what, today)
    if due.on >= today:
        what += " " + _("If you have no date yet, please call us.")
    return _about(due.on, what, today)


def _appointment(on: dt.date, what: str, today: dt.date) -> NextDate:
    if on < today:
        return NextDate(_to_be_arranged(), what)
    return NextDate(f"{weekday_name(on)} {long_day_words(on)}", what)


def _about(on: dt.date, what: str, today: dt.date) -> NextDate:
    """A day that nobody arranged is told by its month."""
    if on < today:
        return NextDate(_to_be_arranged(), what)
    month = PartialDate(on.year, on.month).long_words
    return NextDate(_("Around {month}").format(month=month), what)


def _to_be_arranged() -> str:
    return _("Please call us for a date")
