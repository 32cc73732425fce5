"""How the figures of a cohort came about, as the methods section of a paper tells it."""

from collections.abc import Callable, Iterator
from typing import Any

from models.cohort import (
    compartment_facts,
    counting,
    dose_facts,
    event_facts,
    incidence,
    member,
    practice,
    response_rules,
)
from models.cohort.question import Outcome, Question
from models.cohort.selection import Selection
from models.endpoints import (
    duration_of_response,
    failure,
    last_without_failure,
    overall_survival,
    progression_free,
    time_to_next_treatment,
    time_to_response,
)
from models.practice import Practice
from models.response import best_confirmed, best_response
from models.rules import Rule, rule_of
from models.version import VERSION
from models.words import _, long_day_words, ngettext

OF_LINES: tuple[Callable[..., Any], ...] = (
    *(member.disease_at_start, member.stage_at_start),
    *(best_response, best_confirmed, response_rules.rated, response_rules.counts),
    *(compartment_facts.involved_at_baseline, dose_facts.exposure, dose_facts.days_at_risk),
    *(event_facts.is_related, event_facts.is_rash, incidence.had, incidence.years_at_risk),
)
"""Used wherever treatment lines are counted."""
OF_ENDPOINT: dict[Outcome, tuple[Callable[..., Any], ...]] = {
    Outcome.OS: (overall_survival,),
    Outcome.PFS: (progression_free, failure, last_without_failure),
    Outcome.DOR: (time_to_response, duration_of_response, failure, last_without_failure),
    Outcome.TTNT: (time_to_next_treatment,),
}


def about_population(selection: Selection) -> str:
    """Who was counted, from when on, and how many were not."""
    counted, out = selection.patients, len(selection.left_out)
    words = ngettext("{n} patient counts", "{n} patients count", counted).format(n=counted)
    if selection.population.by_line:
        lines = ngettext(
            "with {n} treatment line", "with {n} treatment lines", len(selection.units)
        )
        words = f"{words} {lines.format(n=len(selection.units))}"
    told = _("Population: {population}. {counted}; of {all} on file {out} do not.")
    return told.format(
        population=selection.population.words, counted=words, all=counted + out, out=out
    )


def about_settings(settings: Practice, selection: Selection, question: Question) -> str:
    """By which of its own settings the clinic counts; empty where none matters."""
    if not selection.population.by_line:
        return ""
    told = [
        _("an adverse event counts up to {n} days after the last dose").format(
            n=settings.emergent_days
        ),
        _("a dose given late {does}").format(does=_(settings.late_dose.value)),
    ]
    if question.endpoint is Outcome.TTNT:
        told.append(
            _("death ends the time to next treatment as an event")
            if settings.death_ends_time_to_next_treatment
            else _("death censors the time to next treatment")
        )
    return _("Settings of the clinic: {settings}.").format(settings="; ".join(told))


def about_data(selection: Selection) -> str:
    words = _("Records up to {date} were read. CTCL Follow-up {version}.")
    return words.format(date=long_day_words(selection.today), version=VERSION)


def rules_used(selection: Selection, question: Question) -> Iterator[Rule]:
    """By which the figures were worked out, in an order that is always the same."""
    yield from map(rule_of, OF_ENDPOINT[question.endpoint])
    if question.delayed_entry:
        yield from (rule_of(member.seen_from), rule_of(counting.was_at_risk))
    if question.landmark_days is not None:
        yield rule_of(counting.is_past)
    if selection.population.by_line:
        yield from map(rule_of, OF_LINES)
    yield rule_of(practice.time_on_treatment)
