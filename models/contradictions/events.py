"""What contradicts an adverse event or a biopsy."""

from collections.abc import Iterator
from itertools import combinations

from models.adverse_event import (
    AdverseEvent,
    Attribution,
    Outcome,
    Seriousness,
    missing_grades,
)
from models.biopsy import Biopsy, Conclusion
from models.contradictions.finding import Check, Contradiction, among, before, line_named
from models.drug_or_disease import last_concluded
from models.history import History
from models.rules import Standing, rule
from models.values import Grade
from models.words import N_, _, day_words

NOT_ATTRIBUTED = frozenset({Attribution.UNRELATED, Attribution.UNLIKELY})
OF_THE_DRUG = frozenset({Attribution.PROBABLE, Attribution.DEFINITE})
OVER = frozenset({Outcome.RESOLVED, Outcome.RESOLVED_WITH_SEQUELAE})


@rule(
    N_("Against adverse events and biopsies"),
    "NCI, CTCAE 5.0 (2017); meaning of the entries",
    Standing.DERIVED,
)
def against_the_events(history: History) -> Iterator[Contradiction]:
    """A grade lies within its event, is one that the term has in its version of CTCAE, and is the
    only one of its day. A fatal outcome has grade 5. Grade 5, or death as the reason for
    seriousness, is neither ongoing nor resolved. Grade 5 or a fatal outcome has a date of death.

    An event with the outcome resolved has a date of resolution, an ongoing one has none. A serious
    event has a reason, another has none. It is not attributed to a line that began after its onset,
    unless called unrelated or unlikely.

    A biopsy's result does not come before it and brings a conclusion. A biopsy does not come before
    the event that it is to explain. Where the last conclusion about an event is active disease,
    the event is not called probably or definitely due to a treatment.
    """
    for check in CHECKS:
        yield from check(history)


def _grade_outside_event(history: History) -> Iterator[Contradiction]:
    for event in history.of(AdverseEvent):
        for episode in event.course:
            outside = before(episode.date, event.onset) or (
                event.resolved and before(event.resolved, episode.date)
            )
            if outside:
                wrong = _("grade {grade} of {date} lies outside the event").format(
                    grade=int(episode.grade), date=episode.date.words
                )
                yield among(wrong, event)


def _grade_not_of_the_term(history: History) -> Iterator[Contradiction]:
    for event in history.of(AdverseEvent):
        for grade in missing_grades(event):
            wrong = _("CTCAE {version} has no grade {grade} of {term}").format(
                version=event.ctcae_version, grade=int(grade), term=event.term
            )
            yield among(wrong, event)


def _two_grades_on_a_day(history: History) -> Iterator[Contradiction]:
    for event in history.of(AdverseEvent):
        for one, other in combinations(event.grades, 2):
            if one.date == other.date and one.date.exact and one.grade != other.grade:
                low, high = sorted((int(one.grade), int(other.grade)))
                wrong = _("grade {low} and grade {high}, both from {date}").format(
                    low=low, high=high, date=one.date.words
                )
                yield among(wrong, event)


def _fatal_in_part(history: History) -> Iterator[Contradiction]:
    for event in history.of(AdverseEvent):
        worst = event.worst_grade
        deadly = worst is Grade.DEATH or event.seriousness is Seriousness.DEATH
        if event.outcome is Outcome.FATAL and worst < Grade.DEATH:
            wrong = _("outcome fatal, but grade {grade} at worst").format(grade=int(worst))
            yield among(wrong, event)
        if deadly and event.outcome in {*OVER, Outcome.ONGOING}:
            wrong = _("it was death, but the outcome is {outcome}")
            yield among(wrong.format(outcome=_(event.outcome.value)), event)


def _fatal_but_alive(history: History) -> Iterator[Contradiction]:
    for event in history.of(AdverseEvent):
        fatal = event.worst_grade is Grade.DEATH or event.outcome is Outcome.FATAL
        if fatal and not history.patient.death_date:
            yield among(_("it ended in death, but no date of death"), event, history.patient)


def _outcome_and_resolution(history: History) -> Iterator[Contradiction]:
    for event in history.of(AdverseEvent):
        if event.outcome in OVER and event.resolved is None:
            yield among(_("resolved, but no date of resolution"), event)
        if event.outcome is Outcome.ONGOING and event.resolved:
            wrong = _("outcome ongoing, but resolved {date}").format(date=event.resolved.words)
            yield among(wrong, event)


def _serious_and_why(history: History) -> Iterator[Contradiction]:
    for event in history.of(AdverseEvent):
        if event.serious and not event.seriousness:
            yield among(_("serious, but not because of what"), event)
        if event.seriousness and event.serious is False:
            wrong = _("not serious, but because of {reason}")
            yield among(wrong.format(reason=_(event.seriousness.value)), event)


def _attributed_to_a_later_line(history: History) -> Iterator[Contradiction]:
    for event in history.of(AdverseEvent):
        line = line_named(event, history)
        attributed = event.attribution not in NOT_ATTRIBUTED
        if line and attributed and before(event.onset, line.start):
            yield among(_("attributed to a line that began after its onset"), event, line)


def _result_before_biopsy(history: History) -> Iterator[Contradiction]:
    for biopsy in history.of(Biopsy):
        if biopsy.result_on and before(biopsy.result_on, biopsy.date):
            wrong = _("its result of {date} came before it").format(
                date=day_words(biopsy.result_on)
            )
            yield among(wrong, biopsy)


def _result_without_conclusion(history: History) -> Iterator[Contradiction]:
    for biopsy in history.of(Biopsy):
        if biopsy.result_on and biopsy.conclusion is None:
            wrong = _("a result of {date}, but no conclusion").format(
                date=day_words(biopsy.result_on)
            )
            yield among(wrong, biopsy)


def _explains_a_later_event(history: History) -> Iterator[Contradiction]:
    for biopsy in history.of(Biopsy):
        event = history.by_id.get(biopsy.adverse_event) if biopsy.adverse_event else None
        if isinstance(event, AdverseEvent) and before(biopsy.date, event.onset):
            yield among(_("the biopsy is to explain an event that began after it"), biopsy, event)


def _disease_by_its_biopsy(history: History) -> Iterator[Contradiction]:
    for event in history.of(AdverseEvent):
        concluded = last_concluded(history, event)
        disease = concluded and concluded.conclusion is Conclusion.ACTIVE_DISEASE
        if concluded and disease and event.attribution in OF_THE_DRUG:
            wrong = _("called {attribution}, but the pathologist concluded active disease")
            told = wrong.format(attribution=_(event.attribution.value))
            yield among(told, event, concluded)


CHECKS: tuple[Check, ...] = (
    _grade_outside_event,
    _grade_not_of_the_term,
    _two_grades_on_a_day,
    _fatal_in_part,
    _fatal_but_alive,
    _outcome_and_resolution,
    _serious_and_why,
    _attributed_to_a_later_line,
    _result_before_biopsy,
    _result_without_conclusion,
    _explains_a_later_event,
    _disease_by_its_biopsy,
)
