"""What mogamulizumab's label says of a patient's adverse event, where it may have been the drug."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.adverse_event import AdverseEvent, Attribution
from models.history import History
from models.label import Advice, Step, advice, is_autoimmune
from models.placement import line_of_event
from models.rules import rule_of
from models.treatment import TreatmentLine
from models.values import Grade
from models.words import _, listing

NOT_THE_DRUG = frozenset({Attribution.UNRELATED, Attribution.UNLIKELY})


@dataclass(frozen=True, slots=True)
class Held:
    """An event after which, or during which, the label holds back the next infusion."""

    event: AdverseEvent
    grade: Grade
    advice: Advice

    @property
    def stops(self) -> bool:
        return self.advice.step is Step.STOP

    @property
    def words(self) -> str:
        """`Rash maculo-papular, grade 2, 25 Oct 2026`."""
        words = _("{event}, grade {grade}, {onset}")
        return words.format(
            event=self.event.label, grade=int(self.grade), onset=self.event.onset.words
        )


def label_says(history: History, event: AdverseEvent, day: dt.date) -> Advice | None:
    """For its grade on that day, or its worst where it is over or was so bad that mogamulizumab is
    stopped for good; None where the label is silent.

    Only of events under mogamulizumab that nobody has called unrelated or unlikely.
    """
    if event.attribution in NOT_THE_DRUG:
        return None
    line = line_of_event(history, event)
    if line is None or not line.has_mogamulizumab:
        return None
    at_worst = _said_of(event, line, event.worst_grade)
    if at_worst and at_worst.step is Step.STOP:
        return at_worst
    said = _said_of(event, line, event.grade_on(day) or event.worst_grade)
    if said and said.step is Step.DECIDE and rule_of(is_autoimmune).awaits(history.confirmed):
        words = _("That it counts as autoimmune awaits confirmation by a clinician.")
        return replace(said, caveat=words)
    return said


def _said_of(event: AdverseEvent, line: TreatmentLine, grade: Grade) -> Advice | None:
    attributed = event.treatment_line == line.id and event.attribution is not None
    return advice(event.term, grade, event.ctcae_version, by_mogamulizumab=attributed)


def held_by(history: History, line: TreatmentLine, day: dt.date) -> list[Held]:
    """What the label holds the line's next infusion back for, the firmest first: events after which
    it says to stop for good, whatever their outcome, and open ones for which it says to interrupt.
    """
    if not line.has_mogamulizumab:
        return []
    found = []
    for event in history.of(AdverseEvent):
        said = label_says(history, event, day) if event.onset.first <= day else None
        if said is None or said.step is Step.GO_ON:
            continue
        if said.step is Step.STOP:
            found.append(Held(event, event.worst_grade, said))
        elif event.is_open(day):
            found.append(Held(event, event.grade_on(day) or event.worst_grade, said))
    return sorted(found, key=lambda held: not held.stops)


def held_words(held: Iterable[Held]) -> str:
    """`label: stop for good after Anaphylaxis, grade 3, 31 Aug 2026 (EU SmPC): to be decided`."""
    found = [*held]
    stops = [each for each in found if each.stops]
    told = stops or found
    if not told:
        return ""
    words = _("label: stop for good after {events} ({source}): to be decided")
    if not stops:
        words = _("label: interrupt, while open: {events} ({source}): to be decided")
        if any(each.advice.step is Step.DECIDE for each in told):
            words = _("label: interrupt or stop, while open: {events} ({source}): to be decided")
    sources = dict.fromkeys(each.advice.sources for each in told)
    named = listing([each.words for each in told])
    return words.format(events=named, source="; ".join(sources))


def label_words(said: Advice) -> str:
    """Each label's words; information, never an order."""
    return _("The label: {words}").format(words=said.words)
