"""What the words and figures of a case report mean, by which criteria and in which version."""

from collections.abc import Callable, Iterator

from models.adverse_event import AdverseEvent
from models.blood import BloodCount, b_class
from models.course import assess, next_line
from models.current_treatment import treatment_figures
from models.diagnosis import Diagnosis
from models.endpoints import (
    duration_of_response,
    overall_survival,
    progression_free,
    time_to_next_treatment,
    time_to_response,
    treatment_free_interval,
)
from models.figures.disease import disease_figures
from models.figures.response import response_figures
from models.intensity import dose_intensity
from models.line_table import LINE_RULES
from models.response import Assessment, best_confirmed
from models.rules import Rule, rule_of
from models.skin import SkinScore, mswat
from models.staging import stage_group
from models.summary import Summary
from models.words import _, listing, ngettext

Definition = tuple[str, str]


def definitions(summary: Summary) -> list[Definition]:
    """Each with what it defines; only of what the case has."""
    rules = map(_of_rule, rules_used(summary))
    return [*_days(summary), *_criteria(summary), *rules, _left_out()]


def rules_used(summary: Summary) -> list[Rule]:
    """The rules behind the endpoints that are told."""
    line = summary.leading_line
    found = summary.endpoints.of_line(line) if line else None
    told: list[tuple[Callable[..., object], object]] = []
    if found and line:
        following = next_line(summary.history, line)
        told = [
            (dose_intensity, dose_intensity(summary.history, line)),
            (time_to_response, found.time_to_response),
            (duration_of_response, found.duration_of_response),
            (progression_free, found.time_to_response is None and found.progression_free),
            (time_to_next_treatment, following and found.time_to_next_treatment),
            (treatment_free_interval, not following and found.treatment_free),
        ]
    told.append((overall_survival, summary.endpoints.overall_survival))
    return [rule_of(defined) for defined, known in told if known]


def rules_told(summary: Summary) -> list[Rule]:
    """The rules behind all that a case pack tells: stage, responses, endpoints of every line."""
    line, history = summary.leading_line, summary.history
    figures = [*disease_figures(summary), *response_figures(summary)]
    figures += treatment_figures(summary, line) if line else ()
    return [
        *(rule for figure in figures for rule in figure.rules),
        *(rule for each in history.of(Assessment) for rule in assess(history, each).rules),
        *(LINE_RULES if line else ()),
        *rules_used(summary),
    ]


def _left_out() -> Definition:
    words = _("Names, dates and what was written in free text, as the report of a biopsy.")
    return _("Left out"), words


def _days(summary: Summary) -> Iterator[Definition]:
    origin = _("the diagnosis") if summary.history.of(Diagnosis) else _("the first record")
    words = _("Counted from {origin}, which is day 0.").format(origin=origin)
    about = _("“About”: known by month or year only; the middle of it is told.")
    yield _("Days"), f"{words} {about}"


def _criteria(summary: Summary) -> Iterator[Definition]:
    history, practice = summary.history, summary.history.practice
    if summary.staging:
        yield _("Stage"), rule_of(stage_group).source
    if history.of(SkinScore):
        yield _of_rule(rule_of(mswat))
    if history.of(BloodCount):
        yield _of_rule(rule_of(b_class))
    days = practice.confirmed_after_days
    again = ngettext(
        "Confirmed when it is seen again {n} day later or more.",
        "Confirmed when it is seen again {n} days later or more.",
        days,
    ).format(n=days)
    yield _("Response"), f"{practice.criteria.label}. {again} ({rule_of(best_confirmed).source})"
    versions = dict.fromkeys(event.ctcae_version.value for event in history.of(AdverseEvent))
    if versions:
        yield _("Grades"), _("CTCAE {versions}").format(versions=listing(sorted(versions)))


def _of_rule(rule: Rule) -> Definition:
    """Its title with its first sentence and its source."""
    sentence = rule.statement.replace("\n", " ").split(". ")[0].removesuffix(".")
    return rule.words, f"{sentence} ({rule.source})."
