"""The adverse events under one treatment line, or of a whole course."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.adverse_event import (
    Action,
    AdverseEvent,
    Attribution,
    Emergent,
    GradeEpisode,
    emerging,
)
from models.biopsy import Biopsy, Conclusion
from models.cohort.lasted import Lasted
from models.course import began, last_dose
from models.ctcae import CtcaeVersion, Soc, canonical
from models.drug_or_disease import is_of_skin
from models.history import History
from models.rules import Standing, rule
from models.treatment import TreatmentLine
from models.values import AnyDate, Days, Grade, PartialDate
from models.words import N_

RELATED = frozenset({Attribution.POSSIBLE, Attribution.PROBABLE, Attribution.DEFINITE})
OF_A_RASH = frozenset(
    {"rash", "eruption", "dermatitis", "dermatosis", "eczema", "eczematous"}
    | {"erythema", "erythroderma", "necrolysis", "stevens"}
)
OTHER = "- Other, specify"


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One event, under a line as far as it came or worsened under it.

    `term`: as CTCAE writes it; `worst`: the worst grade, under a line of those by which it came or
    worsened; `onset`: days since the origin, the middle of what is known where it is `vague`; under
    a line never below 0, from the diagnosis below 0 before it. `emergent`: None from the diagnosis.
    `attributed`, `action`: to this line, or to any; `resolved`: from that onset on, None where a
    day is not on file; `conclusions`: of the biopsies that are to explain it, None while one is
    awaited; `version`: of CTCAE, by which it was graded.
    """

    term: str
    soc: Soc | None
    worst: Grade
    onset: int
    vague: bool
    emergent: Emergent | None
    attributed: bool
    serious: bool
    action: Action | None
    resolved: Lasted | None
    is_rash: bool
    conclusions: tuple[Conclusion | None, ...]
    version: CtcaeVersion | None = None


def event_facts(
    history: History, origin: dt.date, line: TreatmentLine | None = None
) -> tuple[EventFacts, ...]:
    """Those emergent under the line, surely or possibly; without one all of the course."""
    if line is None:
        return tuple(_of_course(history, origin))
    return tuple(_under(history, origin, line))


def _under(history: History, origin: dt.date, line: TreatmentLine) -> Iterator[EventFacts]:
    under, on_drug = _Under.of(history, line), line.has_mogamulizumab
    for event in history.of(AdverseEvent):
        found = under.emerging(event)
        if not found:
            continue
        came = min(episode.date for episode, _answer in found)
        concerned = event.treatment_line in {None, line.id}
        acted = event.treatment_line == line.id or (concerned and _runs_at(line, event))
        yield _facts(
            history,
            event,
            came,
            worst=max(episode.grade for episode, _answer in found),
            onset=max((came.middle - origin).days, 0),
            emergent=min((answer for _e, answer in found), key=[*Emergent].index),
            attributed=concerned and is_related(event),
            action=event.action if acted else None,
            on_drug=on_drug,
        )


def _of_course(history: History, origin: dt.date) -> Iterator[EventFacts]:
    drug = [line for line in history.lines if line.has_mogamulizumab]
    under = [_Under.of(history, line) for line in drug]
    for event in history.of(AdverseEvent):
        yield _facts(
            history,
            event,
            event.onset,
            worst=event.worst_grade,
            onset=(event.onset.middle - origin).days,
            emergent=None,
            attributed=is_related(event),
            action=event.action,
            on_drug=any(each.emerging(event) for each in under),
        )


def _facts(
    history: History,
    event: AdverseEvent,
    came: PartialDate,
    *,
    worst: Grade,
    onset: int,
    emergent: Emergent | None,
    attributed: bool,
    action: Action | None,
    on_drug: bool,
) -> EventFacts:
    biopsies = history.biopsies_of(event)
    return EventFacts(
        term=canonical(event.term),
        soc=event.soc,
        worst=worst,
        onset=onset,
        vague=not came.exact,
        emergent=emergent,
        attributed=attributed,
        serious=event.serious is True,
        action=None if action is Action.NONE else action,
        resolved=_resolved(history, event, came),
        is_rash=on_drug and is_rash(event, biopsies),
        conclusions=tuple(biopsy.conclusion for biopsy in biopsies),
        version=event.ctcae_version,
    )


@dataclass(frozen=True, slots=True)
class _Under:
    """The time of a line in which an event counts as its own."""

    first: AnyDate
    last: AnyDate | None
    within: int

    @classmethod
    def of(cls, history: History, line: TreatmentLine) -> "_Under":
        last = (last_dose(history, line) or line.end) if line.end else None
        return cls(began(history, line), last, history.practice.emergent_days)

    def emerging(self, event: AdverseEvent) -> list[tuple[GradeEpisode, Emergent]]:
        return emerging(event, self.first, self.last, self.within)


def _runs_at(line: TreatmentLine, event: AdverseEvent) -> bool:
    return line.end is None or event.onset.first <= line.end.last


@rule(N_("Attributed to a line"), "ICH E2A; CIOMS", Standing.UNVERIFIED)
def is_related(event: AdverseEvent) -> bool:
    """An event is attributed to treatment if its attribution is possible, probable or definite, or
    if none was given and it is linked to a treatment line. It is attributed to the line to which it
    is linked; where it is linked to none, to each under which it is treatment-emergent. What was
    done about the treatment is told of the line to which it is linked; where it is linked to none,
    of each that had not ended before its onset.
    """
    if event.attribution is None:
        return event.treatment_line is not None
    return event.attribution in RELATED


@rule(
    N_("Candidates for a mogamulizumab-associated rash"),
    "after Hirotsu, JAMA Dermatol 2021",
    Standing.UNVERIFIED,
)
def is_rash(event: AdverseEvent, biopsies: Iterable[Biopsy]) -> bool:
    """Of the events of the skin that are treatment-emergent under mogamulizumab these may be a rash
    from it, until a pathologist says otherwise: those whose term speaks of a rash, an eruption,
    dermatitis, dermatosis, eczema, erythema, erythroderma, epidermal necrolysis or Stevens-Johnson
    syndrome, those of the skin that CTCAE has no term for, and all that a biopsy was taken to
    explain. Pruritus, dry skin, alopecia and the like are none by themselves.
    """
    biopsies = tuple(biopsies)
    if not is_of_skin(event, biopsies):
        return False
    words = set(re.findall(r"[^\W\d_]+", event.term.casefold()))
    return bool(biopsies) or bool(OF_A_RASH & words) or OTHER in event.term


def _resolved(history: History, event: AdverseEvent, came: PartialDate) -> Lasted | None:
    """Until it was resolved, or up to the last contact while it goes on."""
    if event.resolved:
        over: AnyDate = event.resolved
    elif history.last_contact and event.is_open(history.last_contact):
        over = history.last_contact
    else:
        return None
    days = Days.between(came, over)
    return Lasted(max(days.about, 0), event.resolved is not None, not days.exact)
