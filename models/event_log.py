"""Adverse events as a log tells them: grades, onset, end, attribution, and what was done."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.adverse_event import Action, AdverseEvent, Attribution, Emergent, Outcome
from models.biopsy import Biopsy
from models.history import History
from models.placement import Placement, places_of
from models.summary import Summary
from models.treatment import TreatmentLine
from models.values import Days, Grade
from models.words import N_, _

_EMERGENT = {
    Emergent.YES: N_("treatment-emergent"),
    Emergent.POSSIBLE: N_("possibly treatment-emergent"),
    Emergent.NO: N_("not treatment-emergent"),
}
_LED_TO = {
    Action.STOPPED: N_("led to stop"),
    Action.INTERRUPTED: N_("led to interruption"),
    Action.REDUCED: N_("led to reduction"),
    Action.DELAYED: N_("led to delay"),
}


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One event with what the records around it say, as of a day.

    `place`: where its onset lies in the treatment; `line`: the one it is attributed to; `emergent`:
    whether it came or worsened under treatment, None where there was none.
    """

    event: AdverseEvent
    today: dt.date
    ongoing: bool
    place: Placement
    line: str
    emergent: Emergent | None
    biopsies: tuple[Biopsy, ...]

    @property
    def grades(self) -> list[str]:
        """`grade 1 from Jul 2017`, in the order of time."""
        return [
            _("grade {grade} from {date}").format(grade=int(each.grade), date=each.date.words)
            for each in self.event.course
        ]

    @property
    def worst(self) -> str:
        return _("grade {n}").format(n=int(self.event.worst_grade))

    @property
    def outcome(self) -> str:
        """`ongoing`, `resolved Dec 2017`, `resolved, day not recorded`, `not resolved at death`."""
        event, over = self.event, self.event.outcome
        if over in {None, Outcome.ONGOING}:
            over = Outcome.RESOLVED
        if event.resolved:
            return f"{_(over.value)} {event.resolved.words}"
        if over in {Outcome.FATAL, Outcome.UNKNOWN}:
            return _(over.value) if over is Outcome.FATAL else _("outcome unknown")
        if event.is_open(self.today):
            return _("ongoing") if self.ongoing else _("not resolved at death")
        return _("{outcome}, day not recorded").format(outcome=_(over.value))

    @property
    def lasted(self) -> str:
        """`12 days`, `on the same day`, `3.2 months so far`; empty where its end is not known."""
        if self.event.resolved:
            lasted = Days.between(self.event.onset, self.event.resolved)
            return lasted.words if lasted.most > 0 else _("on the same day")
        if not self.ongoing:
            return ""
        so_far = Days.between(self.event.onset, self.today)
        return _("{duration} so far").format(duration=so_far.words)

    @property
    def serious(self) -> str:
        """`no`, `yes: hospitalisation`; empty where it was not said."""
        if self.event.serious is None:
            return ""
        if not self.event.serious:
            return _("no")
        why = self.event.seriousness
        return _("yes: {why}").format(why=_(why.value)) if why else _("yes")

    @property
    def attribution(self) -> str:
        """`probable, to mogamulizumab (line 6)`; empty where none was given."""
        if self.event.attribution is None:
            return ""
        words = _(self.event.attribution.value)
        if not self.line or self.event.attribution is Attribution.UNRELATED:
            return words
        return _("{attribution}, to {line}").format(attribution=words, line=self.line)

    @property
    def emergent_words(self) -> str:
        return _(_EMERGENT[self.emergent]) if self.emergent else ""

    @property
    def explained_by(self) -> list[str]:
        """`biopsy Sep 2017: drug-related`."""
        words = _("biopsy {date}: {conclusion}")
        return [
            words.format(date=each.date.words, conclusion=each.conclusion_words.casefold())
            for each in self.biopsies
        ]


def event_log(summary: Summary, since: dt.date | None = None) -> list[LoggedEvent]:
    """Every event in the order of onset; `since`: only those still there on that day, or begun
    later. An event that is over on a day that nobody recorded is kept.
    """
    history = summary.history
    places = places_of(history)
    numbers = {line.id: number for number, line in enumerate(history.lines, start=1)}
    ongoing = {event.id for event in summary.open_events}
    return [
        LoggedEvent(
            event=event,
            today=summary.today,
            ongoing=event.id in ongoing,
            place=places.onset(event),
            line=_line_words(history, event, numbers),
            emergent=places.emergent_under(event),
            biopsies=history.biopsies_of(event),
        )
        for event in history.of(AdverseEvent)
        if since is None or _goes_to(event, since)
    ]


def by_worst_grade(events: Sequence[LoggedEvent]) -> list[LoggedEvent]:
    """The worst first; of the same grade the latest first."""
    latest_first = sorted(events, key=lambda each: each.event.onset, reverse=True)
    return sorted(latest_first, key=lambda each: each.event.worst_grade, reverse=True)


def _goes_to(event: AdverseEvent, day: dt.date) -> bool:
    return event.resolved is None or event.resolved.last >= day


def _line_words(history: History, event: AdverseEvent, numbers: Mapping[uuid.UUID, int]) -> str:
    """`mogamulizumab (line 6)`."""
    line = history.by_id.get(event.treatment_line) if event.treatment_line else None
    if not isinstance(line, TreatmentLine):
        return ""
    return _("{regimen} (line {n})").format(regimen=line.regimen_words, n=numbers[line.id])


def tally(events: Sequence[LoggedEvent]) -> list[tuple[str, int]]:
    """How many there are, how many of each worst grade, and what came of them; each with its name.
    An event may count in several.
    """
    grades = Counter(each.event.worst_grade for each in events)
    actions = Counter(each.event.action for each in events)
    by_grade = [(_("grade {n}").format(n=int(grade)), grades[grade]) for grade in Grade]
    return [
        (_("events"), len(events)),
        (_("ongoing"), sum(each.ongoing for each in events)),
        *reversed(by_grade),
        (_("serious"), sum(each.event.serious is True for each in events)),
        (_("treatment-emergent"), sum(each.emergent is Emergent.YES for each in events)),
        *((_(words), actions[action]) for action, words in _LED_TO.items()),
    ]
