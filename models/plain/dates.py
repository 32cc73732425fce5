"""The next dates: when, and what will happen then; what is past due is to be arranged anew."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.advising import Held, held_by
from models.arranged_visits import is_treatment
from models.biopsy import Biopsy
from models.due import Due, DueKind
from models.follow_up import arranged_for, next_due, seen_after
from models.history import History
from models.plain.complaints import complaint_words
from models.plain.drugs import treatment_words
from models.plain.passage import at
from models.therapies import Category
from models.treatment import TreatmentLine
from models.values import PartialDate
from models.visit import Visit, VisitKind, VisitStatus
from models.words import N_, _, capitalised, listing, long_day_words, weekday_name

WHAT = {
    VisitKind.TREATMENT: N_("Treatment at the clinic."),
    VisitKind.FOLLOW_UP: N_("Check-up at the clinic."),
    VisitKind.UNSCHEDULED: N_("Visit at the clinic."),
    VisitKind.TELEPHONE: N_("A talk with us on the telephone."),
}
WAS_PLANNED = {
    VisitKind.TREATMENT: N_("A treatment was planned for {date}."),
    VisitKind.FOLLOW_UP: N_("A check-up was planned for {date}."),
    VisitKind.UNSCHEDULED: N_("A visit was planned for {date}."),
    VisitKind.TELEPHONE: N_("A talk on the telephone was planned for {date}."),
}


@dataclass(frozen=True, slots=True)
class NextDate:
    """`when`: `Thursday 14 May 2020`, or where no day is fixed what to do; `what` happens then."""

    when: str
    what: str


def next_dates(history: History, today: dt.date) -> list[NextDate]:
    """What lies ahead of a patient as of a day, of all that was entered; nothing twice.

    An infusion stands on the day that was arranged for it, or else on that of its calendar; one
    that the label holds back is promised for no day.
    """
    due, held = next_due(history, today), _held(history.until(today), today)
    pairs = [(each, arranged_for(each, history, today)) for each in due]
    arranged = {on for _infusion, on in pairs}
    found = [
        told
        for each, on in pairs
        if not (is_treatment(each) and each.on in arranged)
        for told in _told(each, today, on, held)
    ]
    return [*dict.fromkeys([*_to_begin(history, today), *found])]


def _held(known: History, today: dt.date) -> list[Held]:
    """What holds back the infusions of the lines that go on."""
    running = [line for line in known.lines if line.end is None and line.protocol]
    return [held for line in running for held in held_by(known, line, today)]


def _told(
    due: Due, today: dt.date, instead: dt.date | None, held: Sequence[Held]
) -> Iterator[NextDate]:
    """What the clinic keeps an eye on by itself is nothing to come for."""
    if due.kind is DueKind.INFUSION and isinstance(due.record, TreatmentLine):
        own = [each for each in held if due.record.has_mogamulizumab]
        if own:
            yield _undecided(due.record, instead, own)
            return
        yield _infusion(instead or due.on, due.record, today)
    elif due.kind is DueKind.VISIT:
        yield _visit(due, today, decided=not held)
    elif due.kind is DueKind.ASSESSMENT:
        late = _("It is time to check how well the treatment works.")
        yield _about(due.on, _("We check how well the treatment works."), late, today)
    elif due.kind is DueKind.BIOPSY_RESULT and isinstance(due.record, Biopsy):
        what = _("The result of the tissue sample taken {when}. We will tell you.")
        yield NextDate(_("Awaited"), what.format(when=at(due.record.date)))
    elif due.kind is DueKind.CONTACT:
        yield NextDate(_("Please call us"), _("We would like to know how you are."))


def _infusion(on: dt.date, line: TreatmentLine, today: dt.date) -> NextDate:
    if on < today:
        words = _("An infusion of {drugs} was planned for {date}.")
        return _anew(words.format(drugs=line.regimen_words, date=long_day_words(on)))
    return NextDate(_day(on), _("Infusion of {drugs}.").format(drugs=line.regimen_words))


def _undecided(line: TreatmentLine, on: dt.date | None, held: Sequence[Held]) -> NextDate:
    """An infusion that the label says to interrupt or to stop: no day, but that of a visit."""
    stops = [each for each in held if each.stops]
    complaints = dict.fromkeys(complaint_words(each.event) for each in stops or held)
    what = _("We will first look at this and then decide about the next infusion: {complaints}.")
    if stops:
        what = _("We will first talk with you about whether you have {drugs} again, after this: ")
        what = what.format(drugs=line.regimen_words) + "{complaints}."
    told = what.format(complaints=listing([*complaints]))
    if on is None:
        told += " " + _("Please call us before you come.")
        return NextDate(_("Infusion: not decided yet"), told)
    return NextDate(_day(on), f"{_(WHAT[VisitKind.UNSCHEDULED])} {told}")


def _to_begin(history: History, today: dt.date) -> Iterator[NextDate]:
    """Treatments entered for a later day, but for infusions, which have a calendar."""
    until = seen_after(history, today)
    for line in history.lines:
        begins_later = today < line.start.first <= until
        if begins_later and not line.protocol and line.category is not Category.SUPPORTIVE:
            when = _day(line.start.first) if line.start.exact else line.start.long_words
            what = _("This is planned: {treatment}.")
            yield NextDate(capitalised(when), what.format(treatment=treatment_words(line.regimen)))


def _visit(due: Due, today: dt.date, *, decided: bool) -> NextDate:
    """Arranged for a day, or worked out from how often it is usual."""
    planned = isinstance(due.record, Visit) and due.record.status is VisitStatus.PLANNED
    kind = due.record.kind if planned and isinstance(due.record, Visit) else VisitKind.FOLLOW_UP
    if is_treatment(due):
        kind = VisitKind.TREATMENT if decided else VisitKind.UNSCHEDULED
    if due.rule is None and due.on < today:
        return _anew(_(WAS_PLANNED[kind]).format(date=long_day_words(due.on)))
    if due.rule is None:
        return NextDate(_day(due.on), _(WHAT[kind]))
    what = _(WHAT[kind]) + " " + _("If you have no date yet, please call us.")
    return _about(due.on, what, _("It is time for the next check-up at the clinic."), today)


def _anew(was_planned: str) -> NextDate:
    return NextDate(_("Please call us for a new date"), was_planned)


def _day(on: dt.date) -> str:
    return f"{weekday_name(on)} {long_day_words(on)}"


def _about(on: dt.date, what: str, late: str, today: dt.date) -> NextDate:
    """A day that nobody arranged is told by its month, and once it is past not at all."""
    if on < today:
        return NextDate(_("Please call us for a date"), late)
    month = PartialDate(on.year, on.month).long_words
    return NextDate(_("Around {month}").format(month=month), what)
