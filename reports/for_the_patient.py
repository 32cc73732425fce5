"""For the patient: what was given, how it worked, what to watch for, in large type to take home."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

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
from reports.type import BODY_QUIET
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
    title, who = _("For the patient"), as_of(asked.history, asked.today).identity
    return build(Page(title, title, who), printing, _story(asked, printing))


def _story(asked: Asked, printing: Printing) -> list[Flowable]:
    known = asked.history.until(asked.today)
    chapters = [*_chapters(known, asked, printing)]
    told = " ".join(_to_the_staff(known, asked, printing))
    if chapters and told:
        told = _("For the staff. {told}").format(told=told)
        *_others, (_title, blocks) = chapters
        blocks[-1] = [*blocks[-1], White(10), Words(told, BODY_QUIET)]
    return [
        *_opening(known, asked),
        *(Chapter(title, blocks) for title, blocks in chapters),
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


def _chapters(
    known: History, asked: Asked, printing: Printing
) -> Iterator[tuple[str, list[Block]]]:
    """The headings with what stands beside them; those left out are not worked out."""
    if asked.has("illness"):
        yield _("Your illness"), _passages(illness(known))
    if asked.has("treatment"):
        yield _("What was given"), _passages(treatments(known))
    if asked.has("response"):
        yield _("How it worked"), _passages(how_it_worked(known))
    if asked.has("side-effects"):
        yield _("Side effects"), _passages(side_effects(known))
    if asked.has("watch"):
        yield _("What to watch for"), _passages(what_to_watch_for(known))
    if asked.has("dates"):
        yield _("Next dates"), _dates(next_dates(asked.history, asked.today))
    if asked.has("call"):
        yield _("Whom to call"), [[*_whom_to_call(printing, watched=asked.has("watch"))]]


def _passages(passages: Sequence[Passage]) -> list[Block]:
    """A sentence that opens a list stays with its first point."""
    return [
        [*([reading(each.text)] if each.text else []), *(Point(text) for text in each.points)]
        for each in passages
    ]


def _dates(dates: Sequence[NextDate]) -> list[Block]:
    if not dates:
        return [[reading(_("No date has been entered here yet. Please ask us."))]]
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
        yield _("Write the missing number in before this page is handed out.")
    if awaits_confirmation(known):
        yield _("These texts await confirmation by a clinician (Clinic ▸ Rules).")
