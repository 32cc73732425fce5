"""Figures of each treatment line: what was given, the best response, and the endpoints."""

from collections.abc import Callable, Iterator

from models.course import cycles_given, infusions_given
from models.endpoints import (
    LineEndpoints,
    duration_of_response,
    failure,
    last_without_failure,
    overall_survival,
    progression_free,
    time_to_next_treatment,
    time_to_response,
    treatment_free_interval,
)
from models.figures.figure import Figure, lasting
from models.intensity import DoseIntensity, dose_intensity, infusion_counts
from models.protocol import Unit, body_surface
from models.response import RESPONDING, best_confirmed, best_response
from models.rules import rule_of
from models.summary import Summary
from models.treatment import TreatmentLine
from models.words import _, capitalised, ngettext, number_words


def line_figures(summary: Summary, number: int, line: TreatmentLine) -> Iterator[Figure]:
    group = _("Line {number}: {regimen}").format(number=number, regimen=line.regimen_words)
    yield from given_figures(group, summary, line)
    found = summary.endpoints.of_line(line)
    yield from _best(group, summary, found)
    for title, endpoint, defined in (
        (_("Time to response"), found.time_to_response, time_to_response),
        (_("Duration of response"), found.duration_of_response, duration_of_response),
        (_("Progression-free"), found.progression_free, progression_free),
        (_("Time to next treatment"), found.time_to_next_treatment, time_to_next_treatment),
        (_("Treatment-free"), found.treatment_free, treatment_free_interval),
        (_("Survival from its start"), found.overall_survival, overall_survival),
    ):
        if endpoint:
            rules: list[Callable[..., object]] = [defined]
            if defined in {duration_of_response, progression_free}:
                rules.append(last_without_failure if endpoint.censored else failure)
            yield lasting(group, title, endpoint, summary.history, *map(rule_of, rules))


def survival_figures(summary: Summary) -> Iterator[Figure]:
    survival = summary.endpoints.overall_survival
    if survival:
        group, title = _("Survival"), _("Since diagnosis")
        yield lasting(group, title, survival, summary.history, rule_of(overall_survival))


def given_figures(group: str, summary: Summary, line: TreatmentLine) -> Iterator[Figure]:
    """Cycles and infusions, and the dose intensity where it can be worked out."""
    history = summary.history
    cycles, infusions = cycles_given(history, line), infusions_given(history, line)
    if not cycles:
        return
    if infusions is None:
        yield Figure(group, _("Cycles"), str(cycles), _("as stated"), ())
        return
    value = _("{cycles}, {infusions}").format(
        cycles=cycles,
        infusions=ngettext("{n} infusion", "{n} infusions", infusions).format(n=infusions),
    )
    counts = infusion_counts(history, line).words
    yield Figure(group, _("Cycles"), value, counts, (rule_of(infusion_counts),))
    intensity = dose_intensity(history, line)
    if intensity:
        yield _intensity(group, line, intensity)


def _intensity(group: str, line: TreatmentLine, found: DoseIntensity) -> Figure:
    value = _percent(found.most)
    if found.least != found.most:
        value = _("{least} to {most}").format(least=_percent(found.least), most=value)
    given = number_words(found.given_mg_most)
    if found.given_mg_least != found.given_mg_most:
        given = _("{least} to {most}").format(least=number_words(found.given_mg_least), most=given)
    inputs = _("{given} mg in {actual}; planned {planned} mg in {time}").format(
        given=given,
        actual=_weeks(found.actual_weeks),
        planned=number_words(found.planned_mg),
        time=_weeks(found.planned_weeks),
    )
    n = found.taken_as_planned
    remark = ngettext(
        "{n} dose without its mg taken as planned", "{n} doses without their mg taken as planned", n
    ).format(n=n)
    rules = [rule_of(dose_intensity)]
    if line.protocol and line.protocol.unit is Unit.MG_PER_M2:
        rules.append(rule_of(body_surface))
    return Figure(group, _("Dose intensity"), value, inputs, tuple(rules), remark if n else "")


def _weeks(weeks: float) -> str:
    n = round(weeks, 1)
    return ngettext("{n} week", "{n} weeks", 1 if n == 1 else 2).format(n=number_words(n))


def _percent(share: float) -> str:
    return _("{percent} %").format(percent=number_words(round(100 * share, 1)))


def _best(group: str, summary: Summary, found: LineEndpoints) -> Iterator[Figure]:
    """The best response under a line, and the best one that was confirmed."""
    if found.best_response is None:
        return
    best = capitalised(found.best_response.words)
    seen = found.time_to_response is not None
    inputs = _("seen under this line") if seen else _("seen or stated under this line")
    yield Figure(group, _("Best response"), best, inputs, (rule_of(best_response),))
    if found.best_response in RESPONDING and seen:
        days = summary.history.practice.confirmed_after_days
        value = found.best_confirmed.words if found.best_confirmed else _("not yet")
        inputs = _("confirmed where it is seen again {n} days later or more").format(n=days)
        rules = (rule_of(best_confirmed),)
        yield Figure(group, _("Confirmed response"), capitalised(value), inputs, rules)
