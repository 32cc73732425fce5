"""The adverse event log: every event with its grades, attribution, and what was done."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Spacer

from models.adverse_event import AdverseEvent, emergent
from models.event_log import LoggedEvent, event_log, tally
from models.rules import awaiting_words, rule_of
from models.summary import as_of
from models.words import _, capitalised, day_words, long_day_words
from reports.asked import Asked, Printing
from reports.facts import ASIDE, said, told
from reports.flow import Prose, opening, section
from reports.kit import Page, build
from reports.table import Cell, Column, Table, Words
from reports.type import BODY_BOLD, BODY_QUIET, QUIET

SHORT = 9
"""Names of fewer letters take the same room each."""


def build_adverse_event_log(asked: Asked, printing: Printing) -> bytes:
    """The events of one patient as a PDF; a function of its arguments alone."""
    summary = as_of(asked.history, asked.today)
    what = _("Adverse event log · as of {date}").format(date=long_day_words(asked.today))
    page = Page(_("Adverse event log"), what, summary.identity, wide=True)
    events = event_log(summary, asked.since)
    story = [
        *opening(summary.identity, _period(asked)),
        *_story(events, asked, personal=not printing.anonymous),
    ]
    words = awaiting_words([rule_of(emergent)], summary.history.confirmed) if events else ""
    return build(page, printing, [*story, Spacer(0, 6), Prose(words, QUIET)])


def _period(asked: Asked) -> str:
    if asked.since is None:
        return ""
    words = _("Events that went on on {date} or began later.")
    return words.format(date=day_words(asked.since))


def _story(events: Sequence[LoggedEvent], asked: Asked, *, personal: bool) -> list[Flowable]:
    """The numbers; what goes on; what has ended. `personal`: with its free texts."""
    ongoing = [each for each in events if each.ongoing]
    ended = [each for each in events if not each.ongoing]
    if not events:
        none = _("None in this time.") if asked.since else _("No adverse event recorded.")
        return [Spacer(0, 6), Prose(none, BODY_QUIET)]
    return [
        *(_overview(events) if asked.has("overview") else ()),
        *(_table(_("Ongoing"), ongoing, personal) if asked.has("ongoing") else ()),
        *(_table(_("Ended"), ended, personal) if asked.has("ended") else ()),
    ]


class _Numbers(Table):
    """A number, and below it what it counts."""

    ruled = False


def _overview(events: Sequence[LoggedEvent]) -> list[Flowable]:
    counted = tally(events)
    columns = [Column(share=max(len(name), SHORT)) for name, _n in counted]
    numbers = tuple((Words(str(n), BODY_BOLD), Words(name, QUIET)) for name, n in counted)
    return [Spacer(0, 6), _Numbers(columns, [numbers])]


def _table(title: str, events: Sequence[LoggedEvent], personal: bool) -> list[Flowable]:
    heading = _("{title} ({n})").format(title=title, n=len(events))
    if not events:
        return section(heading, Prose(_("None."), ASIDE))
    columns = (
        Column(_("Event")),
        Column(_("Worst grade"), 84),
        Column(_("Onset"), share=1.1),
        Column(_("End"), 94),
        Column(_("Serious"), 60),
        Column(_("Attribution"), 98),
        Column(_("What was done"), 92),
    )
    return [Table(columns, [_row(each, personal) for each in events], heading)]


def _row(logged: LoggedEvent, personal: bool) -> tuple[Cell, ...]:
    grades = logged.grades if len(logged.grades) > 1 else []
    return (
        _event(logged),
        told(capitalised(logged.worst), *grades),
        told(logged.event.onset.words, logged.place.words),
        told(capitalised(logged.outcome), logged.lasted),
        said(capitalised(logged.serious)),
        told(capitalised(logged.attribution), logged.emergent_words, *logged.explained_by),
        _done(logged.event, personal),
    )


def _event(logged: LoggedEvent) -> Cell:
    """The term; under it the patient's words, where it is, and the version of CTCAE."""
    event = logged.event
    as_said = event.verbatim not in event.term
    said_so = _("“{words}”").format(words=event.verbatim) if as_said else ""
    version = _("CTCAE {version}").format(version=event.ctcae_version.value)
    return told(event.term, said_so, "; ".join(filter(None, (event.body_site, version))))


def _done(event: AdverseEvent, personal: bool) -> Cell:
    action = event.action and _("Treatment: {action}").format(action=_(event.action.value))
    none = _("no treatment recorded") if personal else ""
    return told(action or "", event.treatment_given or none)
