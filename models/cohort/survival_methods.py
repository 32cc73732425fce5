"""How survival was worked out, in the sentences of a methods paragraph."""

from collections.abc import Iterator

from models.cohort.question import Outcome
from models.cohort.survival_result import Survival
from models.words import N_, _, capitalised, ngettext

COUNTED = {
    Outcome.OS: N_("to death of any cause; the others are censored at the last contact"),
    Outcome.PFS: N_(
        "to progression, relapse or death of any cause; the others are censored at the last"
        " assessment without progression, or at the last one before the next treatment"
    ),
    Outcome.DOR: N_(
        "to progression, relapse or death of any cause, in those who responded; the others are"
        " censored at the last assessment without progression"
    ),
    Outcome.TTNT: N_(
        "to the start of the next systemic, radiation or transplant line; the others are censored"
        " at the last contact, or at death where it does not count as the event"
    ),
}


def survival_methods(found: Survival) -> tuple[str, ...]:
    return tuple(_sentences(found)) if found.groups else (found.sentence,)


def _sentences(found: Survival) -> Iterator[str]:
    question = found.question
    yield _("{endpoint} counts from {start} {to}.").format(
        endpoint=capitalised(_(question.endpoint.value)),
        start=_start(found),
        to=_(COUNTED[question.endpoint]),
    )
    yield _(
        "Curves are Kaplan–Meier estimates with 95 % confidence bands (Greenwood, log-log scale);"
        " medians with intervals after Brookmeyer and Crowley, each the first day on which one half"
        " or less is without the event; median follow-up by reverse Kaplan–Meier."
    )
    if len(found.groups) > 1:
        yield _(
            "Groups by {factor} are compared with the log-rank test and with hazard ratios of a"
            " Cox model of that factor alone (ties after Efron, Wald intervals), which takes"
            " hazards to be proportional; nothing else is adjusted for."
        ).format(factor=_(question.factor.value))
    yield from _counting(found)
    if found.dropped:
        n = len(found.dropped)
        words = ngettext("{n} is left out of this figure.", "{n} are left out of this figure.", n)
        yield words.format(n=n)


def _counting(found: Survival) -> Iterator[str]:
    question = found.question
    if question.landmark_days is not None:
        yield _(
            "Landmark analysis at {month} after that: those who were then under observation and"
            " without the event, in groups by what was known then, with time counted from then"
            " (Anderson, J Clin Oncol 1983)."
        ).format(month=question.landmark_words)
    if question.delayed_entry:
        yield _(
            "Patients count among those at risk from the day on which they were first seen (delayed"
            " entry, left truncation)."
        )
    yield from vague_sentences(found)


def vague_sentences(found: Survival) -> Iterator[str]:
    """None where every day is known."""
    if found.vague:
        words = ngettext(
            "{n} length of time is known only roughly, as a date is known by its month or year:"
            " the middle is taken.",
            "{n} lengths of time are known only roughly, as a date is known by its month or year:"
            " the middle is taken.",
            found.vague,
        )
        yield words.format(n=found.vague)


def _start(found: Survival) -> str:
    if found.question.endpoint is Outcome.DOR:
        return _("the first response")
    if found.selection.population.by_line:
        return _("the first dose of the line, or its start where no dose is on file,")
    return _("the diagnosis")
