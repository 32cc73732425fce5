"""For the patient: what was given, how it worked, what to watch for, in large type to take home."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable, KeepTogether

from models.base import NoPage
from models.history import History
from models.letterhead import Letterhead, usual_letterhead
from models.plain import (
    NextDate,
    Passage,
    awaits_confirmation,
    how_it_worked,
    illness,
    next_dates,
    side_effects,
    treatments,
    what_else_to_watch_for,
    what_to_watch_for,
)
from models.summary import as_of
from models.words import _, long_day_words
from reports.asked import Asked, Printing
from reports.flow import Prose
from reports.kit import Page, build
from reports.large_type import (
    CHAPTER,
    NUMBER,
    READING,
    READING_STRONG,
    Block,
    Chapter,
    Point,
    Questions,
    reading,
)
from reports.table import Part, Words, WritingLine
from reports.white import White

BY_HAND = WritingLine(26.0)


def build_for_the_patient(asked: Asked, printing: Printing) -> bytes:
    """The pages as a PDF; a function of its arguments alone.

    Raises `NoPage` for a patient who has died.
    """
    if asked.history.patient.death_date:
        raise NoPage(
            _("This patient has died: there is no page to take home."),
            _("Nothing was printed."),
            _("For the records, print the treatment summary."),
        )
    known = asked.history.until(asked.today)
    title, who = _("For the patient"), as_of(asked.history, asked.today).identity
    note = " ".join(_to_the_staff(known, asked, printing))
    return build(Page(title, title, who, note=note), printing, _story(known, asked, printing))


def _story(known: History, asked: Asked, printing: Printing) -> list[Flowable]:
    """When to call at once and whom stand together on one page."""
    return [
        *_opening(known, asked),
        *_chapters(known, asked),
        KeepTogether([*_alarm(known, asked, printing)]),
        *_afterwards(known, asked),
        *([Questions(_("Your own questions"))] if asked.has("questions") else []),
    ]


def _opening(known: History, asked: Asked) -> list[Flowable]:
    patient = known.patient
    told = _("For {name}, {date}.").format(
        name=f"{patient.given_name} {patient.family_name}", date=long_day_words(asked.today)
    )
    return [
        Prose(_("Your illness and your treatment"), CHAPTER, 4),
        Prose(told, READING),
        Prose(_("Please ask us about everything that is not clear to you."), READING),
    ]


def _chapters(known: History, asked: Asked) -> Iterator[Chapter]:
    """What is left out is not worked out."""
    if asked.has("illness"):
        yield Chapter(_("Your illness"), _passages(illness(known)))
    if asked.has("treatment"):
        yield Chapter(_("What was given"), _passages(treatments(known)))
    if asked.has("response"):
        yield Chapter(_("How it worked"), _passages(how_it_worked(known)))
    if asked.has("side-effects"):
        yield Chapter(_("Side effects"), _passages(side_effects(known)))
    if asked.has("dates"):
        yield Chapter(_("Next dates"), _dates(next_dates(asked.history, asked.today)))


def _alarm(known: History, asked: Asked, printing: Printing) -> Iterator[Chapter]:
    watched = asked.has("watch")
    if watched:
        yield Chapter(_("What to watch for"), _passages(what_to_watch_for(known)))
    if asked.has("call"):
        yield Chapter(_("Whom to call"), [[*_whom_to_call(printing, watched=watched)]])


def _afterwards(known: History, asked: Asked) -> Iterator[Chapter]:
    if asked.has("watch"):
        yield Chapter(_("What else to watch for"), _passages(what_else_to_watch_for(known)))


def _passages(passages: Sequence[Passage]) -> list[Block]:
    """A sentence that opens a list stays with its first point."""
    return [
        [*([reading(each.text)] if each.text else []), *(Point(text) for text in each.points)]
        for each in passages
    ]


def _dates(dates: Sequence[NextDate]) -> list[Block]:
    if not dates:
        words = _("None has been entered here. Please call us for a date for the next check-up.")
        return [[reading(words)]]
    return [[Words(each.when, READING_STRONG), reading(each.what)] for each in dates]


def _whom_to_call(printing: Printing, *, watched: bool) -> Iterator[Part]:
    """By the letterhead; where it names no number there is a line to write it on.

    `watched`: what to watch for, with when to call an ambulance, stands on the page.
    """
    head: Letterhead = printing.letterhead or usual_letterhead()
    hours = head.hours or _("during the day")
    yield from _reached(head.phone, _("Telephone, {hours}").format(hours=hours))
    yield from _reached(head.other_phone, _("Telephone at night and at other times"))
    if head.email:
        yield from _reached(head.email, _("E-mail, for what can wait"))
    if not watched:
        yield reading(_("If your life may be in danger, call an ambulance."))


def _reached(number: str | None, when: str) -> Block:
    return [Words(number, NUMBER) if number else BY_HAND, reading(when), White(9)]


def _to_the_staff(known: History, asked: Asked, printing: Printing) -> Iterator[str]:
    head = printing.letterhead or usual_letterhead()
    if asked.has("call") and not (head.phone and head.other_phone):
        yield _("For the staff: write the missing number in before this page is handed out.")
    if awaits_confirmation(known):
        yield _("For the staff: these texts await confirmation by a clinician (Clinic ▸ Rules).")
