"""The few figures that stand at the head of a cohort report, each with what it is."""

from collections.abc import Iterator

from models.cohort.compartment_tables import facts_of
from models.cohort.figure_words import months_words, p_words, share_words
from models.cohort.figures import CohortFigures
from models.cohort.response_rules import rated
from models.response import RESPONDING
from models.words import _

KeyFigure = tuple[str, str]
"""What it is, and its words."""


def key_figures(figures: CohortFigures) -> tuple[KeyFigure, ...]:
    return tuple(_figures(figures)) if figures.selection.units else ()


def _figures(figures: CohortFigures) -> Iterator[KeyFigure]:
    selection, found = figures.selection, figures.survival
    yield _("patients"), str(selection.patients)
    if selection.population.by_line:
        yield _("treatment lines"), str(len(selection.units))
    if found.groups:
        yield _("events"), str(sum(group.events for group in found.groups))
        of_endpoint = _("median follow-up for {endpoint}, months")
        endpoint = found.question.words
        yield of_endpoint.format(endpoint=endpoint), months_words(found.follow_up.value)
    if len(found.groups) == 1:
        median = found.groups[0].curve.median.value
        told = _("not reached") if median is None else months_words(median)
        yield _("median {endpoint}, months").format(endpoint=endpoint), told
    elif found.test:
        yield _("log-rank test"), p_words(found.test.p)
    if selection.population.by_line:
        best = [rated(facts_of(unit).best) for unit in selection.units]
        responders = sum(each in RESPONDING for each in best)
        yield _("overall response"), share_words(responders, len(best))
